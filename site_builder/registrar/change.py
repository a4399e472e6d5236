"""A change of the repository: planned as a whole, checked as a whole, written all or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.catalog.resolve import resolve
from site_builder.problems import Problem, in_order
from site_builder.publishing.ledger import ledger
from site_builder.publishing.recorded import orphans
from site_builder.publishing.records import read_records
from site_builder.publishing.whole_files import refuse_links, stage, write_whole
from site_builder.reading.repository import Repository, overlaid

# Of the files that are there already, proofs change before awards: an erasure that was stopped between the
# two finds its award again. A key is marked before its proofs go, so that each of them is still told.
_ORDER = ("credentials/", "proofs/", "issued/")


@dataclass(frozen=True, slots=True)
class Change:
    """What will stand at each path of the repository; empty bytes take the file away."""

    files: Mapping[str, bytes]


class NotPlanned(Exception):  # noqa: N818 - it says what happened
    """A change cannot be planned; ``problems`` are of authors' files. Nothing was written."""

    def __init__(self, message: str, hint: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = list(problems)


class ChangeRefused(Exception):  # noqa: N818 - it says what happened
    """A change cannot be written; ``str()`` says why, and whether every file is as it was."""


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

    All files are on the disk beside their places before the first takes its place, new ones before those
    that change. What stops the run meanwhile, Ctrl-C too, puts back what was there; where even that fails,
    the error names the file. A run that is killed outright leaves whole files, perhaps not all of them:
    git status shows which. Builds and other commands wait; who plans from what was read holds
    ``publishing.ledger.ledger(root)`` from the reading on.
    """
    with ledger(root):
        staged: dict[str, Path] = {}
        try:
            for path, data in change.files.items():
                _prepare(root, path, data, staged)
            _put_all(root, sorted(change.files, key=lambda path: _turn(root, path)), staged)
        except OSError as error:
            lost = "; ".join(getattr(error, "__notes__", ["nothing was changed"]))
            raise ChangeRefused(f"{error.filename}: {error.strerror}; {lost}") from error
        finally:
            for temporary in staged.values():
                temporary.unlink(missing_ok=True)


def _turn(root: Path, path: str) -> tuple[bool, int]:
    """Return when a file takes its place: new ones first, as the others may point to them."""
    ranks = [rank for rank, folder in enumerate(_ORDER) if path.startswith(folder)]
    return (root / path).exists(), next(iter(ranks), len(_ORDER))


def _prepare(root: Path, path: str, data: bytes, staged: dict[str, Path]) -> None:
    refuse_links(root, path)
    target = root / path
    if data:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged[path] = stage(target, data, _mode(target))


def _mode(target: Path) -> int | None:
    return target.stat().st_mode & 0o777 if target.exists() else None


def _put_all(root: Path, paths: list[str], staged: dict[str, Path]) -> None:
    before: dict[Path, tuple[bytes, int | None] | None] = {}
    try:
        for path in paths:
            target = root / path
            before[target] = (target.read_bytes(), _mode(target)) if target.exists() else None
            if path in staged:
                staged[path].replace(target)
            else:
                target.unlink(missing_ok=True)
    except BaseException as error:
        for target, kept in before.items():
            _restore(target, kept, error)
        raise


def _restore(target: Path, kept: tuple[bytes, int | None] | None, first: BaseException) -> None:
    """Put back what was there; where that fails, note it with the error that came first, and go on."""
    try:
        if kept is None:
            target.unlink(missing_ok=True)
        else:
            write_whole(target, *kept)
    except OSError as error:
        first.add_note(f"{target} could not be put back ({error.strerror}): git restore or delete it")
