"""Where one award points to another: replacements and parts."""

from __future__ import annotations

import pytest

from tests.support.repos import (
    FIRST_AWARD,
    SECOND_AWARD,
    STACKED_AWARD,
    THIRD_AWARD,
    UNKNOWN_AWARD,
    changed,
    resolved,
    told,
)

AWARDS = "issued/2026/charts.yaml"
STACKED = "issued/2026/literacy.yaml"
FIRST_ENDS = "    results: {score: 80}\n  - id: 2"
LACKS = "which literacy stacks from | list the id of the learner's own award of it under parts"


def _replaced_by(target: str) -> dict[str, str]:
    return changed(AWARDS, FIRST_ENDS, FIRST_ENDS.replace("\n", f"\n    replaced_by: {target}\n"))


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (FIRST_AWARD, "replaced_by names the award itself | write the id of the new award"),
        (
            UNKNOWN_AWARD,
            f"replaced_by '{UNKNOWN_AWARD}': there is no such award | write the id of the new award",
        ),
        (SECOND_AWARD, f"replaced_by '{SECOND_AWARD}': that award belongs to another learner"),
    ],
)
def test_replacement(target: str, expected: str) -> None:
    assert told(_replaced_by(target)) == [f"{AWARDS}:12: {expected}"]


def test_replacements_do_not_lead_back() -> None:
    files = changed(AWARDS, "b" * 32, "a" * 32, _replaced_by(SECOND_AWARD))
    assert told(files) == []
    files[AWARDS] += f"    replaced_by: {FIRST_AWARD}\n"
    hint = "an old award names the new one, never the other way round"
    assert told(files) == [
        f"{AWARDS}:12: replaced_by '{SECOND_AWARD}': that award is itself replaced by this one | {hint}",
        f"{AWARDS}:19: replaced_by '{FIRST_AWARD}': that award is itself replaced by this one | {hint}",
    ]


def test_a_replaced_award_is_withdrawn() -> None:
    catalog, _ = resolved(changed(AWARDS, "b" * 32, "a" * 32, _replaced_by(SECOND_AWARD)))
    assert catalog is not None
    assert [award.id for award in catalog.awards.values() if award.is_withdrawn] == [FIRST_AWARD]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f"      - {FIRST_AWARD}\n", "", [f"12: the learner lacks part 'charts', {LACKS}"]),
        (
            f"    parts:\n      - {FIRST_AWARD}\n      - {THIRD_AWARD}\n",
            "",
            [f"6: the learner lacks part 'asking', {LACKS}", f"6: the learner lacks part 'charts', {LACKS}"],
        ),
        (FIRST_AWARD, SECOND_AWARD, [f"13: part '{SECOND_AWARD}' belongs to another learner"]),
        (FIRST_AWARD, UNKNOWN_AWARD, [f"13: part '{UNKNOWN_AWARD}' is not an award of this repository"]),
        (
            FIRST_AWARD,
            STACKED_AWARD,
            [f"13: part '{STACKED_AWARD}' is an award of literacy, which is not required here"],
        ),
        (
            "issued_on: 2026-06-01",
            "issued_on: 2026-02-15",
            [f"14: part '{THIRD_AWARD}' was issued on 2026-03-01, after this award"],
        ),
        (
            "issued_on: 2026-06-01",
            "issued_on: 2027-06-01",
            ["3: issued_on 2027-06-01 is in the future: today is 2026-11-22 (UTC)"],
        ),
    ],
)
def test_parts(old: str, new: str, expected: list[str]) -> None:
    assert told(changed(STACKED, old, new)) == [f"{STACKED}:{line}" for line in expected]


def test_an_unknown_part_does_not_hide_another_one_that_is_lacking() -> None:
    files = changed(STACKED, f"      - {THIRD_AWARD}\n", "")
    assert told(changed(STACKED, FIRST_AWARD, UNKNOWN_AWARD, files)) == [
        f"{STACKED}:12: the learner lacks part 'asking', {LACKS}",
        f"{STACKED}:12: the learner lacks part 'charts', {LACKS}",
        f"{STACKED}:13: part '{UNKNOWN_AWARD}' is not an award of this repository",
    ]


@pytest.mark.parametrize(
    ("more", "until"),
    [("    expires: 2026-06-01\n", "2026-06-01"), ("    expires: 2026-05-31\n", "2026-05-31")],
)
def test_a_part_must_not_have_expired(more: str, until: str) -> None:
    files = changed(AWARDS, FIRST_ENDS, FIRST_ENDS.replace("\n", f"\n{more}"))
    assert told(files) == [f"{STACKED}:13: part '{FIRST_AWARD}' had expired on {until}"]


def test_a_part_expires_also_by_its_credential() -> None:
    files = changed("credentials/charts.yaml", "valid_for: P1Y", "valid_for: P4M")
    assert told(files) == [f"{STACKED}:13: part '{FIRST_AWARD}' had expired on 2026-06-01"]
