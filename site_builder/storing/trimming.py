"""The store is kept small: what was not used for long goes, then the oldest until it fits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from site_builder.storing.store import Store

_DAY = 24 * 60 * 60
_STAMP = ".trimmed"


def trim(store: Store, keep_days: int = 30, max_bytes: int = 2 * 1024**3) -> int:
    """Remove entries unused for ``keep_days`` and the oldest above ``max_bytes``; return how many went.

    It looks once a day. Of when an entry was used only the file system knows, and not every one tells it; an
    entry that goes too early is worked out again.
    """
    if store.folder is None:
        return 0
    try:
        now = _day_begun(store.folder)
        return _trimmed(store.folder, now - keep_days * _DAY, max_bytes) if now else 0
    except OSError:
        # A store that is read only or is not there needs no room made in it.
        return 0


def _day_begun(folder: Path) -> float:
    """Return the time, as the file system has it, or 0 where the store was looked through within a day."""
    new = folder / f"{_STAMP}-{os.getpid()}"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    now = os.fstat(descriptor).st_mtime
    os.close(descriptor)
    try:
        last = os.lstat(folder / _STAMP).st_mtime
    except FileNotFoundError:
        last = 0
    # A stamp from the future would otherwise keep everything until then.
    if now - _DAY < last <= now:
        new.unlink()
        return 0
    new.replace(folder / _STAMP)
    return now


def _trimmed(folder: Path, oldest: float, max_bytes: int) -> int:
    removed, total = 0, 0
    for used, size, path in _entries(folder):
        if used < oldest:
            removed += _removed(path)
        else:
            total += size
    if total > max_bytes:
        for _, size, path in sorted(_entries(folder)):
            removed += _removed(path)
            total -= size
            if total <= max_bytes:
                break
    return removed


def _entries(folder: Path) -> Iterator[tuple[float, int, str]]:
    """Yield when each file was last used, its bytes and its path; behind a symbolic link nothing is ours."""
    with os.scandir(folder) as shelves:
        for shelf in shelves:
            if len(shelf.name) != 2 or not shelf.is_dir(follow_symlinks=False):
                continue
            with os.scandir(shelf.path) as entries:
                for entry in entries:
                    status = entry.stat(follow_symlinks=False)
                    yield max(status.st_atime, status.st_mtime), status.st_size, entry.path


def _removed(path: str) -> bool:
    try:
        Path(path).unlink()
    except OSError:
        # Another build took it away first, or somebody made a folder of that name.
        return False
    return True
