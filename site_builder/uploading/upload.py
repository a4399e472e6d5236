"""A verified site goes to its bucket, many files at once, stage by stage.

There is no list of what was published: the bucket's own listing says it, so nothing can be out of date. Where
an ETag is no MD5 (encrypted with a key of one's own), the mark beside each object is asked instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from site_builder.uploading.difference import (
    MARKER,
    Stored,
    by_stage,
    erased_awards,
    is_badge,
    looks_the_same,
    may_go,
    other_sites,
)
from site_builder.uploading.files import SiteFile, described, read_again
from site_builder.uploading.guarding import refuse_loss, refuse_occupied
from site_builder.verifying.sources import FolderSource

A = TypeVar("A")
B = TypeVar("B")

AT_ONCE = 32
"""How many requests are on their way at one time."""

_MARKER_TEXT = b"A site that badgepress published. What it put here it may take away again.\n"


class Place(Protocol):
    """Where objects are kept: see ``bucket.Bucket``."""

    def objects(self) -> dict[str, Stored]:
        """Return every object by its path."""

    def read(self, path: str) -> bytes:
        """Return the content of an object."""

    def mark(self, path: str) -> str:
        """Return what the press wrote beside an object; empty where it did not put it there."""

    def put(self, file: SiteFile, data: bytes, seen: Stored | None) -> None:
        """Write an object that is as it was seen, or not there."""

    def delete(self, path: str) -> None:
        """Take an object away."""


@dataclass(frozen=True)
class Plan:
    """What a run will do: ``writes`` and ``deletes`` stage by stage, and what stays as it is."""

    files: dict[str, SiteFile]
    seen: dict[str, Stored]
    writes: list[list[str]]
    deletes: list[list[str]]
    kept: list[str]
    """Not in the site, and verifiers may still ask for it."""
    foreign: list[str]
    """Not in the site, and put there by somebody else, or of another site below this one."""

    @property
    def written(self) -> list[str]:
        """Every path that is written, in order."""
        return [path for stage in self.writes for path in stage]

    @property
    def deleted(self) -> list[str]:
        """Every path that goes, in order."""
        return [path for stage in self.deletes for path in stage]

    @property
    def badges(self) -> tuple[int, int]:
        """How many badges are written that were not there, and that were there with another content."""
        written = [path for path in self.written if is_badge(path)]
        there = [path for path in written if path in self.seen]
        changed = sum(not looks_the_same(self.files[path], self.seen[path]) for path in there)
        return len(written) - len(there), changed


def plan_upload(site: FolderSource, files: dict[str, SiteFile], place: Place, *, fresh: bool = False) -> Plan:
    """Return what is to be done so that the bucket has ``files``; nothing is written.

    ``fresh`` writes all of it again, as when headers were changed by others. Raises ``UploadRefused``, as a
    ``WouldLose`` where a published badge or a revocation would be lost.
    """
    seen = place.objects()
    refuse_occupied(seen, str(place))
    refuse_loss(site, files, seen, place)
    everything = _with_marker(files, seen)
    changed = list(everything) if fresh else _changed(everything, seen, place)
    below, erased = other_sites(seen, files), erased_awards(files)
    more = sorted(path for path in seen if path not in everything and path != MARKER)
    strange = [path for path in more if path.startswith(below)]
    more = [path for path in more if not path.startswith(below)]
    free = [path for path in more if may_go(path, erased)]
    ours = [path for path, mark in zip(free, _at_once(place.mark, free), strict=True) if mark]
    return Plan(
        files=everything,
        seen={path: seen[path] for path in changed if path in seen},
        writes=by_stage(changed),
        deletes=by_stage(ours)[::-1],
        kept=sorted(set(more) - set(free)),
        foreign=sorted({*strange, *free} - set(ours)),
    )


def carry_out(plan: Plan, folder: Path, place: Place, step: Callable[[], None] = lambda: None) -> None:
    """Write and delete what ``plan`` says; ``step`` is called after each object.

    A stage begins when all of the one before is there, and deletions come last, so that at each moment every
    page has its badge. Raises ``UploadRefused`` at the first failure; another run goes on from there.
    """

    def write(path: str) -> None:
        file = plan.files[path]
        is_own = path == MARKER and not (folder / MARKER).exists()
        data = _MARKER_TEXT if is_own else read_again(folder, file)
        place.put(file, data, plan.seen.get(path))

    for stages, act in ((plan.writes, write), (plan.deletes, place.delete)):
        for stage in stages:
            for _ in _at_once(act, stage):
                step()


def _with_marker(files: dict[str, SiteFile], seen: dict[str, Stored]) -> dict[str, SiteFile]:
    """Return the files with the marker, which copies that leave out dot files have lost."""
    if MARKER in files or MARKER in seen:
        return files
    return {**files, MARKER: described(MARKER, _MARKER_TEXT)}


def _changed(files: dict[str, SiteFile], seen: dict[str, Stored], place: Place) -> list[str]:
    differ = [path for path in files if path not in seen or not looks_the_same(files[path], seen[path])]
    # Of another size it is another file; else the ETag may be no MD5, and the mark says what it is.
    doubtful = [path for path in differ if path in seen and seen[path].size == files[path].size]
    marks = zip(doubtful, _at_once(place.mark, doubtful), strict=True)
    same = {path for path, mark in marks if mark == files[path].mark}
    return [path for path in differ if path not in same]


def _at_once(act: Callable[[A], B], things: Sequence[A]) -> Iterable[B]:
    """Yield what ``act`` returns for each thing, in order; at the first failure no more is begun."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = [pool.submit(act, thing) for thing in things]
        try:
            for future in futures:
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)
