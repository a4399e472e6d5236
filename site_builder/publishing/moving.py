"""Files move from one folder into another, in the order in which a site is whole at each moment.

Pictures, scripts, achievements, keys and status lists come first, then each award's badge before its page,
then the catalog's pages, then the indexes; what goes does so in the opposite order. All of it may be done
again: a file that is not there any more has been moved. No symbolic link inside the site is followed.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

AWARDS = "issued"
"""The folder with one folder for each award, of which there are many."""

_SUPPORT, _BADGE, _BESIDE, _SCRIPT, _PAGE, _CATALOG, _INDEX = range(7)
STEPS = range(7)
"""From what others rest on to what names the others; see ``step_of``."""

_INDEXES = frozenset({"catalog.json", "sitemap.xml", "sitemap.xml.gz"})
_OF_AN_AWARD = {"credential.json": _BADGE, "credential.js": _SCRIPT}
_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
# What the system says of a name that is no folder, and of a folder that is no file or not empty.
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_A_FOLDER = {errno.EISDIR, errno.EPERM}
_FILLED = {errno.ENOTEMPTY, errno.EEXIST}


def step_of(path: str) -> int:
    """Return in which of ``STEPS`` a file of a site comes to its place."""
    folder, _, name = path.rpartition("/")
    if folder.startswith(f"{AWARDS}/"):
        return _PAGE if name.endswith(".html") else _OF_AN_AWARD.get(name, _BESIDE)
    if path in _INDEXES or path.startswith("search/"):
        return _INDEX
    return _CATALOG if name.endswith(".html") else _SUPPORT


def move_all(staged: Path, output: Path) -> None:
    """Move every file below ``staged`` to its place below ``output``; a new award's folder in one step.

    Raises ``OSError``; then what was moved is in its place, and the rest where it was.
    """
    with _opened(staged) as here, _opened(output) as there:
        _move_step(_SUPPORT, here, there)
        _move_awards(here, there)
        _move_step(_CATALOG, here, there)
        _move_step(_INDEX, here, there)


def remove_all(output: Path, paths: Iterable[str]) -> None:
    """Remove files below ``output``, and the folders that this leaves empty.

    What is not there, or has become a folder, is passed over. Raises ``OSError`` for what cannot be removed.
    """
    with _opened(output) as there:
        for path in paths:
            *folders, name = path.split("/")
            _remove(name, folders, there)
            while folders and _is_gone(folders, there):
                folders.pop()


def drop_unchanged(staged: Path, output: Path) -> None:
    """Remove the files below ``staged`` that ``output`` has already, but for those of awards.

    What is not moved keeps its time, by which web servers and copying tools know that it did not change.
    """
    with _opened(staged) as here, _opened(output) as there:
        for path in _files(here):
            *folders, name = path.split("/")
            with _way(here, folders) as one, suppress(FileNotFoundError), _way(there, folders) as other:
                if _same(name, one, other):
                    os.unlink(name, dir_fd=one)


def _files(folder: int, below: str = "") -> Iterator[str]:
    """Yield the paths of the files of a site, but for those in the folders of awards."""
    with os.scandir(folder) as entries:
        found = [(entry.name, _is_folder(entry)) for entry in entries if not _is_award(entry, below)]
    for name, is_folder in sorted(found):
        if is_folder:
            with _opened(name, folder) as inner:
                yield from _files(inner, f"{below}{name}/")
        else:
            yield below + name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_award(entry: os.DirEntry[str], below: str) -> bool:
    return below == f"{AWARDS}/" and _is_folder(entry)


def _move_step(step: int, here: int, there: int) -> None:
    for path in _files(here):
        if step_of(path) == step:
            _move(path, here, there)


def _move_awards(here: int, there: int) -> None:
    with (
        suppress(FileNotFoundError),
        _opened(AWARDS, here) as staged,
        _way(there, [AWARDS], make=True) as awards,
    ):
        # A folder may not tell all its names while some leave it, so it is asked until it has none.
        while sum(1 for name in _folders(staged) if _move_award(name, staged, awards)):
            pass


def _folders(folder: int) -> Iterator[str]:
    with os.scandir(folder) as entries:
        yield from (entry.name for entry in entries if _is_folder(entry))


def _move_award(name: str, here: int, there: int) -> bool:
    """Move one award's folder, whole where it is new, else file by file, the badge before its page."""
    try:
        os.rename(name, name, src_dir_fd=here, dst_dir_fd=there)
    except OSError as error:
        if error.errno not in _FILLED | _NO_FOLDER:
            raise
        with _opened(name, here) as one, _way(there, [name], make=True) as other:
            for path in sorted(_files(one), key=lambda path: step_of(f"{AWARDS}/{name}/{path}")):
                _move(path, one, other)
        shutil.rmtree(name, dir_fd=here)
    return True


def _move(path: str, here: int, there: int) -> None:
    *folders, name = path.split("/")
    with _way(here, folders) as one, _way(there, folders, make=True) as other:
        try:
            os.rename(name, name, src_dir_fd=one, dst_dir_fd=other)
        except IsADirectoryError:
            # Where a folder stood there is a file now; what was in it has no place any more.
            shutil.rmtree(name, dir_fd=other)
            os.rename(name, name, src_dir_fd=one, dst_dir_fd=other)


def _remove(name: str, folders: Sequence[str], there: int) -> None:
    try:
        with _way(there, folders) as folder:
            os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return  # it went before, when this was done the first time
    except OSError as error:
        if error.errno not in _A_FOLDER:
            raise


def _is_gone(folders: Sequence[str], there: int) -> bool:
    """Return True where a folder is not there any more, or was empty and is not there now."""
    try:
        with _way(there, folders[:-1]) as parent:
            os.rmdir(folders[-1], dir_fd=parent)
    except OSError as error:
        if error.errno not in _FILLED | _NO_FOLDER:
            raise
        return error.errno in _NO_FOLDER
    return True


def _same(name: str, here: int, there: int) -> bool:
    try:
        old, new = (os.stat(name, dir_fd=folder, follow_symlinks=False) for folder in (there, here))
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(old.st_mode) or old.st_size != new.st_size:
        return False
    return _content(name, here) == _content(name, there)


def _content(name: str, folder: int) -> bytes:
    with os.fdopen(os.open(name, _READ, dir_fd=folder), "rb") as file:
        return file.read()


@contextmanager
def _opened(folder: Path | str, below: int | None = None) -> Iterator[int]:
    descriptor = os.open(folder, _OPEN, dir_fd=below)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _way(folder: int, names: Sequence[str], *, make: bool = False) -> Iterator[int]:
    """Yield the folder at the end of ``names``; ``make`` makes what is missing on the way, or in the way.

    Raises ``FileNotFoundError`` where there is no folder and none is to be made.
    """
    descriptor = os.dup(folder)
    try:
        for name in names:
            inner = _entered(name, descriptor, make)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _entered(name: str, folder: int, make: bool) -> int:
    try:
        return os.open(name, _OPEN, dir_fd=folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER:
            raise
        if not make:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name) from error
        if error.errno != errno.ENOENT:
            os.unlink(name, dir_fd=folder)  # a file, or a link to somewhere else
    os.mkdir(name, 0o755, dir_fd=folder)
    descriptor = os.open(name, _OPEN, dir_fd=folder)
    os.fchmod(descriptor, 0o755)
    return descriptor
