"""What becomes of the stacks: other parts, closed parts, and who can still complete. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from site_builder.catalog.history_state import Reviewed
from site_builder.changes.credentials import newest
from site_builder.changes.holders import Holders
from site_builder.models.credential import CredentialSpec


@dataclass(frozen=True, slots=True)
class StackChange:
    """A credential whose parts are other ones than before, or can no longer all be earned.

    ``added``, ``removed`` and ``closed`` are ids of parts; a closed one was awarded before and is not any
    more. ``complete_before`` and ``complete_after`` count who holds every part and not the credential;
    ``stranded`` who had begun, could have completed it, and cannot now.
    """

    credential: str
    name: str
    version: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    closed: tuple[str, ...]
    complete_before: int
    complete_after: int
    stranded: int


def stack_changes(old: Reviewed, new: Reviewed, holders: Holders) -> list[StackChange]:
    """Return what becomes of each stack that both states have published, by id.

    Nothing is said of a stack that has to do with a file with mistakes.
    """
    before, after = newest(old), newest(new)
    in_doubt = {_id_of(path) for path in old.unread | new.unread if path.startswith("credentials/")}
    names = [
        name
        for name in sorted(before.keys() & after)
        if in_doubt.isdisjoint((name, *_parts(before[name]), *_parts(after[name])))
    ]
    found = (_of(before[name], after[name], before, after, holders) for name in names)
    return [change for change in found if change.added or change.removed or change.closed or change.stranded]


def _id_of(path: str) -> str:
    return path.split("/")[1].removesuffix(".yaml")


def _of(
    was: CredentialSpec,
    now: CredentialSpec,
    before: Mapping[str, CredentialSpec],
    after: Mapping[str, CredentialSpec],
    holders: Holders,
) -> StackChange:
    old, new = _parts(was), _parts(now)
    same = old == new and all(_is_open(part, before) == _is_open(part, after) for part in (*old, was.id))
    could: Set[bytes] = frozenset()
    can: Set[bytes] = frozenset()
    complete = [0, 0]
    if not same:
        could = _can_complete(was, before, holders.could_build_on)
        can = _can_complete(now, after, holders.can_build_on)
        complete = [
            len(_complete(was.id, old, holders.could_build_on)),
            len(_complete(now.id, new, holders.can_build_on)),
        ]
    closed = tuple(part for part in new if _is_open(part, before) and not _is_open(part, after))
    return StackChange(
        credential=now.id,
        name=now.name,
        version=now.version,
        added=tuple(part for part in new if part not in old),
        removed=tuple(part for part in old if part not in new),
        closed=closed,
        complete_before=complete[0],
        complete_after=complete[1],
        stranded=len(could - can - holders.can_build_on(now.id)),
    )


def _parts(spec: CredentialSpec) -> tuple[str, ...]:
    return spec.requires.all if spec.requires else ()


def _is_open(credential: str, specs: Mapping[str, CredentialSpec]) -> bool:
    return credential in specs and specs[credential].status == "active"


Usable = Callable[[str], Set[bytes]]


def _complete(whole: str, parts: Iterable[str], usable: Usable) -> Set[bytes]:
    """Return who holds every part, and not the whole."""
    held = [usable(part) for part in parts]
    return set.intersection(*map(set, held)) - usable(whole) if held else frozenset()


def _can_complete(spec: CredentialSpec, specs: Mapping[str, CredentialSpec], usable: Usable) -> Set[bytes]:
    """Return who has begun, does not hold the whole, and lacks no part that is not awarded any more."""
    if not _is_open(spec.id, specs):
        return frozenset()
    begun = set().union(*(usable(part) for part in _parts(spec))) - usable(spec.id)
    for part in _closed(_parts(spec), specs):
        begun &= usable(part)
    return begun


def _closed(parts: Iterable[str], specs: Mapping[str, CredentialSpec]) -> Iterator[str]:
    return (part for part in parts if not _is_open(part, specs))
