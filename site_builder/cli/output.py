"""How the command line speaks: problems and errors to stderr, results to stdout (DESIGN 7)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from site_builder.cli.guard import without_old_command
from site_builder.problems import Problem, Severity, printable

MAX_LINES = 90
_MAX_WIDTH = 1000


def tell(problems: Sequence[Problem]) -> None:
    """Print problems to stderr, two lines each at most; after ninety lines only how many more there are."""
    lines: list[str] = []
    for told, problem in enumerate(problems):
        new = _lines(problem)
        if len(lines) + len(new) > MAX_LINES - 2:
            lines.append(f"... and {len(problems) - told} more; --json has all of them")
            break
        lines += new
    errors = sum(problem.is_error for problem in problems)
    if problems:
        lines.append(f"{counted(errors, 'problem')}, {counted(len(problems) - errors, 'warning')}")
    for line in lines:
        click.echo(line, err=True)


def tell_lines(lines: Sequence[str]) -> None:
    """Print lines of a failure to stderr, indented; after ninety only how many more there are."""
    for line in lines[: MAX_LINES - 4]:
        click.echo(f"  {printable(line, _MAX_WIDTH)}", err=True)
    if len(lines) > MAX_LINES - 4:
        click.echo(f"  ... and {len(lines) - MAX_LINES + 4} more", err=True)


def _lines(problem: Problem) -> list[str]:
    place = printable(problem.path, _MAX_WIDTH) + (f":{problem.line}" if problem.line else "")
    word = "warning: " if problem.severity is Severity.WARNING else ""
    first = f"{place}: {word}{printable(problem.message, _MAX_WIDTH)}"
    return [first, f"  hint: {printable(problem.hint, _MAX_WIDTH)}"] if problem.hint else [first]


def counted(number: int, word: str) -> str:
    """Return a number and what it counts, in the plural unless it is one: ``1 award``, ``2 awards``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def as_json(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return problems as JSON objects, all of them."""
    return [
        {
            "path": printable(problem.path),
            "line": problem.line,
            "field": printable(problem.field),
            "code": problem.code,
            "severity": problem.severity.value,
            "message": printable(problem.message),
            "hint": printable(problem.hint),
        }
        for problem in problems
    ]


def print_json(data: object) -> None:
    """Print one JSON document to stdout."""
    click.echo(json_text(data))


def json_text(data: object) -> str:
    """Return ``data`` as JSON that the guard of the output has nothing to change in."""
    return without_old_command(json.dumps(data, indent=2, ensure_ascii=False), r"\u005b")


def fail(message: str, hint: str = "") -> None:
    """Print an error of the run itself (not of an author's file) to stderr."""
    click.echo(f"error: {printable(message, _MAX_WIDTH)}", err=True)
    if hint:
        click.echo(f"hint: {printable(hint, _MAX_WIDTH)}", err=True)


def say_waiting() -> None:
    """Say on stderr why nothing happens for a while: one line, before the wait."""
    click.echo("waiting for another run of badgepress in this repository", err=True)


def progress(label: str, length: int) -> Callable[[], None]:
    """Return what to call after each step: it moves a bar on stderr, if that is a terminal."""
    if not sys.stderr.isatty() or length == 0:
        return lambda: None
    bar: Any = click.progressbar(length=length, label=label.capitalize(), file=sys.stderr, width=0)
    bar.render_progress()

    def step() -> None:
        bar.update(1)
        if bar.finished:
            bar.render_finish()

    return step
