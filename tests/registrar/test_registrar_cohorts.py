"""Award files of a cohort: how many, what they are called, what is in them, where their faults are told."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from site_builder.importers.row import Roster, RosterRow, RowEvidence
from site_builder.problems import Problem
from site_builder.reading.repository import sweep
from site_builder.registrar.awarding import planned
from site_builder.registrar.batch import Batch, batch
from site_builder.registrar.change import write
from site_builder.registrar.cohorts import CohortFile, cohort_files, told_at_rows
from site_builder.registrar.minting import Mint
from site_builder.registrar.terms import Terms
from tests.registrar.college import KEY, catalog_in, college, row
from tests.support.repos import NOW, told_of

TERMS = Terms(today=NOW, assessor="Examination board", credential="charts")


def batch_in(
    root: Path, *rows: RosterRow, terms: Terms = TERMS, columns: dict[str, str] | None = None
) -> Batch:
    catalog = catalog_in(root)
    roster = Roster(path="list.csv", system="template", rows=rows, columns=columns or {})
    return batch(sweep(root), catalog, roster, terms, Mint.of(catalog, KEY, random.Random(1).randrange))


def learners(count: int, start: int = 2) -> list[RosterRow]:
    return [row(f"a{n}@example.org", None, line=n) for n in range(start, start + count)]


def files_of(root: Path, count: int, taken: set[str], name: str | None = None) -> list[CohortFile]:
    catalog = catalog_in(root)
    roster = Roster(path="list.csv", system="template", rows=tuple(learners(count)))
    plan = planned(catalog, roster, TERMS, Mint.of(catalog, KEY, random.Random(1).randrange))
    return cohort_files(plan.cohorts, taken, name)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path / "repository")


STEM = "issued/2026/charts-2026-11-22"


@pytest.mark.parametrize(
    ("count", "taken", "name", "expected"),
    [
        (3, set(), None, {f"{STEM}.yaml": 3}),
        (500, set(), None, {f"{STEM}.yaml": 500}),
        (501, set(), None, {f"{STEM}-01.yaml": 500, f"{STEM}-02.yaml": 1}),
        (3, {f"{STEM}.yaml"}, None, {f"{STEM}-02.yaml": 3}),
        (3, {f"{STEM}.yaml", f"{STEM}-02.yaml"}, None, {f"{STEM}-03.yaml": 3}),
        (501, {f"{STEM}-01.yaml"}, None, {f"{STEM}-02.yaml": 500, f"{STEM}-03.yaml": 1}),
        (3, {STEM.upper() + ".YAML"}, None, {f"{STEM}-02.yaml": 3}),
        (3, set(), "evening-class", {"issued/2026/evening-class.yaml": 3}),
    ],
)
def test_files_hold_500_awards_and_take_names_that_are_free(
    root: Path, count: int, taken: set[str], name: str | None, expected: dict[str, int]
) -> None:
    assert {file.path: len(file.awards) for file in files_of(root, count, taken, name)} == expected


def test_a_file_reads_as_registrars_write_it(root: Path) -> None:
    shown = RowEvidence(
        "A report: 1, 2", narrative="Two lines.\nOf *text*.", url="https://northfield.example/r"
    )
    terms = Terms(
        today=NOW,
        assessor="Examination board, School of Computing",
        credential="charts",
        evidence={"name": "Test", "genre": "test"},
    )
    person = row(
        "z@example.org", "Zed", line=2, score=71.5, has_score=True, level="advanced", evidence=shown,
        holder="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", expires=date(2027, 1, 1),
    )  # fmt: skip
    made = batch_in(root, person, terms=terms)
    assert told_of(list(made.problems)) == []
    new = made.plan.cohorts[0].awards[0].new
    assert (
        made.change.files[f"{STEM}.yaml"].decode()
        == f"""\
# yaml-language-server: $schema=../../docs/schemas/award.json
credential: charts
version: "1.0"
issued_on: 2026-11-22
assessed_by: "Examination board, School of Computing"
roster_key: {_quoted(KEY.fingerprint)}
evidence:
  - name: Test
    genre: test
awards:
  - id: {new.id}
    learner: {_quoted(new.learner)}
    commitments:
      email: {new.commitments.email}
      name: {new.commitments.name}
    holder: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    status_index: {new.status_index}
    results:
      level: advanced
      score: 71.5
    evidence:
      - name: "A report: 1, 2"
        narrative: "Two lines.\\nOf *text*."
        url: "https://northfield.example/r"
    expires: 2027-01-01
