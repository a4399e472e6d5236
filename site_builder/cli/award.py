"""``badgepress award``: a class list becomes award files to review, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from site_builder.catalog.resolve import resolve
from site_builder.cli.awarded import row_as_json, rows_of, say, say_reading
from site_builder.cli.class_lists import class_list_options, problems_as_json, reading_of, roster_key
from site_builder.cli.options import DAY, json_option, now_option, root_option, today
from site_builder.cli.output import fail, print_json, tell
from site_builder.importers.row import Roster
from site_builder.keys import KeyRefused
from site_builder.problems import Problem, has_errors, in_order, printable
from site_builder.publishing.ledger import ledger, reading
from site_builder.reading.repository import sweep
from site_builder.registrar.batch import Batch, batch
from site_builder.registrar.change import ChangeRefused, write
from site_builder.registrar.class_lists import open_roster
from site_builder.registrar.minting import CHANCE, Mint
from site_builder.registrar.terms import Terms
from site_builder.text.ids import id_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What this run was asked for, besides the terms of the awards."""

    list_: Path
    root: Path
    columns: Sequence[str]
    email_domain: str
    out_of: float | None
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a run ended: what was made, or the problems or the error that kept it from being made."""

    code: int
    problems: Sequence[Problem] = ()
    made: Batch | None = None
    roster: Roster | None = None
    error: str = ""
    hint: str = ""


@click.command("award")
@click.argument("roster", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--credential", default=None, metavar="ID", help="What is awarded, unless a column says it.")
@click.option("--version", default=None, help="Which version of it. Default: the newest.")
@click.option("--issued-on", type=DAY, default=None, help="The day of the awards. Default: today.")
@click.option(
    "--assessor",
    default=None,
    help="Who assessed, as a role: never a person's name. Default: as for the credential's last cohort.",
)
@click.option("--evidence", "--evidence-name", default=None, help="A title for what all of them showed.")
@click.option("--evidence-url", default=None, help="Where that can be seen, if it is public.")
@click.option("--evidence-narrative", default=None, help="What was done. No names of people.")
@click.option("--evidence-genre", default=None, help="Its kind, such as report or test.")
@class_list_options
@click.option("--name", default=None, metavar="BATCH", help="What the award files are to be called.")
@click.option("--all-passed", is_flag=True, help="Everybody in the list has passed; it holds no scores.")
@click.option("--dry-run", is_flag=True, help="Show who would be awarded; write nothing.")
@root_option
@now_option
@json_option
def command(
    roster: Path,
    credential: str | None,
    version: str | None,
    issued_on: date | None,
    assessor: str | None,
    name: str | None,
    now: date | None,
    *,
    json_: bool,
    **more: Any,
) -> None:
    """Award the learners of a class list: award files below issued/, to be reviewed and merged.

    With one mistake in the list or in the repository nothing is written, and all of them are told.
    """
    fault = id_fault(name) if name is not None else None
    if fault is not None:
        raise click.UsageError(f"--name {fault.message}")
    parts = ("name", "narrative", "genre", "url")
    evidence = {part: more.pop("evidence" if part == "name" else f"evidence_{part}") for part in parts}
    terms = Terms(
        today=now or today(),
        assessor=assessor,
        credential=credential,
        version=version,
        issued_on=issued_on,
        evidence={part: text for part, text in evidence.items() if text is not None},
        name=name,
        all_passed=more.pop("all_passed"),
    )
    asked = _Asked(list_=roster, **more)
    outcome = _run(asked, terms)
    if json_:
        print_json(_as_json(outcome, asked))
    elif outcome.made is not None and outcome.roster is not None:
        say_reading(outcome.roster)
        say(outcome.made, asked.list_, dry_run=asked.dry_run)
    raise SystemExit(outcome.code)


def _run(asked: _Asked, terms: Terms) -> _Outcome:
    """Do what was asked, and tell on stderr what is wrong."""
    try:
        # From the reading on nobody else writes, so that no index is given out twice.
        with reading(asked.root) if asked.dry_run else ledger(asked.root):
            outcome = _award(asked, terms)
    except KeyRefused as error:
        outcome = _Outcome(1, error=error.message, hint=error.hint)
    except ChangeRefused as error:
        outcome = _Outcome(2, error=str(error), hint="make the repository writable and try again")
    except OSError as error:
        words = f"{error.strerror or type(error).__name__}: {error.filename or asked.list_}"
        outcome = _Outcome(2, error=words)
    tell(outcome.problems)
    if outcome.error:
        fail(outcome.error, outcome.hint)
    return outcome


def _award(asked: _Asked, terms: Terms) -> _Outcome:
    repository = sweep(asked.root)
    how = reading_of(repository, asked.columns, asked.email_domain, asked.out_of)
    roster, faults = open_roster(asked.list_, asked.root, how)
    catalog, problems = resolve(repository, terms.today)
    if roster is None or catalog is None:
        return _Outcome(1, in_order([*faults, *problems]))
    made = batch(repository, catalog, roster, terms, Mint.of(catalog, roster_key(repository), CHANCE))
    found = in_order([*faults, *made.problems])
    if has_errors(found):
        return _Outcome(1, found)
    if not asked.dry_run:
        write(asked.root, made.change)
    return _Outcome(0, found, made, roster)


def _as_json(outcome: _Outcome, asked: _Asked) -> dict[str, object]:
    """Return the run as JSON. No name and no address is in it: what is redirected lands in a file."""
    told: dict[str, object] = {"ok": outcome.code == 0, "dryRun": asked.dry_run}
    if outcome.error:
        told |= {"error": printable(outcome.error), "hint": printable(outcome.hint)}
    told["problems"] = problems_as_json(outcome.problems, asked.list_)
    if outcome.roster is not None:
        roster = outcome.roster
        told["read"] = {"as": roster.system, "encoding": roster.encoding, "columns": dict(roster.columns)}
        told["notRead"] = list(roster.unread)
    if outcome.made is not None:
        made = outcome.made
        told["files"] = [{"path": file.path, "awards": len(file.awards)} for file in made.files]
        told["awarded"] = [row_as_json(item, cohort) for item, cohort in rows_of(made)]
        told["passedOver"] = [{"row": p.line, "why": p.why, "hint": p.hint} for p in made.plan.passed]
    return told
