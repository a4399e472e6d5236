"""What changed since a git revision, gathered for :mod:`site_builder.changes`: git, the survey, the docs.

Award files that are the same on both sides are not opened: what is told of them is counted in the survey's
columns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from site_builder.catalog.history_state import Reviewed, reviewed
from site_builder.changes.events import WITHDRAWING, Event, Key, Untouched, events
from site_builder.changes.gone import BrokenLink, LinkSearch, badges_gone, paths_gone
from site_builder.changes.meaning import Besides, Meaning, Texts, meaning
from site_builder.executors import workers
from site_builder.models.settings import read_settings
from site_builder.problems import Problem
from site_builder.publishing.checking import store_of, tasks_in
from site_builder.publishing.request import Request
from site_builder.publishing.since_revision import States, states_since_revision
from site_builder.reading.repository import read_raw
from site_builder.reading.revision import blobs_at, fork_of, is_blob
from site_builder.reading.walk import Walk
from site_builder.storing import trim
from site_builder.survey import WITHDRAWN, Survey, Surveyed, survey
from site_builder.survey.columns import Columns, each_id
from site_builder.text.periods import add_period

_DOCS = "docs"


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """What the files mean beside those of a commit, and every problem that they have now.

    ``commit`` is where the files left the revision that was asked for; ``is_fork`` is False where no such
    commit is known, and the revision itself was taken.
    """

    meaning: Meaning
    commit: str
    is_fork: bool
    problems: list[Problem]


def what_changed(request: Request) -> WhatChanged:
    """Return what changed since ``request.base``, or rather since the files left it: what they add to it.

    The later side is the files as they are, committed or not. Raises ``ValueError`` without a base,
    ``RevisionRefused`` where it cannot be read, ``ExecutorRefused``, ``WorkersLost`` and ``Changed``.
    """
    if request.base is None:
        raise ValueError("a base is needed")
    fork = fork_of(request.root, request.base)
    store = store_of(request)
    with workers(request.executor, tasks_in(request.root)) as executor:
        found = survey(request.root, request.now, request.site_url, store, executor)
    trim(store)
    states = states_since_revision(found, request.root, fork.commit, proofs=False)
    meant = _Gathering(request, found, states, fork.commit).meaning()
    return WhatChanged(meant, fork.commit, fork.is_known, found.problems)


class _Gathering:
    """One comparison, step by step."""

    def __init__(self, request: Request, found: Survey, states: States, commit: str) -> None:
        self._root, self._now = request.root, request.now
        self._found, self._states, self._commit = found, states, commit
        self._old, self._new = reviewed(states.old), reviewed(states.new)

    def meaning(self) -> Meaning:
        untouched = untouched_by(self._states.same, self._new, self._now)
        return meaning(self._old, self._new, untouched, self._events, self._besides(), self._now)

    @cached_property
    def _events(self) -> list[Event]:
        return events(self._old, self._new)

    def _besides(self) -> Besides:
        withdrawn = [one.award for one in self._events if one.kind in WITHDRAWING]
        standing = [one.award for one in self._events if one.kind == "restored"]
        incomplete, complete = self._found.resting_since(withdrawn, standing)
        gone = paths_gone(self._old, self._new, self._docs_before, self._docs_now)
        badges = badges_gone(self._events)
        return Besides(
            signed=_signed(self._found),
            incomplete=len(incomplete),
            complete_again=len(complete),
            gone=gone,
            badges_gone=sum(path.endswith(".json") for path in badges),
            links=tuple(self._links({*gone, *badges})),
            texts=self._texts(),
        )

    @cached_property
    def _docs_before(self) -> Mapping[str, str]:
        return blobs_at(self._root, self._commit, _DOCS)

    @cached_property
    def _docs_now(self) -> Mapping[str, bytes]:
        """The files below ``docs/`` that can be read; what is wrong with others the survey has told."""
        walk = Walk(self._root)
        read = ((entry.path, walk.read(entry)) for entry in walk.folder(_DOCS) if not entry.is_folder)
        return {path: raw for path, raw in read if raw is not None}

    def _texts(self) -> Texts:
        before, now = self._docs_before, self._docs_now
        both = sorted(before.keys() & now)
        return Texts(
            added=tuple(sorted(now.keys() - before)),
            changed=tuple(path for path in both if not is_blob(now[path], before[path])),
            removed=tuple(sorted(before.keys() - now)),
        )

    def _links(self, gone: set[str]) -> Iterator[BrokenLink]:
        """Yield each link to what is gone; where nothing is, no file is looked into."""
        settings, _ = read_settings(self._found.ground.settings)
        if not gone or settings is None:
            return
        search = LinkSearch(settings.site_url, settings.languages, gone)
        for path, raw in self._each_text():
            yield from search.links_in(path, raw)

    def _each_text(self) -> Iterator[tuple[str, bytes]]:
        ground = self._found.ground
        documents = (*ground.credentials, *ground.frameworks, ground.issuer)
        yield from sorted((document.path, document.raw) for document in documents if document is not None)
        yield from ((path, raw) for path, raw in self._docs_now.items() if path.endswith(".md"))
        for path in sorted([*(file.path for file in self._found.files), *self._found.unread]):
            raw = read_raw(self._root, path)
            if raw is not None:
                yield path, raw


def untouched_by(same: Iterable[Surveyed], new: Reviewed, now: date) -> Untouched:
    """Return what is counted of award files that are the same on both sides, on the day ``now``."""
    standing: defaultdict[Key, set[bytes]] = defaultdict(set)
    usable: defaultdict[str, set[bytes]] = defaultdict(set)
    highest = -1
    for file in same:
        columns = file.columns
        learners = each_id(columns.learners)
        stands = [not state & WITHDRAWN for state in columns.states]
        standing[columns.key].update(one for one, good in zip(learners, stands, strict=True) if good)
        lasting = _lasting(columns, new, now)
        usable[columns.credential].update(
            one for one, good, lasts in zip(learners, stands, lasting, strict=True) if good and lasts
        )
        highest = max(highest, *columns.indexes, -1)
    return Untouched(standing, usable, highest)


def _lasting(columns: Columns, new: Reviewed, now: date) -> Sequence[bool]:
    """Return of each award of a file whether it has not expired."""
    spec = new.specs.get(columns.key)
    period = spec[0].valid_for if spec else None
    until = add_period(columns.issued_on, period) if period else None
    lasts = until is None or until > now
    if not columns.expires:
        return [lasts] * columns.awards
    today = now.toordinal()
    return [own > today if own else lasts for own in columns.expires]


def _signed(found: Survey) -> dict[str, int]:
    """Return how many recorded proofs of awards each public key made."""
    counts: Counter[str] = Counter()
    for key, count in found.recorded.keys:
        counts[key.partition("#")[2]] += count
    return dict(counts)
