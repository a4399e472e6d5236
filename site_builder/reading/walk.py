"""A walk over folders that never leaves them: no symbolic link is followed, only regular files are opened."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.problems import Problem, Severity, printable, shown

LARGEST_FILE = 1024 * 1024
_DEEPEST = 12
_LEFTOVER = re.compile(r".*~|.*\.(?:bak|orig|rej|tmp)|#.*#|\.#.*")
# Of editors and systems, in forms of their own: nobody's text can be found in them.
_OPAQUE = re.compile(r"\..*\.sw[a-p]|\.DS_Store|\._.*|Thumbs\.db|desktop\.ini")
# Emacs makes a link that leads nowhere while a file is open; nobody writes to it.
_EDITORS_LOCK = re.compile(r"\.#.*")
_PLACEHOLDERS = frozenset({".gitkeep", ".gitignore", ".gitattributes", ".editorconfig", "README.md"})


@dataclass(frozen=True)
class Entry:
    """A regular file or a folder; its ``path`` is relative to the repository, with forward slashes."""

    path: str
    is_folder: bool

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def parts(self) -> tuple[str, ...]:
        """The path's parts, the folder first."""
        return tuple(self.path.split("/"))


@dataclass
class Walk:
    """Walks folders below ``root`` and gathers the problems it meets on the way."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    leftovers: list[Entry] = field(default_factory=list)
    """Copies of editors and files that only keep a folder: they are passed over, but may be committed."""

    def note(self, path: str, code: str, message: str, hint: str = "", *, warning: bool = False) -> None:
        """Add a problem of a whole file; its path is written so that no terminal obeys it."""
        severity = Severity.WARNING if warning else Severity.ERROR
        self.problems.append(
            Problem(path=printable(path), code=code, message=message, hint=hint, severity=severity)
        )

    def folder(self, name: str) -> Iterator[Entry]:
        """Yield what is below a folder of the root, in the order of names; nothing if it does not exist."""
        top = self.root / name
        if top.is_symlink():
            self._note_symlink(name)
        elif top.is_dir():
            yield from self._below(name, 1)

    def files_of_root(self) -> Iterator[Entry]:
        """Yield the regular files that stand directly in the root."""
        yield from (entry for entry in self._entries("") if not entry.is_folder)

    def _below(self, folder: str, depth: int) -> Iterator[Entry]:
        for entry in self._entries(folder):
            yield entry
            if entry.is_folder and depth == _DEEPEST:
                self.note(entry.path, "unexpected-file", "the folder is nested too deeply")
            elif entry.is_folder:
                yield from self._below(entry.path, depth + 1)

    def _entries(self, folder: str) -> list[Entry]:
        """Return the files and folders directly in ``folder``, without leftovers of editors."""
        found = []
        with os.scandir(self.root / folder) as listing:
            names = sorted(
                (
                    item.name,
                    item.is_symlink(),
                    item.is_dir(follow_symlinks=False),
                    item.is_file(follow_symlinks=False),
                )
                for item in listing
            )
        for name, is_link, is_folder, is_file in names:
            path = f"{folder}/{name}" if folder else name
            if is_link and not _EDITORS_LOCK.fullmatch(name):
                # Also under the name of a leftover: whoever writes a file of that name would follow it.
                self._note_symlink(path)
            elif not is_folder and (_LEFTOVER.fullmatch(name) or name in _PLACEHOLDERS):
                self.leftovers += [Entry(path, is_folder)] if is_file else []
            elif not is_folder and not is_file:
                self.note(path, "not-a-file", "not a regular file", "only files and folders can be published")
            elif is_folder or not _OPAQUE.fullmatch(name):
                found.append(Entry(path, is_folder))
        self._note_collisions(found)
        return found

    def _note_symlink(self, path: str) -> None:
        self.note(path, "symlink", "symbolic links are not followed", "put the file itself in its place")

    def _note_collisions(self, entries: list[Entry]) -> None:
        """Note names that are one name on a file system which ignores letter case or Unicode form."""
        first: dict[str, Entry] = {}
        for entry in entries:
            folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", entry.name).casefold())
            other = first.setdefault(folded, entry)
            if other is entry:
                continue
            ascii_only = entry.name.isascii() and other.name.isascii()
            how = (
                "differ only in letter case"
                if ascii_only
                else "are the same to some file systems; file names must be plain ASCII"
            )
            message = f"the names {shown(other.name)} and {shown(entry.name)} {how}"
            self.note(entry.path, "id-collision", message, "rename one of the two")

    def read(self, entry: Entry) -> bytes | None:
        """Return a file's bytes; None, with a problem noted, if it is too large or cannot be opened.

        Opened without following a link and without waiting for the other end of a pipe, should the file have
        been exchanged since it was listed.
        """
        try:
            handle = os.open(
                f"{self.root}/{entry.path}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            )
        except OSError as error:
            self.note(
                entry.path, "not-a-file", f"the file cannot be read: {(error.strerror or 'unknown').lower()}"
            )
            return None
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                self.note(entry.path, "not-a-file", "not a regular file")
                return None
            if status.st_size > LARGEST_FILE:
                message = f"the file is too large ({status.st_size:,} bytes, at most {LARGEST_FILE:,})"
                self.note(entry.path, "file-too-large", message)
                return None
            return file.read(LARGEST_FILE + 1)
