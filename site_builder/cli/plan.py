"""``badgepress plan``: what must be signed, as a file that the machine with the key compares with its own."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from site_builder.cli.options import fresh_option, json_option, now_option, root_option, today
from site_builder.cli.output import as_json, counted, fail, print_json, tell
from site_builder.problems import has_errors, printable

if TYPE_CHECKING:
    from site_builder.publishing.request import Request
    from site_builder.publishing.signing_apart import Planned


@click.command("plan")
@root_option
@now_option
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write the plan to, outside the repository.",
)
@fresh_option
@json_option
def command(root: Path, now: date | None, output: Path, *, fresh: bool, json_: bool) -> None:
    """Write down what must be signed, without a key and without signing anything."""
    if output.resolve().is_relative_to(root.resolve()):
        fail("the plan would be one of the files that it tells of", "name a file outside the repository")
        raise SystemExit(2)
    from site_builder.publishing.request import Request

    found = _planned(
        Request(root, root / "site", now or today(), os.environ, fresh=fresh), output, json_=json_
    )
    tell(found.problems)
    wrong = has_errors(found.problems) or found.plan is None
    awards = len(found.plan.awards) if found.plan else 0
    lists = len(found.plan.lists) if found.plan else 0
    if json_:
        print_json({"ok": not wrong, "awards": awards, "lists": lists, "problems": as_json(found.problems)})
    elif not wrong:
        click.echo(
            f"To be signed: {counted(awards, 'award')} with the issue key,"
            f" {counted(lists, 'status list')} with the status key."
        )
    raise SystemExit(1 if wrong else 0)


def _planned(request: Request, output: Path, *, json_: bool) -> Planned:
    """Return the plan once it is written, or the problems that keep it from being made; exits with 2."""
    from site_builder.executors import WorkersLost
    from site_builder.publishing.signing_apart import planned
    from site_builder.publishing.whole_files import write_whole
    from site_builder.survey import Changed

    try:
        found = planned(request)
    except (Changed, WorkersLost) as error:
        _could_not(str(error), error.hint, json_=json_)
    if found.plan is not None:
        try:
            write_whole(output, found.plan.raw, 0o644)
        except OSError as error:
            message = f"the plan cannot be written to {output}: {error.strerror}"
            _could_not(message, "name a file in a folder that is there", json_=json_)
    return found


def _could_not(message: str, hint: str, *, json_: bool) -> NoReturn:
    fail(f"{message}; nothing was planned", hint)
    if json_:
        print_json({"ok": False, "error": printable(message), "hint": printable(hint), "problems": []})
    raise SystemExit(2)
