"""Where one award names another: where that one stands, and what other files have to do with a file."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from site_builder.catalog.links import stacked_on
from site_builder.survey.columns import WITHDRAWN, Columns, each_id, packed, unpacked
from site_builder.survey.stubs import AwardStub, SomeAwards, award_stub
from site_builder.survey.suspicion import Numbered

Place = int
"""Where an award stands: the number of its file times ``IN_A_FILE``, and its number there."""
IN_A_FILE = 1 << 20
NOWHERE = 2**64 - 1
"""The place of an award that a link names and that no file has."""

_NO_FILE = NOWHERE // IN_A_FILE

Places = Mapping[bytes, Place]
"""Where each award stands that a link names, by its id."""


class Links:
    """All links between awards, as places: eight bytes a link, where an id in a mapping would take a hundred.

    ``placed`` has the files whose achievement exists, by number; ``at`` is what ``places_of`` returns.
    """

    def __init__(self, placed: Numbered, paths: Mapping[int, str], at: Places) -> None:
        self._placed, self._paths = placed, paths
        self._named = {
            number: array("Q", [at.get(target, NOWHERE) for target in each_id(columns.targets)])
            for number, columns in placed.items()
            if columns.linking
        }
        self._naming = self._backwards()
        self._files: dict[int, str] = {}

    def some(self, places: Iterable[Place]) -> Iterator[SomeAwards]:
        """Yield what is known of the awards at these places, file by file."""
        for number, here in groupby(places, lambda place: place // IN_A_FILE):
            columns = self._placed[number].only([place % IN_A_FILE for place in here])
            yield SomeAwards(self._paths[number], columns)

    def named(self, number: int) -> Sequence[Place]:
        """Return where the award stands that each link of a file names, in the order of its links."""
        return self._named.get(number, ())

    def around(self, number: int) -> list[Place]:
        """Return the awards of other files that a file's awards name, or that name one of its own."""
        places = {place for place in self.named(number) if place != NOWHERE and place // IN_A_FILE != number}
        return sorted(places.union(self._naming.get(number, ())))

    def near(self, number: int) -> list[int]:
        """Return the numbers of the files that a file's awards name an award of, or that name one of it."""
        places = chain(self.named(number), self._naming.get(number, ()))
        return sorted({place // IN_A_FILE for place in places} - {_NO_FILE, number})

    def files(self, numbers: Iterable[int]) -> str:
        """Return a digest of all that is known of these files."""
        return "".join(map(self._file, numbers))

    def _file(self, number: int) -> str:
        if number not in self._files:
            columns = self._placed[number]
            head = f"{self._paths[number]} {columns.key} {columns.issued_on}\0"
            self._files[number] = hashlib.sha256(head.encode() + columns.all_facts()).hexdigest()
        return self._files[number]

    def parts(self, number: int) -> frozenset[str]:
        """Return the ids of the awards that a file's awards stack from."""
        columns = self._placed[number]
        targets = zip(columns.linking, each_id(columns.targets), strict=True)
        return frozenset(unpacked(target) for code, target in targets if code % 3 == 0)

    def homes(self, number: int) -> list[str]:
        """Return the paths of the files that have awards which a file's awards stack from."""
        named = zip(self._placed[number].linking, self.named(number), strict=True)
        found = {place // IN_A_FILE for code, place in named if code % 3 == 0}
        return [self._paths[number] for number in sorted(found - {_NO_FILE})]

    def targets(self, number: int) -> set[bytes]:
        """Return the ids that a file's awards name."""
        return _targets(self._placed[number])

    def versions(self, numbers: Iterable[int]) -> tuple[tuple[str, str], ...]:
        """Return the credentials and versions of the awards of these files."""
        return tuple(sorted({self._placed[number].key for number in numbers}))

    def facts(self, places: Iterable[Place], besides: str) -> str:
        """Return a digest of all that is known of the awards at these places, and of some words besides."""
        digest = hashlib.sha256(besides.encode())
        for number, here in groupby(places, lambda place: place // IN_A_FILE):
            columns = self._placed[number]
            digest.update(f"\0{self._paths[number]} {columns.key} {columns.issued_on}\0".encode())
            digest.update(b"".join(columns.facts([place % IN_A_FILE for place in here])))
        return digest.hexdigest()

    def resting(self) -> frozenset[str]:
        """Return the awards, themselves not withdrawn, that stack at any depth on one that is withdrawn."""
        return self.resting_if([((), ())])[0]

    def resting_if(self, cases: Sequence[tuple[Collection[str], Collection[str]]]) -> list[frozenset[str]]:
        """Return the same for each case: as if its first awards were withdrawn too, and its second not."""
        named = {place for places in self._named.values() for place in places if place != NOWHERE}
        known = {award_id for award_id in map(self._withdrawn_at, named) if award_id}
        withdrawn = [known.difference(but).union(also) for also, but in cases]
        if not any(withdrawn):
            return [frozenset() for _ in withdrawn]
        stacks = {stub.id: stub for stub in self._stacks()}
        parts = {award_id: stub.parts for award_id, stub in stacks.items()}
        gone = {award_id for award_id, stub in stacks.items() if stub.is_withdrawn}
        return [
            frozenset(stacked_on(some, parts) - some - gone.difference(but))
            for some, (_, but) in zip(withdrawn, cases, strict=True)
        ]

    def are_parts(self, awards: Collection[str]) -> bool:
        """Return True where an award stacks from one of these."""
        wanted = {packed(award) for award in awards}
        return any(
            code % 3 == 0 and target in wanted
            for columns in self._placed.values()
            if columns.linking and not wanted.isdisjoint(_targets(columns))
            for code, target in zip(columns.linking, each_id(columns.targets), strict=True)
        )

    def _withdrawn_at(self, place: Place) -> str:
        """Return the id of the award at a place if it is withdrawn; empty otherwise."""
        columns, index = self._placed[place // IN_A_FILE], place % IN_A_FILE
        return unpacked(columns.id(index)) if columns.states[index] & WITHDRAWN else ""

    def _stacks(self) -> Iterator[AwardStub]:
        for columns in self._placed.values():
            stubs = (award_stub(columns, index) for index in columns.linked)
            yield from (stub for stub in stubs if stub.parts)

    def _backwards(self) -> dict[int, array[int]]:
        """Return, by the number of a file, the awards of other files that name one of its own."""
        naming: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))
        for number, named in self._named.items():
            for code, place in zip(self._placed[number].linking, named, strict=True):
                there = place // IN_A_FILE
                if place != NOWHERE and there != number:
                    naming[there].append(number * IN_A_FILE + code // 3)
        return dict(naming)


def places_of(placed: Numbered) -> dict[bytes, Place]:
    """Return where each award stands that a link names; of two with one id, the first."""
    wanted: set[bytes] = set()
    for columns in placed.values():
        wanted.update(each_id(columns.targets))
    found: dict[bytes, Place] = {}
    for number, columns in placed.items() if wanted else ():
        entries = each_id(columns.ids)
        if wanted.isdisjoint(entries):
            continue
        for index in [index for index, award_id in enumerate(entries) if award_id in wanted]:
            found.setdefault(entries[index], number * IN_A_FILE + index)
    return found


def _targets(columns: Columns) -> set[bytes]:
    return set(each_id(columns.targets))
