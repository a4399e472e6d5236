"""Replacing: a new award says it right, the old one points to it, and nothing else is different."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from site_builder.identity.commitments import opens
from site_builder.registrar.desk import Outcome
from site_builder.registrar.erasing import erase
from site_builder.registrar.renewing import renew
from site_builder.registrar.replacing import Correction, replace
from site_builder.registrar.revoking import revoke
from tests.registrar.college import (
    ADA,
    GRACE,
    KEY,
    catalog_in,
    college,
    contents,
    difference,
    do,
    office,
    refused,
    row,
)
from tests.support.repos import FIRST_AWARD, NOW, SECOND_AWARD, STACKED_AWARD, THIRD_AWARD, changed

CHARTS = "issued/2026/charts.yaml"
NEW = "issued/2026/charts-corrected-2026-11-22.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path)


def corrected(root: Path, award_id: str, *rows: object, **more: object) -> Outcome:
    """Correct an award by Ada's and Grace's list, or by these rows."""
    given = office(*(rows or (row(), row(GRACE, "Grace Hopper", 3))))  # type: ignore[arg-type]
    return do(root, lambda desk: replace(desk, award_id, given, Correction(**more)))  # type: ignore[arg-type]


def test_the_old_award_gets_one_line_and_the_new_one_a_file(root: Path) -> None:
    before = contents(root)
    outcome = corrected(root, SECOND_AWARD, score=91.5)
    new = outcome.awards[SECOND_AWARD]
    found = difference(before, contents(root))
    assert found.pop(CHARTS) == [f"+     replaced_by: {new}"]
    assert list(found) == [NEW]
    assert [(item.path, item.line) for item in outcome.touched] == [(CHARTS, 18), (NEW, 8)]
    assert outcome.then[-1] == f"After the merge: badgepress claims {NEW} --roster LIST --out LINKS.csv"


def test_a_run_that_was_killed_halfway_is_told_what_to_delete_and_can_be_repeated(root: Path) -> None:
    """The new file is written first, so that is all that a run can leave."""
    before = contents(root)[CHARTS]
    corrected(root, SECOND_AWARD, score=91.5)
    (root / CHARTS).write_text(before, encoding="utf-8")
    told = refused(root, lambda desk: replace(desk, SECOND_AWARD, office(row()), Correction()))
    assert len(told) == 1
    assert told[0].endswith(f"if badgepress replace was stopped, delete {NEW} and run it again")
    (root / NEW).unlink()
    assert list(corrected(root, SECOND_AWARD, score=91.5).awards) == [SECOND_AWARD]


def test_what_is_not_corrected_stays(tmp_path: Path) -> None:
    more = (
        "    results: {score: 80, level: advanced}\n"
        "    holder: did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\n"
        "    evidence:\n      - name: A report\n        narrative: |\n          Two\n\n          parts\n"
        "    expires: 2027-03-01\n    listing: listed\n"
    )
    root = college(tmp_path, changed(CHARTS, "    results: {score: 80}\n", more))
    new_id = corrected(root, FIRST_AWARD, score=85.0).awards[FIRST_AWARD]
    catalog = catalog_in(root)
    old, new = catalog.awards[FIRST_AWARD], catalog.awards[str(new_id)]
    kept = ("learner", "holder", "evidence", "expires", "listing", "parts", "renews")
    assert {name: getattr(new.award, name) for name in kept} == {
        name: getattr(old.award, name) for name in kept
    }
    assert new.award.results is not None
    assert (new.award.results.score, new.award.results.level) == (85.0, "advanced")
    assert new.file.issued_on == old.file.issued_on
    assert new.file.assessed_by == old.file.assessed_by
    assert new.award.status_index != old.award.status_index
    assert old.award.replaced_by == new.id
    assert opens(new.award.commitments.email, "email", ADA, KEY.salt(new.id, "email"))
    assert opens(new.award.commitments.name or "", "name", "Ada Lovelace", KEY.salt(new.id, "name"))


def test_everything_that_can_be_corrected(root: Path) -> None:
    outcome = corrected(
        root,
        SECOND_AWARD,
        issued_on=date(2026, 3, 2),
        level="advanced",
        assessor="Another board",
        evidence={"name": "A talk", "genre": "talk"},
        expires=date(2029, 1, 1),
        holder="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    )
    new = catalog_in(root).awards[str(outcome.awards[SECOND_AWARD])]
    assert new.file.issued_on == date(2026, 3, 2)
    assert new.file.assessed_by == "Another board"
    assert [piece.name for piece in new.evidence] == ["A talk"]
    assert new.level == "advanced"
    assert new.valid_until == date(2029, 1, 1)
    assert new.award.holder


def test_a_corrected_address_keeps_the_learner_and_that_is_said(root: Path) -> None:
    outcome = corrected(root, SECOND_AWARD, row("grace@new.example", "Grace Hopper"))
    new = catalog_in(root).awards[str(outcome.awards[SECOND_AWARD])]
    assert new.award.learner == KEY.pseudonym(GRACE)
    assert opens(new.award.commitments.email, "email", "grace@new.example", KEY.salt(new.id, "email"))
    assert any("It was taken for the holder's new address" in line for line in outcome.meaning)
    assert not [line for line in outcome.meaning if "grace" in line.lower()]


def test_a_list_without_the_holder_is_refused_and_names_nobody(root: Path) -> None:
    given = office(row("x@example.org", "X Y"), row("y@example.org", "Y Z", 3))
    assert refused(root, lambda desk: replace(desk, SECOND_AWARD, given, Correction())) == [
        f"list.csv:None: the list has no row for the holder of award {SECOND_AWARD}, or another roster key "
        "made it | if the address has changed, give a list with that one row alone"
    ]


def test_two_rows_of_one_holder_are_refused(root: Path) -> None:
    given = office(row(), row(line=5))
    assert refused(root, lambda desk: replace(desk, FIRST_AWARD, given, Correction())) == [
        f"list.csv:None: rows 2 and 5 are both for the holder of award {FIRST_AWARD}"
        " | take out one of the rows"
    ]


def test_of_two_rows_that_of_the_credential_counts(root: Path) -> None:
    given = office(row(credential="asking", name="Wrong"), row(line=5, credential="charts"))
    outcome = do(root, lambda desk: replace(desk, FIRST_AWARD, given, Correction()))
    new = catalog_in(root).awards[str(outcome.awards[FIRST_AWARD])]
    assert opens(new.award.commitments.name or "", "name", "Ada Lovelace", KEY.salt(new.id, "name"))


def test_a_person_is_not_named_in_what_is_published(root: Path) -> None:
    given = office(row(), row(GRACE, "Grace Hopper", 3))
    correction = Correction(assessor="Board with Hopper, Grace", evidence={"name": "Talk of ada@example.org"})
    told = refused(root, lambda desk: replace(desk, SECOND_AWARD, given, correction))
    assert [line.split(":")[0] for line in told] == ["--assessor", "--evidence-name"]


def test_what_was_replaced_leads_to_what_counts(root: Path) -> None:
    new = corrected(root, SECOND_AWARD, score=90.0).awards[SECOND_AWARD]
    told = [
        f"ID:None: award {SECOND_AWARD} was replaced by {new}"
        f" | badgepress show {new} tells how that one stands"
    ]
    given = office(row(), row(GRACE, "Grace Hopper", 3))
    assert refused(root, lambda desk: replace(desk, SECOND_AWARD, given, Correction())) == told
    assert refused(root, lambda desk: revoke(desk, [SECOND_AWARD], "x", NOW)) == told
    assert refused(root, lambda desk: renew(desk, [SECOND_AWARD], given, NOW, None)) == told


def test_a_second_correction_has_a_file_of_its_own(root: Path) -> None:
    first = str(corrected(root, SECOND_AWARD, score=90.0).awards[SECOND_AWARD])
    outcome = corrected(root, first, score=70.0)
    assert outcome.touched[1].path == "issued/2026/charts-corrected-2026-11-22-02.yaml"
    assert catalog_in(root).awards[SECOND_AWARD].award.replaced_by == first


def test_a_stack_is_told_and_is_then_built_on_the_corrected_part(root: Path) -> None:
    outcome = corrected(root, FIRST_AWARD, score=90.0)
    new = outcome.awards[FIRST_AWARD]
    assert outcome.meaning[-1] == (
        f"Award {STACKED_AWARD} (literacy 1.0, issued on 1 June 2026) is built on the old one and will no "
        f"longer verify as complete. After this: badgepress replace {STACKED_AWARD} --roster LIST; it will "
        "be built on the new one."
    )
    stacked = corrected(root, STACKED_AWARD, score=90.0)
    assert f"Its part {FIRST_AWARD} was corrected, so it is built on {new} now." in stacked.meaning
    assert catalog_in(root).awards[str(stacked.awards[STACKED_AWARD])].award.parts == (new, THIRD_AWARD)


def test_a_correction_that_corrects_nothing_is_noticed(root: Path) -> None:
    given = row(GRACE, "Grace Hopper")
    first = str(corrected(root, SECOND_AWARD, given, score=90.0).awards[SECOND_AWARD])
    again = corrected(root, first, given)
    assert [line for line in again.meaning if line.startswith("Nothing that it says is different")]
    named = corrected(root, str(again.awards[first]), row(GRACE, "Grace B. Hopper"))
    assert not [line for line in named.meaning if line.startswith("Nothing that it says is different")]


def test_a_score_below_the_pass_mark_is_told_and_nothing_is_written(root: Path) -> None:
    given = office(row(GRACE, "Grace Hopper"))
    (told,) = refused(root, lambda desk: replace(desk, SECOND_AWARD, given, Correction(score=12.0)))
    assert told.endswith("score 12 is below the pass mark 60")


def test_what_was_erased_cannot_be_replaced(root: Path) -> None:
    do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    (told,) = refused(root, lambda desk: replace(desk, SECOND_AWARD, office(row()), Correction()))
    assert told.startswith(f"ID:None: award {SECOND_AWARD} was erased on 22 November 2026")
