"""Makes the award files of a programme: what each learner is awarded, and what happens to awards later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from bench._award_text import Entry, Head, Mark, file_text
from bench._habits import habits
from bench._intakes import Cohort, Intakes, Learner, parts_of
from bench._repository import NOW, Spec
from bench._texts import REASONS
from site_builder.catalog.awards import lists_open_for
from site_builder.models.award import LIST_LENGTH

FOLDER = 500
"""How many files a year's folder has at most."""
SECOND_VERSION = date(2024, 1, 8)
"""The day on which every second version was published."""
ROSTER_KEY = "3f9c02ab"
"""The fingerprint of a roster key that nobody has."""
_YEARS = 7
_REVOKED, _ERASED, _CORRECTED, _LISTED = 0.003, 0.0005, 0.08, 0.02
_OTHER_END, _NAMELESS = 0.04, 16


class Clerk:
    """Makes the award files of a programme, one cohort after another, until it has enough awards."""

    def __init__(self, chance: Random, specs: Sequence[Spec], awards: int) -> None:
        self.made = self.erased = 0
        self.folders: Counter[int] = Counter()
        self.shapes: set[Hashable] = set()
        self._chance, self._awards = chance, awards
        self._habits = habits(specs)
        # The folders have room for so many files: where awards are many, cohorts are larger.
        mean = min(450, max(115, round(1.25 * awards / (_YEARS * FOLDER * 0.8))))
        self._cohorts = Intakes(chance, list(specs), mean, awards).cohorts()
        self._taken = bytearray()
        self._paths: set[str] = set()

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield path and text of each award file."""
        while self.made < self._awards:
            cohort = next(self._cohorts)
            if self.folders[cohort.day.year] < FOLDER - 1 and cohort.learners:
                yield from self._files(cohort)

    def index(self) -> int:
        """Return a random place in the open status lists that was never used (``registrar.minting``)."""
        places = lists_open_for(self.made + self.erased + 1) * LIST_LENGTH
        self._taken.extend(bytes(places - len(self._taken)))
        while True:
            new = int(self._chance.random() * places)
            if not self._taken[new]:
                self._taken[new] = 1
                return new

    def _files(self, cohort: Cohort) -> Iterator[tuple[str, str]]:
        """Yield the cohort's file, and that of the one award in it that is corrected, if one is."""
        chance = self._chance
        is_first = not self.folders
        learners = cohort.learners[: self._awards - self.made]
        ids = sorted(award_id(chance) for _ in learners)
        has_names = sum(self.folders.values()) % _NAMELESS != 1
        ends = cohort.day + timedelta(days=730) if chance.random() < _OTHER_END else None
        entries: list[Entry] = []
        erased: list[Mark] = []
        for number, (new, learner) in enumerate(zip(ids, learners, strict=True)):
            entry = self._entry(new, learner, cohort)
            entry.expires = ends
            entry.name = entry.name if has_names else ""
            # What happens to few happens to the first two of all, so that the smallest programme has it.
            fate = number * _ERASED if is_first and number < 2 else chance.random()
            mark = self._erased(entry, learner, cohort, fate)
            if mark is None:
                entries.append(entry)
            else:
                erased.append(mark)
        head = self._head(cohort)
        self.shapes.update(_shape(head, entry) for entry in entries)
        corrected = self._corrected(cohort, head, entries, always=is_first)
        if entries:
            yield self._path(cohort, "renewed-" if cohort.renews else ""), file_text(head, entries, erased)
        yield from corrected

    def _erased(self, entry: Entry, learner: Learner, cohort: Cohort, fate: float) -> Mark | None:
        """Return what is left of an award where it was erased, else count it; few are revoked.

        Who does not hold it can stack nothing from it.
        """
        learner.held.pop(cohort.spec["id"], None)
        if fate < _ERASED and self.made + 1 < self._awards:
            self.erased += 1
            return Mark(entry.id, entry.status_index, self._later_day(cohort.day))
        self.made += 1
        if fate < _REVOKED:
            entry.revoked = self._later_day(cohort.day), self._chance.choice(REASONS)
        else:
            learner.held[cohort.spec["id"]] = entry.id
        return None

    def _head(self, cohort: Cohort) -> Head:
        habit = self._habits[cohort.spec["id"]]
        is_new = cohort.spec["version"] == "2.0" and cohort.day >= SECOND_VERSION
        return Head(
            credential=cohort.spec["id"],
            version="2.0" if is_new else "1.0",
            issued_on=cohort.day,
            assessed_by=habit.board,
            roster_key=ROSTER_KEY,
            evidence=habit.shared,
        )

    def _entry(self, new: str, learner: Learner, cohort: Cohort) -> Entry:
        chance, spec = self._chance, cohort.spec
        habit = self._habits[spec["id"]]
        digits = chance.randbytes(64).hex()
        return Entry(
            id=new,
            learner=learner.pseudonym,
            email=digits[:64],
            name=digits[64:],
            status_index=self.index(),
            holder=learner.holder,
            level=habit.level(chance),
            score=habit.score(chance),
            evidence=habit.evidence(chance, new),
            parts=[learner.held[part] for part in parts_of(spec)],
            renews=learner.held[spec["id"]] if cohort.renews else None,
            is_listed=chance.random() < _LISTED,
        )

    def _corrected(
        self, cohort: Cohort, head: Head, entries: list[Entry], *, always: bool
    ) -> list[tuple[str, str]]:
        """Return the file of one award that a mark was wrong in, and let the old one point to it."""
        standing = [entry for entry in entries if entry.revoked is None]
        if (not always and self._chance.random() > _CORRECTED) or self.made >= self._awards or not standing:
            return []
        old = self._chance.choice(standing)
        digits = self._chance.randbytes(64).hex()
        new = replace(
            old,
            id=award_id(self._chance),
            email=digits[:64],
            name=digits[64:] if old.name else "",
            status_index=self.index(),
            score=None if old.score is None else 100,
        )
        self.made += 1
        old.replaced_by = new.id
        for learner in cohort.learners:
            if learner.held.get(cohort.spec["id"]) == old.id:
                learner.held[cohort.spec["id"]] = new.id
        path = self._path(cohort, f"corrected-{self._later_day(cohort.day)}")
        return [(path, file_text(head, [new]))]

    def _path(self, cohort: Cohort, why: str) -> str:
        """Return a path that no file has: the credential, why, and the day (``registrar.cohorts``)."""
        self.folders[cohort.day.year] += 1
        why = why if why.startswith("corrected") else f"{why}{cohort.day}"
        stem = f"issued/{cohort.day.year}/{cohort.spec['id'][:60].rstrip('-')}-{why}"
        number, path = 1, f"{stem}.yaml"
        while path in self._paths:
            number += 1
            path = f"{stem}-{number:02}.yaml"
        self._paths.add(path)
        return path

    def _later_day(self, day: date) -> date:
        return min(NOW, day + timedelta(days=self._chance.randint(3, 200)))


def _shape(head: Head, entry: Entry) -> Hashable:
    """Return what an award's shape hangs on (``assembling.slots``): optional parts, and how many of each."""
    pieces = tuple(tuple(piece) for piece in (*entry.evidence, *head.evidence))
    has = (entry.holder, entry.name, entry.expires)
    return head.credential, head.version, *map(bool, has), entry.score is None, pieces, len(entry.parts)


def award_id(chance: Random) -> str:
    """Return a random UUID, version 4."""
    digits = chance.randbytes(16).hex()
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
