"""From a class list to award files that pass the check of the whole repository, or to every fault at once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.catalog.catalog import Catalog
from site_builder.importers.row import Roster
from site_builder.problems import Problem, has_errors
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
    problems = (*plan.problems, *_problems(repository, files, change, roster, terms))
    return Batch(plan, tuple(files), Change({}) if has_errors(problems) else change, problems)


def _change(files: Iterable[CohortFile], terms: Terms) -> Change:
    return Change({file.path: text_of(file, terms) for file in files})


def _problems(
    repository: Repository, files: Sequence[CohortFile], change: Change, roster: Roster, terms: Terms
) -> list[Problem]:
    """Return what is wrong with the repository as it would be, told at the rows.

    A file with one award that cannot be read is judged no further. So the rows with faults are taken out, and
    the others are judged again: one run tells everything.
    """
    told: dict[Problem, None] = {}
    while True:
        by_path = {file.path: file for file in files}
        found = told_at_rows(problems_of(repository, change, terms.today), by_path, terms, roster)
        wrong = {p.line for p in found if p not in told and p.is_error and p.path == roster.path and p.line}
        told |= dict.fromkeys(found)
        if not wrong:
            return list(told)
        files = _without(files, wrong)
        change = _change(files, terms)


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
    return frozenset(path.relative_to(root).as_posix() for path in (root / "issued").glob("*/*"))
