"""What a worker process does: award files become badges and pages in a folder, one file after another.

An errand is small and says where everything stands; the worker reads, signs and writes on its own, and says
what came of it. Doing one twice, as a cluster does after losing a worker, changes nothing.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from site_builder.assembling.addresses import Addresses, award_json
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.exports.compiled import AwardPress
from site_builder.keys import is_published_key
from site_builder.problems import Problem
from site_builder.publishing.batches import Batch, batch_catalog
from site_builder.publishing.issuing import Press
from site_builder.publishing.proving import CompiledWay
from site_builder.publishing.records import Record, read_records, record_path, write_records
from site_builder.publishing.signers import Signers
from site_builder.publishing.staged_files import NewFolders, write_changed, write_file
from site_builder.storing import Store
from site_builder.survey import load_file

_AT_ONCE = 250
"""So many awards are signed before their files are written: each step stays in the processor's cache, which
is worth a third of the time, and what waits is small.
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where workers find everything but awards: a file of this run, and the digest it must have."""

    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Errand:
    """What one worker is asked; ``environment`` holds the keys, where it is a process of this machine.

    ``target`` is the folder to write into; without one nothing is written, and nothing signed unless the
    errand ``signs``: recorded proofs are checked. ``standing`` is the folder whose equal files need not be
    written again, ``published`` the one whose badges may not change.
    """

    root: Path
    ground: Ground
    base: str
    batches: tuple[Batch, ...]
    target: Path | None = None
    signs: bool = False
    standing: Path | None = None
    is_known: bool = False
    published: Path | None = None
    ledger: Path | None = None
    environment: Mapping[str, str] | None = None
    rate: float = 0.0
    anew: bool = False
    """Sign every award: the recorded proofs are those of another address."""


@dataclass
class Pressed:
    """What came of one award file.

    ``altered`` are awards whose published badge is not the one made now, ``unrecorded`` those that are
    published and were signed again, for want of a recorded proof. ``recorded`` is the proof file that was
    written.
    """

    path: str
    problems: list[Problem] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    signed: int = 0
    recalled: int = 0
    recorded: str = ""
    altered: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    """The paths of files in award folders that are none of ours."""
    made: bytes = b""
    """Sixteen bytes for each award whose badge was made anew."""
    fast: int = 0
    slow: int = 0
    spliced: int = 0
    rendered: int = 0


def press(errand: Errand) -> list[Pressed]:
    """Do an errand. Raises ``KeyRefused``, ``CompiledFault``, ``OSError``: then nothing may be published."""
    desk = _desk(errand.ground, errand.base)
    # What is read and made here holds no cycles: the collector would only walk it.
    gc.disable()
    try:
        return [_Batch(errand, desk, batch).press() for batch in errand.batches]
    finally:
        gc.enable()


@dataclass
class _Desk:
    """What a process keeps between errands of one build."""

    catalog: Catalog
    at: Addresses
    exports: AwardPress
    way: CompiledWay


@lru_cache(maxsize=1)
def _desk(ground: Ground, base: str) -> _Desk:
    raw = ground.path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != ground.digest:
        raise ValueError(f"{ground.path} is not what this build wrote there")
    # This very file was written by the process that sends the errand: its digest came along.
    catalog = pickle.loads(raw)  # noqa: S301
    at = Addresses(base)
    return _Desk(catalog, at, AwardPress(at), CompiledWay(catalog, at))


class _Batch:
    """One award file under the press."""

    def __init__(self, errand: Errand, desk: _Desk, batch: Batch) -> None:
        self._errand, self._desk, self._batch = errand, desk, batch
        self._folders = NewFolders(errand.target or "")
        self.done = Pressed(batch.surveyed.path)

    def press(self) -> Pressed:
        """Return what came of the file."""
        errand, desk, surveyed = self._errand, self._desk, self._batch.surveyed
        file = load_file(Store.at(errand.root), surveyed, errand.root)
        catalog = batch_catalog(desk.catalog, surveyed, file, self._batch.around)
        awards = [catalog.awards[award.id] for award in file.awards]
        desk.way.turn_to(catalog, awards, errand.rate)
        before = desk.way.fast, desk.way.slow, desk.exports.spliced, desk.exports.rendered
        self._make(catalog, awards)
        after = desk.way.fast, desk.way.slow, desk.exports.spliced, desk.exports.rendered
        done = self.done
        done.fast, done.slow, done.spliced, done.rendered = (
            now - then for now, then in zip(after, before, strict=True)
        )
        return done

    def _make(self, catalog: Catalog, awards: list[IssuedAward]) -> None:
        records, before = self._records()
        signers = Signers(catalog.issuer, self._desk.at, self._keys())
        signer = signers.issue if self._errand.target or self._errand.signs else None
        standing = self._standing_badge if self._errand.is_known else None
        press = Press(catalog, self._desk.at, records, signer, self._desk.way, standing)
        press.digests.update(self._batch.digests())
        for start in range(0, len(awards), _AT_ONCE):
            some = awards[start : start + _AT_ONCE]
            proved = [(issued, press.prove(issued)) for issued in some]
            for issued, data in proved:
                if data is not None and self._errand.target:
                    self._put(issued, catalog, data, is_new=issued.id not in records)
        done = self.done
        done.problems, done.signed = press.problems, len(press.new)
        made = [issued.id for issued in awards if issued.id not in press.kept]
        done.made = b"".join(UUID(award).bytes for award in made)
        done.recalled = sum(award in records for award in made)
        own = {issued.id for issued in awards}
        done.digests = {name: digest for name, digest in press.digests.items() if name in own}
        self._record(before, press.new)

    def _standing_badge(self, award: str) -> bytes | None:
        return _read(self._errand.standing / award_json(award)) if self._errand.standing else None

    def _keys(self) -> Mapping[str, str]:
        return os.environ if self._errand.environment is None else self._errand.environment

    def _records(self) -> tuple[dict[str, Record], list[Record]]:
        """Return the recorded proofs of the file's awards, and all that stand in its own proof file."""
        if self._errand.anew:
            return {}, []
        path = record_path(self._batch.surveyed.path)
        try:
            raw = (self._errand.root / path).read_bytes()
        except FileNotFoundError:
            raw = b""
        found, _ = read_records({path: raw})  # its problems were told by the survey
        elsewhere = {record.subject: record for record in self._batch.around.records}
        return {**elsewhere, **found.awards}, list(found.awards.values())

    def _put(self, issued: IssuedAward, catalog: Catalog, data: bytes, *, is_new: bool) -> None:
        errand = self._errand
        if errand.target is None:
            return
        published = _read(errand.published / award_json(issued.id)) if errand.published else None
        if published not in (None, data):
            self.done.altered.append(issued.id)
        if published is not None and is_new:
            self.done.unrecorded.append(issued.id)
        paths = set()
        for artifact in self._desk.exports.files(issued, catalog, data):
            paths.add(artifact.path)
            if errand.standing is None:
                self._folders.write(artifact.path, artifact.data)
            else:
                write_changed(errand.target, errand.standing, artifact.path, artifact.data)
        if errand.standing:
            self.done.strays += sorted(
                _names(errand.standing, posixpath.dirname(award_json(issued.id))) - paths
            )

    def _record(self, own: list[Record], new: list[Record]) -> None:
        """Write the file's proofs where the build takes them from once all is good: with the old ones.

        Where signing is all there is to do, only the new ones are handed on.
        """
        if self._errand.ledger is None or not new or is_published_key(new[0].key.partition("#")[2]):
            return
        path = record_path(self._batch.surveyed.path)
        write_file(self._errand.ledger, path, write_records([*(own if self._errand.target else ()), *new]))
        self.done.recorded = path


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _names(site: Path, folder: str) -> set[str]:
    try:
        return {f"{folder}/{name}" for name in os.listdir(site / folder)}  # noqa: PTH208 - by the thousand
    except (FileNotFoundError, NotADirectoryError):
        return set()
