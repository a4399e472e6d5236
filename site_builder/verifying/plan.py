"""In which order the badges of a folder are looked at: like with like, and what others are built on first.

A plan is made from a glance at each file, so it may be mistaken; that costs time, and changes no verdict.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from site_builder.assembling.addresses import award_json
from site_builder.verifying.compiled import cut_of

BATCH = 500
"""How many badges are looked at in one go."""

SLOW_BATCH = 50
"""The same, of badges that the library judges."""

MOST_ROUNDS = 6

# The library judges two badges sooner than a shape is learnt from the first.
_FEW = 3
_PARTS = b'"relatedResource":['


@dataclass(frozen=True, slots=True)
class Glance:
    """What the bytes of some badges look like: a mark for each, equal for equal shapes, and what they pin.

    ``parts`` has, by the place of a badge, the names of the award folders whose badges it seems to pin.
    """

    marks: array[int]
    parts: Mapping[int, Sequence[str]]


def glance(raws: Iterable[bytes], base: str) -> Glance:
    """Return what some badges of the site at ``base`` look like."""
    marks, parts = array("Q"), {}
    pinned = re.compile(rb'"id":"' + re.escape(base.encode()) + award_json('([^/"]+)').encode() + b'"')
    for place, raw in enumerate(raws):
        achievement, quotes = cut_of(raw)
        marks.append(crc32(achievement) << 32 | quotes)
        start = raw.find(_PARTS)
        if start >= 0:
            found = pinned.findall(raw, start, raw.find(b"]", start))
            parts[place] = [name.decode("utf-8", "replace") for name in found]
    return Glance(marks, parts)


@dataclass(frozen=True, slots=True)
class Lot:
    """Places of badges that are looked at in one go; ``learns`` where their shapes are worth learning."""

    places: Sequence[int]
    learns: bool


class Plan:
    """The order in which to look at badges, from the names of their folders and glances at all of them."""

    def __init__(self, names: Sequence[str], glances: Iterable[Glance]) -> None:
        self._marks = array("Q")
        self._parts: dict[int, array[int]] = {}
        self._pinned = bytearray(len(names))
        places = {name: place for place, name in enumerate(names)}
        for found in glances:
            for offset, pinned in found.parts.items():
                parts = array("L", [places[name] for name in pinned if name in places])
                self._parts[len(self._marks) + offset] = parts
                for part in parts:
                    self._pinned[part] = True
            self._marks.extend(found.marks)

    def parts(self, place: int) -> Sequence[int]:
        """Return the places of the badges that the one at ``place`` seems to be built on."""
        return self._parts.get(place, ())

    def is_pinned(self, place: int) -> bool:
        """Return True where another badge seems to be built on the one at ``place``."""
        return bool(self._pinned[place])

    def rounds(self, *, thorough: bool = False) -> Iterator[list[Lot]]:
        """Yield the lots of each round; what a badge is built on was looked at in an earlier round.

        ``thorough`` says that the library judges them all.
        """
        for places in self._layers():
            yield list(_in_lots(places, SLOW_BATCH, learns=False) if thorough else self._lots(places))

    def _layers(self) -> Iterator[list[int]]:
        left = dict(self._parts)
        yield [place for place in range(len(self._marks)) if place not in left]
        for _ in range(MOST_ROUNDS - 2):
            ready = [stack for stack, parts in left.items() if not any(part in left for part in parts)]
            yield sorted(ready)
            for stack in ready:
                del left[stack]
        yield sorted(left)  # built on one another too deep, or in a circle

    def _lots(self, places: Iterable[int]) -> Iterator[Lot]:
        """Yield lots of like badges; first those of the library, each of which takes long."""
        alike: defaultdict[int, list[int]] = defaultdict(list)
        for place in places:
            alike[self._marks[place]].append(place)
        few = [place for group in alike.values() if len(group) < _FEW for place in group]
        yield from _in_lots(sorted(few), SLOW_BATCH, learns=False)
        waiting: list[int] = []
        for group in alike.values():
            if len(group) < _FEW:
                continue
            if len(waiting) + len(group) > BATCH:
                yield from _in_lots(waiting, BATCH, learns=True)
                waiting = []
            waiting += group
        yield from _in_lots(waiting, BATCH, learns=True)


def _in_lots(places: Sequence[int], size: int, *, learns: bool) -> Iterator[Lot]:
    for start in range(0, len(places), size):
        yield Lot(places[start : start + size], learns)
