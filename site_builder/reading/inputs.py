"""Everything that a build reads of a repository, as one digest: where it is the same, so is what it makes.

Every file is read on every run. Times and sizes are not asked: a checkout, a clock that was put back and a
tool that keeps the time of a file would each make them lie. It imports little, because a run that finds
nothing changed does nothing else.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

_FOLDERS = ("credentials", "frameworks", "issued", "proofs", "docs")
_LARGEST = 1024 * 1024  # a larger file is refused by the sweep, so its bytes are not asked
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def inputs_digest(root: Path) -> str:
    """Return the SHA-256, in hexadecimal, of the path, kind and bytes of all that a build reads in ``root``.

    That is all below the authors' folders and ``docs/``, and each file that stands in the root itself; no
    link is followed. Raises ``OSError`` where ``root`` cannot be listed.
    """
    digest = hashlib.sha256()
    for name, kind, content in _entries(os.fspath(root)):
        said = os.fsencode(name)
        digest.update(b"%d:%b%b%d:%b" % (len(said), said, kind, len(content), content))
    return digest.hexdigest()


def _entries(root: str) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield the path of each entry, a letter for its kind, and its content: of a file a hash of its bytes."""
    found = sorted(os.scandir(root), key=lambda entry: entry.name)
    told = _told_twice(entry.name for entry in found)
    for entry in found:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name in _FOLDERS or not is_folder:
            yield entry.name, *_look_at(entry)
        elif entry.name in told:
            yield entry.name, b"d", b""  # the sweep minds only that it is called like a file
        if is_folder and entry.name in _FOLDERS:
            yield from _below(f"{root}/{entry.name}", entry.name)


def _below(folder: str, path: str) -> Iterator[tuple[str, bytes, bytes]]:
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield path, b"e", str(error.errno).encode()
        return
    for entry in found:
        name = f"{path}/{entry.name}"
        yield name, *_look_at(entry)
        if entry.is_dir(follow_symlinks=False):
            yield from _below(f"{folder}/{entry.name}", name)


def _look_at(entry: os.DirEntry[str]) -> tuple[bytes, bytes]:
    """Return the kind of an entry and its content, which of other things than files is nothing."""
    if entry.is_symlink():
        return b"l", b""
    if entry.is_dir(follow_symlinks=False):
        return b"d", b""
    if not entry.is_file(follow_symlinks=False):
        return b"o", b""
    try:
        return b"f", _hashed(entry.path)
    except OSError as error:
        return b"e", str(error.errno).encode()


def _hashed(path: str) -> bytes:
    handle = os.open(path, _OPEN)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return b"other"
        if status.st_size > _LARGEST:
            return b"large"
        return hashlib.sha256(os.read(handle, _LARGEST + 1)).digest()
    finally:
        os.close(handle)


def _told_twice(names: Iterator[str]) -> set[str]:
    """Return the names that are one name to some file systems."""
    folded: dict[str, list[str]] = {}
    for name in names:
        form = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        folded.setdefault(form, []).append(name)
    return {name for alike in folded.values() if len(alike) > 1 for name in alike}
