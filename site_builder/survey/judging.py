"""Award files judged one by one, wherever there is a worker: what is wrong with each, and its columns."""

from __future__ import annotations

import gc
import hashlib
import pickle
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from site_builder.catalog.ground import build_untold, refused_when_read
from site_builder.catalog.links import award_ids
from site_builder.catalog.placing import Standard, place
from site_builder.catalog.privacy import check_award_privacy
from site_builder.catalog.privacy_sweep import check_names, with_privacy
from site_builder.models.award import AwardFile
from site_builder.problems import Problem, has_errors
from site_builder.reading.repository import read_award, read_proofs
from site_builder.storing import Store, key_of
from site_builder.survey import entries, proof_files
from site_builder.survey.columns import Columns, columns_of, latest_day
from site_builder.survey.entries import Entry
from site_builder.survey.proof_files import ProofSummary, summary_of
from site_builder.survey.rolls import entry_key


@dataclass(frozen=True, slots=True)
class Measure:
    """What award files are measured by: the ground they stand on, as far as a file on its own touches it.

    ``specs`` has the digest of each spec's file, ``titles`` the names that are nobody's.
    """

    standard: Standard
    specs: Mapping[tuple[str, str], str]
    titles: frozenset[str]

    def spec_of(self, key: tuple[str, str]) -> str | None:
        """Return the digest of a spec; empty where a file with errors may be it, None where there is none."""
        if key in self.specs:
            return self.specs[key]
        return "" if key[0] in self.standard.in_doubt else None

    def packed(self) -> bytes:
        """Return the measure for a ``Task``."""
        return pickle.dumps(self)

    def still(self, entry: Entry) -> bool:
        """Return True where what an entry rests on is so today."""
        same_spec = self.spec_of(entry.columns.key) == entry.spec
        return same_spec and entry.latest <= self.standard.now and entry.excused <= self.titles


@dataclass(frozen=True, slots=True)
class Task:
    """Some files of the repository at ``root`` to judge; what was found right is kept in ``store``.

    ``measure`` is the same in all tasks of a run, so it is packed once, and taken apart once by each worker.
    """

    root: Path
    awards: tuple[str, ...]
    proofs: tuple[str, ...]
    measure: bytes
    store: Store


@dataclass(frozen=True, slots=True)
class Judged:
    """One award file: its digest, its columns where it could be read as one, and what is wrong with it.

    ``is_placed`` is True where its achievement exists. ``unread_ids`` are the award ids that a file with
    columns of None has all the same; ``is_parsed`` is False where not even its text could be taken apart.
    """

    path: str
    digest: str
    columns: Columns | None
    is_placed: bool
    problems: tuple[Problem, ...]
    unread_ids: tuple[str, ...] = ()
    is_parsed: bool = True


@dataclass(frozen=True, slots=True)
class JudgedProofs:
    """One proof file: its digest (empty: nothing of it may be used), and its summary unless it is odd."""

    path: str
    digest: str
    summary: ProofSummary | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a task."""

    awards: tuple[Judged, ...]
    proofs: tuple[JudgedProofs, ...]


@dataclass
class _Excused(Container[str]):
    """The titles, which remember what was asked for and found among them."""

    titles: frozenset[str]
    found: set[str] = field(default_factory=set)

    def __contains__(self, name: object) -> bool:
        if name not in self.titles:
            return False
        self.found.add(str(name))
        return True


def judge(task: Task) -> Judgement:
    """Return what is wrong with each file of a task on its own; never raises for what an author wrote."""
    with _without_collector():
        measure = _measure(task.measure)
        return Judgement(
            tuple(_award_file(task, path, measure) for path in task.awards),
            tuple(_proof_file(task, path) for path in task.proofs),
        )


@lru_cache(maxsize=1)
def _measure(packed: bytes) -> Measure:
    """Return what ``Measure.packed`` packed in the process that gave the task; it is from no file."""
    measure = pickle.loads(packed)  # noqa: S301
    if not isinstance(measure, Measure):
        raise TypeError("a task holds a measure")
    return measure


def file_key(path: str, digest: str) -> str:
    """Return the key under which the store has an award file as JSON."""
    return key_of("survey file", path, digest)


def kept_award(raw: bytes | None, path: str, digest: str, measure: Measure) -> Judged | None:
    """Return what an entry says of an award file; None where it is none, or that may not be so now."""
    if raw is None:
        return None
    try:
        entry = entries.read(raw)
    except entries.Unreadable:
        return None  # the file is judged again, and the entry written anew
    if not measure.still(entry):
        return None
    is_placed = entry.columns.key in measure.standard.achievements
    return Judged(path, digest, entry.columns, is_placed, entry.warnings)


def kept_proofs(store: Store, path: str, digest: str) -> JudgedProofs | None:
    """Return what was found of a proof file before, or None where that is not known."""
    raw = store.get(key_of("survey proofs", path, digest))
    if raw is None:
        return None
    try:
        return JudgedProofs(path, digest, proof_files.read(raw), ())
    except entries.Unreadable:
        return None


def _award_file(task: Task, path: str, measure: Measure) -> Judged:
    document, problems = read_award(task.root, path)
    if document is None:
        return Judged(path, "", None, False, tuple(problems), is_parsed=False)
    file, found = build_untold(AwardFile, document, refused_when_read(problems))
    problems += found
    titles = _Excused(measure.titles)
    is_placed = False
    if file is not None:
        _, found = place(file, document, measure.standard)
        is_placed = (file.credential, file.version) in measure.standard.achievements
        problems += found
    told = with_privacy(problems, [*check_award_privacy(document, titles), *check_names([path])])
    digest = hashlib.sha256(document.raw).hexdigest()
    if file is None:
        return Judged(path, digest, None, False, tuple(told), tuple(award_ids(document)))
    columns = columns_of(file)
    judged = Judged(path, digest, columns, is_placed, tuple(told))
    if not has_errors(told):
        spec = measure.spec_of((file.credential, file.version))
        entry = Entry(columns, spec or "", latest_day(file), frozenset(titles.found), judged.problems)
        _keep(task.store, judged, file, entry)
    return judged


def _keep(store: Store, judged: Judged, file: AwardFile, entry: Entry) -> None:
    data = file.model_dump_json(exclude_unset=True).encode()
    store.put(file_key(judged.path, judged.digest), data)
    store.put(entry_key(judged.path, judged.digest), entries.written(entry))


def _proof_file(task: Task, path: str) -> JudgedProofs:
    raw, problems = read_proofs(task.root, path)
    if raw is None:
        return JudgedProofs(path, "", None, tuple(problems))
    told = (*problems, *check_names([path]))
    digest, summary = hashlib.sha256(raw).hexdigest(), summary_of(path, raw)
    if summary is not None and not told:
        task.store.put(key_of("survey proofs", path, digest), proof_files.written(summary))
    return JudgedProofs(path, digest, summary, told)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Documents have no circles, and the collector would walk them again and again while they grow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
