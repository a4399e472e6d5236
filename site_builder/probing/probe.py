"""One look at a live site: every address of its data and a sample of the rest, as verifiers ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from site_builder.probing.contents import UNVERIFIED, Contents
from site_builder.probing.headers import (
    absence_problems,
    answer_problems,
    packed_problems,
    problem,
)
from site_builder.probing.listing import of_folder, of_live
from site_builder.probing.live import Heard, LiveSite
from site_builder.probing.resources import ABSENT, KEYS, KINDS, LISTS, Resource, resource
from site_builder.problems import Problem
from site_builder.verifying.instants import in_words
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.web import Reply, Unproven

_NOWHERE = "00000000-0000-4000-8000-000000000000"
_ABSENT = tuple(Resource(f"{path}{_NOWHERE}{end}", ABSENT) for path, end in (
    ("issued/", "/credential.json"), ("issued/", "/index.html"), ("", ".json"),
))  # fmt: skip
"""Addresses at which nothing stands: no award has the id of which all chance is nought."""

_CERTIFICATE_DAYS = 14


class NothingHeard(Exception):  # noqa: N818 - it says what happened
    """The host did not answer at all; the text says why."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many resources of a kind were asked for, of how many there are, and how many problems they have."""

    kind: str
    asked: int
    of: int
    problems: int


@dataclass(frozen=True, slots=True)
class Probed:
    """What a probe found. ``notes`` are facts without a fault."""

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_unverified(self) -> bool:
        """True where verifiers would refuse something that is there."""
        return any(item.code in UNVERIFIED for item in self.problems)


def probe(site: LiveSite, now: datetime, folder: Path | None, sample: int) -> Probed:
    """Return what verifiers meet at a site; with ``folder`` its bytes are compared with what is there.

    ``sample`` is how many awards, and how many other pages, are asked for; 0 is all. Raises
    :class:`NothingHeard`.
    """
    certificate = list(_certificate(site, now))
    if any(item.is_error for item in certificate):
        return Probed((), tuple(certificate))
    listing = of_folder(folder, sample) if folder else of_live(site, sample)
    contents = Contents(site, now, folder)
    found: list[tuple[str, Problem]] = [(KEYS.name, item) for item in certificate]
    asked: Counter[str] = Counter()
    # Keys before lists before badges: what is wrong with the former is not told of the latter again.
    order = sorted(listing.items, key=lambda item: KINDS.index(item.kind))
    for item, heard in site.hear_all([*order, *_ABSENT]):
        asked[item.kind.name] += 1
        found += [(item.kind.name, one) for one in _looked_at(site, contents, item, heard)]
    problems = _grouped(found)
    wrong = Counter(name for name, _ in found)
    counts = tuple(
        Count(kind.name, asked[kind.name], listing.of.get(kind.name, asked[kind.name]), wrong[kind.name])
        for kind in KINDS
        if asked[kind.name]
    )
    return Probed(counts, tuple(problems), tuple(_notes(site, folder)))


def _looked_at(site: LiveSite, contents: Contents, item: Resource, heard: Heard) -> Iterator[Problem]:
    if item.kind is ABSENT:
        yield from absence_problems(item, heard)
        return
    yield from answer_problems(item, heard)
    if not isinstance(heard, Reply) or heard.status != 200:
        return
    yield from contents.problems(item, heard.body)
    if item.kind in (KEYS, LISTS):
        packed = site.hear(item, {"Accept-Encoding": "gzip"})
        yield from packed_problems(item, heard.body, packed)


def _certificate(site: LiveSite, now: datetime) -> Iterator[Problem]:
    """Yield what is wrong with the host's certificate; raise :class:`NothingHeard` where nobody answers."""
    front = resource("index.html")
    heard = site.hear(front)
    if isinstance(heard, Unproven):
        hint = "have the host issue a certificate for this very name, and send the intermediate ones with it"
        yield problem(site.base, "certificate", str(heard), hint)
    elif isinstance(heard, Unavailable):
        raise NothingHeard(str(heard))
    elif heard.certificate_ends is not None:
        ends = datetime.fromtimestamp(heard.certificate_ends, now.tzinfo)
        if (ends - now).days < _CERTIFICATE_DAYS:
            message = f"the host's certificate ends on {in_words(ends)}"
            hint = "certificates are renewed by the host, mostly weeks before they end: look why this was not"
            yield problem(site.base, "certificate-ends", message, hint, is_warning=True)


def _notes(site: LiveSite, folder: Path | None) -> Iterator[str]:
    if site.base.startswith("http://"):
        yield "asked over plain http on this machine: no certificate was looked at"
    if folder is None:
        yield "unlisted badges are named nowhere on the site: give --site DIR to look at them too"


def _grouped(found: Iterable[tuple[str, Problem]]) -> list[Problem]:
    """Return one problem for all of a kind that say the same, in their order."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = {}
    for kind, one in found:
        groups.setdefault((kind, one.code, one.message, one.hint), []).append(one)
    return [_with_count(kind, group) for (kind, *_), group in groups.items()]


def _with_count(kind: str, group: list[Problem]) -> Problem:
    first, others = group[0], len(group) - 1
    if not others:
        return first
    return replace(first, message=f"{first.message} (and {others} more {kind})")
