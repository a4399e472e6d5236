"""Where one award names another, over all files: checked by the rules for whole awards, on stubs of them."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.catalog.links import KnownAwards, check_links, stacked_on
from site_builder.catalog.placing import Standard
from site_builder.problems import Problem
from site_builder.reading.document import Document
from site_builder.survey.columns import WITHDRAWN, Columns, each_id, packed, unpacked
from site_builder.survey.stubs import AwardStub, Stub, award_stub, file_stub
from site_builder.survey.suspicion import Numbered

Place = tuple[int, int]
"""The number of a file, and of an award in it."""

Achievements = Mapping[tuple[str, str], Achievement]

_FILE = 1 << 20  # more than the awards of a file, so that a place is one number


class Links:
    """All links between awards. ``placed`` has the files whose achievement exists, by number."""

    def __init__(self, placed: Numbered, paths: Mapping[int, str]) -> None:
        self._placed, self._paths = placed, paths
        self._at = places_of(placed, {target for columns in placed.values() for target in _targets(columns)})
        self._into = self._incoming()

    def stub(self, place: Place) -> Stub:
        """Return what is known of the award at a place."""
        number, index = place
        columns = self._placed[number]
        return Stub(self._paths[number], file_stub(columns), award_stub(columns, index))

    def place_of(self, award_id: str) -> Place | None:
        """Return where an award stands that a link names; None for any other."""
        return self._at.get(packed(award_id))

    def around(self, number: int) -> list[Stub]:
        """Return the awards of other files that a file's awards name, or that name one of its own, by id."""
        named = (self._at.get(target) for target in _targets(self._placed[number]))
        places = {place for place in named if place is not None and place[0] != number}
        places |= {divmod(place, _FILE) for place in self._into.get(number, ())}
        return sorted((self.stub(place) for place in places), key=lambda stub: stub.award.id)

    def named_by(self, number: int) -> set[bytes]:
        """Return the ids that a file's awards name."""
        return _targets(self._placed[number])

    def resting(self) -> frozenset[str]:
        """Return the awards, themselves not withdrawn, that stack at any depth on one that is withdrawn."""
        withdrawn = {
            unpacked(target)
            for target, (number, index) in self._at.items()
            if self._placed[number].states[index] & WITHDRAWN
        }
        if not withdrawn:
            return frozenset()
        stands = {stub.id: not stub.is_withdrawn for stub in self._stacks()}
        found = stacked_on(withdrawn, {stub.id: stub.parts for stub in self._stacks()})
        return frozenset(award_id for award_id in found if stands[award_id])

    def _stacks(self) -> Iterator[AwardStub]:
        for columns in self._placed.values():
            stubs = (award_stub(columns, index) for index in columns.linked)
            yield from (stub for stub in stubs if stub.parts)

    def _incoming(self) -> dict[int, array[int]]:
        """Return, by the number of a file, the awards of other files that name one of its own."""
        into: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))
        for number, columns in self._placed.items():
            for index in columns.linked:
                for _, target in columns.links_of(index):
                    there = self._at.get(target)
                    if there is not None and there[0] != number:
                        into[there[0]].append(number * _FILE + index)
        return dict(into)


class _Known(Mapping[str, IssuedAward]):
    """Every award that a link names, made when it is asked for: the rules of links take it for all awards."""

    def __init__(self, links: Links, achievements: Achievements) -> None:
        self._links, self._achievements = links, achievements

    def __getitem__(self, award_id: str) -> IssuedAward:
        place = self._links.place_of(award_id)
        if place is None:
            raise KeyError(award_id)
        return self._links.stub(place).placed(self._achievements)

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("awards are looked up one by one")

    def __len__(self) -> int:
        raise NotImplementedError("awards are looked up one by one")


def known_awards(
    links: Links, standard: Standard, erased: Iterable[str], in_doubt: Iterable[str], *, all_read: bool
) -> KnownAwards:
    """Return what the rules of links may know, over columns."""
    return KnownAwards(
        awards=_Known(links, standard.achievements),
        erased=frozenset(erased),
        credentials=frozenset(name for name, _ in standard.achievements),
        now=standard.now,
        in_doubt=frozenset(in_doubt),
        all_read=all_read,
    )


def check_all_links(
    placed: Numbered, links: Links, known: KnownAwards, achievements: Achievements, whole: WholeDocument
) -> Iterator[Problem]:
    """Yield what is wrong with the links of each award; ``whole`` reads a file that something is wrong in."""
    for number, columns in placed.items():
        asks = achievements[columns.key].part_ids
        for index in range(columns.awards) if asks else columns.linked:
            issued = links.stub((number, index)).placed(achievements)
            if any(True for _ in check_links(issued, _NOWHERE, index, known)):
                yield from check_links(issued, whole(number), index, known)


WholeDocument = Callable[[int], Document]
# Where a first look finds what is wrong: the line is looked up when there is something to say.
_NOWHERE = Document("", {}, b"")


def places_of(placed: Numbered, wanted: Collection[bytes]) -> dict[bytes, Place]:
    """Return where each award of these ids stands; of two with one id, the first."""
    found: dict[bytes, Place] = {}
    if not wanted:
        return found
    for number, columns in placed.items():
        for index, award_id in enumerate(each_id(columns.ids)):
            if award_id in wanted:
                found.setdefault(award_id, (number, index))
    return found


def _targets(columns: Columns) -> set[bytes]:
    return set(each_id(columns.targets))
