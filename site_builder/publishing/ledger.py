"""The lock of a repository, and the writing of recorded proofs: whole files only, one writer at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from site_builder.publishing.whole_files import ENDING, refuse_links, write_whole


class LedgerRefused(Exception):  # noqa: N818 - it says what happened
    """Proofs that were made cannot be written down; nothing was published. ``str()`` says why."""


class Ledger:
    """The proofs of one repository, while this run holds its lock."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write every file, each in one step; raises ``LedgerRefused`` where that cannot be done."""
        try:
            for path, data in files.items():
                refuse_links(self._root, path)
                target = self._root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, data, 0o644)
        except OSError as error:
            message = f"new proofs cannot be recorded: {error.strerror}: {error.filename}"
            raise LedgerRefused(message) from error


@contextmanager
def ledger(root: Path) -> Iterator[Ledger]:
    """Yield the ledger of ``root``; other runs that write or read the same repository wait until this ends.

    The lock is on the folder itself: nothing is written, and the system lets go however the process ends.
    Within its block the same process may take it again.
    """
    with _held(root, fcntl.LOCK_EX):
        for leftover in _leftovers(root / "proofs"):
            leftover.unlink()
        yield Ledger(root)


def _leftovers(proofs: Path) -> list[Path]:
    """Return what killed builds left beside proofs; behind a symbolic link nothing is looked for."""
    return [
        Path(folder) / name
        for folder, _, names in (() if proofs.is_symlink() else os.walk(proofs))
        for name in names
        if name.startswith(".") and name.endswith(f".jsonl{ENDING}")
    ]


@contextmanager
def reading(root: Path) -> Iterator[Ledger]:
    """Yield an idle ledger of ``root``, which nobody changes meanwhile; several may read at once."""
    with _held(root, fcntl.LOCK_SH):
        yield Ledger(root)


# The folders this process holds for itself: a second lock of its own would wait for the first, for ever.
_OWN: set[tuple[int, int]] = set()


@contextmanager
def _held(root: Path, kind: int) -> Iterator[None]:
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        status = os.fstat(folder)
        place = (status.st_dev, status.st_ino)
        taken = place not in _OWN
        if taken:
            _lock(folder, kind)
            _OWN.update({place} if kind == fcntl.LOCK_EX else ())
        try:
            yield
        finally:
            if taken:
                _OWN.discard(place)
    finally:
        os.close(folder)


def when_waiting(tell: Callable[[], None]) -> None:
    """Call ``tell`` from now on before this process waits for another run: it may take as long as a build."""
    _TELL[:] = [tell]


_TELL: list[Callable[[], None]] = []


def _lock(folder: int, kind: int) -> None:
    try:
        fcntl.flock(folder, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        for tell in _TELL:
            tell()
        fcntl.flock(folder, kind)
