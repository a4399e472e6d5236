"""Problems as annotations of GitHub: beside the line of the file where each stands.

The only module whose output a workflow runner is to obey, and so the only one that goes beneath the guard. It
writes the commands ``::error`` and ``::warning`` and escapes all that it puts into them: in the message ``%``
and the ends of lines, in a property ``:`` and ``,`` as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from site_builder.cli.guard import beneath, without_old_command
from site_builder.problems import Problem, printable

SHOWN = 10
"""How many errors, and how many warnings, of one step GitHub shows as annotations; the rest is in the log."""

_LONGEST_FIELD = 60
_LONGEST_MESSAGE = 1000
_MESSAGE = {ord(char): f"%{ord(char):02X}" for char in "%\r\n"}
_PROPERTY = {ord(char): f"%{ord(char):02X}" for char in "%\r\n:,"}


def annotate(problems: Iterable[Problem], folder: PurePosixPath) -> None:
    """Write an annotation for each problem to stdout; ``folder`` is what :func:`in_work_tree` returns."""
    _write(annotation(problem, folder) for problem in problems)


def annotate_failure(message: str, hint: str) -> None:
    """Write why the run itself could not be done, an error of no file, to stdout."""
    _write([_command("error", {"title": "badgepress"}, [message, hint])])


def annotation(problem: Problem, folder: PurePosixPath) -> str:
    """Return the workflow command for one problem, a line without its end."""
    place = {"file": placed(problem.path, folder), "line": str(problem.line or "")}
    kind = problem.code.replace("-", " ")
    # Signs that nobody sees are named, which makes a name long: what is wrong stands behind it all the same.
    title = f"{printable(problem.field, _LONGEST_FIELD)}: {kind}" if problem.field else kind
    properties = {**place, "title": title}
    return _command(problem.severity.value, properties, [problem.message, problem.hint])


def placed(path: str, folder: PurePosixPath) -> str:
    """Return ``path`` as GitHub knows the file: from the root of the git work tree, printable."""
    return printable(str(folder / path)) if path else ""


def in_work_tree(root: Path) -> PurePosixPath:
    """Return where ``root`` lies in its git work tree: ``.`` at its top, and where there is none.

    A submodule and a linked work tree have a file ``.git``; git itself is not asked, and need not be there.
    """
    here = root.resolve()
    tops = (folder for folder in (here, *here.parents) if (folder / ".git").exists())
    return PurePosixPath(here.relative_to(next(tops, here)).as_posix())


def _command(name: str, properties: Mapping[str, str], lines: Iterable[str]) -> str:
    given = ",".join(
        f"{key}={_safe(value).translate(_PROPERTY)}" for key, value in properties.items() if value
    )
    told = "\n".join(_safe(printable(line, _LONGEST_MESSAGE)) for line in lines if line)
    return f"::{name} {given}::{told.translate(_MESSAGE)}"


def _safe(text: str) -> str:
    """Return ``text`` without the older kind of command, which a runner might find in any part of a line."""
    return without_old_command(text)


def _write(commands: Iterable[str]) -> None:
    stream = beneath(sys.stdout)
    for command in commands:
        stream.write(command + "\n")
    stream.flush()
