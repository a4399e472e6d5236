"""What a check found as a page of GitHub's job summary: in plain words, all of it, whoever wrote the files.

GitHub shows ten annotations of a kind and no more; the summary of a job has room for every problem. It is
Markdown, so all that an author may have written goes through ``inert_markdown``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from site_builder.cli.annotations import placed
from site_builder.problems import Problem, has_errors
from site_builder.text.inert import inert_markdown

LARGEST = 1_000_000
"""How many bytes the summary of a step may have: GitHub takes 1024 KiB, and nothing of a larger one."""

_FOR_THE_END = 400
_WORDS = 1000
_TABLE = "| where | what was found, and what is expected | what to try |\n| --- | --- | --- |\n"


def summary_of(
    problems: Sequence[Problem], folder: PurePosixPath, good: Sequence[str], room: int = LARGEST
) -> str:
    """Return a check's summary as Markdown (GFM): a heading, ``good`` where nothing is wrong, all problems.

    ``folder`` is where the repository lies in its git work tree. Of what does not fit into ``room`` bytes it
    says how many more there are.
    """
    errors = [problem for problem in problems if problem.is_error]
    warnings = [problem for problem in problems if not problem.is_error]
    text = "## badgepress check\n\n" + _verdict(problems, good)
    left = 0
    for heading, found in (("To be mended", errors), ("Warnings", warnings)):
        table, missing = _table(found, folder, room - len(text.encode()) - _FOR_THE_END)
        text += f"### {heading}\n\n{_TABLE}{table}\n" if table else ""
        left += missing
    return text + (f"… and {left} more. `badgepress check --json` tells all of them.\n\n" if left else "")


def failure_summary(message: str, hint: str) -> str:
    """Return the summary of a check that could not be done."""
    more = f" Hint: {inert_markdown(hint, _WORDS)}." if hint else ""
    return f"## badgepress check\n\nThe check could not be done: {inert_markdown(message, _WORDS)}.{more}\n\n"


def room_in(path: Path) -> int:
    """Return how many bytes may still be added to the file at ``path``; OSError where it is out of reach."""
    return LARGEST - (path.stat().st_size if path.exists() else 0)


def append_summary(path: Path, text: str) -> None:
    """Add ``text`` to the file at ``path``, which may be new; OSError where that fails, or it is a link."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(text)


def _verdict(problems: Sequence[Problem], good: Sequence[str]) -> str:
    if not has_errors(problems):
        return "".join(f"{inert_markdown(line)}\n\n" for line in good)
    count = sum(problem.is_error for problem in problems)
    found, mended = ("One problem was", "it is") if count == 1 else (f"{count} problems were", "they are")
    return (
        f"{found} found. Nothing is published before {mended} mended; what is published stays as it is.\n\n"
    )


def _table(found: Sequence[Problem], folder: PurePosixPath, room: int) -> tuple[str, int]:
    """Return the rows that fit into ``room`` bytes, and how many do not."""
    rows: list[str] = []
    for row in _rows(found, folder):
        room -= len(row.encode())
        if room < 0:
            break
        rows.append(row)
    return "".join(rows), len(found) - len(rows)


def _rows(found: Sequence[Problem], folder: PurePosixPath) -> Iterator[str]:
    for problem in found:
        place = inert_markdown(placed(problem.path, folder), _WORDS)
        line = f", line {problem.line}" if problem.line else ""
        message, hint = (inert_markdown(text, _WORDS) for text in (problem.message, problem.hint))
        yield f"| {place}{line} | {message} | {hint} |\n"
