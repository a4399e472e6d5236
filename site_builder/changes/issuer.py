"""What becomes of the issuer, its keys, its status lists and its site: what verifiers look at. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from site_builder.assembling.addresses import list_number
from site_builder.catalog.history_state import Reviewed
from site_builder.changes.credentials import picture
from site_builder.changes.events import WITHDRAWING, Event, Untouched
from site_builder.models.issuer import Issuer, IssuerKey
from site_builder.models.settings import Settings, read_settings

KeyWhat = Literal["added", "retired", "compromised", "reinstated", "removed"]


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One public key and what became of it; ``signed`` counts the recorded proofs of awards that it made."""

    what: KeyWhat
    id: str
    role: str
    signed: int


@dataclass(frozen=True, slots=True)
class ListsChange:
    """How many status lists there are, and which get other bits than before."""

    before: int
    after: int
    changed: tuple[int, ...]


def key_changes(old: Reviewed, new: Reviewed, signed: Mapping[str, int]) -> list[KeyChange]:
    """Return what became of each key, in the order of the file; ``signed`` counts by public key."""
    if old.issuer is None or new.issuer is None:
        return []
    before = {key.public_key: key for key in old.issuer[0].keys}
    after = {key.public_key: key for key in new.issuer[0].keys}
    found = []
    for name in [*after, *(name for name in before if name not in after)]:
        what = _of_key(before.get(name), after.get(name))
        key = after.get(name) or before[name]
        found += [KeyChange(what, key.id, key.role, signed.get(name, 0))] if what else []
    return found


def _of_key(before: IssuerKey | None, after: IssuerKey | None) -> KeyWhat | None:
    if after is None:
        # One that was compromised is in no did.json, so nobody misses it.
        return "removed" if before and before.state != "compromised" else None
    if before is None:
        return "compromised" if after.state == "compromised" else "added"
    if before.state == after.state:
        return None
    if before.state == "compromised" or after.state == "active":
        return "reinstated"
    return after.state


def issuer_fields(old: Reviewed, new: Reviewed) -> tuple[str, ...]:
    """Return the fields of the issuer that differ, keys left out; the mark differs where its bytes do."""
    if old.issuer is None or new.issuer is None:
        return ()
    (before, was), (after, now) = old.issuer, new.issuer
    names = [name for name in Issuer.model_fields if name not in ("keys", "image")]
    found = [name for name in names if getattr(before, name) != getattr(after, name)]
    if picture(old, was, before.image) != picture(new, now, after.image):
        found.append("image")
    return tuple(found)


def settings_fields(old: Reviewed, new: Reviewed) -> tuple[str, ...]:
    """Return the settings of the site that differ, its address left out."""
    before, _ = read_settings(old.settings)
    after, _ = read_settings(new.settings)
    if before is None or after is None:
        return ()
    names = (one.name for one in fields(Settings) if one.name != "site_url")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def lists_change(old: Reviewed, new: Reviewed, untouched: Untouched, found: Iterable[Event]) -> ListsChange:
    """Return what becomes of the status lists (Bitstring Status List 1.0)."""
    flipped = (one for one in found if one.kind in WITHDRAWING or one.kind == "restored")
    return ListsChange(
        before=_lists(old, untouched),
        after=_lists(new, untouched),
        changed=tuple(sorted({list_number(one.index) for one in flipped})),
    )


def _lists(state: Reviewed, untouched: Untouched) -> int:
    return list_number(max([untouched.highest_index, 0, *_indexes(state)]))


def _indexes(state: Reviewed) -> Iterator[int]:
    yield from (placed.award.status_index for placed in state.awards.values())
    yield from (placed.erased.status_index for placed in state.erased.values())
