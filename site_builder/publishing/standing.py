"""What stands in an output folder, as the build that wrote it remembers: a hint for the next build.

It is believed only while nothing in the folder was touched since. The system sets a file's change time
(ctime) and nobody can set it back, so a folder that was restored, edited or copied over is told from one that
was not.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import SystemRandom
from typing import Any

AWARDS = "issued"
SAMPLE = 2_000
"""How many award folders are looked into on each build; of all others only the folder itself is looked at."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """What stands of an award file: the key of all that decides its bytes, and all ids in it."""

    key: str
    near: str
    """A key of more than that, which is found faster: where it is the same, so is ``key``."""
    ids: str
    """Sixteen bytes an award, in base64."""
    pinned: str = ""
    """The badges that others stack from, a line each: award id and digest. One text takes little memory."""

    def award_ids(self) -> Iterator[bytes]:
        """Yield the id of each award as its sixteen bytes."""
        raw = base64.b64decode(self.ids)
        return (raw[start : start + 16] for start in range(0, len(raw), 16))

    def pinning(self, digests: Mapping[str, str]) -> Cohort:
        """Return the cohort with these digests, by award id."""
        return replace(self, pinned="\n".join(f"{award_id} {digest}" for award_id, digest in digests.items()))


@dataclass
class Standing:
    """Everything a build remembers of the folder it wrote. All of it can be had again by a full build."""

    asked: str = ""
    """The digest of what was asked for: day, address, keys, options."""
    inputs: str = ""
    """The digest of all that the build read."""
    ground: str = ""
    """The key of all that the site's own files are made from; what stands of each award has a key apart."""
    place: list[int] = field(default_factory=list)
    """Device and number of the folder."""
    ended: int = 0
    """When the build had ended, in nanoseconds of the file system's clock."""
    folders: int = 0
    """How many award folders there were."""
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    fixed: list[str] = field(default_factory=list)
    """The paths of these files, those in the folder of awards left out."""
    pages: list[str] = field(default_factory=list)
    """The paths of the catalog's pages, and of what came with them."""
    plan: str = ""
    """What the catalog's pages were made from."""
    settled: bool = False
    """Whether every proof in it was recorded before that build: then no key has a say in it."""
    told: dict[str, Any] = field(default_factory=dict)
    """What the command says of the site."""

    def pieces(self) -> Iterator[bytes]:
        """Yield it as lines of JSON, all but the cohorts first: one text of it all would fill the memory."""
        yield _line({name: value for name, value in vars(self).items() if name != "cohorts"})
        for path, one in self.cohorts.items():
            yield _line([path, one.key, one.near, one.ids, one.pinned])


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def read_standing(raw: bytes | None) -> Standing | None:
    """Return what was remembered; ``None`` where there is nothing, or nothing that can be read."""
    found = read_marks(raw)
    if raw is None or found is None:
        return None
    try:
        for line in islice(BytesIO(raw), 1, None):
            path, *fields = json.loads(line)
            found.cohorts[path] = Cohort(*fields)
    except (ValueError, TypeError):
        # A hint that cannot be read is none: the build goes on without.
        return None
    return found


def read_marks(raw: bytes | None) -> Standing | None:
    """Return what was remembered without its cohorts, which are by far the most of it; ``None`` as above."""
    try:
        return Standing(**json.loads(BytesIO(raw).readline())) if raw else None
    except (ValueError, TypeError):
        return None  # no hint either


def stamped(output: Path, standing: Standing) -> Standing:
    """Return it with the marks of the folder as it is now, just written."""
    place = output.stat()
    standing.place = [place.st_dev, place.st_ino]
    with _award_folders(output) as (entries, _):
        standing.folders = sum(1 for _ in entries)
    probe = output / ".badgepress"
    # Touching a file reads the file system's own clock, which is not always this process's.
    os.utime(probe, ns=(probe.stat().st_atime_ns, probe.stat().st_mtime_ns))
    standing.ended = probe.stat().st_ctime_ns
    return standing


def is_untouched(output: Path, standing: Standing) -> bool:
    """Return True where nothing in the folder changed since it was written.

    Every file outside the award folders is looked at, every award folder, and the files in a random sample of
    them: what was added, taken away or put in another's place is found for certain, what was overwritten in
    an award folder by chance (in a site of at most two thousand awards, for certain).
    """
    try:
        place = output.stat()
        if [place.st_dev, place.st_ino] != standing.place:
            return False
        return _others_untouched(output, standing.ended) and _awards_untouched(output, standing)
    except OSError:
        return False  # what cannot be looked at was touched


def _others_untouched(output: Path, ended: int) -> bool:
    for parent, folders, files in os.walk(output):
        if parent == str(output) and AWARDS in folders:
            folders.remove(AWARDS)
        if any(_changed(os.path.join(parent, name), ended) for name in (*folders, *files)):  # noqa: PTH118 - by the thousand
            return False
    return True


def _changed(path: str, ended: int) -> bool:
    return os.lstat(path).st_ctime_ns > ended


@contextmanager
def _award_folders(output: Path) -> Iterator[tuple[Iterable[os.DirEntry[str]], str]]:
    """Yield the entries of the folder of awards, which know their names alone, and where it stands."""
    folder = output / AWARDS
    if not folder.is_dir():
        yield (), str(folder)
        return
    # Looked at from the folder each costs a third less than by its whole path.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with os.scandir(descriptor) as entries:
            yield entries, str(folder)
    finally:
        os.close(descriptor)


def _awards_untouched(output: Path, standing: Standing) -> bool:
    chosen = set(SystemRandom().sample(range(standing.folders), min(SAMPLE, standing.folders)))
    number, ended = 0, standing.ended
    with _award_folders(output) as (entries, folder):
        for number, entry in enumerate(entries, 1):
            if entry.stat(follow_symlinks=False).st_ctime_ns > ended:
                return False
            if number - 1 in chosen and _changed_in(f"{folder}/{entry.name}", ended):
                return False
    return number == standing.folders


def _changed_in(folder: str, ended: int) -> bool:
    with os.scandir(folder) as files:
        return any(file.stat(follow_symlinks=False).st_ctime_ns > ended for file in files)