"""
    )


def _quoted(learner: str) -> str:
    return learner if learner[0].isalpha() else f'"{learner}"'


def test_what_is_written_is_a_good_repository_and_the_learners_hold_it_next_time(root: Path) -> None:
    made = batch_in(root, *learners(3))
    write(root, made.change)
    catalog = catalog_in(root)
    assert len([item for item in catalog.awards.values() if item.path == f"{STEM}.yaml"]) == 3
    again = batch_in(root, *learners(4))
    assert [item.line for item in again.plan.passed] == [2, 3, 4]
    assert list(again.change.files) == [f"{STEM}-02.yaml"]


def test_faults_of_a_file_to_come_are_told_at_the_row_and_column_or_at_the_option(root: Path) -> None:
    rows = [
        row("a@example.org", line=2, level="foundational"),
        row("b@example.org", line=3, expires=date(2026, 11, 22)),
        row("c@example.org", line=4, evidence=RowEvidence("x" * 201)),
        row("d@example.org", line=5, evidence=RowEvidence("Report", url="https://northfield.example/w")),
    ]
    shared = {"name": "Test", "url": "https://northfield.example/w"}
    terms = Terms(today=NOW, assessor="x@example.com", credential="charts", evidence=shared)
    made = batch_in(root, *rows, terms=terms, columns={"level": "Niveau", "email": "E-mail"})
    assert made.change.files == {}
    assert sorted((p.path, p.line or 0, p.field, p.code) for p in made.problems) == [
        ("--assessor", 0, "", "personal-data"),
        ("list.csv", 2, "Niveau", "requirements-not-met"),
        ("list.csv", 3, "expires", "bad-date"),
        ("list.csv", 4, "evidence_name", "too-long"),
        ("list.csv", 5, "evidence_url", "duplicate-entry"),
    ]
    assert next(p.message for p in made.problems if p.line == 2) == (
        'row 2, column "Niveau": level foundational is below the credential\'s own level intermediate'
    )


def test_a_day_that_cannot_be_is_told_at_each_row_that_has_it_or_at_the_option(root: Path) -> None:
    late = date(2026, 12, 1)
    rows = [row("a@example.org", line=2, issued_on=late), row("b@example.org", line=3, issued_on=late)]
    made = batch_in(root, *rows, columns={"issued_on": "Datum"})
    assert [(p.line, p.field, p.code) for p in made.problems] == [
        (2, "Datum", "date-in-future"),
        (3, "Datum", "date-in-future"),
    ]
    terms = Terms(today=NOW, assessor="Board", credential="charts", issued_on=late)
    made = batch_in(root, *learners(1), terms=terms)
    assert [(p.path, p.code) for p in made.problems if p.is_error] == [("--issued-on", "date-in-future")]


def test_faults_that_the_repository_has_already_stay_where_they_are(root: Path) -> None:
    catalog = catalog_in(root)
    path = root / "issued/2026/asking.yaml"
    path.write_text(path.read_text().replace("score: 80", "score: 8"))
    roster = Roster(path="list.csv", system="template", rows=tuple(learners(1)))
    mint = Mint.of(catalog, KEY, random.Random(1).randrange)
    made = batch(sweep(root), catalog, roster, TERMS, mint)
    errors = [(p.path, p.code) for p in made.problems if p.is_error]
    assert errors == [("issued/2026/asking.yaml", "requirements-not-met")]
    assert made.change.files == {}


def test_a_fault_that_names_no_field_is_told_by_its_line(root: Path) -> None:
    shown = RowEvidence("Report", narrative="Text.")
    made = batch_in(root, row("a@example.org", line=2), row("b@example.org", line=3, evidence=shown))
    (file,) = made.files
    lines = made.change.files[file.path].decode().splitlines()
    roster = Roster(path="list.csv", system="template", rows=(), columns={"evidence_narrative": "Text"})

    def told(words: str) -> tuple[str, int | None, str]:
        number = next(at for at, line in enumerate(lines, 1) if words in line)
        problem = Problem(path=file.path, line=number, code="secret-in-repo", message="may hold a secret")
        (found,) = told_at_rows([problem], {file.path: file}, TERMS, roster)
        return found.path, found.line, found.field

    assert told("narrative:") == ("list.csv", 3, "Text")
    assert told("assessed_by:") == ("--assessor", None, "")


def test_a_key_in_a_text_is_told_at_its_cell_and_never_written(root: Path) -> None:
    key = "-----BEGIN PRIVATE KEY-----\n" + "QUJD" * 20 + "\n-----END PRIVATE KEY-----"
    made = batch_in(root, row("a@example.org", line=2, evidence=RowEvidence("Report", narrative=key)))
    assert [(p.line, p.field, p.code) for p in made.problems] == [(2, "evidence_narrative", "secret-in-repo")]
    assert made.change.files == {}
