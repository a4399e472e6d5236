"""What the commands that change awards share: how they run, and how they say what they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from site_builder.cli.class_lists import class_list_options, problems_as_json, reading_of, roster_key
from site_builder.cli.output import MAX_LINES, as_json, fail, print_json, tell
from site_builder.keys import KeyRefused
from site_builder.problems import Problem, has_errors, printable
from site_builder.reading.revision import RevisionRefused
from site_builder.registrar.change import ChangeRefused
from site_builder.registrar.class_lists import open_roster
from site_builder.registrar.desk import Desk, Outcome
from site_builder.registrar.minting import CHANCE
from site_builder.registrar.reissuing import Office

F = TypeVar("F", bound=Callable[..., Any])


class ListRefused(Exception):  # noqa: N818 - it says what happened
    """The class list has mistakes; ``problems`` has all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("the class list has mistakes")
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAsked:
    """The class list of a command, and how it is to be read."""

    roster: Path
    columns: Sequence[str]
    email_domain: str
    out_of: float | None

    def office(self, desk: Desk) -> Office:
        """Return the list, the roster key and chance; raises ``ListRefused``, ``KeyRefused``, ``OSError``."""
        how = reading_of(desk.repository, self.columns, self.email_domain, self.out_of)
        roster, problems = open_roster(self.roster, desk.repository.root, how)
        if roster is None or has_errors(problems):
            raise ListRefused(problems)
        tell(problems)  # warnings: the list is taken as it is
        return Office(roster, roster_key(desk.repository), CHANCE)


def ids_argument(function: F) -> F:
    """Add the awards that are asked for: ids, or addresses of their pages."""
    return click.argument("ids", metavar="ID...", nargs=-1, required=True)(function)


def roster_options(function: F) -> F:
    """Add ``--roster`` and how it is read: names and addresses are not in the repository."""
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    text = "The class list: it has the holder's name and address, which are not in the repository."
    return click.option("--roster", type=kind, required=True, help=text)(class_list_options(function))


def finish(run: Callable[[], Outcome], *, json_: bool, roster: Path | None = None) -> NoReturn:
    """Do what was asked, say what came of it, and end: 0 done, 1 problems, 2 it cannot be done here."""
    error = hint = ""
    code, outcome = 0, Outcome()
    try:
        outcome = run()
        code = 1 if outcome.refused else 0
    except ListRefused as refused:
        code, outcome = 1, Outcome(problems=refused.problems)
    except KeyRefused as refused:
        code, error, hint = 1, refused.message, refused.hint
    except RevisionRefused as refused:
        code, error, hint = 1, str(refused), refused.hint
    except ChangeRefused as refused:
        code, error, hint = 2, str(refused), "make the repository writable and try again"
    except OSError as failure:
        code, error = (
            2,
            f"{failure.strerror or type(failure).__name__}: {failure.filename or ''}".rstrip(": "),
        )
    tell(outcome.problems)
    if error:
        fail(error, hint)
    if json_:
        print_json(_as_json(outcome, code, error, hint, roster))
    elif code == 0:
        _say(outcome)
    raise SystemExit(code)


def _as_json(outcome: Outcome, code: int, error: str, hint: str, roster: Path | None) -> dict[str, object]:
    told = {"error": printable(error), "hint": printable(hint)} if error else {}
    problems = as_json(outcome.problems) if roster is None else problems_as_json(outcome.problems, roster)
    if code:
        return {"ok": False, **told, "problems": problems}
    return {
        "ok": True,
        "changed": [{"path": item.path, "line": item.line, "what": item.what} for item in outcome.touched],
        "awards": outcome.awards,
        "meaning": list(outcome.meaning),
        "next": list(outcome.then),
        "problems": problems,
    }


def _say(outcome: Outcome) -> None:
    """Say what was changed and where, what it means for holders, and what comes next."""
    lines = [f"{item.path}:{item.line}: {item.what}" for item in outcome.touched]
    lines += [*([""] if lines else []), *outcome.meaning]
    if outcome.then:
        lines += ["", "Next:", *(f"  {line}" for line in outcome.then)]
    for line in lines[:MAX_LINES]:
        click.echo(printable(line))
    if len(lines) > MAX_LINES:
        click.echo(f"... and {len(lines) - MAX_LINES} more lines; --json has all of them")
