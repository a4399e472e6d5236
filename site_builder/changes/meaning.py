"""What a change means, as values: one object that text, Markdown and JSON are written from. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from site_builder.catalog.history_state import Reviewed
from site_builder.changes.awards import AwardChange, award_changes
from site_builder.changes.credentials import CredentialChange, credential_changes, newest
from site_builder.changes.events import Event, Kind, Untouched
from site_builder.changes.frameworks import FrameworkChange, framework_changes
from site_builder.changes.gone import BrokenLink
from site_builder.changes.holders import Holders
from site_builder.changes.issuer import (
    KeyChange,
    ListsChange,
    issuer_fields,
    key_changes,
    lists_change,
    settings_fields,
)
from site_builder.changes.stacks import StackChange, stack_changes


@dataclass(frozen=True, slots=True)
class Texts:
    """The files below ``docs/`` that were added, changed and removed."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Besides:
    """What two states alone do not tell.

    ``signed`` counts recorded proofs of awards by public key; ``incomplete`` and ``complete_again`` stacked
    badges that stand on a withdrawn part now, or no longer do; ``gone`` are paths of pages, ``badges_gone``
    counts badges that leave the site; ``links`` lead to what is gone.
    """

    signed: Mapping[str, int] = field(default_factory=dict)
    incomplete: int = 0
    complete_again: int = 0
    gone: tuple[str, ...] = ()
    badges_gone: int = 0
    links: tuple[BrokenLink, ...] = ()
    texts: Texts = Texts()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a change means. ``address`` is the site's before and after, where it differs.

    ``holders_affected`` have an award to which something happened, ``holders_unaffected`` hold something and
    have none. ``unread_before`` and ``unread_after`` are files that could not be read on that side: what they
    say is told nowhere. ``kept`` counts by version, in its order, the holders to whom nothing happens, of
    each version that the change touches.
    """

    credentials: tuple[CredentialChange, ...]
    stacks: tuple[StackChange, ...]
    awards: tuple[AwardChange, ...]
    frameworks: tuple[FrameworkChange, ...]
    keys: tuple[KeyChange, ...]
    lists: ListsChange
    issuer: tuple[str, ...]
    settings: tuple[str, ...]
    address: tuple[str, str] | None
    holders_affected: int
    holders_unaffected: int
    kept: tuple[tuple[str, str, str, int], ...]
    besides: Besides
    unread_before: tuple[str, ...]
    unread_after: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """True where nothing changes for anybody, as far as both sides could be read."""
        besides = self.besides
        return not (
            self.credentials or self.stacks or self.awards or self.frameworks or self.keys
            or self.issuer or self.settings or self.address or besides.incomplete or besides.complete_again
            or besides.gone or besides.links or besides.texts != Texts()
        )  # fmt: skip

    def total(self, kind: Kind) -> int:
        """Return to how many awards of any version something happened."""
        return sum(change.of(kind) for change in self.awards)


def meaning(
    old: Reviewed,
    new: Reviewed,
    untouched: Untouched,
    found: Sequence[Event],
    besides: Besides,
    now: date,
) -> Meaning:
    """Return what the way from ``old`` to ``new`` means on the day ``now``.

    ``found`` is what ``events`` returns of both; ``untouched`` are awards that both have, and neither holds.
    """
    holders = Holders(old, new, untouched, found, now)
    credentials = credential_changes(old, new, holders)
    stacks = stack_changes(old, new, holders)
    awards = award_changes(found, old, new, holders)
    moved = old.site_url and new.site_url and old.site_url != new.site_url
    return Meaning(
        credentials=tuple(credentials),
        stacks=tuple(stacks),
        awards=tuple(awards),
        frameworks=tuple(framework_changes(old, new, holders)),
        keys=tuple(key_changes(old, new, besides.signed)),
        lists=lists_change(old, new, untouched, found),
        issuer=issuer_fields(old, new),
        settings=settings_fields(old, new),
        address=(str(old.site_url), str(new.site_url)) if moved else None,
        holders_affected=holders.affected,
        holders_unaffected=holders.not_affected,
        kept=tuple(_kept(credentials, awards, holders, new)),
        besides=besides,
        unread_before=tuple(sorted(old.unread)),
        unread_after=tuple(sorted(new.unread)),
    )


def _kept(
    credentials: Sequence[CredentialChange],
    awards: Sequence[AwardChange],
    holders: Holders,
    new: Reviewed,
) -> list[tuple[str, str, str, int]]:
    """Return the versions that are touched, each with its name and how many holders are not affected.

    The newest version of a credential comes with its earlier ones: whose holders stay as they are.
    """
    keys = {(change.credential, change.version) for change in awards}
    for change in credentials:
        keys.add(change.key)
        if change.previous:
            keys.add((change.credential, change.previous))
    named = newest(new)
    told = []
    for key in sorted(keys):
        spec = new.specs[key][0] if key in new.specs else named.get(key[0])
        count = holders.unaffected(key)
        told += [(*key, spec.name if spec else key[0], count)] if count else []
    return told
