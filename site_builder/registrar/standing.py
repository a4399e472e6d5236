"""What each learner holds: who need not be awarded again, and which awards a new one stacks from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from site_builder.catalog.catalog import Achievement, Catalog, IssuedAward


@dataclass(frozen=True, slots=True)
class Held:
    """An award that was not withdrawn; ``until`` is the first day on which it is no longer valid."""

    id: str
    issued_on: date
    until: date | None

    def outlasts(self, day: date) -> bool:
        """Return True where it has not expired on that day."""
        return self.until is None or self.until > day


class Holdings:
    """The standing awards of all learners, by pseudonym and credential."""

    def __init__(self) -> None:
        self._held: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)

    @classmethod
    def of(cls, catalog: Catalog) -> Holdings:
        """Return what the learners of a catalog hold: neither revoked nor replaced, expired or not."""
        holdings = cls()
        for item in catalog.awards.values():
            if not item.is_withdrawn:
                held = Held(item.id, item.file.issued_on, item.valid_until)
                holdings.add(item.award.learner, item.achievement.spec.id, held)
        return holdings

    def add(self, learner: str, credential_id: str, held: Held) -> None:
        """Add one award."""
        self._held[learner, credential_id].append(held)

    def valid(self, learner: str, credential_id: str, day: date) -> Held | None:
        """Return the learner's newest award of a credential, any version, that has not expired on ``day``."""
        held = [item for item in self._held.get((learner, credential_id), ()) if item.outlasts(day)]
        return max(held, key=_by_age, default=None)

    def parts(self, learner: str, whole: Achievement, day: date) -> tuple[list[str], list[str]]:
        """Return the ids of the learner's own awards that ``whole`` stacks from, and the parts that lack.

        A part must have been awarded by ``day`` and must not have expired on it (``catalog.links``). The
        newest of several counts.
        """
        found, lacking = [], []
        for part in dict.fromkeys(whole.part_ids):
            held = self._held.get((learner, part), ())
            earned = (item for item in held if item.issued_on <= day and item.outlasts(day))
            newest = max(earned, key=_by_age, default=None)
            if newest is None:
                lacking.append(part)
            else:
                found.append(newest.id)
        return found, lacking


def renewal_of(catalog: Catalog, award_id: str) -> IssuedAward | None:
    """Return the oldest award that stands and continues this one, or one that this one corrects.

    Who corrects an award after its renewal leaves the renewal naming the award that was wrong.
    """
    chain, at = [award_id], 0
    while at < len(chain):
        chain += [old.id for old in catalog.replaced_by(chain[at]) if old.id not in chain]
        at += 1
    later = (item for one in chain for item in catalog.renewals_of(one) if not item.is_withdrawn)
    return min(later, key=lambda item: (item.file.issued_on, item.id), default=None)


def _by_age(held: Held) -> tuple[date, str]:
    return held.issued_on, held.id
