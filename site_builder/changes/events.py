"""What happened to each award between two states of a repository. Pure.

Only awards whose files differ are looked at one by one; those of files with the same bytes on both sides come
as :class:`Untouched`, already counted. A pseudonym serves to count a learner once, and is never told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from site_builder.catalog.history_state import Placed, PlacedErasure, Reviewed
from site_builder.models.award import Award

Key = tuple[str, str]
"""A credential's id and a version of it."""

Kind = Literal[
    "awarded", "renewing", "correcting", "revoked", "replaced", "restored", "erased", "listed", "unlisted",
    "altered", "lost",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "awarded", "renewing", "correcting", "revoked", "replaced", "restored", "erased", "listed", "unlisted",
    "altered", "lost",
)  # fmt: skip
"""What can happen to an award, in the order in which it is told.

A new award that renews or corrects an earlier one is ``awarded`` and ``renewing`` or ``correcting``.
``restored`` is one that was withdrawn and no longer is, ``altered`` one that says something else,
``lost`` one that is gone without a mark: ``check --base`` refuses these three.
"""
WITHDRAWING: frozenset[Kind] = frozenset({"revoked", "replaced", "erased"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one award."""

    kind: Kind
    award: str
    key: Key
    learner: bytes
    index: int


@dataclass(frozen=True, slots=True)
class Untouched:
    """The award files that both sides have with the same bytes, as sets of learners.

    ``standing`` has those with an award of a version that is not withdrawn; ``usable``, by credential, those
    with one that has not expired either. ``highest_index`` is the highest place in the status lists.
    """

    standing: Mapping[Key, Set[bytes]] = field(default_factory=dict)
    usable: Mapping[str, Set[bytes]] = field(default_factory=dict)
    highest_index: int = -1


def events(old: Reviewed, new: Reviewed) -> list[Event]:
    """Return what happened to each award that either side holds, in the order of their ids.

    An award that may stand in a file with mistakes is neither called new nor lost.
    """
    corrections = {placed.award.replaced_by for placed in new.awards.values()}
    found: list[Event] = []
    for award_id in sorted({*old.awards, *new.awards, *new.erased}):
        before, after = old.awards.get(award_id), new.awards.get(award_id)
        if before and after:
            found += (_event(kind, after) for kind in _of_both(before, after))
        elif after and not old.may_hold(award_id):
            found += (_event(kind, after) for kind in _of_new(after.award, corrections))
        elif before and award_id in new.erased:
            found.append(_event("erased", before))
        elif before and not new.may_hold(award_id):
            found.append(_event("lost", before))
        elif award_id in new.erased and award_id not in old.erased and not old.may_hold(award_id):
            found.append(_erased_at_once(new.erased[award_id]))
    return found


def _event(kind: Kind, placed: Placed) -> Event:
    award, file = placed.award, placed.file
    key = (file.credential, file.version)
    return Event(kind, award.id, key, bytes.fromhex(award.learner), award.status_index)


def _erased_at_once(placed: PlacedErasure) -> Event:
    """Return the event of an erasure whose award was made after the earlier state: nobody is known of it."""
    data = placed.document.data
    key = (str(data.get("credential", "")), str(data.get("version", "")))
    return Event("erased", placed.erased.id, key, b"", placed.erased.status_index)


def _of_new(award: Award, corrections: Set[str | None]) -> Iterator[Kind]:
    yield "awarded"
    if award.renews:
        yield "renewing"
    if award.id in corrections:
        yield "correcting"


def _of_both(before: Placed, after: Placed) -> Iterator[Kind]:
    old, new = before.award, after.award
    if new.is_withdrawn and not old.is_withdrawn:
        yield "replaced" if new.replaced_by else "revoked"
    elif old.is_withdrawn and not new.is_withdrawn:
        yield "restored"
    if old.listing != new.listing:
        yield "listed" if new.listing == "listed" else "unlisted"
    if _words(before) != _words(after) or (
        old.is_withdrawn and new.is_withdrawn and _ends(old) != _ends(new)
    ):
        yield "altered"


def _words(placed: Placed) -> tuple[object, ...]:
    """Return what a badge says, without that which may become of an award later."""
    file = placed.file
    same = {"revoked": None, "replaced_by": None, "listing": "unlisted"}
    bare = placed.award.model_copy(update=same)
    return bare, file.credential, file.version, file.issued_on, file.assessed_by, file.evidence


def _ends(award: Award) -> tuple[object, ...]:
    return award.revoked, award.replaced_by
