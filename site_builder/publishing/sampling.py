"""The new site read back as a stranger would, before it takes its place: all of a small one, else a sample.

What is read is what was written and, where nothing was, what stands already. The verifier shares no state
with the press: it has keys, lists and badges from these files alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from random import SystemRandom

from site_builder.assembling.addresses import Addresses, award_json
from site_builder.executors import each
from site_builder.publishing.batches import award_ids
from site_builder.publishing.cohorts import Done
from site_builder.publishing.request import VerificationFailed
from site_builder.survey import WITHDRAWN, Survey, Surveyed
from site_builder.survey.columns import unpacked
from site_builder.verifying.files import read_below
from site_builder.verifying.instants import noon
from site_builder.verifying.run import Run
from site_builder.verifying.site import folder_problems
from site_builder.verifying.sources import MAX_BYTES, Copy, FolderSource, Unavailable
from site_builder.verifying.verdict import State

SAMPLE = 100
"""How many of the badges that were made are verified by the library: all of fewer, else so many at random."""
_A_TASK = 25


class StagedSite(FolderSource):
    """A site that is being made: files of ``folder``, and where it has none those of ``standing``."""

    def __init__(self, folder: Path, standing: Path | None, at: Addresses) -> None:
        Copy.__init__(self, folder.resolve(), at.base)
        self.did, self.catalog, self.problem = at.did, {}, ""
        self._standing = standing.resolve() if standing else None

    def asked(self, meant: Mapping[str, str], now: date) -> Asked:
        """Return the question whether these badges, by award id, say what they are meant to say."""
        return Asked(self.root, self._standing, self.base, now, meant)

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


@dataclass(frozen=True)
class Asked:
    """Some badges of a site that is being made: where its files are, and what each badge should say."""

    folder: Path
    standing: Path | None
    base: str
    now: date
    meant: Mapping[str, str]


def read_back(site: StagedSite, found: Survey, done: Done, now: date, executor: Executor) -> int:
    """Return how many of the badges that were made are read back; each says what it was meant to say.

    Raises ``VerificationFailed`` where one does not, or where keys, lists or achievements are wrong.
    """
    sample = _sample([pressed.made for pressed in done.pressed])
    meant = sorted(_meant(sample, found, now))
    told = [f"{problem.path}: {problem.message}" for problem in folder_problems(site, Run(site, noon(now)))]
    asked = (site.asked(dict(meant[start : start + _A_TASK]), now) for start in range(0, len(meant), _A_TASK))
    # One task is over here before a process has learnt what it needs for it.
    answers = map(wrong, asked) if len(meant) <= _A_TASK else each(executor, wrong, asked)
    told += [fault for faults in answers for fault in faults]
    if told:
        raise VerificationFailed(told)
    return len(meant)


def _sample(made: Sequence[bytes]) -> set[str]:
    """Return at most ``SAMPLE`` award ids at random, from texts of sixteen bytes each."""
    starts = list(accumulate((len(ids) // 16 for ids in made), initial=0))
    drawn = SystemRandom().sample(range(starts[-1]), min(SAMPLE, starts[-1]))
    places = ((bisect_right(starts, number) - 1, number) for number in drawn)
    return {unpacked(made[file][16 * (number - starts[file]) :][:16]) for file, number in places}


def wrong(asked: Asked) -> list[str]:
    """Return what is wrong with some badges, in words, as a stranger finds it with the library."""
    site = StagedSite(asked.folder, asked.standing, Addresses(asked.base))
    run = Run(site, noon(asked.now))
    return list(_wrong(site, run, asked.meant))


def _wrong(site: StagedSite, run: Run, meant: Mapping[str, str]) -> Iterator[str]:
    for award, state in meant.items():
        path = award_json(award)
        said = run.judge(site.file(path), path)
        if said.state.value != state or said.id != site.base + path:
            yield f"{path}: is {said.state.value}, meant to be {state}: {said.summary}"


def _meant(sample: Collection[str], found: Survey, now: date) -> Iterator[tuple[str, str]]:
    for file in {item.path: item for item in found.holding(sample).values()}.values():
        yield from ((award, state) for award, state in meant_of(file, found, now) if award in sample)


def meant_of(file: Surveyed, found: Survey, now: date) -> Iterator[tuple[str, str]]:
    """Yield each award of a file with what a stranger should find of its badge on that day."""
    states = _states(file, found, now)
    yield from ((award, state.value) for award, state in zip(award_ids(file.ids), states, strict=True))


def states_of(found: Survey, now: date) -> dict[str, int]:
    """Return how many badges of the whole site are in each state; every state is named, also with 0."""
    counted = Counter(state for file in found.files for state in _states(file, found, now))
    return {state.value: counted[state] for state in State}


def _states(file: Surveyed, found: Survey, now: date) -> list[State]:
    """Return what a stranger should find of each badge of a file, in its order."""
    if found.catalog is None:
        raise ValueError("nothing is published of a repository with errors")
    until = found.catalog.achievements[file.credential, file.version].until(file.issued_on)
    usual = State.EXPIRED if until is not None and until <= now else State.VALID
    states, today = [usual] * file.awards, now.toordinal()
    for number, end in enumerate(file.expires):
        if end:
            states[number] = State.EXPIRED if end <= today else State.VALID
    if found.resting:
        for number, award in enumerate(award_ids(file.ids)):
            if award in found.resting:
                # A stack of a withdrawn part is none to rely on.
                states[number] = State.UNKNOWN
    for number, bits in enumerate(file.states):
        if bits & WITHDRAWN:
            states[number] = State.REVOKED
    return states
