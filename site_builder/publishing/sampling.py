"""The new site read back as a stranger would, before it takes its place: all of a small one, else a sample.

What is read is what was written and, where nothing was, what stands already. The verifier shares no state
with the press: it has keys, lists and badges from these files alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from random import SystemRandom

from site_builder.assembling.addresses import Addresses, award_json
from site_builder.publishing.batches import award_ids
from site_builder.publishing.request import VerificationFailed
from site_builder.survey import WITHDRAWN, Survey, Surveyed
from site_builder.verifying.compiled import Shapes
from site_builder.verifying.files import read_below
from site_builder.verifying.instants import noon
from site_builder.verifying.run import Run
from site_builder.verifying.site import folder_problems
from site_builder.verifying.sources import MAX_BYTES, Copy, FolderSource, Unavailable
from site_builder.verifying.verdict import State

COMPILED = 1_000
"""How many of the badges that were made are verified: all of fewer, else so many at random."""
LIBRARY = 50
"""How many of those, at random, are verified by the library too."""


class StagedSite(FolderSource):
    """A site that is being made: files of ``folder``, and where it has none those of ``standing``."""

    def __init__(self, folder: Path, standing: Path | None, at: Addresses) -> None:
        Copy.__init__(self, folder.resolve(), at.base)
        self.did, self.catalog, self.problem = at.did, {}, ""
        self._standing = standing.resolve() if standing else None

    def file(self, path: str, largest: int = MAX_BYTES) -> bytes:
        """Return the bytes of a file of the site to come; raise :class:`Unavailable`."""
        try:
            return read_below(self.root, path, largest)
        except Unavailable:
            if self._standing is None:
                raise
            return read_below(self._standing, path, largest)

    def paths(self, pattern: str) -> list[str]:
        """Return the paths that match ``pattern``, relative to the site, in order."""
        folders = (self.root, self._standing) if self._standing else (self.root,)
        return sorted(
            {path.relative_to(folder).as_posix() for folder in folders for path in folder.glob(pattern)}
        )


def read_back(site: StagedSite, found: Survey, made: Iterable[Surveyed], now: date) -> int:
    """Return how many badges of the files in ``made`` were read back; each says what it was meant to say.

    Raises ``VerificationFailed`` where one does not, or where keys, lists or achievements are wrong.
    """
    meant = {award: state for file in made for award, state in meant_of(file, found, now)}
    chance = SystemRandom()
    chosen = sorted(meant if len(meant) <= COMPILED else chance.sample(sorted(meant), COMPILED))
    again = sorted(chance.sample(chosen, min(LIBRARY, len(chosen))))
    run = Run(site, noon(now), frozenset(), Shapes())
    told = [f"{problem.path}: {problem.message}" for problem in folder_problems(site, run)]
    told += _wrong(site, run, {award: meant[award] for award in chosen})
    told += _wrong(site, Run(site, noon(now)), {award: meant[award] for award in again})
    if told:
        raise VerificationFailed(told)
    return len(chosen)


def _wrong(site: StagedSite, run: Run, meant: Mapping[str, str]) -> Iterator[str]:
    for award, state in meant.items():
        path = award_json(award)
        said = run.judge(site.file(path), path)
        if said.state.value != state or said.id != site.base + path:
            yield f"{path}: is {said.state.value}, meant to be {state}: {said.summary}"


def meant_of(file: Surveyed, found: Survey, now: date) -> Iterator[tuple[str, str]]:
    """Yield each award of a file with what a stranger should find of its badge on that day."""
    if found.catalog is None:
        return
    until = found.catalog.achievements[file.credential, file.version].until(file.issued_on)
    for number, award in enumerate(award_ids(file.ids)):
        end = file.expires.get(number, until)
        if file.states[number] & WITHDRAWN:
            yield award, State.REVOKED.value
        elif award in found.resting:
            # A stack of a withdrawn part is none to rely on.
            yield award, State.UNKNOWN.value
        else:
            yield award, (State.EXPIRED if end is not None and end <= now else State.VALID).value


def states_of(found: Survey, now: date) -> dict[str, int]:
    """Return how many badges of the whole site are in each state; every state is named, also with 0."""
    counted = Counter(state for file in found.files for _, state in meant_of(file, found, now))
    return {state.value: counted[state.value] for state in State}
