"""Award folders by the batch: each batch is looked at on its own, in another process where there is one.

A process that works for a run reads the issuer's keys and lists once, and learns the shapes of badges for
itself; what it sends back is small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from site_builder.verifying.report import Findings
from site_builder.verifying.run import Run
from site_builder.verifying.site import misplaced, page_problems
from site_builder.verifying.sources import Copy

BATCH = 250
"""How many awards are looked at in one go: worth sending, and short enough to share out evenly."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all batches of a run on a folder; every process that works for it is told.

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


def looked_at(job: Job, names: Sequence[str], executor: Executor) -> Iterator[Findings]:
    """Yield what is found in each batch of the award folders ``names``, in their order."""
    batches = (names[start : start + BATCH] for start in range(0, len(names), BATCH))
    return each(executor, partial(look_at, job), batches)


def look_at(job: Job, names: Sequence[str]) -> Findings:
    """Return what is found in the award folders ``names``: the task of a process that works for the run."""
    return _examiner(job).look(names)


class Examiner:
    """Looks at the awards of a folder, one batch after the other, and learns from one for the next."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._source = Copy(job.root, job.base)
        self._run = Run(self._source, job.now, job.trusted, None if job.thorough else Shapes())

    def look(self, names: Sequence[str]) -> Findings:
        """Return what is found in the award folders ``names``."""
        found, run = Findings(looks=len(names)), self._run
        fast, slow = run.fast, run.slow
        with opened_awards(self._source.root) as issued:
            for name in names:
                self._look(name, issued, found)
        found.fast, found.slow = run.fast - fast, run.slow - slow
        return found

    def _look(self, name: str, issued: int | None, found: Findings) -> None:
        files, path = award_files(self._source.root, issued, name), award_json(name)
        found.problems += page_problems(name, files, self._source)
        if files.badge is None:
            found.absent.append(name)
        elif isinstance(files.badge, Unavailable):
            found.problems.append(Problem(path=path, code="no-badge", message=str(files.badge)))
        else:
            verdict = self._run.judge(files.badge, path)
            found.problems += misplaced(verdict, self._source)
            found.take(verdict, text=self._job.texts, keep=self._job.verdicts)


_examiner = lru_cache(maxsize=1)(Examiner)
