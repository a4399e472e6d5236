"""Histories: steps are read by rule, and a badge that is lost, altered or unlisted too late is seen."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.bad_inputs import base
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.histories import steps_of
from tests.bad_inputs.press import Press
from tests.bad_inputs.runner import Runner
from tests.bad_inputs.samples import a_case
from tests.bad_inputs.steps import NEW, PUBLISH, step_of
from tests.bad_inputs.workshop import Workshop


def a_history(outcome: str, problem: str, *steps: str, says: str = "") -> Case:
    expect = Expectation(outcome, problem, says)
    return Case("a-history", "history", "history", "", expect, Path(), {"steps": list(steps)})


@pytest.fixture
def shop(press: Press, tmp_path: Path) -> Workshop:
    return Workshop(press, tmp_path, a_history("accept", "none"))


@pytest.mark.parametrize(
    ("words", "place", "value"),
    [
        ("set assertion.issued_on to a year earlier", (base.CHARTS_AWARDS, ("issued_on",)), date(2025, 2, 1)),
        ("set assertion.issued_on to 3 days later", (base.CHARTS_AWARDS, ("issued_on",)), date(2026, 2, 4)),
        ("set credential.level", (base.CHARTS, ("level",)), "intermediate"),
        ("change credential.name", (base.CHARTS, ("name",)), "Reading charts Changed."),
        ("set credential.valid_for", (base.CHARTS, ("valid_for",)), "P5Y"),
        ("set assertion.status_index", (base.CHARTS_AWARDS, ("awards", 0, "status_index")), 4097),
        (
            "rename assertion id",
            (base.CHARTS_AWARDS, ("awards", 0, "id")),
            NEW.format(2),
        ),
        ("add credential version 2 with other criteria", (base.CHARTS, ("version",)), "2.0"),
        ("retire key", (base.ISSUER, ("keys", 2, "state")), "retired"),
    ],
)
def test_a_step_changes_what_it_says(
    words: str, place: tuple[str, tuple[str | int, ...]], value: object, shop: Workshop
) -> None:
    step_of(words)(shop)
    assert shop.repo.get(*place) == value
    shop.reload()
    assert shop.repo.get(*place) == value


def test_another_award_takes_the_index_of_the_one_that_was_withdrawn(shop: Workshop) -> None:
    step_of("delete assertion")(shop)
    step_of("award another with its index")(shop)
    assert shop.repo.data(base.ASKING_AWARDS)["awards"][-1]["status_index"] == 1
    assert [award["id"] for award in shop.repo.data(base.CHARTS_AWARDS)["awards"]] == [
        base.REPLACED,
        base.RENEWED,
    ]


@pytest.mark.parametrize("words", ["dance", "git push", "set moon to blue", "set credential.colour"])
def test_a_step_nobody_knows_is_not_mapped(words: str) -> None:
    with pytest.raises(Unmapped):
        step_of(words)


def test_a_publication_may_be_on_another_day() -> None:
    found = PUBLISH.fullmatch("faketime +365d publish")
    assert isinstance(found, re.Match)
    assert found["days"] == "+365"
    assert PUBLISH.fullmatch("publish with an award")
    assert not PUBLISH.fullmatch("unpublish")


def test_an_erasure_is_a_history() -> None:
    case = a_case("safe", "none", op={"do": "erase", "role": "assertion"})
    assert steps_of(case) == ["publish", "erase assertion", "publish"]


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        (a_history("reject", "issued-changed", "publish", "publish"), "accepted"),
        (a_history("reject", "no-key", "publish", "delete assertion", "publish"), "no no-key was told"),
        (a_history("accept", "none", "publish", "delete assertion", "publish"), "refused"),
        (a_history("same-output", "none", "publish", "award", "publish"), "credential.json is not as it was"),
        (a_history("accept", "none", "publish", "git checkout nowhere", "publish"), "git checkout nowhere"),
    ],
)
def test_a_fault_is_seen(case: Case, fault: str, runner: Runner) -> None:
    result = runner.run(case)
    assert result.faults
    assert any(fault in told for told in result.faults), result.faults
