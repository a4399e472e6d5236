"""A small college on disk, whose learners are in a class list; what a registrar changes in it."""

from __future__ import annotations

import difflib
import random
from collections.abc import Callable
from pathlib import Path

from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.importers.row import Roster, RosterRow
from site_builder.keys import RosterKey
from site_builder.problems import has_errors
from site_builder.reading.repository import sweep
from site_builder.registrar.desk import Desk, Outcome, carry_out
from site_builder.registrar.reissuing import Office
from site_builder.storing.store import FOLDER
from tests.support.repos import NOW, Files, told_of, valid

KEY = RosterKey(False, b"k" * 32)
ADA, GRACE = "ada@example.org", "grace@example.org"


def college(root: Path, files: Files | None = None) -> Path:
    """Write a valid repository whose learners are Ada (``a``) and Grace (``b``); return its folder."""
    for path, text in (valid() if files is None else files).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        for letter, email in (("a", ADA), ("b", GRACE)):
            text = text.replace(f"learner: {letter * 32}", f'learner: "{KEY.pseudonym(email)}"')
        target.write_text(text, encoding="utf-8")
    return root


def row(email: str = ADA, name: str | None = "Ada Lovelace", line: int = 2, **more: object) -> RosterRow:
    """Return one row of a class list."""
    return RosterRow(line=line, email=email, name=name, **more)  # type: ignore[arg-type]


def office(*rows: RosterRow) -> Office:
    """Return a class list of these rows, the roster key, and the same chance each time."""
    return Office(Roster(path="list.csv", system="template", rows=rows), KEY, random.Random(1).randrange)


def do(root: Path, plan: Callable[[Desk], Outcome]) -> Outcome:
    """Carry out a plan on the day of the tests; it must be done, and leave a good repository."""
    outcome = carry_out(root, NOW, plan)
    assert not outcome.refused, told_of(list(outcome.problems))
    catalog_in(root)
    return outcome


def refused(root: Path, plan: Callable[[Desk], Outcome]) -> list[str]:
    """Return what a plan is refused for; nothing may have been written."""
    before = contents(root)
    outcome = carry_out(root, NOW, plan)
    assert outcome.refused
    assert contents(root) == before
    return told_of(list(outcome.problems))


def catalog_in(root: Path) -> Catalog:
    """Return the catalog of a repository without mistakes."""
    catalog, problems = resolve(sweep(root), NOW)
    assert catalog is not None, told_of(problems)
    assert not has_errors(problems)
    return catalog


def contents(root: Path) -> dict[str, str]:
    """Return every file below ``root``, by path."""
    files = (
        path
        for path in root.rglob("*")
        if path.is_file() and FOLDER not in path.parts and ".git" not in path.parts
    )
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def difference(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Return the lines that were taken out and put in, by the path of the file."""
    lines = {
        path: [
            line
            for line in difflib.ndiff(before.get(path, "").splitlines(), after.get(path, "").splitlines())
            if line[0] in "+-"
        ]
        for path in sorted({*before, *after})
    }
    return {path: found for path, found in lines.items() if found}
