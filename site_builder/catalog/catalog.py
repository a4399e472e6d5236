"""The Catalog: everything the authors wrote, with every name resolved. Past here a failure is our bug."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from site_builder.images import Image
from site_builder.models.award import Award, AwardFile, Erased, Evidence
from site_builder.models.credential import CredentialSpec, Level
from site_builder.models.framework import Competency, Framework
from site_builder.models.issuer import Issuer
from site_builder.models.settings import Settings
from site_builder.text.periods import add_period

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A competency of a framework at the level a credential asks for."""

    framework: Framework
    competency: Competency
    level: Level

    @property
    def statement(self) -> str:
        """What the holder can do: the framework's sentence for this level."""
        return str(getattr(self.competency.levels, self.level))


@dataclass(frozen=True, slots=True)
class Achievement:
    """One version of one credential spec, with its competencies and image found."""

    path: str
    spec: CredentialSpec
    competencies: tuple[Aligned, ...]
    image: Image
    is_current: bool

    @property
    def key(self) -> tuple[str, str]:
        """The id and the version, which together name it."""
        return self.spec.id, self.spec.version

    def until(self, day: date) -> date | None:
        """Return the first day on which an award made on ``day`` is no longer valid; None if it stays so."""
        period = self.spec.valid_for
        return add_period(day, period) if period else None

    @property
    def part_ids(self) -> tuple[str, ...]:
        """The ids of the credentials it stacks from, in the author's order."""
        return self.spec.requires.all if self.spec.requires else ()


@dataclass(frozen=True, slots=True)
class IssuedAward:
    """One award with its cohort and its achievement."""

    path: str
    file: AwardFile
    award: Award
    achievement: Achievement

    @property
    def id(self) -> str:
        """The award's UUID."""
        return self.award.id

    @property
    def valid_until(self) -> date | None:
        """The first day on which the award is no longer valid, or ``None`` if it never expires."""
        if self.award.expires is not None:
            return self.award.expires
        return self.achievement.until(self.file.issued_on)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The award's own evidence first, then its cohort's."""
        return (*self.award.evidence, *self.file.evidence)

    @property
    def level(self) -> Level:
        """The level achieved: the credential's own, unless a higher one was reached."""
        results = self.award.results
        return results.level if results and results.level else self.achievement.spec.level

    def state_on(self, day: date) -> str:
        """Return what a verifier should find on that day: revoked, expired or valid (DESIGN 6)."""
        if self.is_withdrawn:
            return "revoked"
        return "expired" if self.valid_until and self.valid_until <= day else "valid"

    @property
    def is_withdrawn(self) -> bool:
        """True where the status list must say so: revoked, or replaced by another award."""
        return self.award.is_withdrawn


@dataclass(frozen=True, slots=True)
class ErasedAward:
    """What is left of an award that was erased: its address, its place in the status lists, and when."""

    path: str
    erased: Erased

    @property
    def id(self) -> str:
        """The award's UUID."""
        return self.erased.id


@dataclass(frozen=True, slots=True)
class Listed:
    """An award that its holder agreed may be found, and that the issuer has not withdrawn."""

    id: str
    achievement: Achievement
    issued_on: date
    level: Level


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts and short lists over all awards, where the awards themselves are too many to be held at once.

    ``learners`` has to how many learners each credential was awarded, as ``counts.awarded`` tells it;
    ``awarded`` how many awards each version has; ``listed`` is in the order of ids. ``withdrawn`` holds the
    status indexes of awards that were withdrawn or erased, ``highest_index`` the highest of all (-1: none).
    """

    awards: int
    learners: Mapping[str, int]
    awarded: Mapping[tuple[str, str], int]
    listed: Sequence[Listed]
    withdrawn: Sequence[int]
    highest_index: int
    erased: Mapping[str, ErasedAward]


@dataclass(frozen=True)  # without slots: what is looked up for every page is kept
class Catalog:
    """Everything that will be published. Mappings are in a stable order: by id, then by version.

    A catalog with ``tallies`` stands for more awards than it holds: what is told of all of them is there.
    """

    settings: Settings
    issuer: Issuer
    issuer_image: Image
    frameworks: Mapping[str, Framework]
    achievements: Mapping[tuple[str, str], Achievement]
    awards: Mapping[str, IssuedAward]
    erased: Mapping[str, ErasedAward] = field(default_factory=dict)
    tallies: Tallies | None = None

    @property
    def current(self) -> Iterator[Achievement]:
        """The newest version of each published credential, by id."""
        return iter(self._newest.values())

    def newest(self, credential_id: str) -> Achievement:
        """Return the newest version of a published credential; ``KeyError`` if there is none."""
        return self._newest[credential_id]

    def versions(self, credential_id: str) -> list[Achievement]:
        """Return every published version of a credential, newest first."""
        return list(self._versions.get(credential_id, ()))

    def stacks_into(self, credential_id: str) -> list[Achievement]:
        """Return the current credentials that this one is a part of."""
        return list(self._wholes.get(credential_id, ()))

    def awards_of(self, key: tuple[str, str]) -> list[IssuedAward]:
        """Return all awards of one version."""
        return [award for award in self.awards.values() if award.achievement.key == key]

    def renewals_of(self, award_id: str) -> list[IssuedAward]:
        """Return the awards that continue this one, the oldest first."""
        return self._renewals.get(award_id, [])

    def replaced_by(self, award_id: str) -> list[IssuedAward]:
        """Return the awards that this one corrects, in the order of their ids."""
        return self._replaced.get(award_id, [])

    @cached_property
    def _renewals(self) -> Mapping[str, list[IssuedAward]]:
        by_age = sorted(self.awards.values(), key=lambda item: (item.file.issued_on, item.id))
        return _grouped((item.award.renews, item) for item in by_age if item.award.renews)

    @cached_property
    def _replaced(self) -> Mapping[str, list[IssuedAward]]:
        awards = self.awards.values()
        return _grouped((item.award.replaced_by, item) for item in awards if item.award.replaced_by)

    @cached_property
    def _newest(self) -> Mapping[str, Achievement]:
        return {item.spec.id: item for item in self.achievements.values() if item.is_current}

    @cached_property
    def _versions(self) -> Mapping[str, list[Achievement]]:
        newest_first = sorted(
            self.achievements.values(), key=lambda item: version_order(item.spec.version), reverse=True
        )
        return _grouped((item.spec.id, item) for item in newest_first)

    @cached_property
    def _wholes(self) -> Mapping[str, list[Achievement]]:
        return _grouped((part, item) for item in self.current for part in item.part_ids)


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for name, item in pairs:
        groups[name].append(item)
    return groups


def version_order(version: str) -> tuple[int, ...]:
    """Return what a version sorts by, so that "1.10" comes after "1.9" and "1" equals "1.0"."""
    numbers = [int(part) for part in version.split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))
