"""Every verifier that takes a changed badge for a good one is caught."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.runner import Runner
from tests.bad_inputs.site import Site, read_html
from tests.bad_inputs.tampers import judged, static_claims
from tests.verifying.tampering import bench_of

RENAMED = ["replace", "/credentialSubject/achievement/name", "Master of everything"]


def a_case(edits: list[list[Any]], outcome: str, problem: str = "none", says: str = "") -> Case:
    name = f"made-up {edits}"
    return Case(
        name, "tamper", "tamper", "", Expectation(outcome, problem, says), Path("a/b"), {"edits": edits}
    )


@pytest.mark.node
@pytest.mark.parametrize(
    ("edits", "outcome", "problem", "who"),
    [
        ([["none"]], "invalid", "bad-signature", {"command", "library", "page"}),
        ([RENAMED], "valid", "none", {"command", "library", "page"}),
        ([RENAMED], "invalid", "undefined-term", {"command", "library", "page"}),
        ([RENAMED], "invalid", "bad-signature", set()),
        ([["status-list", "serve", "404"]], "not-valid", "status-unknown", set()),
        ([["status-list", "resign", "attacker"]], "not-valid", "status-unknown", set()),
        ([["resign", "status key"]], "invalid", "none", set()),
    ],
)
def test_each_verifier_is_judged(
    edits: list[list[Any]], outcome: str, problem: str, who: set[str], runner: Runner
) -> None:
    result = runner.run(a_case(edits, outcome, problem))
    assert not result.skipped
    assert {fault.partition(":")[0] for fault in result.faults} == who


@pytest.mark.parametrize(
    "edit",
    [["sing"], ["remove", "/no/such"], ["status-list", "serve", "tea"], ["resign", "the king"]],
)
def test_what_nobody_knows_is_skipped(edit: list[Any], runner: Runner) -> None:
    assert runner.run(a_case([edit], "invalid")).skipped


@pytest.mark.parametrize(
    ("outcome", "is_right"),
    [
        ("valid", True),
        ("not-valid", False),
        ("not-ours", False),
        ("says-copy", False),
        ("shows-date", True),
        ("no-static-claim", False),
    ],
)
def test_a_good_badge_is_only_valid(outcome: str, is_right: bool) -> None:
    verdict = bench_of([]).verify().to_json()
    assert (list(judged(a_case([], outcome), verdict, at_home=True)) == []) == is_right


def test_a_page_that_says_how_the_check_ended_is_seen() -> None:
    site = Site(Path())
    site.seen["issued/x/index.html"] = read_html("<h2>Genuine and current</h2>")
    assert list(static_claims(site))
    site.seen["issued/x/index.html"] = read_html("<h2>Not checked</h2>")
    assert not list(static_claims(site))
