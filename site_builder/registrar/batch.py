"""From a class list to award files that pass the check of the whole repository, or to every fault at once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.catalog.catalog import Catalog
from site_builder.importers.row import Roster
from site_builder.models.award import AwardFile
from site_builder.models.build import build
from site_builder.problems import Problem, has_errors
from site_builder.reading.document import read_document
from site_builder.reading.repository import Repository
from site_builder.registrar.awarding import Plan, planned
from site_builder.registrar.change import Change, problems_of
from site_builder.registrar.cohorts import CohortFile, cohort_files, text_of, told_at_rows
from site_builder.registrar.minting import Mint
from site_builder.registrar.terms import Terms


@dataclass(frozen=True, slots=True)
class Batch:
    """Award files that stand nowhere yet, the plan they follow, and the problems. With an error: none."""

    plan: Plan
    files: tuple[CohortFile, ...]
    change: Change
    problems: tuple[Problem, ...]


def batch(repository: Repository, catalog: Catalog, roster: Roster, terms: Terms, mint: Mint) -> Batch:
    """Return what a class list leads to in a repository whose ``catalog`` has no faults.

    Nothing is written; the repository is checked as it would be.
    """
    plan = planned(catalog, roster, terms, mint)
    files = cohort_files(plan.cohorts, issued_paths(repository.root), terms.name)
    change = _change(files, terms)
    problems = (*plan.problems, *_problems(repository, files, change, plan.problems, roster, terms))
    return Batch(plan, tuple(files), Change({}) if has_errors(problems) else change, problems)


def _change(files: Iterable[CohortFile], terms: Terms) -> Change:
    return Change({file.path: text_of(file, terms) for file in files})


def _problems(
    repository: Repository,
    files: Sequence[CohortFile],
    change: Change,
    known: Iterable[Problem],
    roster: Roster,
    terms: Terms,
) -> list[Problem]:
    """Return what is wrong with the repository as it would be, told at the rows.

    A file with one entry that is no award is judged no further. So the rows with faults are taken out, and
    the others are judged again: one run tells everything.
    """
    told: dict[Problem, None] = {}
    wrong = _rows_in(known, roster)
    while True:
        if wrong:
            files = _without(files, wrong)
            change = _change(files, terms)
        by_path = {file.path: file for file in files}
        found = problems_of(repository, change, terms.today)
        at_rows = told_at_rows(found, by_path, terms, roster)
        wrong = _rows_in((problem for problem in at_rows if problem not in told), roster)
        told |= dict.fromkeys(at_rows)
        faulty = {problem.path for problem in found if problem.is_error and problem.path in by_path}
        if not wrong or all(_is_read(path, change.files[path]) for path in faulty):
            return list(told)


def _rows_in(problems: Iterable[Problem], roster: Roster) -> set[int]:
    return {p.line for p in problems if p.is_error and p.path == roster.path and p.line is not None}


def _is_read(path: str, raw: bytes) -> bool:
    """Return True where all entries of a file are awards, so that each was judged to the end."""
    document, problems = read_document(path, raw)
    return document is not None and not has_errors(problems) and build(AwardFile, document)[0] is not None


def _without(files: Iterable[CohortFile], lines: Container[int]) -> list[CohortFile]:
    """Return the files without the awards of these rows, and without those that stack from them."""
    every = list(files)
    gone = {item.new.id for file in every for item in file.awards if item.row.line in lines}
    kept = []
    for file in every:  # in the order of their making: parts come before what stacks from them
        awards = [item for item in file.awards if item.new.id not in gone and gone.isdisjoint(item.parts)]
        gone |= {item.new.id for item in file.awards} - {item.new.id for item in awards}
        kept += [replace(file, awards=awards)] if awards else []
    return kept


def issued_paths(root: Path) -> frozenset[str]:
    """Return the path of everything below ``issued/``, whatever it is: nothing there is overwritten."""
    return frozenset(path.relative_to(root).as_posix() for path in (root / "issued").rglob("*"))
