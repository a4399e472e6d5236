"""How many were awarded: only where ten people or more are in the number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.catalog.counts import K_ANONYMITY, awarded
from tests.support.repos import (
    FIRST_AWARD,
    STACKED_AWARD,
    Files,
    award_file,
    catalog_of,
    changed,
    credential,
    valid,
)

SAMPLE = catalog_of(valid())


def _award(number: int, learner: int, more: str = "") -> str:
    return f"""\
  - id: {number:08x}-0000-4000-8000-000000000000
    learner: "{learner:032x}"
    commitments: {{email: "sha256${number:064x}"}}
    status_index: {number}
{more}"""


def _with(*awards: str, version_2: tuple[str, ...] = ()) -> Files:
    files = valid()
    for path in ("credentials/literacy.yaml", "issued/2026/literacy.yaml", "issued/2026/charts.yaml"):
        del files[path]
    files["issued/2026/many.yaml"] = award_file("charts", "2026-02-01", *awards)
    if version_2:
        second = credential("charts").replace('version: "1.0"', 'version: "2.0"')
        files["credentials/charts/1.0.yaml"] = credential("charts")
        files["credentials/charts.yaml"] = second
        batch = award_file("charts", "2026-03-01", *version_2)
        files["issued/2026/more.yaml"] = batch.replace('version: "1.0"', 'version: "2.0"')
    return files


def _counts(*awards: str, version_2: tuple[str, ...] = ()) -> dict[str, int]:
    return awarded(catalog_of(_with(*awards, version_2=version_2)))


def _some(first: int, last: int) -> tuple[str, ...]:
    return tuple(_award(number, number) for number in range(first, last))


def test_the_threshold_is_that_of_the_design() -> None:
    assert K_ANONYMITY == 10


def test_nine_are_not_told_and_ten_are() -> None:
    assert _counts(*_some(10, 19)) == {}
    assert _counts(*_some(10, 20)) == {"charts": 10}


def test_numbers_are_cut_down_to_tens() -> None:
    assert _counts(*_some(10, 29)) == {"charts": 10}
    assert _counts(*_some(10, 30)) == {"charts": 20}


def test_versions_are_told_together() -> None:
    assert _counts(*_some(10, 16), version_2=_some(30, 36)) == {"charts": 10}


def test_withdrawn_awards_are_not_counted() -> None:
    revoked = _award(40, 40, "    revoked: {date: 2026-03-01, reason: By mistake.}\n")
    replaced = _award(41, 10, "    replaced_by: 0000000a-0000-4000-8000-000000000000\n")
    assert _counts(*_some(10, 20), revoked, replaced) == {"charts": 10}
    assert _counts(*_some(10, 19), revoked, replaced) == {}


def test_several_awards_of_one_learner_hide_nobody() -> None:
    again = tuple(_award(50 + number, number) for number in range(10, 19))
    assert _counts(*_some(10, 19), version_2=again) == {}


def _shown(true: int) -> int:
    return awarded(_held_by(range(true))).get("charts", 0)


def _held_by(charts: Iterable[int], literacy: Iterable[int] = ()) -> Catalog:
    """Return a catalog in which these learners hold a part, and those the stack that asks for it."""
    held = [*((FIRST_AWARD, number) for number in charts), *((STACKED_AWARD, number) for number in literacy)]
    return replace(SAMPLE, awards={f"{model} {number}": _award_of(model, number) for model, number in held})


@cache
def _award_of(model: str, learner: int) -> IssuedAward:
    issued = SAMPLE.awards[model]
    return replace(issued, award=issued.award.model_copy(update={"learner": f"{learner:032x}"}))


@settings(deadline=None)
@given(st.integers(0, 400))
def test_one_more_or_one_less_moves_the_figure_by_a_whole_step_or_not_at_all(people: int) -> None:
    assert _shown(people + 1) - _shown(people) in (0, K_ANONYMITY)
    assert _shown(people) <= people


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300))
def test_two_figures_leave_ten_true_differences_open_at_least(part: int, missing: int) -> None:
    """Whoever sees both figures, and knows that the stack's holders hold the part, cannot tell the rest."""
    stack = max(0, part - missing)
    figures = awarded(_held_by(range(part), range(stack)))
    shown_part, shown_stack = figures.get("charts", 0), figures.get("literacy", 0)
    possible = {
        of_part - of_stack
        for of_part in range(shown_part, shown_part + K_ANONYMITY)
        for of_stack in range(shown_stack, shown_stack + K_ANONYMITY)
        if of_part >= of_stack
    }
    assert part - stack in possible
    assert len(possible) >= K_ANONYMITY


@settings(deadline=None)
@given(st.integers(1, 200))
def test_an_erasure_shows_nothing_or_a_step_that_stands_for_ten(people: int) -> None:
    before, after = awarded(_held_by(range(people))), awarded(_held_by(range(1, people)))
    assert before.get("charts", 0) - after.get("charts", 0) in (0, K_ANONYMITY)


def test_a_part_of_120_and_a_stack_of_119() -> None:
    """Exact numbers would tell that one person holds the part alone."""
    assert awarded(_held_by(range(120), range(119))) == {"charts": 120, "literacy": 110}
    assert awarded(_held_by(range(129), range(111))) == {"charts": 120, "literacy": 110}


def test_a_small_credential_beside_a_large_one() -> None:
    assert "asking" in {a.achievement.spec.id for a in catalog_of(_with(*_some(10, 20))).awards.values()}
    assert _counts(*_some(10, 20)).get("asking") is None


def test_a_hundred_thousand_awards_are_counted_in_one_pass() -> None:
    catalog = catalog_of(changed("credentials/charts.yaml", "name: A Name", "name: B Name"))
    asked = 0

    class Counting(dict[str, IssuedAward]):
        def values(self):  # type: ignore[no-untyped-def]  # the view's own type cannot be named
            nonlocal asked
            asked += 1
            return super().values()

    one = catalog.awards[FIRST_AWARD]
    awards = Counting((str(number), one) for number in range(100_000))
    large = Catalog(
        settings=catalog.settings,
        issuer=catalog.issuer,
        issuer_image=catalog.issuer_image,
        frameworks=catalog.frameworks,
        achievements=catalog.achievements,
        awards=awards,
    )
    assert awarded(large) == {}
    assert asked == 1
