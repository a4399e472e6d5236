"""How ``badgepress award`` tells what it did, or would do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from site_builder.cli.output import MAX_LINES
from site_builder.importers.row import Roster, System
from site_builder.importers.table import quoted
from site_builder.problems import printable
from site_builder.registrar.awarding import Awarded, Cohort, Passed
from site_builder.registrar.batch import Batch

_SYSTEMS: dict[System, str] = {
    "template": "a plain list",
    "moodle": "a Moodle grade export",
    "canvas": "a Canvas gradebook",
}
_NUMBER = re.compile(r"-[0-9]+\.yaml$")
_TABLE = ("row", "name", "e-mail", "credential", "level", "score", "expires")


def rows_of(made: Batch) -> list[tuple[Awarded, Cohort]]:
    """Return who is awarded, in the order of the list."""
    rows = [(item, cohort) for cohort in made.plan.cohorts for item in cohort.awards]
    return sorted(rows, key=lambda pair: pair[0].row.line)


def row_as_json(item: Awarded, cohort: Cohort) -> dict[str, object]:
    """Return one award as JSON, without who gets it."""
    return {
        "row": item.row.line,
        "credential": cohort.achievement.spec.id,
        "version": cohort.achievement.spec.version,
        "issuedOn": str(cohort.issued_on),
        "level": item.row.level or cohort.achievement.spec.level,
        "score": item.row.score,
        "expires": str(item.until) if item.until else None,
    }


def say_reading(roster: Roster) -> None:
    """Say what the list was taken for, so that a wrong column is seen before anybody is awarded."""
    columns = ", ".join(f"{name} from {quoted(header)}" for name, header in roster.columns.items())
    click.echo(f"Read as {_SYSTEMS[roster.system]}, {roster.encoding}: {columns}.")
    if roster.unread:
        more = f" and {len(roster.unread) - 8} more" if len(roster.unread) > 8 else ""
        click.echo(f"Not read: {', '.join(quoted(header) for header in roster.unread[:8])}{more}.")
    click.echo()


def say(made: Batch, list_: Path, *, dry_run: bool) -> None:
    """Say what was written, who was passed over, and what comes next."""
    rows = rows_of(made)
    if dry_run and rows:
        _say_table(rows)
    verb = "would be" if dry_run else "is" if len(rows) == 1 else "are"
    click.echo(f"{_count(rows, 'learner')} {verb} awarded{':' if made.files else ''}")
    for file in made.files:
        click.echo(f"  {file.path}: {_count(file.awards, 'award')}, assessed by {file.cohort.assessor}")
    if made.plan.passed:
        click.echo(f"{_count(made.plan.passed, 'row')} passed over:")
        _say_lines([line for item in made.plan.passed for line in _passed_lines(item)])
    if made.files and not dry_run:
        _say_next(made, list_)


def _passed_lines(item: Passed) -> list[str]:
    return [f"  row {item.line}: {item.why}", *([f"    {item.hint}"] if item.hint else [])]


def _say_table(rows: Sequence[tuple[Awarded, Cohort]]) -> None:
    """Show who would be awarded, with names: on the terminal of the person who has the list anyway."""
    cells = [_TABLE, *(_cells(item, cohort) for item, cohort in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_TABLE))]
    for line in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    click.echo()


def _cells(item: Awarded, cohort: Cohort) -> tuple[str, ...]:
    row, spec = item.row, cohort.achievement.spec
    score = "" if row.score is None else f"{row.score:g}"
    until = str(item.until) if item.until else ""
    name, email = printable(row.name or "", 40), printable(row.email, 60)
    return str(row.line), name, email, f"{spec.id} {spec.version}", row.level or spec.level, score, until


def _say_lines(lines: Sequence[str]) -> None:
    for line in lines[:MAX_LINES]:
        click.echo(printable(line))
    if len(lines) > MAX_LINES:
        click.echo(f"  ... and {len(lines) - MAX_LINES} more lines; --json has all of them")


def _say_next(made: Batch, list_: Path) -> None:
    numbered = {file.path: len(file.awards) < len(file.cohort.awards) for file in made.files}
    # One word that the shell spreads, where a cohort has several files.
    words = (_NUMBER.sub("-*.yaml", path) if many else path for path, many in numbered.items())
    files = " ".join(dict.fromkeys(words))
    click.echo("Next: review the new files, commit them, and open a pull request. After the merge:")
    click.echo(f"  badgepress claims {files} --roster {printable(str(list_))} --out LINKS.csv")


def _count(items: Sequence[object], word: str) -> str:
    return f"{len(items):,} {word}{'' if len(items) == 1 else 's'}"
