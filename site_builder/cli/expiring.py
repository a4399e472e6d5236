"""``badgepress expiring``: which awards expire soon and were not renewed, and whom to remind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from site_builder.catalog.resolve import resolve
from site_builder.cli.changes import ListAsked, ListRefused
from site_builder.cli.class_lists import class_list_options, problems_as_json
from site_builder.cli.options import json_option, now_option, root_option, today
from site_builder.cli.output import MAX_LINES, fail, print_json, tell
from site_builder.keys import KeyRefused
from site_builder.problems import Problem, Severity, printable
from site_builder.publishing.ledger import reading
from site_builder.reading.repository import sweep
from site_builder.registrar.desk import Desk
from site_builder.registrar.expiring import Expiring, expiring, reminder_table, reminders, span_end
from site_builder.registrar.holders import TOO_MANY, Holders
from site_builder.registrar.tables import TableRefused, check_private, write_private

_COLUMNS = ("id", "credential", "version", "issued", "expires", "days left")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What was found, how many reminders were written of it, or what kept them from being written."""

    code: int = 0
    found: Sequence[Expiring] = ()
    reminders: int | None = None
    problems: Sequence[Problem] = ()
    error: str = ""
    hint: str = ""


@click.command("expiring")
@click.option("--within", required=True, metavar="SPAN", help="How far to look: 90d, 12w, 6m or 1y.")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="A class list with the holders' names and addresses, for reminders.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="The table of reminders to write, outside every repository.",
)
@class_list_options
@root_option
@now_option
@json_option
def command(within: str, now: date | None, root: Path, out: Path | None, *, json_: bool, **more: Any) -> None:
    """List the awards that stand today, expire within SPAN, and were not renewed.

    With --roster and --out it also writes a table for mail merge: name, email, credential, expires, link.
    """
    moment = now or today()
    try:
        last = span_end(within, moment)
    except ValueError as error:
        raise click.UsageError(f"--within {error}") from error
    if (more["roster"] is None) != (out is None):
        raise click.UsageError("reminders need both: --roster, the class list, and --out, the table to write")
    asked = None if more["roster"] is None else ListAsked(**more)
    outcome = _run(root, moment, last, asked, out)
    tell(outcome.problems)
    if outcome.error:
        fail(outcome.error, outcome.hint)
    if json_:
        print_json(_as_json(outcome, moment, last, asked, out))
    elif outcome.code == 0:
        _say(outcome, last, out)
    raise SystemExit(outcome.code)


def _run(root: Path, now: date, last: date, asked: ListAsked | None, out: Path | None) -> _Outcome:
    try:
        if out is not None:
            check_private(out, root)
        with reading(root):
            repository = sweep(root)
        catalog, problems = resolve(repository, now)
        if catalog is None:
            return _Outcome(code=1, problems=problems)
        found = expiring(catalog, now, last)
        if asked is None or out is None:
            return _Outcome(found=found)
        desk = Desk(repository, catalog, now)
        office = asked.office(desk)
        holders = Holders(office.roster, office.key)
        made = reminders(found, holders, desk.at)
        if made:
            write_private(out, root, reminder_table(made))
        told = [_not_compared(office.roster.path)] if holders.is_spent else []
        return _Outcome(found=found, reminders=len(made), problems=told)
    except ListRefused as refused:
        return _Outcome(code=1, problems=refused.problems)
    except KeyRefused as refused:
        return _Outcome(code=1, error=refused.message, hint=refused.hint)
    except TableRefused as refused:
        return _Outcome(code=2, error=str(refused), hint=refused.hint)
    except OSError as error:
        return _Outcome(code=2, error=f"{error.strerror or type(error).__name__}: {error.filename or root}")


def _not_compared(path: str) -> Problem:
    hint = "look less far with --within"
    return Problem(path=path, code="no-link", message=TOO_MANY, hint=hint, severity=Severity.WARNING)


def _as_json(
    outcome: _Outcome, now: date, last: date, asked: ListAsked | None, out: Path | None
) -> dict[str, object]:
    """Return the run as JSON; names and addresses stand in the table alone."""
    told: dict[str, object] = {"ok": outcome.code == 0, "from": str(now), "to": str(last)}
    if outcome.error:
        told |= {"error": printable(outcome.error), "hint": printable(outcome.hint)}
    if outcome.code == 0:
        told["expiring"] = [
            dict(zip(("id", "credential", "version", "issuedOn", "expires"), _cells(item), strict=False))
            | {"daysLeft": item.days_left}
            for item in outcome.found
        ]
    if outcome.reminders is not None:
        told |= {"reminders": outcome.reminders, "out": printable(str(out)) if outcome.reminders else None}
    roster = Path() if asked is None else asked.roster
    return {**told, "problems": problems_as_json(outcome.problems, roster)}


def _say(outcome: _Outcome, last: date, out: Path | None) -> None:
    if not outcome.found:
        click.echo(f"No award that stands expires by {last} without having been renewed.")
        return
    cells = [_COLUMNS, *(_cells(item) for item in outcome.found)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_COLUMNS))]
    for line in cells[: MAX_LINES - 4]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    if len(cells) > MAX_LINES - 4:
        click.echo(f"... and {len(cells) - MAX_LINES + 4} more; --json has all of them")
    if outcome.reminders is not None:
        _say_reminders(outcome.reminders, len(outcome.found), out)


def _say_reminders(made: int, found: int, out: Path | None) -> None:
    if not made:
        click.echo("None of their holders is in the list: no table was written.")
        return
    click.echo(f"Wrote {made:,} reminder{'' if made == 1 else 's'} to {printable(str(out))}.")
    if made < found:
        left = found - made
        click.echo(
            f"{left:,} award{' has its' if left == 1 else 's have their'} holder in no row of the list."
        )


def _cells(item: Expiring) -> tuple[str, ...]:
    spec, file = item.issued.achievement.spec, item.issued.file
    return item.issued.id, spec.id, spec.version, str(file.issued_on), str(item.until), str(item.days_left)
