"""The badges of a folder by the lot: each is looked at on its own, in another process where there is one.

A process that works for a run reads the issuer's keys and lists once, and learns the shapes of badges for
itself; what it is sent, and sends back, is small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from uuid import uuid4

from site_builder.assembling.addresses import award_json
from site_builder.executors import each
from site_builder.problems import Problem
from site_builder.verifying.compiled import Shapes
from site_builder.verifying.files import Unavailable, award_files, opened_awards
from site_builder.verifying.plan import Glance, Plan, glance
from site_builder.verifying.report import Findings
from site_builder.verifying.run import Run
from site_builder.verifying.site import misplaced, page_problems
from site_builder.verifying.sources import Copy
from site_builder.verifying.stack import Part

_GLANCES = 2_000


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all lots of a run on a folder; every process that works for it is told.

    ``texts`` asks for each verdict as JSON, ``verdicts`` for each verdict itself. ``name`` tells the run from
    any other, so that a process that outlives it does not answer from what it read for an earlier one.
    """

    root: Path
    base: str
    now: datetime
    trusted: frozenset[str]
    thorough: bool = False
    texts: bool = False
    verdicts: bool = False
    name: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class Task:
    """Awards to be looked at, by the names of their folders.

    Shapes are learnt where ``learns``. ``pinned`` are the names of those that others are built on; ``known``
    is what was found of badges that these are built on, by their names.
    """

    names: Sequence[str]
    learns: bool
    pinned: frozenset[str]
    known: Mapping[str, Part]


def looked_at(job: Job, names: Sequence[str], executor: Executor) -> Iterator[tuple[Sequence[int], Findings]]:
    """Yield what is found in the award folders ``names``, in lots, with the places of their names."""
    slices = (names[start : start + _GLANCES] for start in range(0, len(names), _GLANCES))
    plan = Plan(names, each(executor, partial(glance_at, job), slices))
    parts: dict[int, Part] = {}
    for lots in plan.rounds(thorough=job.thorough):
        tasks = (_task(lot.places, lot.learns, names, plan, parts) for lot in lots)
        for lot, found in zip(lots, each(executor, partial(look_at, job), tasks), strict=True):
            for place in lot.places:
                if names[place] in found.parts:
                    parts[place] = found.parts[names[place]]
            yield lot.places, found


def _task(
    places: Sequence[int], learns: bool, names: Sequence[str], plan: Plan, parts: Mapping[int, Part]
) -> Task:
    below = {part for place in places for part in plan.parts.get(place, ())}
    return Task(
        names=[names[place] for place in places],
        learns=learns,
        pinned=frozenset(names[place] for place in places if place in plan.pinned),
        known={names[place]: parts[place] for place in below if place in parts},
    )


def glance_at(job: Job, names: Sequence[str]) -> Glance:
    """Return what the badges in the award folders ``names`` look like."""
    with opened_awards(job.root) as issued:
        found = (award_files(job.root, issued, name).badge for name in names)
        return glance((badge if isinstance(badge, bytes) else b"" for badge in found), job.base)


def look_at(job: Job, task: Task) -> Findings:
    """Return what is found in the award folders of ``task``, in their order."""
    return _examiner(job).look(task)


class Examiner:
    """Looks at the awards of a folder, one lot after the other, and learns from one for the next."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._source = Copy(job.root, job.base)
        self._run = Run(self._source, job.now, job.trusted, None if job.thorough else Shapes())

    def look(self, task: Task) -> Findings:
        """Return what is found in the award folders of ``task``."""
        found = Findings(looks=len(task.names))
        self._run.learns = task.learns
        self._run.known = {self._url(name): part for name, part in task.known.items()}
        with opened_awards(self._source.root) as issued:
            for offset, name in enumerate(task.names):
                self._look(offset, name, issued, found, is_pinned=name in task.pinned)
        return found

    def _url(self, name: str) -> str:
        return self._source.base + award_json(name)

    def _look(self, offset: int, name: str, issued: int | None, found: Findings, *, is_pinned: bool) -> None:
        files, path = award_files(self._source.root, issued, name), award_json(name)
        found.problems += page_problems(name, files, self._source)
        if files.badge is None:
            found.absent.append(name)
        elif isinstance(files.badge, Unavailable):
            found.problems.append(Problem(path=path, code="no-badge", message=str(files.badge)))
        else:
            verdict = self._run.judge(files.badge, path)
            found.problems += misplaced(verdict, self._source)
            found.take(verdict, was_quick=self._run.was_quick)
            if self._job.texts:
                found.texts.append((offset, verdict.to_text()))
            if self._job.verdicts:
                found.verdicts.append(verdict)
            if is_pinned and (part := self._run.part(files.badge, verdict)):
                found.parts[name] = part


_examiner = lru_cache(maxsize=1)(Examiner)
