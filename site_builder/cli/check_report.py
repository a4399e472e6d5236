"""How ``badgepress check`` tells what it found: words, JSON, annotations of GitHub, a job summary."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path, PurePosixPath

import click

from site_builder.cli.annotations import annotate, annotate_failure, in_work_tree
from site_builder.cli.job_summary import append_summary, failure_summary, room_in, summary_of
from site_builder.cli.options import json_option
from site_builder.cli.output import as_json, fail, print_json, tell
from site_builder.problems import Problem, has_errors, printable


@dataclass(frozen=True)
class Report:
    """Where and how one check is told. Problems always go to stderr as lines, too: logs are read there."""

    root: Path
    json: bool
    github: bool
    summary: Path | None

    def tell(self, problems: Sequence[Problem], good: Sequence[str]) -> int:
        """Tell the outcome, ``good`` being what is said where nothing is wrong; return the exit code."""
        wrong = has_errors(problems)
        if self.github:
            annotate(problems, self._folder)
        tell(problems)
        if self.json:
            print_json({"ok": not wrong, "problems": as_json(problems)})
        for line in () if wrong or self.json else good:
            click.echo(line)
        is_written = self._summarise(lambda room: summary_of(problems, self._folder, good, room))
        return 1 if wrong else 0 if is_written else 2

    def tell_failure(self, message: str, hint: str, code: str) -> None:
        """Tell why the check could not be done; ``code`` names the kind of reason in JSON."""
        fail(message, hint)
        if self.github:
            annotate_failure(message, hint)
        if self.json:
            told = {"error": printable(message), "hint": printable(hint), "problems": []}
            print_json({"ok": False, "code": code, **told})
        self._summarise(lambda room: failure_summary(message, hint))

    def _summarise(self, made: Callable[[int], str]) -> bool:
        """Add to the summary what ``made`` returns for a number of bytes; a failure is told, and False."""
        if self.summary is None:
            return True
        try:
            append_summary(self.summary, made(room_in(self.summary)))
        except OSError as error:
            message = f"the summary {printable(str(self.summary))} cannot be written: {error.strerror}"
            fail(message, "give --summary a file that is no link, in a folder that is there")
            return False
        return True

    @property
    def _folder(self) -> PurePosixPath:
        return in_work_tree(self.root)


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--format``, ``--summary`` and ``--json`` to a command with a root: it is given a ``report``."""

    @wraps(command)
    def with_report(root: Path, format_: str, summary: Path | None, *, json_: bool, **others: object) -> None:
        github = format_ == "github"
        if github and json_:
            raise click.UsageError("--format github and --json both write to stdout: give one of them")
        # The runner names the file of each step's summary.
        named = os.environ.get("GITHUB_STEP_SUMMARY", "") if github else ""
        report = Report(root, json_, github, summary or (Path(named) if named else None))
        command(root=root, report=report, **others)

    return _format_option(_summary_option(json_option(with_report)))


_format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="github: also annotations for a workflow's runner, and a job summary.",
)
_summary_option = click.option(
    "--summary",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Add what was found to this Markdown file. Default with --format github: $GITHUB_STEP_SUMMARY.",
)
