"""What an incremental build does to a published folder, written down before it is done (DESIGN 7).

New and changed files stand in a folder beside the published one, whole and on the disk. The journal names
that folder, and the files that go. Once it stands the build is decided: this run does what it says, or the
next one does what is left of it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from site_builder.publishing.moving import STEPS, move_all, remove_all, step_of
from site_builder.publishing.whole_files import sync_folder, take_away

_FORMAT = "badgepress journal 1"
_HEAD = 3
_NAME = re.compile(r"\.[^/]+")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_READ_ONLY = 0o444
_ANY_MAY_WRITE = 0o222


class JournalUnreadable(Exception):  # noqa: N818 - it says what happened
    """What a journal says cannot be done: it was altered, or the new files were taken away."""


@dataclass(frozen=True)
class Journal:
    """The journal at ``path``, of changes to the folder ``output`` beside it."""

    path: Path
    output: Path

    @property
    def _draft(self) -> Path:
        return self.path.with_name(f"{self.path.name}.swp")

    def draft(self, staged: Path, removed: Iterable[str]) -> None:
        """Write beside that all files in ``staged`` take their places and the files ``removed`` go.

        Raises ``ValueError`` for a path that leaves the site or is staged too.
        """
        take_away(self._draft)
        with os.fdopen(os.open(self._draft, _NEW, _READ_ONLY), "wb") as file:
            for line in _written(staged, self.output, removed):
                file.write(os.fsencode(f"{line}\n"))
            file.flush()
            os.fsync(file.fileno())

    def decide(self) -> None:
        """Make what is drafted the journal: what it says will be done, by this run or a later one."""
        self._draft.rename(self.path)
        sync_folder(self.path.parent)

    def roll_forward(self) -> None:
        """Do what is written down and not done yet, then take the journal away; nothing without one.

        A journal of another folder than the one that stands there now, and one that this program did not
        write, is taken away and not followed. Raises ``JournalUnreadable``, and ``OSError`` where the disk
        does not let it go on; then the journal stays.
        """
        take_away(self._draft)
        if self._is_ours():
            form, name, identity = ([*islice(self._lines(), _HEAD)] + [""] * _HEAD)[:_HEAD]
            if identity == _identity(self.output):
                self._refuse_half(form, name)
                self._follow(self.path.with_name(name))
        take_away(self.path)

    def _is_ours(self) -> bool:
        """Return True for a file that nobody may write: git makes none such, so no commit brings one."""
        with suppress(FileNotFoundError):
            mode = self.path.lstat().st_mode
            return stat.S_ISREG(mode) and not mode & _ANY_MAY_WRITE
        return False

    def _refuse_half(self, form: str, name: str) -> None:
        inside = all(map(_is_inside, self._removed()))
        if form != _FORMAT or not inside or not _NAME.fullmatch(name):
            raise JournalUnreadable(f"{self.path} is not what a build wrote")
        if not self.path.with_name(name).is_dir():
            raise JournalUnreadable(f"the files of the build that {self.path} tells of are gone")

    def _follow(self, staged: Path) -> None:
        move_all(staged, self.output)
        # It is read again for each step: there may be more paths than memory should hold.
        for step in reversed(STEPS):
            remove_all(self.output, (path for path in self._removed() if step_of(path) == step))

    def _lines(self) -> Iterator[str]:
        with self.path.open("rb") as file:
            yield from (os.fsdecode(line).removesuffix("\n") for line in file)

    def _removed(self) -> Iterator[str]:
        """Yield the paths that go; raises ``JournalUnreadable`` after them where the end is missing."""
        lines, count = islice(self._lines(), _HEAD, None), 0
        last = next(lines, "")
        for line in lines:
            yield last
            last, count = line, count + 1
        if last != f"end {count}":
            raise JournalUnreadable(f"{self.path} is cut short")


def _written(staged: Path, output: Path, removed: Iterable[str]) -> Iterator[str]:
    yield from (_FORMAT, staged.name, _identity(output))
    count = 0
    for path in removed:
        if not _is_inside(path):
            raise ValueError(f"{path!r} is no path of a file in the site")
        if os.path.isfile(f"{staged}/{path}"):  # noqa: PTH113 - a Path keeps its words for ever
            raise ValueError(f"{path} cannot be both staged and removed")
        yield path
        count += 1
    yield f"end {count}"


def _is_inside(path: str) -> bool:
    return "\n" not in path and "\0" not in path and not {"", ".", ".."} & {*path.split("/")}


def _identity(output: Path) -> str:
    """Return which folder stands there; the number of its file system may change when a machine starts."""
    try:
        return f"folder {output.lstat().st_ino}"
    except FileNotFoundError:
        return "no folder"
