"""One award file as columns: what the checks between files need of it, in some seventy bytes an award."""

from __future__ import annotations

import hashlib
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Literal

from site_builder.catalog.holders import same_did
from site_builder.models.award import Award, AwardFile
from site_builder.models.credential import Level

WITHDRAWN, LISTED, REVOKED = 1, 2, 4
"""The bits of an award's state: revoked or replaced; may be found; revoked."""

ID = 16
"""How many bytes an award id has in a column, and a learner's pseudonym."""

_ENTRY = struct.Struct(f"{ID}s")
_FEW = struct.Struct(f"<{ID}sI")

Kind = Literal["parts", "renews", "replaced_by"]
KINDS: tuple[Kind, ...] = ("parts", "renews", "replaced_by")


@dataclass(frozen=True, slots=True)
class Columns:
    """An award file without its texts, an entry per award in the order of the file.

    ``ids`` and ``learners`` have 16 bytes an award; ``indexes`` the places in the status lists, those of the
    erased awards at the end; ``commitments`` the first 8 bytes of each, of all together; ``states`` a byte an
    award. ``holders`` (8 bytes an award, zero for none) and ``expires`` (a day's number, zero for none) are
    empty where no award has one. ``linking`` has, in order, award number times three and kind of each link,
    ``targets`` the ids these name. ``erased`` has 16 bytes an entry, ``erased_on`` the days; ``levels`` the
    levels that listed awards reached beyond their credential's own.
    """

    credential: str
    version: str
    issued_on: date
    ids: bytes
    learners: bytes
    indexes: array[int]
    commitments: bytes
    states: bytes
    holders: bytes
    expires: array[int]
    linking: array[int]
    targets: bytes
    erased: bytes
    erased_on: tuple[date, ...]
    levels: dict[int, Level]

    @property
    def key(self) -> tuple[str, str]:
        """The credential and its version."""
        return self.credential, self.version

    @property
    def awards(self) -> int:
        """How many awards it has, without the erased ones."""
        return len(self.states)

    def id(self, index: int) -> bytes:
        """Return the 16 bytes of an award's id."""
        return self.ids[index * ID : (index + 1) * ID]

    def learner(self, index: int) -> bytes:
        """Return the 16 bytes of an award's learner."""
        return self.learners[index * ID : (index + 1) * ID]

    def until(self, index: int) -> date | None:
        """Return the day from which an award says itself that it is no longer valid."""
        ordinal = self.expires[index] if self.expires else 0
        return date.fromordinal(ordinal) if ordinal else None

    @property
    def linked(self) -> Iterable[int]:
        """The numbers of the awards that name others, in order."""
        return dict.fromkeys(code // 3 for code in self.linking)

    def links_of(self, index: int) -> Iterator[tuple[Kind, bytes]]:
        """Yield each link of an award to another: its kind, and the id that it names."""
        first, last = self._links_of(index)
        for place in range(first, last):
            yield KINDS[self.linking[place] % 3], self.targets[place * ID : (place + 1) * ID]

    def few_facts(self, index: int) -> bytes:
        """Return whose an award is and the day that it expires on itself, in bytes of one length."""
        return _FEW.pack(self.learner(index), self.expires[index] if self.expires else 0)

    def facts(self, indexes: Sequence[int]) -> Iterator[bytes]:
        """Yield all that the columns know of these awards, as bytes that differ where anything does.

        Column after column, each as long as their number says: many awards are asked for at a time.
        """
        yield len(indexes).to_bytes(4)
        for ids in (each_id(self.ids), each_id(self.learners)):
            yield b"".join([ids[index] for index in indexes])
        yield array("Q", [self.indexes[index] for index in indexes]).tobytes()
        yield bytes([self.states[index] for index in indexes])
        expires = self.expires or bytes(self.awards)
        yield array("I", [expires[index] for index in indexes]).tobytes()
        if not self.linking:
            yield bytes(4 * len(indexes))  # each has none
            return
        for index in indexes:
            first, last = self._links_of(index)
            yield (last - first).to_bytes(4)
            yield bytes(code % 3 for code in self.linking[first:last])
            yield self.targets[first * ID : last * ID]

    def all_facts(self) -> bytes:
        """Return all that ``facts`` yields of all its awards, as bytes that differ where any of it does."""
        counted = self.indexes, self.expires, self.linking
        columns = self.ids, self.learners, self.states, self.targets, *map(bytes, counted)
        return b"".join([len(column).to_bytes(8) + column for column in columns])

    def only(self, indexes: Sequence[int]) -> Columns:
        """Return the columns that stubs are made from, of these awards alone, in this order."""
        ids, learners, linking, targets = each_id(self.ids), each_id(self.learners), array("I"), []
        for number, index in enumerate(indexes if self.linking else ()):
            first, last = self._links_of(index)
            linking.extend(3 * number + code % 3 for code in self.linking[first:last])
            targets.append(self.targets[first * ID : last * ID])
        return replace(
            self,
            ids=b"".join([ids[index] for index in indexes]),
            learners=b"".join([learners[index] for index in indexes]),
            indexes=array("Q", [self.indexes[index] for index in indexes]),
            states=bytes([self.states[index] for index in indexes]),
            expires=array("I", [self.expires[index] for index in indexes] if self.expires else ()),
            linking=linking,
            targets=b"".join(targets),
            commitments=b"",
            holders=b"",
            erased=b"",
            erased_on=(),
            levels={},
        )

    def _links_of(self, index: int) -> tuple[int, int]:
        return bisect_left(self.linking, 3 * index), bisect_left(self.linking, 3 * index + 3)


def columns_of(file: AwardFile) -> Columns:
    """Return the columns of an award file that was read."""
    awards, links = file.awards, list(_links(file))
    return Columns(
        credential=file.credential,
        version=file.version,
        issued_on=file.issued_on,
        ids=_uuids([award.id for award in awards]),
        learners=bytes.fromhex("".join([award.learner for award in awards])),
        indexes=array("Q", [*(a.status_index for a in awards), *(e.status_index for e in file.erased)]),
        commitments=_fingerprints(awards),
        states=bytes([_state(award) for award in awards]),
        holders=_holders(awards),
        expires=_expires(awards),
        linking=array("I", [3 * index + KINDS.index(kind) for index, kind, _ in links]),
        targets=_uuids([target for _, _, target in links]),
        erased=_uuids([entry.id for entry in file.erased]),
        erased_on=tuple(entry.date for entry in file.erased),
        levels={i: reached for i, award in enumerate(awards) if (reached := _listed_level(award))},
    )


def latest_day(file: AwardFile) -> date:
    """Return the last day that an award file speaks of as past: from then on none of them is to come."""
    revoked = (award.revoked.date for award in file.awards if award.revoked)
    return max(chain((file.issued_on,), revoked, (entry.date for entry in file.erased)))


def packed(uuid: str) -> bytes:
    """Return the 16 bytes of an award id.

    >>> packed("00000000-0000-4000-8000-0000000000ff").hex()
    '000000000000400080000000000000ff'
    """
    return bytes.fromhex(uuid.replace("-", ""))


def unpacked(raw: bytes) -> str:
    """Return the award id of 16 bytes.

    >>> unpacked(packed("00000000-0000-4000-8000-0000000000ff"))
    '00000000-0000-4000-8000-0000000000ff'
    """
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def each_id(column: bytes) -> list[bytes]:
    """Return the entries of a column of ids or of learners."""
    return [entry for (entry,) in _ENTRY.iter_unpack(column)]


def holder_mark(did: str) -> bytes:
    """Return 8 bytes, never all zero, that two spellings of one DID have in common."""
    return b"\1" + hashlib.sha256(same_did(did).encode()).digest()[:7]


def _uuids(ids: list[str]) -> bytes:
    return bytes.fromhex("".join(ids).replace("-", ""))


def _fingerprints(awards: tuple[Award, ...]) -> bytes:
    start = len("sha256$")
    found = [award.commitments.email[start : start + 16] for award in awards]
    found += [award.commitments.name[start : start + 16] for award in awards if award.commitments.name]
    return bytes.fromhex("".join(found))


def _state(award: Award) -> int:
    return (
        WITHDRAWN * award.is_withdrawn
        | LISTED * (award.listing == "listed")
        | REVOKED * (award.revoked is not None)
    )


def _holders(awards: tuple[Award, ...]) -> bytes:
    if not any(award.holder for award in awards):
        return b""
    return b"".join(holder_mark(award.holder) if award.holder else bytes(8) for award in awards)


def _expires(awards: tuple[Award, ...]) -> array[int]:
    if not any(award.expires for award in awards):
        return array("I")
    return array("I", [award.expires.toordinal() if award.expires else 0 for award in awards])


def _links(file: AwardFile) -> Iterator[tuple[int, Kind, str]]:
    for index, award in enumerate(file.awards):
        yield from ((index, "parts", part) for part in award.parts)
        if award.renews:
            yield index, "renews", award.renews
        if award.replaced_by:
            yield index, "replaced_by", award.replaced_by


def _listed_level(award: Award) -> Level | None:
    return award.results.level if award.listing == "listed" and award.results else None
