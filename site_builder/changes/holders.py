"""Whom a change concerns: learners counted, never named. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from site_builder.catalog.history_state import Placed, Reviewed
from site_builder.changes.events import Event, Key, Untouched
from site_builder.models.credential import CredentialSpec
from site_builder.text.periods import add_period

_NOBODY: Set[bytes] = frozenset()


@dataclass(frozen=True)  # without slots: what is asked for again is kept
class Holders:
    """Who holds what in both states on the day ``now``.

    A holder of a version has an award of it that is not withdrawn, expired or not. What can be built upon is
    neither withdrawn nor expired.
    """

    old: Reviewed
    new: Reviewed
    untouched: Untouched
    events: Sequence[Event]
    now: date

    def of(self, key: Key) -> int:
        """Return how many learners hold a version in the later state."""
        return len(self._standing.get(key, _NOBODY))

    def of_any(self, keys: Iterable[Key]) -> int:
        """Return how many learners hold at least one of these versions in the later state."""
        return len(set().union(*(self._standing.get(key, _NOBODY) for key in keys)))

    def unaffected(self, key: Key) -> int:
        """Return how many hold a version and have no award of it to which something happened."""
        return len(self._standing.get(key, _NOBODY) - self._touched.get(key, _NOBODY))

    @property
    def affected(self) -> int:
        """How many learners have an award to which something happened."""
        return len(self._everyone_touched)

    @property
    def not_affected(self) -> int:
        """How many learners hold something, and have no award to which something happened."""
        return len(set().union(*self._standing.values()) - self._everyone_touched)

    def could_build_on(self, credential: str) -> Set[bytes]:
        """Return the learners with a usable award of a credential in the earlier state."""
        return self._usable_before.get(credential, _NOBODY)

    def can_build_on(self, credential: str) -> Set[bytes]:
        """Return the learners with a usable award of a credential in the later state."""
        return self._usable_now.get(credential, _NOBODY)

    @cached_property
    def _standing(self) -> Mapping[Key, Set[bytes]]:
        found = {key: set(learners) for key, learners in self.untouched.standing.items()}
        for placed in self.new.awards.values():
            if not placed.award.is_withdrawn:
                key = (placed.file.credential, placed.file.version)
                found.setdefault(key, set()).add(_learner(placed))
        return found

    @cached_property
    def _touched(self) -> Mapping[Key, Set[bytes]]:
        found: defaultdict[Key, set[bytes]] = defaultdict(set)
        for event in self.events:
            found[event.key].add(event.learner)
        return found

    @cached_property
    def _everyone_touched(self) -> Set[bytes]:
        return set().union(*self._touched.values()) - {b""}

    @cached_property
    def _usable_before(self) -> Mapping[str, Set[bytes]]:
        return self._usable(self.old)

    @cached_property
    def _usable_now(self) -> Mapping[str, Set[bytes]]:
        return self._usable(self.new)

    def _usable(self, state: Reviewed) -> Mapping[str, Set[bytes]]:
        found = {name: set(learners) for name, learners in self.untouched.usable.items()}
        for placed in state.awards.values():
            spec = state.specs.get((placed.file.credential, placed.file.version))
            if not placed.award.is_withdrawn and _lasts(placed, spec[0] if spec else None, self.now):
                found.setdefault(placed.file.credential, set()).add(_learner(placed))
        return found


def _learner(placed: Placed) -> bytes:
    return bytes.fromhex(placed.award.learner)


def _lasts(placed: Placed, spec: CredentialSpec | None, now: date) -> bool:
    until = placed.award.expires
    if until is None and spec is not None and spec.valid_for:
        until = add_period(placed.file.issued_on, spec.valid_for)
    return until is None or until > now
