"""Files of a site that is being written, from any process and as often as a task is done.

A task may be done twice at once, where a cluster took its first worker for lost. Both write the same bytes,
so a file that stands is written over in place and never emptied: whoever reads it finds it whole meanwhile.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = 0o644
_FOLDER = 0o755


def write_file(folder: str | Path, path: str, data: bytes) -> None:
    """Write ``data`` as the file ``path`` below ``folder``, readable by all whatever the umask.

    Folders on the way are made, ``folder`` itself is not. Raises ``FileNotFoundError`` where it is gone, as
    it is once the build that this was a part of has ended.
    """
    _write(folder, path, data, _FLAGS)


def write_new(folder: str | Path, path: str, data: bytes) -> None:
    """Write a file as ``write_file`` does; raises ``FileExistsError`` where it stands already."""
    _write(folder, path, data, _FLAGS | os.O_EXCL)


def write_changed(folder: str | Path, published: str | Path, path: str, data: bytes) -> bool:
    """Write a file as ``write_file`` does, unless ``published`` has it; return whether it was written."""
    if _read(f"{published}/{path}", len(data) + 1) == data:
        return False
    write_file(folder, path, data)
    return True


class NewFolders:
    """Writes files below a folder as ``write_file`` does, quickest where each few are alone in a new one.

    The first file and the first folder that it makes tell which modes the umask leaves to the rest: it serves
    one stretch of work in one process, in which nobody sets another umask.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = str(folder)
        self._last = ""
        self._is_file_right: bool | None = None
        self._is_folder_right: bool | None = None

    def write(self, path: str, data: bytes) -> None:
        """Write ``data`` as the file ``path``; raises ``FileNotFoundError`` where all is gone."""
        below = path.rpartition("/")[0]
        if below and below != self._last:
            self._make(below)
            self._last = below
        try:
            file = os.open(f"{self._folder}/{path}", _FLAGS | os.O_EXCL, _FILE)
        except (FileNotFoundError, FileExistsError):
            # Somebody was here meanwhile, or before.
            write_file(self._folder, path, data)
            return
        try:
            _put(file, data)
            if not self._is_file_right:
                self._is_file_right = self._is_file_right is None and _mode(os.fstat(file)) == _FILE
                os.fchmod(file, _FILE)
        finally:
            os.close(file)

    def _make(self, below: str) -> None:
        place = f"{self._folder}/{below}"
        try:
            os.mkdir(place, _FOLDER)  # noqa: PTH102 - by the hundred thousand
        except FileExistsError:
            return
        except FileNotFoundError:
            _make_folders(self._folder, f"{below}/")
            return
        if not self._is_folder_right:
            made = os.stat(place)  # noqa: PTH116
            self._is_folder_right = self._is_folder_right is None and _mode(made) == _FOLDER
            os.chmod(place, _FOLDER)  # noqa: PTH101


def _mode(status: os.stat_result) -> int:
    return stat.S_IMODE(status.st_mode)


def _write(folder: str | Path, path: str, data: bytes, flags: int) -> None:
    place = f"{folder}/{path}"
    try:
        file = os.open(place, flags | os.O_EXCL, _FILE)
    except FileNotFoundError:
        _make_folders(folder, path)
        file = os.open(place, flags, _FILE)
    except FileExistsError:
        file = os.open(place, flags, _FILE)
        # What stands there may be longer; it is never shorter than what it has in common with the new one.
        os.ftruncate(file, len(data))
    try:
        _put(file, data)
        os.fchmod(file, _FILE)
    finally:
        os.close(file)


def _put(file: int, data: bytes) -> None:
    written = os.write(file, data)
    while written < len(data):
        written += os.write(file, data[written:])


def _make_folders(folder: str | Path, path: str) -> None:
    below, _, name = f"{folder}/{path}".rpartition("/")[0].rpartition("/")
    if os.path.isdir(below) and below.startswith(f"{folder}/"):  # noqa: PTH112
        # By far the most often: one more award.
        folder, path = below, f"{name}/"
    below = str(folder)
    for name in path.split("/")[:-1]:
        below = f"{below}/{name}"
        try:
            os.mkdir(below, _FOLDER)  # noqa: PTH102 - by the hundred thousand
        except FileExistsError:
            continue
        os.chmod(below, _FOLDER)  # noqa: PTH101


def _read(place: str, size: int) -> bytes | None:
    """Return a file's first ``size`` bytes; ``None`` where no file can be read there."""
    try:
        file = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None  # missing or no file: what is written takes its place
    try:
        return os.read(file, size)
    except OSError:
        return None  # a folder
    finally:
        os.close(file)
