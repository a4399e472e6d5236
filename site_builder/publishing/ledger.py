"""Writing recorded proofs into the repository: whole files only, one build at a time.

Temporary files and the lock stand in ``.badgepress/`` beside ``proofs/``: authors' folders hold nothing but
authors' files, so that a build that was killed leaves nothing there for the next one to stumble over.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class LedgerRefused(Exception):  # noqa: N818 - it says what happened
    """Proofs that were made cannot be written down; nothing was published. ``str()`` says why."""


class Ledger:
    """The proofs of one repository, while this build holds its lock."""

    def __init__(self, root: Path, workplace: Path | None) -> None:
        self._root, self._workplace = root, workplace

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write every file, each in one step; raises ``LedgerRefused`` where that cannot be done."""
        if not files:
            return
        if self._workplace is None:
            raise LedgerRefused("the repository cannot be written, so new proofs cannot be recorded")
        try:
            for path, data in files.items():
                self._write_one(self._workplace / "new", self._root / path, data)
        except OSError as error:
            message = f"new proofs cannot be recorded: {error.strerror}: {error.filename}"
            raise LedgerRefused(message) from error

    @staticmethod
    def _write_one(temporary: Path, target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            # A published proof must not be lost with the power: it cannot be made again once its key is gone.
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)


@contextmanager
def ledger(root: Path) -> Iterator[Ledger]:
    """Yield the ledger of ``root``; other builds of the same repository wait until this one has ended.

    A repository that cannot be written yields one that can only be read: the demo, or a build from recorded
    proofs, needs no more.
    """
    workplace = root / ".badgepress"
    try:
        workplace.mkdir(exist_ok=True)
        lock = os.open(workplace / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except OSError:
        yield Ledger(root, None)
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Ledger(root, workplace)
    finally:
        os.close(lock)
