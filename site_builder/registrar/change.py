"""A change of the repository: planned as a whole, checked as a whole, written all or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.catalog.resolve import resolve
from site_builder.problems import Problem, in_order
from site_builder.publishing.ledger import ledger
from site_builder.publishing.recorded import orphans
from site_builder.publishing.records import read_records
from site_builder.reading.repository import Repository, overlaid

# Editors use this ending too, so the sweep passes over a file that a killed run left behind.
_TEMPORARY = ".swp"


@dataclass(frozen=True, slots=True)
class Change:
    """What will stand at each path of the repository; empty bytes take the file away."""

    files: Mapping[str, bytes]


class ChangeRefused(Exception):  # noqa: N818 - it says what happened
    """A change cannot be written; ``str()`` says why. Every file is as it was."""


def problems_of(repository: Repository, change: Change, now: date) -> list[Problem]:
    """Return every problem that the repository would have after the change, those it has already too.

    Recorded proofs are read and must belong to awards; whether each still fits is for ``check`` to find.
    """
    after = overlaid(repository, change.files)
    catalog, problems = resolve(after, now)
    records, unread = read_records(after.proofs)
    lost = [] if catalog is None else orphans(catalog, records)
    return in_order([*problems, *unread, *lost])


def write(root: Path, change: Change) -> None:
    """Write every file of the change, or none: raises :class:`ChangeRefused` where one cannot be written.

    All new files are on the disk beside their places before the first takes its place. A run that is killed
    while they do leaves whole files only, and can be repeated. Builds and other commands wait meanwhile; who
    plans from what was read holds ``publishing.ledger.ledger(root)`` from the reading on.
    """
    with ledger(root):
        _write(root, change)


def _write(root: Path, change: Change) -> None:
    staged = {root / path: _beside(root / path) for path, data in change.files.items() if data}
    kept: dict[Path, bytes | None] = {}
    try:
        for target, temporary in staged.items():
            _stage(temporary, change.files[target.relative_to(root).as_posix()])
        for path in change.files:
            target = root / path
            kept[target] = target.read_bytes() if target.exists() else None
            _put(target, staged.get(target))
    except OSError as error:
        for target, before in kept.items():
            _restore(target, before)
        raise ChangeRefused(f"{error.filename}: {error.strerror}; nothing was changed") from error
    finally:
        for temporary in staged.values():
            if temporary.parent.is_dir():
                temporary.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}{_TEMPORARY}")


def _stage(temporary: Path, data: bytes) -> None:
    temporary.parent.mkdir(parents=True, exist_ok=True)
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(target: Path, staged: Path | None) -> None:
    if staged is None:
        target.unlink(missing_ok=True)
        return
    if target.exists():
        staged.chmod(target.stat().st_mode & 0o777)
    staged.replace(target)


def _restore(target: Path, before: bytes | None) -> None:
    if before is None:
        target.unlink(missing_ok=True)
    else:
        target.write_bytes(before)
