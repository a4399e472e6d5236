"""Files that are written whole: beside their place first, on the disk, then in their place in one step.

Whoever can commit to a repository can commit a symbolic link, also under the name of the file beside. None is
followed: what stands there is taken away, and the file is made anew.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path, PurePosixPath

ENDING = ".swp"
"""Editors use this ending too, so the sweep passes over a file that a killed run left behind."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def beside(target: Path) -> Path:
    """Return where a file stands until it takes the place of ``target``: in the same folder."""
    return target.with_name(f".{target.name}{ENDING}")


def stage(target: Path, data: bytes, mode: int | None = None) -> Path:
    """Write ``data`` beside ``target`` and return its path there, once it is on the disk.

    A leftover of an earlier run goes. ``mode`` is what the file will have (default: what the user's mask
    leaves). Raises ``OSError``, and leaves nothing then.
    """
    temporary = beside(target)
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, _NEW, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.flush()
            # What is published must outlive a power cut: no proof can be made again once its key is gone.
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink()
        raise
    return temporary


def write_whole(target: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file in one step: a reader meets the old one or the new. Raises ``OSError``."""
    temporary = stage(target, data, mode)
    try:
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def refuse_links(root: Path, path: str) -> None:
    """Raise ``OSError`` where a file or a folder on the way from ``root`` to ``path`` is a symbolic link.

    What is written behind a link may lie anywhere. The root itself may be one.
    """
    *folders, _ = PurePosixPath(path).parents
    for below in (PurePosixPath(path), *folders):
        if (root / below).is_symlink():
            raise OSError(errno.ELOOP, "symbolic links are not followed", str(root / below))


def take_away(path: Path) -> None:
    """Remove what stands at ``path``: a file, a link and not what it leads to, or a folder with all in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Return once the names in ``folder`` are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_below(folder: Path, few: int = 500) -> None:
    """Return once every file and folder below ``folder`` is on the disk.

    ``few`` are waited for one by one; more than that are faster with all that the system has not written yet.
    """
    found = [*islice(_all_below(str(folder)), few + 1)]
    if len(found) > few:
        os.sync()
        return
    for path in found:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _all_below(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _all_below(entry.path)
            else:
                yield entry.path
    yield folder
