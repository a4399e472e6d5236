"""The links of all awards, checked by the rules for whole awards, on what the columns know of them.

The rules of parts and of renewals ask little of the award that is named, and get no more than that: whose it
is, of what, since when and until when. So where a file and these few facts are as they were when nothing was
wrong, nothing is wrong. An award that another replaces is looked at every time: replacements form chains.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.catalog.links import KnownAwards, check_links
from site_builder.models.award import Award, AwardFile
from site_builder.problems import Problem
from site_builder.reading.document import Document
from site_builder.storing import Store, key_of
from site_builder.survey.columns import ID, Columns, each_id, packed, unpacked
from site_builder.survey.gathering import Gathered
from site_builder.survey.linking import IN_A_FILE, NOWHERE, Links, Place, Places
from site_builder.survey.stubs import award_stub, file_stub

WholeDocument = Callable[[int], Document]
"""Reads the award file of a number again."""

_REPLACED = 2  # the kind of a link to the award that replaces this one
_MARK = 32
# Where a first look finds what is wrong: the line is looked up when there is something to say.
_NO_DOCUMENT = Document("", {}, b"")


@dataclass(slots=True)
class _Named:
    """An award that another continues or stacks from: all that the rules for those may ask of it.

    ``expires`` is also the day that follows from its credential's period.
    """

    learner: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class _InCommon:
    """A file by its columns, and what its awards have in common; ``until`` is when they end by their spec.

    ``facts`` are bytes that differ where any of this does.
    """

    columns: Columns
    file: AwardFile
    achievement: Achievement
    until: date | None
    facts: bytes


class _Known(Mapping[str, IssuedAward]):
    """Every award that a link names, made when it is asked for: the rules of links take it for all awards."""

    def __init__(self, make: Callable[[Place], IssuedAward], at: Places) -> None:
        self._make, self._at = make, at

    def __getitem__(self, award_id: str) -> IssuedAward:
        return self._make(self._at[packed(award_id)])

    def __iter__(self) -> Iterator[str]:
        return map(unpacked, self._at)

    def __len__(self) -> int:
        return len(self._at)


def _marks(raw: bytes) -> set[bytes]:
    return {raw[start : start + _MARK] for start in range(0, len(raw) - _MARK + 1, _MARK)}


class LinkChecks:
    """The checks of one survey; what was found right is kept in ``store``, by all that it rested on."""

    def __init__(self, found: Gathered, links: Links, at: Places, store: Store) -> None:
        self._found, self._links, self._at, self._store = found, links, at, store
        self._achievements = found.measure.standard.achievements
        self._erased = {entry for columns in found.files.values() for entry in each_id(columns.erased)}
        self._in_common: dict[int, _InCommon] = {}
        self._names = " ".join(sorted({name for name, _ in self._achievements}))
        self._all_key = key_of("survey links of all", self._names)
        self._known = _marks(store.get(self._all_key) or b"")
        self._right: set[bytes] = set()
        self._of_files: dict[int, bytes] = {}

    def problems(self, in_doubt: Iterable[str], whole: WholeDocument, *, all_read: bool) -> Iterator[Problem]:
        """Yield what is wrong with the links of each award.

        ``in_doubt`` has the ids of awards in files with errors; ``all_read`` is False where any id may be in
        one. ``whole`` reads a file that something is wrong in.
        """
        standard = self._found.measure.standard
        known = KnownAwards(
            awards=_Known(self._whole_stub, self._at),
            erased=frozenset(unpacked(entry) for entry in self._erased),
            credentials=frozenset(name for name, _ in standard.achievements),
            now=standard.now,
            in_doubt=frozenset(in_doubt),
            all_read=all_read,
        )
        few = replace(known, awards=_Known(self._few_facts, self._at))
        for number, columns in self._found.placed.items():
            replaced = dict.fromkeys(code // 3 for code in columns.linking if code % 3 == _REPLACED)
            others = self._to_check(columns).keys() - replaced.keys()
            yield from self._of(number, replaced, known, whole)
            yield from self._unless_known(number, sorted(others), few, whole)
        if self._right != self._known:
            self._store.put(self._all_key, b"".join(sorted(self._right)))

    def _to_check(self, columns: Columns) -> dict[int, None]:
        """Return the awards that name others, or that should; in order."""
        asks = self._achievements[columns.key].part_ids
        return dict.fromkeys(range(columns.awards)) if asks else dict.fromkeys(columns.linked)

    def _unless_known(
        self, number: int, indexes: list[int], known: KnownAwards, whole: WholeDocument
    ) -> Iterator[Problem]:
        places = self._places(number) if indexes else None
        # Where all files that it names are as they were, so are the few facts, which take longer to gather.
        mark = self._mark(number, places) if places is not None else b""
        if mark in self._known:
            self._right.add(mark)
            return
        key = self._key(number, places) if places is not None else None
        if key is not None and self._store.get(key) is not None:
            self._right.add(mark)
            return
        nothing_wrong = True
        for problem in self._of(number, indexes, known, whole) if indexes else ():
            nothing_wrong = False
            yield problem
        if key is not None and nothing_wrong:
            self._store.put(key, b"")
            self._right.add(mark)

    def _of(
        self, number: int, indexes: Iterable[int], known: KnownAwards, whole: WholeDocument
    ) -> Iterator[Problem]:
        for index in indexes:
            issued = self._whole_stub(number * IN_A_FILE + index)
            if any(True for _ in check_links(issued, _NO_DOCUMENT, index, known)):
                yield from check_links(issued, whole(number), index, known)

    def _places(self, number: int) -> Sequence[Place] | None:
        """Return where the awards stand that a file names; None where one names no standing award."""
        named = self._links.named(number)
        if NOWHERE in named or not self._erased.isdisjoint(self._links.targets(number)):
            return None
        return named

    def _mark(self, number: int, named: Sequence[Place]) -> bytes:
        """Return a digest of a file and of every file that it names an award of, with their specs."""
        files = sorted({place // IN_A_FILE for place in named})
        return hashlib.sha256(b"".join(map(self._of_file, [number, *files]))).digest()

    def _of_file(self, number: int) -> bytes:
        if number not in self._of_files:
            judged, columns = self._found.judged[number], self._found.placed[number]
            spec = self._found.measure.specs[columns.key]
            text = f"{judged.digest} {spec} {judged.path}".encode("utf-8", "surrogatepass")
            self._of_files[number] = hashlib.sha256(text).digest()
        return self._of_files[number]

    def _key(self, number: int, named: Sequence[Place]) -> str:
        """Return the key of all that the links of a file rest on."""
        judged, files, specs = self._found.judged[number], self._found.placed, self._found.measure.specs
        facts: list[bytes] = []
        for place in named:
            columns, index = files[place // IN_A_FILE], place % IN_A_FILE
            facts += self._of_all(place // IN_A_FILE).facts, columns.few_facts(index)
        own = specs[files[number].key]
        return key_of("survey links", judged.path, judged.digest, own, self._names, b"".join(facts))

    def _of_all(self, number: int) -> _InCommon:
        """Return what the awards of a file have in common, as far as the rules ask for it."""
        if number not in self._in_common:
            columns = self._found.placed[number]
            achievement, spec = self._achievements[columns.key], self._found.measure.specs[columns.key]
            day = columns.issued_on
            self._in_common[number] = _InCommon(
                columns=columns,
                file=cast(AwardFile, file_stub(columns)),
                achievement=achievement,
                # A day to come is told where it stands, and nobody asks what follows from it.
                until=achievement.until(day) if day <= self._found.measure.standard.now else None,
                facts=f"{columns.credential} {spec} {day}\n".encode(),
            )
        return self._in_common[number]

    def _whole_stub(self, place: Place) -> IssuedAward:
        number, index = divmod(place, IN_A_FILE)
        of_all, path = self._of_all(number), self._found.judged[number].path
        award = cast(Award, award_stub(of_all.columns, index))
        return IssuedAward(path, of_all.file, award, of_all.achievement)

    def _few_facts(self, place: Place) -> IssuedAward:
        number, index = divmod(place, IN_A_FILE)
        of_all = self._of_all(number)
        columns = of_all.columns
        learner = columns.learners[index * ID : (index + 1) * ID].hex()
        award = cast(Award, _Named(learner, columns.until(index) or of_all.until))
        return IssuedAward("", of_all.file, award, of_all.achievement)
