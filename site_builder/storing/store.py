"""Small files of worked-out results, each under the digest of all that it was worked out from.

Nothing in the folder is believed. An entry that is cut short, altered, of another format or of another key
is no entry, and the caller works the result out again. Nor is one that a commit brought along, however well
it is made: git makes files that their owner may write, and an entry is a file that nobody may write. No
symbolic link is followed, neither for reading nor for writing.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from site_builder.storing.program import fingerprint

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

FOLDER = ".badgepress"
"""The store of a repository, below its root."""

ENDING = ".new"
"""What an entry is called until it is whole."""

_MAGIC = b"badgepress store 1\n"
_HEADER = len(_MAGIC) + 32
_LARGEST = 64 * 1024 * 1024  # whoever plants a larger file fills no memory with it
_KEY = re.compile("[0-9a-f]{64}")
_READ_ONLY = 0o444
_ANY_MAY_WRITE = 0o222
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Without O_NONBLOCK a pipe in the place of an entry would be waited for.
_ENTRY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def key_of(*parts: str | bytes) -> str:
    """Return the key of what is worked out from ``parts`` by this program: 64 hexadecimal digits.

    Other parts, other bounds between them, text in place of bytes or another program give another key.
    """
    digest = hashlib.sha256(fingerprint().encode())
    for part in parts:
        kind, data = (b"t", part.encode("utf-8", "surrogatepass")) if isinstance(part, str) else (b"b", part)
        digest.update(b"%b%d:" % (kind, len(data)) + data)
    return digest.hexdigest()


class Store:
    """The entries below ``folder``; ``Store(None)`` keeps nothing.

    It holds nothing open, so it may be handed to another process, and several builds may use one at once.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.lost = 0
        """How many entries this object could not keep: the disk is full, or the folder read only."""

    @classmethod
    def at(cls, root: Path) -> Store:
        """Return the store of the repository at ``root``; its folder is made with the first entry."""
        return cls(root / FOLDER)

    def get(self, key: str) -> bytes | None:
        """Return what was put under ``key``, or None where no whole entry of that key can be read."""
        shelf, name = _place(key)
        if self.folder is None:
            return None
        try:
            with _opened(self.folder) as folder, _opened(shelf, folder) as below:
                header, data = _read(name, below)
        except OSError:
            # Missing, a link, a folder, not ours to read: in each case the caller works it out again.
            return None
        return data if header == _header(_digest_of(key, data)) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``, in one step; if it cannot be done, ``lost`` counts it."""
        self.put_all(key, (data,))

    def put_all(self, key: str, pieces: Iterable[bytes]) -> None:
        """Do what ``put`` does with pieces that are made one after the other, and written as they come."""
        shelf, name = _place(key)
        if self.folder is None:
            return
        try:
            with _made(self.folder, shelf) as below:
                _write(name, key, pieces, below)
        except OSError:
            # A hint is lost, nothing else: the next run works it out again, as this one did.
            self.lost += 1


def _place(key: str) -> tuple[str, str]:
    """Return the folder and the name of an entry; raises ``ValueError`` for what is no key."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"a key is 64 hexadecimal digits, not {key!r}")
    return key[:2], key[2:]


def _digest_of(key: str, data: bytes = b"") -> Hash:
    digest = hashlib.sha256(key.encode())
    digest.update(data)
    return digest


def _header(digest: Hash) -> bytes:
    return _MAGIC + digest.digest()


@contextmanager
def _opened(folder: Path | str, below: int | None = None) -> Iterator[int]:
    descriptor = os.open(folder, _FOLDER, dir_fd=below)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _made(path: Path, shelf: str) -> Iterator[int]:
    """Yield a shelf for writing; it and the store's folder are made where they are missing."""
    path.mkdir(parents=True, exist_ok=True)
    with _opened(path) as folder:
        try:
            os.mkdir(shelf, dir_fd=folder)
            _keep_out_of_git(folder)
        except FileExistsError:
            pass  # most entries find their shelf there
        with _opened(shelf, folder) as below:
            yield below


def _keep_out_of_git(folder: int) -> None:
    with suppress(FileExistsError):
        descriptor = os.open(".gitignore", _NEW, 0o644, dir_fd=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"*\n")


def _read(name: str, folder: int) -> tuple[bytes, bytes]:
    """Return the header and the data of an entry; raises ``OSError`` for what no entry can be."""
    with os.fdopen(os.open(name, _ENTRY, dir_fd=folder), "rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_mode & _ANY_MAY_WRITE or status.st_size > _LARGEST:
            raise PermissionError("this file was not made by a store")
        return file.read(_HEADER), file.readall()


def _write(name: str, key: str, pieces: Iterable[bytes], folder: int) -> None:
    """Write a whole entry. It is not synced: what a power cut spoils is not believed, see above.

    What is too large for an entry is not kept.
    """
    new = f"{name[:16]}{os.urandom(8).hex()}{ENDING}"
    descriptor = os.open(new, _NEW, _READ_ONLY, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            is_whole = _write_pieces(file, key, pieces)
        if is_whole:
            os.rename(new, name, src_dir_fd=folder, dst_dir_fd=folder)
        else:
            os.unlink(new, dir_fd=folder)
    except BaseException:
        os.unlink(new, dir_fd=folder)
        raise


def _write_pieces(file: BinaryIO, key: str, pieces: Iterable[bytes]) -> bool:
    """Write pieces, then the header before them; return False, and stop, where they are too many."""
    digest, left = _digest_of(key), _LARGEST - _HEADER
    file.write(bytes(_HEADER))
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            return False
        digest.update(piece)
        file.write(piece)
    file.seek(0)
    file.write(_header(digest))
    return True
