"""What happened to the awards of each version, counted. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.catalog.history_state import Reviewed
from site_builder.changes.events import KINDS, Event, Key, Kind
from site_builder.changes.holders import Holders


@dataclass(frozen=True, slots=True)
class AwardChange:
    """How many awards of one version each thing happened to, by its kind; kinds that did not happen are out.

    ``unaffected`` holders of the version have no award of it among these.
    """

    credential: str
    version: str
    name: str
    counts: dict[Kind, int]
    unaffected: int

    def of(self, kind: Kind) -> int:
        """Return how many awards something happened to."""
        return self.counts.get(kind, 0)


def award_changes(
    found: Sequence[Event], old: Reviewed, new: Reviewed, holders: Holders
) -> list[AwardChange]:
    """Return what happened, by credential and version."""
    counts: defaultdict[Key, Counter[Kind]] = defaultdict(Counter)
    for event in found:
        counts[event.key][event.kind] += 1
    return [
        AwardChange(
            *key,
            name=name_of(key, new, old),
            counts={kind: counts[key][kind] for kind in KINDS if counts[key][kind]},
            unaffected=holders.unaffected(key),
        )
        for key in sorted(counts)
    ]


def name_of(key: Key, *states: Reviewed) -> str:
    """Return the title of a version in the first of these states that has it; its id where none has."""
    found = (state.specs[key][0].name for state in states if key in state.specs)
    return next(found, key[0])
