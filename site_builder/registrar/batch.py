"""From a class list to award files that pass the check of the whole repository, or to every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    change = Change({file.path: text_of(file, terms) for file in files})
    by_path: Mapping[str, CohortFile] = {file.path: file for file in files}
    found = told_at_rows(problems_of(repository, change, terms.today), by_path, roster)
    problems = (*plan.problems, *found)
    return Batch(plan, tuple(files), Change({}) if has_errors(problems) else change, problems)


def issued_paths(root: Path) -> frozenset[str]:
    """Return the path of everything below ``issued/``, whatever it is: nothing there is overwritten."""
    return frozenset(path.relative_to(root).as_posix() for path in (root / "issued").glob("*/*"))
