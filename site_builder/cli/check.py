"""``badgepress check``: every mistake of the repository in one run; nothing is signed or written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import json_option, now_option, root_option, site_url_option, today
from site_builder.cli.output import as_json, fail, print_json, tell
from site_builder.problems import has_errors, printable

if TYPE_CHECKING:
    from site_builder.publishing.build import Outcome


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
@json_option
def command(root: Path, now: date | None, site_url: str | None, base: str | None, *, json_: bool) -> None:
    """Check every file and tell all mistakes at once, with file and line."""
    from site_builder.publishing.build import Request, check
    from site_builder.reading.revision import RevisionRefused

    request = Request(root, root / "site", now or today(), os.environ, site_url, base=base)
    try:
        outcome = check(request)
    except RevisionRefused as error:
        fail(str(error), error.hint)
        if json_:
            told = {"error": printable(str(error)), "hint": printable(error.hint), "problems": []}
            print_json({"ok": False, "code": "bad-revision", **told})
        raise SystemExit(2) from None
    wrong = has_errors(outcome.problems)
    tell(outcome.problems)
    if json_:
        print_json({"ok": not wrong, "problems": as_json(outcome.problems)})
    if not wrong and outcome.catalog is not None and not json_:
        catalog = outcome.catalog
        current = sum(1 for _ in catalog.current)
        awards = len(catalog.awards)
        click.echo(f"All good: {current} credentials, {len(catalog.frameworks)} frameworks, {awards} awards.")
        if base is not None:
            click.echo(_unaltered(printable(base), outcome))
    raise SystemExit(1 if wrong else 0)


def _unaltered(base: str, outcome: Outcome) -> str:
    """Say what the comparison with ``base`` came to; what was passed over is never called unaltered."""
    if any(problem.code == "not-compared" for problem in outcome.problems):
        told = f"{outcome.compared} awards of {base} were compared as a whole, and none of them was altered"
        return f"{told}; what could not be compared is told above."
    return f"Nothing that {base} has was altered: {outcome.compared} awards compared."
