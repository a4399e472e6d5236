"""The first half of a survey: the ground in this process, each award file on its own, here or in a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from site_builder.catalog.ground import REFUSED, Ground, lay_ground
from site_builder.catalog.owners import owner_of_spec
from site_builder.catalog.placing import Standard
from site_builder.executors import each
from site_builder.proof.records import record_path
from site_builder.reading.repository import sweep_ground
from site_builder.storing import Store
from site_builder.survey.judging import (
    Judged,
    JudgedProofs,
    Judgement,
    Measure,
    Task,
    judge,
    kept_award,
    kept_proofs,
)
from site_builder.survey.rolls import Rolls, entry_key
from site_builder.survey.suspicion import Numbered

_AWARD_FILES, _PROOF_FILES = 8, 32
"""How many files make a task: enough to be worth handing over, few enough that workers end together."""
_FEW = 3
"""So many files are judged here: they take less time than it takes to start a worker."""


@dataclass(frozen=True)
class Gathered:
    """The ground, and every award file judged on its own, in the order of paths; proof files are by path."""

    ground: Ground
    measure: Measure
    judged: tuple[Judged, ...]
    proofs: Mapping[str, JudgedProofs]

    @cached_property
    def files(self) -> Numbered:
        """The columns of each award file that could be read, by its number."""
        return {n: found.columns for n, found in enumerate(self.judged) if found.columns is not None}

    @cached_property
    def placed(self) -> Numbered:
        """The same of those whose achievement exists."""
        return {n: columns for n, columns in self.files.items() if self.judged[n].is_placed}

    @cached_property
    def paths(self) -> Mapping[int, str]:
        """The path of each award file, by its number."""
        return {number: found.path for number, found in enumerate(self.judged)}


def gathered(root: Path, now: date, site_url: str | None, store: Store, executor: Executor) -> Gathered:
    """Return what a repository holds, its award files one by one.

    What ``store`` has of a file with the same bytes is taken; the others are judged by ``executor``.
    """
    repository, apart = sweep_ground(root, record_path)
    ground = lay_ground(repository, site_url)
    measure = measure_of(ground, now)
    rolls = Rolls(store, apart.awards)
    awards = {path: kept_award(raw, path, apart.awards[path], measure) for path, raw in rolls.entries()}
    others = [path for path in apart.awards if awards.get(path) is None]
    for path in others:
        digest = apart.awards[path]
        awards[path] = kept_award(store.get(entry_key(path, digest)), path, digest, measure)
    proofs = {path: kept_proofs(store, path, digest) for path, digest in apart.proofs.items()}
    unknown = _Unknown(
        tuple(path for path, found in awards.items() if found is None),
        tuple(path for path, found in proofs.items() if found is None),
    )
    for judgement in unknown.judgements(Task(root, (), (), measure.packed(), store), executor):
        awards |= {found.path: found for found in judgement.awards}
        proofs |= {found.path: found for found in judgement.proofs}
    rolls.renew(others)
    in_order = tuple(found for _, found in sorted(awards.items()) if found is not None)
    return Gathered(ground, measure, in_order, {path: found for path, found in proofs.items() if found})


def measure_of(ground: Ground, now: date) -> Measure:
    """Return what award files are measured by, without what no award file is measured by."""
    digests = {d.path: _digest(d.path, d.raw) for d in ground.repository.credentials}
    bare = {key: replace(a, competencies=(), image=REFUSED) for key, a in ground.achievements.items()}
    specs = {key: digests[achievement.path] for key, achievement in bare.items()}
    return Measure(Standard(bare, ground.unread_credentials, now), specs, ground.titles)


def _digest(path: str, raw: bytes) -> str:
    """Return a digest of a spec and of whose it is: both decide what may be awarded, and from where."""
    return hashlib.sha256(f"{owner_of_spec(path)}\0".encode() + raw).hexdigest()


@dataclass(frozen=True, slots=True)
class _Unknown:
    """The paths of files that must be judged."""

    awards: Sequence[str]
    proofs: Sequence[str]

    def judgements(self, task: Task, executor: Executor) -> Iterator[Judgement]:
        tasks = [
            *(replace(task, awards=paths) for paths in _batches(self.awards, _AWARD_FILES)),
            *(replace(task, proofs=paths) for paths in _batches(self.proofs, _PROOF_FILES)),
        ]
        if len(self.awards) + len(self.proofs) <= _FEW:
            return map(judge, tasks)
        return each(executor, judge, tasks)


def _batches(paths: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(paths[start : start + size]) for start in range(0, len(paths), size))
