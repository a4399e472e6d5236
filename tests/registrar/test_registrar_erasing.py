"""Erasing: the entry, its comments and its proof go; a mark stays; what needs it is said first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from site_builder.problems import Severity
from site_builder.publishing.build import Request, check
from site_builder.publishing.records import Record, write_records
from site_builder.reading.repository import sweep
from site_builder.registrar.change import Change, problems_of
from site_builder.registrar.erasing import erase
from tests.registrar.college import GRACE, KEY, catalog_in, college, contents, difference, do, refused
from tests.support.repos import (
    FIRST_AWARD,
    NOW,
    SECOND_AWARD,
    STACKED_AWARD,
    THIRD_AWARD,
    UNKNOWN_AWARD,
    changed,
    told_of,
)

CHARTS = "issued/2026/charts.yaml"
PROOFS = "proofs/2026/charts.jsonl"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    note = f"  # Grace asked for a paper copy.\n  - id: {SECOND_AWARD}\n"
    return college(tmp_path, changed(CHARTS, f"  - id: {SECOND_AWARD}\n", note))


def record(root: Path, *ids: str) -> None:
    """Write down proofs of these awards, as a build does."""
    made = [Record(name, "did:web:x#z6Mk", "2026-02-01T00:00:00Z", "z" + name, PROOFS, 0) for name in ids]
    (root / PROOFS).parent.mkdir(parents=True)
    (root / PROOFS).write_bytes(write_records(made))


def test_nothing_of_the_entry_stays_but_a_mark(root: Path) -> None:
    before = contents(root)
    outcome = do(root, lambda desk: erase(desk, [SECOND_AWARD], date(2026, 11, 20)))
    found = difference(before, contents(root))
    assert list(found) == [CHARTS]
    after = (root / CHARTS).read_text(encoding="utf-8")
    start = before[CHARTS].index("  # Grace asked")
    mark = f"\nerased:\n  - id: {SECOND_AWARD}\n    status_index: 2\n    date: 2026-11-20\n"
    assert after == before[CHARTS][:start] + mark
    assert KEY.pseudonym(GRACE) not in after
    assert "paper copy" not in after
    assert KEY.pseudonym(GRACE) in before[CHARTS]
    catalog = catalog_in(root)
    assert SECOND_AWARD not in catalog.awards
    assert catalog.erased[SECOND_AWARD].erased.status_index == 2
    assert [(item.path, item.line) for item in outcome.touched] == [(CHARTS, 14)]
    assert outcome.then[-1].endswith(f"take the lines out there: {SECOND_AWARD}")


def test_it_says_what_it_cannot_take_away(root: Path) -> None:
    outcome = do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    said = " ".join(outcome.meaning)
    for words in ("Git history and every clone still hold", "Copies of the badge", "Erasure, honestly"):
        assert words in said


def test_its_recorded_proof_goes_and_the_others_stay(root: Path) -> None:
    record(root, FIRST_AWARD, SECOND_AWARD)
    before = contents(root)
    outcome = do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    (gone,) = difference(before, contents(root))[PROOFS]
    assert gone.startswith("- ")
    assert SECOND_AWARD in gone
    assert (outcome.touched[-1].path, outcome.touched[-1].line) == (PROOFS, 2)
    assert not outcome.then[-1].startswith("No proof")


def test_a_file_of_proofs_without_a_line_goes(root: Path) -> None:
    record(root, SECOND_AWARD)
    do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    assert not (root / PROOFS).exists()


def test_a_part_is_not_erased_from_under_its_stack(root: Path) -> None:
    assert refused(root, lambda desk: erase(desk, [FIRST_AWARD], NOW)) == [
        f"ID:None: award {FIRST_AWARD} cannot be erased alone: stacked award {STACKED_AWARD} is built on it"
        f" | if all of them are to go: badgepress erase {FIRST_AWARD} {STACKED_AWARD}"
    ]
    (told,) = refused(root, lambda desk: erase(desk, [FIRST_AWARD], date(2026, 11, 1)))
    assert told.endswith(f"badgepress erase {FIRST_AWARD} {STACKED_AWARD} --date 2026-11-01")


def test_a_part_goes_together_with_its_stack(root: Path) -> None:
    do(root, lambda desk: erase(desk, [FIRST_AWARD, STACKED_AWARD], NOW))
    catalog = catalog_in(root)
    assert set(catalog.erased) == {FIRST_AWARD, STACKED_AWARD}
    assert set(catalog.awards) == {SECOND_AWARD, THIRD_AWARD}


def test_the_holders_other_awards_are_named(root: Path) -> None:
    outcome = do(root, lambda desk: erase(desk, [STACKED_AWARD], NOW))
    assert f"Its holder has 2 other awards here, which stay: {FIRST_AWARD}, {THIRD_AWARD}" in outcome.meaning
    last = do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    assert not [line for line in last.meaning if "other award" in line]


def test_a_file_may_be_left_with_marks_alone(root: Path) -> None:
    do(root, lambda desk: erase(desk, [FIRST_AWARD, STACKED_AWARD], NOW))
    do(root, lambda desk: erase(desk, [SECOND_AWARD, THIRD_AWARD], NOW))
    assert "awards:" not in (root / CHARTS).read_text(encoding="utf-8")
    assert len(catalog_in(root).erased) == 4


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 11, 23)])
def test_it_cannot_be_erased_before_it_was_made_or_tomorrow(root: Path, day: date) -> None:
    (told,) = refused(root, lambda desk: erase(desk, [SECOND_AWARD], day))
    assert f"erased on {day} must be from 2026-02-01 (issued) to 2026-11-22 (today)" in told


def test_twice_is_said(root: Path) -> None:
    do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    (told,) = refused(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    assert told.startswith(f"ID:None: award {SECOND_AWARD} was erased on 22 November 2026")


def test_a_proof_that_was_left_behind_is_told_and_goes(root: Path) -> None:
    record(root, FIRST_AWARD, SECOND_AWARD)
    before = (root / PROOFS).read_bytes()
    do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    alone = (root / PROOFS).read_bytes()
    (root / PROOFS).write_bytes(before)
    told = [problem for problem in check(Request(root, root / "site", NOW, {})).problems if problem.line == 2]
    assert [(problem.code, problem.path, problem.severity) for problem in told] == [
        ("erased-proof", PROOFS, Severity.WARNING)
    ]
    assert told[0].hint == f"badgepress erase {SECOND_AWARD} takes it out"
    outcome = do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    assert (root / PROOFS).read_bytes() == alone
    assert [(item.path, item.line) for item in outcome.touched] == [(PROOFS, 2)]
    assert outcome.awards == {SECOND_AWARD: None}
    assert "was erased on 22 November 2026, and its recorded proof was left behind" in outcome.meaning[0]
    assert refused(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))


def test_a_change_that_loses_a_proof_or_keeps_an_orphan_is_a_problem(root: Path) -> None:
    record(root, SECOND_AWARD)
    repository = sweep(root)
    orphan = (root / PROOFS).read_bytes().replace(SECOND_AWARD.encode(), UNKNOWN_AWARD.encode())
    told = told_of(problems_of(repository, Change({PROOFS: orphan}), NOW))
    assert len(told) == 1
    assert f"award {UNKNOWN_AWARD} was signed and published, but is in no award file" in told[0]
    (unread,) = problems_of(repository, Change({PROOFS: b"{}\n"}), NOW)
    assert unread.code == "bad-proof-record"
