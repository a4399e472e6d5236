"""The live status lists and those to come: none goes away, no bit is cleared, time does not run backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from site_builder.assembling.addresses import status_list
from site_builder.probing.headers import problem
from site_builder.probing.live import as_json
from site_builder.problems import Problem
from site_builder.verifying.instants import in_words, parse_instant
from site_builder.verifying.sources import FolderSource, Unavailable
from site_builder.verifying.status_list import ListUnusable, decode_bits, set_bits

_OLDER = "is this the newest state of the repository? fetch it, build again, and try again"


@dataclass(frozen=True, slots=True)
class _Said:
    """What a list says: from when it counts, and which bits are set."""

    since: datetime
    bits: frozenset[int]


def list_problems(body: Callable[[str], bytes | None], new: FolderSource) -> tuple[int, list[Problem]]:
    """Return how many lists are live, and a problem for each that the new site would lose or weaken.

    ``body`` returns the live bytes at a path, None where there are none.
    """
    found: list[Problem] = []
    ours = new.paths("status/*.json")
    live = 0
    for number in count(1):
        path = status_list(number)
        raw = body(path)
        is_beyond = number > len(ours)
        # Some hosts answer for every address, so the lists of such a one would never end: what is no JSON
        # object is no further list, and one that would be lost is enough to say so.
        if is_beyond and as_json(raw) is None:
            break
        if raw is not None:
            live += 1
            found += _problems(path, raw, new)
            if is_beyond:
                break
    return live, found


def _problems(path: str, raw: bytes, new: FolderSource) -> Iterator[Problem]:
    try:
        coming = _said(new.file(path))
    except (Unavailable, ListUnusable, ValueError):
        message = "is live, and the new site has none that can be read: no award in it could be checked"
        yield problem(path, "lost-list", message, _OLDER)
        return
    try:
        was = _said(raw)
    except (ListUnusable, ValueError):
        message = "is live and cannot be read, so nobody can say what it revoked"
        hint = "put it back as it was published, or publish the new site without this comparison"
        yield problem(path, "unreadable-list", message, hint)
        return
    if was.since > coming.since:
        message = f"is live as of {in_words(was.since)}, and the new one is of {in_words(coming.since)}"
        yield problem(path, "older-list", message, _OLDER)
    cleared = sorted(was.bits - coming.bits)
    if cleared:
        more = f" and {len(cleared) - 3} more" if len(cleared) > 3 else ""
        message = f"would clear what is revoked: bit {', '.join(map(str, cleared[:3]))}{more}"
        yield problem(path, "cleared-bits", message, f"a revocation is final; {_OLDER}")


def _said(raw: bytes) -> _Said:
    """Return what a list says; raise ValueError or :class:`ListUnusable` where it says nothing."""
    document = as_json(raw) or {}
    subject = document.get("credentialSubject")
    bits = decode_bits(subject.get("encodedList") if isinstance(subject, dict) else None)
    return _Said(parse_instant(document.get("validFrom")), frozenset(set_bits(bits)))
