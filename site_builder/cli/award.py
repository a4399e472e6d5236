"""``badgepress award``: a class list becomes award files to review, or nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from site_builder.catalog.resolve import resolve
from site_builder.cli.class_lists import class_list_options, problems_as_json, reading_of, roster_key
from site_builder.cli.options import DAY, json_option, now_option, root_option, site_url_option, today
from site_builder.cli.output import MAX_LINES, fail, print_json, tell
from site_builder.keys import KeyRefused
from site_builder.problems import Problem, has_errors, in_order, printable
from site_builder.publishing.ledger import ledger, reading
from site_builder.reading.repository import sweep
from site_builder.registrar.awarding import Awarded, Cohort, Passed
from site_builder.registrar.batch import Batch, batch
from site_builder.registrar.change import ChangeRefused, write
from site_builder.registrar.class_lists import open_roster
from site_builder.registrar.minting import CHANCE, Mint
from site_builder.registrar.terms import Terms
from site_builder.text.ids import id_fault

_NUMBER = re.compile(r"-[0-9]+\.yaml$")
_TABLE = ("row", "name", "e-mail", "credential", "level", "score", "expires")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What this run was asked for, besides the terms of the awards."""

    list_: Path
    root: Path
    site_url: str | None
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
    error: str = ""
    hint: str = ""


@click.command("award")
@click.argument("roster", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--credential", default=None, metavar="ID", help="What is awarded, unless a column says it.")
@click.option("--version", default=None, help="Which version of it. Default: the newest.")
@click.option("--issued-on", type=DAY, default=None, help="The day of the awards. Default: today.")
@click.option("--assessor", required=True, help="Who assessed, as a role: never a person's name.")
@click.option("--evidence-name", default=None, help="A title for what all of them showed.")
@click.option("--evidence-url", default=None, help="Where that can be seen, if it is public.")
@click.option("--evidence-narrative", default=None, help="What was done. No names of people.")
@click.option("--evidence-genre", default=None, help="Its kind, such as report or test.")
@class_list_options
@click.option("--name", default=None, metavar="BATCH", help="What the award files are to be called.")
@click.option("--dry-run", is_flag=True, help="Show who would be awarded; write nothing.")
@root_option
@now_option
@site_url_option
@json_option
def command(
    roster: Path,
    credential: str | None,
    version: str | None,
    issued_on: date | None,
    assessor: str,
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
    evidence = {part: more.pop(f"evidence_{part}") for part in parts}
    terms = Terms(
        today=now or today(),
        assessor=assessor,
        credential=credential,
        version=version,
        issued_on=issued_on,
        evidence={part: text for part, text in evidence.items() if text is not None},
        name=name,
    )
    asked = _Asked(list_=roster, **more)
    outcome = _run(asked, terms)
    if json_:
        print_json(_as_json(outcome, asked))
    elif outcome.made is not None:
        _say(outcome.made, asked)
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
    catalog, problems = resolve(repository, terms.today, asked.site_url)
    if roster is None or catalog is None:
        return _Outcome(1, in_order([*faults, *problems]))
    made = batch(repository, catalog, roster, terms, Mint.of(catalog, roster_key(catalog), CHANCE))
    found = in_order([*faults, *made.problems])
    if has_errors(found):
        return _Outcome(1, found)
    if not asked.dry_run:
        write(asked.root, made.change)
    return _Outcome(0, found, made)


def _as_json(outcome: _Outcome, asked: _Asked) -> dict[str, object]:
    """Return the run as JSON. No name and no address is in it: what is redirected lands in a file."""
    told: dict[str, object] = {"ok": outcome.code == 0, "dryRun": asked.dry_run}
    if outcome.error:
        told |= {"error": printable(outcome.error), "hint": printable(outcome.hint)}
    told["problems"] = problems_as_json(outcome.problems, asked.list_)
    if outcome.made is not None:
        made = outcome.made
        told["files"] = [{"path": file.path, "awards": len(file.awards)} for file in made.files]
        told["awarded"] = [_row_as_json(item, cohort) for item, cohort in _rows(made)]
        told["passedOver"] = [{"row": p.line, "why": p.why, "hint": p.hint} for p in made.plan.passed]
    return told


def _rows(made: Batch) -> list[tuple[Awarded, Cohort]]:
    """Return who is awarded, in the order of the list."""
    rows = [(item, cohort) for cohort in made.plan.cohorts for item in cohort.awards]
    return sorted(rows, key=lambda pair: pair[0].row.line)


def _row_as_json(item: Awarded, cohort: Cohort) -> dict[str, object]:
    return {
        "row": item.row.line,
        "credential": cohort.achievement.spec.id,
        "version": cohort.achievement.spec.version,
        "issuedOn": str(cohort.issued_on),
        "level": item.row.level or cohort.achievement.spec.level,
        "score": item.row.score,
        "expires": str(item.until) if item.until else None,
    }


def _say(made: Batch, asked: _Asked) -> None:
    """Say what was written, who was passed over, and what comes next."""
    rows = _rows(made)
    if asked.dry_run and rows:
        _say_table(rows)
    verb = "would be" if asked.dry_run else "is" if len(rows) == 1 else "are"
    click.echo(f"{_count(rows, 'learner')} {verb} awarded{':' if made.files else ''}")
    for file in made.files:
        click.echo(f"  {file.path}: {_count(file.awards, 'award')}")
    if made.plan.passed:
        click.echo(f"{_count(made.plan.passed, 'row')} passed over:")
        _say_lines([line for item in made.plan.passed for line in _passed_lines(item)])
    if made.files and not asked.dry_run:
        _say_next(made, asked)


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


def _say_next(made: Batch, asked: _Asked) -> None:
    numbered = {file.path: len(file.awards) < len(file.cohort.awards) for file in made.files}
    # One word that the shell spreads, where a cohort has several files.
    words = (_NUMBER.sub("-*.yaml", path) if many else path for path, many in numbered.items())
    files = " ".join(dict.fromkeys(words))
    click.echo("Next: review the new files, commit them, and open a pull request. After the merge:")
    click.echo(f"  badgepress claims {files} --roster {printable(str(asked.list_))} --out LINKS.csv")


def _count(items: Sequence[object], word: str) -> str:
    return f"{len(items):,} {word}{'' if len(items) == 1 else 's'}"
