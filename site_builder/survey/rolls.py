"""The entries of all award files together: to read a few large files takes less than a thousand small ones.

A roll holds, for the award files of one shelf, what the store has of each under a key of its own. An entry
that is missing, or is of other bytes or of another path, is looked for under its own key. The shelf of a file
follows from its path, so one new file makes one roll to be written anew.
"""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from site_builder.storing import Store, key_of

SHELVES = 16
"""How many rolls there are: a million awards in them fill none beyond what the store keeps."""

_MARK = 32
_HEAD = struct.Struct(f"<{_MARK}sI")


class Rolls:
    """The rolls of one survey; ``awards`` has the digest of each award file by its path."""

    def __init__(self, store: Store, awards: Mapping[str, str]) -> None:
        self._store = store
        self._marks = {path: _mark(path, digest) for path, digest in awards.items()}
        self._digests = awards

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path of each file that a roll has an entry for, and the entry, which may be any bytes."""
        for shelf, paths in self._shelves(self._marks).items():
            wanted = {self._marks[path]: path for path in paths}
            for mark, entry in self._read(shelf):
                if mark in wanted:
                    yield wanted[mark], entry

    def renew(self, paths: Iterable[str]) -> None:
        """Take the entries of these files anew from under their own keys; what belongs to no file goes."""
        for shelf, renewed in self._shelves(paths).items():
            known = dict(self._read(shelf))
            found = {self._marks[path]: self._store.get(self._key(path)) for path in renewed}
            fresh = {mark: entry for mark, entry in found.items() if entry is not None}
            if all(known.get(mark) == entry for mark, entry in fresh.items()):
                continue  # of a file with an error nothing is kept
            of_shelf = {mark for path, mark in self._marks.items() if _shelf(path) == shelf}
            kept = {mark: entry for mark, entry in known.items() if mark in of_shelf}
            self._store.put_all(_key(shelf), _pieces({**kept, **fresh}))

    def _shelves(self, paths: Iterable[str]) -> dict[int, list[str]]:
        shelves: defaultdict[int, list[str]] = defaultdict(list)
        for path in paths:
            shelves[_shelf(path)].append(path)
        return shelves

    def _read(self, shelf: int) -> Iterator[tuple[bytes, bytes]]:
        """Yield each mark in a roll and the entry beside it; a roll that ends too early ends there."""
        raw, start = self._store.get(_key(shelf)) or b"", 0
        while start + _HEAD.size <= len(raw):
            mark, length = _HEAD.unpack_from(raw, start)
            start += _HEAD.size
            yield mark, raw[start : start + length]
            start += length

    def _key(self, path: str) -> str:
        return entry_key(path, self._digests[path])


def entry_key(path: str, digest: str) -> str:
    """Return the key under which the store has the entry of an award file."""
    return key_of("survey", path, digest)


def _key(shelf: int) -> str:
    return key_of("survey roll", str(shelf))


def _shelf(path: str) -> int:
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).digest()[0] % SHELVES


def _mark(path: str, digest: str) -> bytes:
    return hashlib.sha256(f"{digest} {path}".encode("utf-8", "surrogatepass")).digest()


def _pieces(entries: Mapping[bytes, bytes]) -> Iterator[bytes]:
    for mark, entry in entries.items():
        yield _HEAD.pack(mark, len(entry))
        yield entry
