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
from site_builder.verifying.files import AwardFiles, Unavailable, award_files, award_raw, opened_awards
from site_builder.verifying.plan import Glance, Lot, Plan, glance
from site_builder.verifying.report import Findings
from site_builder.verifying.run import Run
from site_builder.verifying.site import misplaced, page_problems
from site_builder.verifying.sources import Copy
from site_builder.verifying.stack import Part
from site_builder.verifying.standings import Standings

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

    Shapes are learnt where ``learns``. ``pinned`` are the places among them of badges that others are built
    on; ``known`` is what was found of badges that these are built on, by their addresses.
    """

    names: Sequence[str]
    learns: bool
    pinned: Sequence[int]
    known: Mapping[str, Part]


def looked_at(job: Job, names: Sequence[str], executor: Executor) -> Iterator[tuple[Sequence[int], Findings]]:
    """Yield what is found in the award folders ``names``, in lots, with the places of their names."""
    slices = (names[start : start + _GLANCES] for start in range(0, len(names), _GLANCES))
    desk = _Desk(job, names, Plan(names, each(executor, partial(glance_at, job), slices)))
    for lots in desk.plan.rounds(thorough=job.thorough):
        # Made as they are handed over: what they need to know is found in the meantime.
        tasks = map(desk.task, lots)
        for lot, found in zip(lots, each(executor, partial(look_at, job), tasks), strict=True):
            desk.note(lot, found)
            yield lot.places, found


class _Desk:
    """Hands out tasks, and keeps what is found of badges for those that are built on them."""

    def __init__(self, job: Job, names: Sequence[str], plan: Plan) -> None:
        self.plan = plan
        self._base = job.base
        self._names = names
        self._standings = Standings(len(names))

    def task(self, lot: Lot) -> Task:
        below = {part for place in lot.places for part in self.plan.parts(place)}
        found = ((url, self._standings.get(part, url)) for part in below if (url := self._url(part)))
        return Task(
            names=[self._names[place] for place in lot.places],
            learns=lot.learns,
            pinned=[offset for offset, place in enumerate(lot.places) if self.plan.is_pinned(place)],
            known={url: part for url, part in found if part},
        )

    def note(self, lot: Lot, found: Findings) -> None:
        for offset, part in found.parts.items():
            place = lot.places[offset]
            self._standings.put(place, self._url(place), part)

    def _url(self, place: int) -> str:
        return self._base + award_json(self._names[place])


def glance_at(job: Job, names: Sequence[str]) -> Glance:
    """Return what the badges in the award folders ``names`` look like."""
    with opened_awards(job.root) as issued:
        return glance((award_raw(issued, name) for name in names), job.base)


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
        self._run.learns, self._run.known = task.learns, task.known
        pinned = frozenset(task.pinned)
        with opened_awards(self._source.root) as issued:
            for offset, name in enumerate(task.names):
                files = award_files(self._source.root, issued, name)
                self._look(offset, name, files, found, is_pinned=offset in pinned)
        return found

    def _look(self, offset: int, name: str, files: AwardFiles, found: Findings, *, is_pinned: bool) -> None:
        path = award_json(name)
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
                found.parts[offset] = part


_examiner = lru_cache(maxsize=1)(Examiner)
