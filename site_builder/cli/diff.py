"""``badgepress diff``: what a change means, in plain words; nothing is signed or written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.options import executor_option, fresh_option, now_option, root_option, today
from site_builder.cli.output import fail, print_json, tell
from site_builder.problems import has_errors, printable

if TYPE_CHECKING:
    from site_builder.publishing.request import Request
    from site_builder.publishing.what_changed import WhatChanged


@click.command("diff")
@click.argument("base")
@root_option
@now_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="For a terminal, for a pull request, or for machines (docs/schemas/diff.json).",
)
@executor_option
@fresh_option
def command(
    base: str, root: Path, now: date | None, format_: str, executor: str | None, *, fresh: bool
) -> None:
    """Say in plain words what the files change for holders, designers and verifiers since BASE.

    BASE is a git revision, such as origin/main. Compared is with the commit at which the work left it; the
    other side are the files as they are, committed or not. Ends with 0, with 1 where the files have mistakes.
    """
    from site_builder.publishing.request import Request

    request = Request(
        root, root / "site", now or today(), os.environ, base=base, executor=executor, fresh=fresh
    )
    found = _found(request, format_)
    wrong = has_errors(found.problems)
    tell([problem for problem in found.problems if problem.is_error])
    _print(found, base, format_, wrong=wrong)
    raise SystemExit(1 if wrong else 0)


def _print(found: WhatChanged, base: str, format_: str, *, wrong: bool) -> None:
    from site_builder.changes.as_json import as_json
    from site_builder.changes.report import Compared, as_markdown, as_text

    compared = Compared(base, found.commit, found.is_fork, wrong)
    if format_ == "json":
        head = {"base": printable(base), "commit": found.commit, "is_fork": found.is_fork}
        print_json({"ok": not wrong, **head, **as_json(found.meaning)})
    else:
        click.echo((as_text if format_ == "text" else as_markdown)(found.meaning, compared))


def _found(request: Request, format_: str) -> WhatChanged:
    from site_builder.executors import ExecutorRefused, WorkersLost
    from site_builder.publishing.what_changed import what_changed
    from site_builder.reading.revision import RevisionRefused
    from site_builder.survey import Changed

    try:
        return what_changed(request)
    except (RevisionRefused, ExecutorRefused, WorkersLost, Changed) as error:
        fail(str(error), error.hint)
        if format_ == "json":
            print_json({"ok": False, "error": printable(str(error)), "hint": printable(error.hint)})
        raise SystemExit(2) from None
