"""``badgepress check``: every mistake of the repository in one run; nothing is signed or written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import (
    executor_option,
    fresh_option,
    json_option,
    now_option,
    root_option,
    site_url_option,
    today,
)
from site_builder.cli.output import as_json, fail, print_json, tell
from site_builder.problems import has_errors, printable

if TYPE_CHECKING:
    from site_builder.publishing.request import Outcome, Request


@click.command("check")
@root_option
@now_option
@site_url_option
@click.option(
    "--base",
    metavar="REV",
    default=None,
    help="Compare with this git revision: no award, and no text that awards rest on, may have changed.",
)
@executor_option
@fresh_option
@json_option
def command(
    root: Path,
    now: date | None,
    site_url: str | None,
    base: str | None,
    executor: str | None,
    *,
    fresh: bool,
    json_: bool,
) -> None:
    """Check every file and tell all mistakes at once, with file and line."""
    from site_builder.publishing.request import Request

    request = Request(
        root, root / "site", now or today(), os.environ, site_url, base=base, executor=executor, fresh=fresh
    )
    outcome = _checked(request, json_=json_)
    wrong = has_errors(outcome.problems)
    tell(outcome.problems)
    if json_:
        print_json({"ok": not wrong, "problems": as_json(outcome.problems)})
    if not wrong and outcome.catalog is not None and not json_:
        counts = f"{outcome.credentials} credentials, {outcome.frameworks} frameworks"
        click.echo(f"All good: {counts}, {outcome.awards} awards.")
        if base is not None:
            click.echo(_unaltered(printable(base), outcome))
    raise SystemExit(1 if wrong else 0)


def _checked(request: Request, *, json_: bool) -> Outcome:
    from site_builder.executors import ExecutorRefused, WorkersLost
    from site_builder.publishing.build import check
    from site_builder.reading.revision import RevisionRefused
    from site_builder.survey import Changed

    try:
        return check(request)
    except (RevisionRefused, ExecutorRefused, WorkersLost, Changed) as error:
        fail(str(error), error.hint)
        if json_:
            told = {"error": printable(str(error)), "hint": printable(error.hint), "problems": []}
            kinds = {RevisionRefused: "bad-revision", Changed: "changed"}
            print_json({"ok": False, "code": kinds.get(type(error), "executor"), **told})
        raise SystemExit(2) from None


def _unaltered(base: str, outcome: Outcome) -> str:
    """Say what the comparison with ``base`` came to; what was passed over is never called unaltered."""
    if any(problem.code == "not-compared" for problem in outcome.problems):
        told = f"{outcome.compared} awards of {base} were compared as a whole, and none of them was altered"
        return f"{told}; what could not be compared is told above."
    return f"Nothing that {base} has was altered: {outcome.compared} awards compared."
