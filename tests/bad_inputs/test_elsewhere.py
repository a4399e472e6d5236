"""Runs in other surroundings: a fault in each is seen, and what nobody knows is not passed over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bad_inputs import keyed
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.faked import ORDERS
from tests.bad_inputs.result import Result
from tests.bad_inputs.runner import Runner
from tests.bad_inputs.samples import a_case
from tests.bad_inputs.surroundings import NOON, surroundings


def a_case_of(environment: dict[str, Any], outcome: str, problem: str = "none", says: str = "") -> Case:
    case = a_case(outcome, problem)
    expect = Expectation(outcome, problem, says)
    return Case(case.id, "environment", "environment", "", expect, case.folder, {"environment": environment})


def run(runner: Runner, environment: dict[str, Any], *expect: str) -> Result:
    return runner.run(a_case_of(environment, *expect))


@pytest.mark.parametrize(
    ("environment", "expect", "word"),
    [
        ({}, ("accept",), "passed"),
        ({}, ("reject", "no-key"), "missed"),
        ({"signing_key": None}, ("reject", "no-key"), "passed"),
        ({"signing_key": None}, ("reject", "bad-key"), "missed"),
        ({"signing_key": None}, ("accept",), "missed"),
        ({"signing_key": "<retired key>"}, ("reject", "wrong-key", "retired on DATE"), "passed"),
        ({"signing_key": "<status key>"}, ("reject", "wrong-key"), "passed"),
        ({"signing_key": "<valid, in hex>\r\n"}, ("accept",), "passed"),
        ({"signing_key": "<valid> <valid>"}, ("accept",), "skipped"),
        ({"SOURCE_DATE_EPOCH": "never"}, ("accept",), "missed"),
        ({"faketime": "+1d"}, ("same-output",), "missed"),
        ({"output": "/", "umask": "0"}, ("accept",), "missed"),
        ({"moon": "full"}, ("accept",), "skipped"),
        ({}, ("a-miracle",), "skipped"),
    ],
)
def test_a_fault_is_seen(
    environment: dict[str, Any], expect: tuple[str, ...], word: str, runner: Runner
) -> None:
    assert run(runner, environment, *expect).word == word


def test_a_refusal_must_say_the_date_where_it_should(runner: Runner) -> None:
    result = run(runner, {"signing_key": None}, "reject", "no-key", "since DATE")
    assert [fault[:15] for fault in result.faults] == ["no date is told"]


def test_a_key_that_is_shown_is_seen(runner: Runner) -> None:
    """A path that is refused is quoted: of a secret that stands in it, somebody must say so."""
    told = {"signing_key": "00" * 31, "output": f"credentials/{'00' * 31}"}
    assert "the key was printed" in run(runner, told, "reject", "bad-output").faults


def test_clock_and_order_are_read_from_the_case() -> None:
    assert (surroundings({"faketime": "-2 days"}).moment - NOON).days == -2
    assert surroundings({"faketime": "1970-01-02"}).moment.timestamp() == 86400
    assert ORDERS["reversed"](["a", "c", "b"]) == ["c", "b", "a"]


@pytest.mark.parametrize(
    "told", [{"faketime": "tea"}, {"wrap": "no-such-program -x"}, {"repo_path": "../x"}, {"readdir": "x"}]
)
def test_what_nobody_knows_is_not_mapped(told: dict[str, Any]) -> None:
    with pytest.raises(Unmapped):
        surroundings(told)


def test_the_keyed_repository_names_its_host() -> None:
    assert keyed.SITE.encode() in bytes(keyed.keyed_repo().files["mkdocs.yml"])  # type: ignore[arg-type]
