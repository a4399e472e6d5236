"""Files of a folder that a stranger made: nothing outside it is read, and nothing that is no plain file.

An award's two files are read in one visit, each step from the folder that is open already and through no link
at all: quick, and there is no moment at which a name could come to mean something else. What cannot be had
that way (a link that stays inside, a system without such calls) is looked at by its full path.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from site_builder.assembling.addresses import award_json, award_page

MAX_BYTES = 2 * 1024 * 1024
"""The most that is read of a badge, a did.json or a status list."""

_ISSUED, _, _BADGE = award_json("*").split("/")
_PAGE = award_page("*").rpartition("/")[2]

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FILE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NO_LINK
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
_CAN_STEP = {os.open, os.stat} <= os.supports_dir_fd and bool(_NO_LINK)


class Unavailable(Exception):  # noqa: N818 -- it says what happened
    """These bytes cannot be had; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class AwardFiles:
    """What stands in an award's folder: the badge's bytes, why they cannot be had, or None; and if a page."""

    badge: bytes | Unavailable | None
    has_page: bool


def award_names(root: Path) -> list[str]:
    """Return the names of the folders in which awards stand, in the order of their badges' paths."""
    try:
        with os.scandir(root / _ISSUED) as entries:
            names = [entry.name for entry in entries if _is_folder(entry)]
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []  # a site need not have awards
    return sorted(names, key=lambda name: name + "/")


def badge_paths(root: Path) -> list[str]:
    """Return the path of every badge in the folder ``root`` of a site, relative to it, in order."""
    paths = (award_json(name) for name in award_names(root))
    return [path for path in paths if _is_there(root, path)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads nowhere


@contextmanager
def opened_awards(root: Path) -> Iterator[int | None]:
    """Open the folder of all awards for :func:`award_files`; None where it has to be read by full paths."""
    folder = _opened(str(root / _ISSUED))
    try:
        yield folder
    finally:
        if folder is not None:
            os.close(folder)


def _opened(path: str, folder: int | None = None) -> int | None:
    """Open a folder, below another one if that is given, but through no link; None where that fails.

    What is wrong with it is told of each file in it, which is then looked at by its full path.
    """
    try:
        return os.open(path, _FOLDER, dir_fd=folder) if _CAN_STEP else None
    except (OSError, ValueError):
        return None


def award_files(root: Path, issued: int | None, name: str) -> AwardFiles:
    """Return what stands in an award's folder; ``issued`` is what :func:`opened_awards` gave."""
    found = None if issued is None else _visited(issued, name)
    if found is not None:
        return found
    return AwardFiles(_by_path(root, award_json(name)), _is_there(root, award_page(name)))


def award_raw(issued: int | None, name: str) -> bytes:
    """Return a badge's bytes where no link has to be followed to them; for a glance, so else none."""
    folder = None if issued is None else _opened(name, issued)
    if folder is None:
        return b""
    try:
        return _plain_file(folder, _BADGE, MAX_BYTES) or b""
    finally:
        os.close(folder)


def _visited(issued: int, name: str) -> AwardFiles | None:
    """Return an award's files, read without following any link; None where a closer look is needed."""
    folder = _opened(name, issued)
    if folder is None:
        return None
    try:
        badge = _plain_file(folder, _BADGE, MAX_BYTES)
        return None if badge is None else AwardFiles(badge, _has_page(folder))
    finally:
        os.close(folder)


def _has_page(folder: int) -> bool:
    """Return True where a page stands in the folder; a link counts if it leads somewhere."""
    try:
        os.stat(_PAGE, dir_fd=folder)
    except OSError:
        return False
    return True


def _plain_file(folder: int, name: str, largest: int) -> bytes | None:
    """Return the bytes of a file that is plain, small enough and no link; None for any other."""
    try:
        opened = os.open(name, _FILE, dir_fd=folder)
    except (OSError, ValueError):
        return None
    try:
        # The open file is asked, not the path: what is judged is what is read.
        about = os.fstat(opened)
        if not stat.S_ISREG(about.st_mode) or about.st_size > largest:
            return None
        data = os.read(opened, about.st_size + 1)
        # A read that gives less than there is, or a file that grew: both are rare, and read with care.
        return data if len(data) == about.st_size else None
    except OSError:
        return None
    finally:
        os.close(opened)


def _by_path(root: Path, path: str) -> bytes | Unavailable | None:
    if not _is_there(root, path):
        return None
    try:
        return read_file(root, path)
    except Unavailable as reason:
        return reason


def _is_there(root: Path, path: str) -> bool:
    return os.path.exists(f"{root}/{path}")  # noqa: PTH110 - quick, and never raises


def read_below(root: Path, path: str, largest: int = MAX_BYTES) -> bytes:
    """Return what :func:`read_file` returns, sooner where no link is met on the way."""
    data = _stepped(root, path.split("/"), largest)
    return read_file(root, path, largest) if data is None else data


def _stepped(root: Path, steps: list[str], largest: int) -> bytes | None:
    if not {"", ".", ".."}.isdisjoint(steps):
        return None
    folder = _opened(str(root))
    for step in steps[:-1]:
        if folder is None:
            return None
        above, folder = folder, _opened(step, folder)
        os.close(above)
    if folder is None:
        return None
    try:
        return _plain_file(folder, steps[-1], largest)
    finally:
        os.close(folder)


def read_file(root: Path, path: str, largest: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file inside ``root``; raise :class:`Unavailable`.

    A link that leads out of the folder is refused, and so is a pipe, which would wait for ever.
    """
    try:
        real = (root / path).resolve()
        if not real.is_relative_to(root.resolve()):
            raise Unavailable(f"{path} leads out of the folder")
        with open(real, "rb", opener=_at_once) as stream:
            # The open file is asked, not the path: what is judged is what is read.
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise Unavailable(f"{path} is not a file")
            data = stream.read(largest + 1)
    except FileNotFoundError:
        raise Unavailable(f"{path} is not there") from None
    except IsADirectoryError:
        raise Unavailable(f"{path} is not a file") from None
    except (OSError, ValueError, RuntimeError) as reason:
        raise Unavailable(f"{path} cannot be read: {type(reason).__name__}") from reason
    if len(data) > largest:
        raise Unavailable(f"{path} is larger than {largest} bytes")
    return data


def _at_once(path: str, flags: int) -> int:
    """Open without waiting for a pipe, and without following a link (flags that Windows lacks)."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
