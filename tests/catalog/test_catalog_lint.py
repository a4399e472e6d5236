"""The lint profile: the mandatory elements of the EU Recommendation 2022/C 243/02, Annex I."""

from __future__ import annotations

import pytest

from tests.support.repos import changed, told

SPEC = "credentials/charts.yaml"
NO_LINT = "- badgepress:\n      lint: none"
ASKED = [
    ("workload:\n  hours: 8\n", "workload", "write the hours of work: workload: {hours: 25}"),
    (
        "participation:\n  mode: online\n",
        "participation",
        "write how learners take part: participation: {mode: online}",
    ),
    (
        "quality_assurance: Reviewed each year.\n",
        "quality_assurance",
        "write in a sentence who assures quality, and how",
    ),
]


@pytest.mark.parametrize(("text", "field", "hint"), ASKED)
def test_each_element_is_asked_for(text: str, field: str, hint: str) -> None:
    files = changed(SPEC, text, "")
    assert told(files) == [
        f"{SPEC}:1: field {field} is missing: the EU elements of a microcredential ask for it | {hint}"
    ]


@pytest.mark.parametrize(("text", "field", "hint"), ASKED)
def test_the_profile_none_asks_for_nothing(text: str, field: str, hint: str) -> None:
    assert told(changed("mkdocs.yml", "- badgepress", NO_LINT, changed(SPEC, text, ""))) == []


def test_each_hint_can_be_followed_as_it_stands() -> None:
    for text, _, hint in ASKED[:2]:
        written = hint.split(": ", 1)[1] + "\n"
        assert told(changed(SPEC, text, written)) == []
