"""``badgepress check``: every mistake of the repository in one run; nothing is signed or written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.check_report import Report, report_options
from site_builder.cli.options import (
    executor_option,
    fresh_option,
    now_option,
    root_option,
    site_url_option,
    today,
)
from site_builder.cli.output import counted
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
@report_options
def command(
    root: Path,
    now: date | None,
    site_url: str | None,
    base: str | None,
    executor: str | None,
    report: Report,
    *,
    fresh: bool,
) -> None:
    """Check every file and tell all mistakes at once, with file and line."""
    from site_builder.publishing.request import Request

    request = Request(
        root, root / "site", now or today(), os.environ, site_url, base=base, executor=executor, fresh=fresh
    )
    outcome = _checked(request, report)
    raise SystemExit(report.tell(outcome.problems, list(_good(base, outcome))))


def _checked(request: Request, report: Report) -> Outcome:
    from site_builder.executors import ExecutorRefused, WorkersLost
    from site_builder.publishing.build import check
    from site_builder.reading.revision import RevisionRefused
    from site_builder.survey import Changed

    try:
        return check(request)
    except (RevisionRefused, ExecutorRefused, WorkersLost, Changed) as error:
        kinds = {RevisionRefused: "bad-revision", Changed: "changed"}
        report.tell_failure(str(error), error.hint, kinds.get(type(error), "executor"))
        raise SystemExit(2) from None


def _good(base: str | None, outcome: Outcome) -> Iterator[str]:
    """Yield what is said where nothing is wrong."""
    if has_errors(outcome.problems) or outcome.catalog is None:
        return
    counts = f"{counted(outcome.credentials, 'credential')}, {counted(outcome.frameworks, 'framework')}"
    yield f"All good: {counts}, {counted(outcome.awards, 'award')}."
    if outcome.drafts:
        yield f"Drafts beside these, which are checked and not published: {outcome.drafts}."
    if base is not None:
        yield _unaltered(printable(base), outcome)


def _unaltered(base: str, outcome: Outcome) -> str:
    """Say what the comparison with ``base`` came to; what was passed over is never called unaltered."""
    if any(problem.code == "not-compared" for problem in outcome.problems):
        told = f"{outcome.compared} awards of {base} were compared as a whole, and none of them was altered"
        return f"{told}; what could not be compared is told above."
    return f"Nothing that {base} has was altered: {outcome.compared} awards compared."
