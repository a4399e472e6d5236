"""What whole repositories cost: each step as a person runs it, and others' way through the same credentials.

A step is the command in a process of its own, Python's start included. What the press keeps from run to run
is taken away where a step says that it starts from nothing; the system's own cache of files stays warm, for
us and for others alike.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench._contest import PEERS, Disagreement, environment, words_for
from bench._costs import Cost, Ran, median, run
from bench._floors import FLOORS
from bench._jobs import REPOSITORY, Keys, badges, write_job
from bench._programme import write_one_more, write_programme
from bench._repository import NOW
from bench._results import Build, Run

Costs = defaultdict[str, list[Cost]]


@dataclass
class Bed:
    """A generated repository, the site beside it, and the keys it is given, if not the demo's."""

    folder: Path
    awards: int
    keys: Keys | None = None

    def __post_init__(self) -> None:
        """Write the repository."""
        self.root, self.site = self.folder / "repository", self.folder / "site"
        public = self.keys.public if self.keys else None
        self.written = write_programme(self.root, self.awards, keys=public)
        self._own = set(self.root.iterdir())

    def forget(self, *keeping: str) -> None:
        """Take away the site and what the press kept in the repository, but for what is ``keeping``."""
        shutil.rmtree(self.site, ignore_errors=True)
        for path in set(self.root.iterdir()) - self._own - {self.root / name for name in keeping}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def press(self, *words: str) -> Ran:
        """Run ``badgepress WORDS`` and return what it cost."""
        kept = {name: value for name, value in environment().items() if not name.startswith("BADGEPRESS_")}
        given = self.keys.environment if self.keys else {}
        command = [sys.executable, "-m", "site_builder", *words, "--now", NOW.isoformat()]
        return run(command, REPOSITORY, {**kept, **given})

    def build(self) -> Cost:
        """Build the site."""
        return self.press("build", "--root", str(self.root), "--output", str(self.site)).cost

    def check(self) -> Cost:
        """Check the repository."""
        return self.press("check", "--root", str(self.root)).cost

    def verify(self) -> Cost:
        """Verify the site."""
        return self.press("verify", str(self.site)).cost


@dataclass
class Measured:
    """The costs of all rounds at one size."""

    steps: Costs = field(default_factory=lambda: defaultdict(list))
    floors: Costs = field(default_factory=lambda: defaultdict(list))
    peers: Costs = field(default_factory=lambda: defaultdict(list))
    weights: tuple[float, int] = (0.0, 0)


def measure_size(scratch: Path, awards: int, keys: Keys, rounds: int, peer_rounds: int) -> Build:
    """Return what a repository of so many awards costs; peers take part in the first ``peer_rounds`` rounds.

    Raises :class:`Disagreement` where a peer's proof is not the published one.
    """
    plain, keyed = Bed(scratch / "plain", awards), Bed(scratch / "keyed", awards, keys)
    found = Measured()
    for number in range(rounds):
        _steps(plain, number, found.steps)
        _recorded(keyed, found.steps)
        for name in PEERS if number < peer_rounds else ():
            found.peers[name].append(_peer(name, scratch / "peer", keyed.site, keys))
        for name in FLOORS:
            found.floors[name].append(_floor(name, keyed, scratch / "floor"))
        found.weights = weights(keyed.site, awards)
    published, site = found.weights
    written = plain.written
    shutil.rmtree(plain.folder)
    shutil.rmtree(keyed.folder)
    costs = (_medians(costs) for costs in (found.steps, found.floors, found.peers))
    return Build(awards, written.files, written.shapes, published, site, *costs)


def _medians(costs: Costs) -> Mapping[str, Run]:
    return {name: Run.of(median(every), len(every)) for name, every in costs.items()}


def _steps(bed: Bed, number: int, into: Costs) -> None:
    """Go once through what happens to a repository; its proofs are not recorded."""
    bed.forget()
    into["check"].append(bed.check())
    into["check again"].append(bed.check())
    bed.forget()
    into["full"].append(bed.build())
    into["again"].append(bed.build())
    added = write_one_more(bed.root, bed.written, number)
    into["one more"].append(bed.build())
    into["verify"].append(bed.verify())
    (bed.root / added).unlink()


def _recorded(bed: Bed, into: Costs) -> None:
    """Build with keys of its own: once with proofs to make and record, once with all proofs recorded."""
    bed.forget()
    into["first"].append(bed.build())
    bed.forget("proofs")
    into["recorded"].append(bed.build())


def _peer(name: str, folder: Path, site: Path, keys: Keys) -> Cost:
    """Let a peer sign every credential of a site and write it; compare each proof with the published one."""
    folder.mkdir()
    target = folder / "site"
    job, published = write_job(folder, site, badges(site), keys, into=str(target))
    cost = run(words_for(name, job), REPOSITORY, environment()).cost
    wrong = sum(one != other for one, other in zip(_proofs(target), published, strict=True))
    if wrong:
        raise Disagreement(f"{name}: {wrong} of {len(published)} proofs are not the published ones")
    shutil.rmtree(folder)
    return cost


def _proofs(site: Path) -> Iterator[str]:
    for path in badges(site):
        proof = json.loads(path.read_bytes())["proof"]
        yield (proof[0] if isinstance(proof, list) else proof)["proofValue"]


def _floor(name: str, bed: Bed, folder: Path) -> Cost:
    words = [sys.executable, REPOSITORY / "bench" / "_floors.py", name, bed.root, bed.site, folder]
    cost = run(map(str, words), REPOSITORY, environment()).cost
    shutil.rmtree(folder, ignore_errors=True)
    return cost


def weights(site: Path, awards: int) -> tuple[float, int]:
    """Return how many bytes are published for one award, and for the whole site."""
    whole = issued = 0
    for folder, _, names in os.walk(site):
        size = sum(Path(folder, name).stat().st_size for name in names)
        whole += size
        issued += size if Path(folder).is_relative_to(site / "issued") else 0
    return round(issued / awards, 1), whole


def extrapolated(builds: list[Build]) -> list[Build]:
    """Return the builds, and where a peer did not run what it would need, in proportion to a smaller one."""
    known: dict[str, tuple[int, Run]] = {}
    done = []
    for build in sorted(builds, key=lambda build: build.awards):
        known |= {name: (build.awards, run) for name, run in build.peers.items()}
        missing = {
            name: _grown(run, build.awards / awards)
            for name, (awards, run) in known.items()
            if name not in build.peers
        }
        peers = {**build.peers, **missing}
        done.append(Build(**{**{slot: getattr(build, slot) for slot in Build.__slots__}, "peers": peers}))
    return done


def _grown(run: Run, times: float) -> Run:
    return Run(round(run.wall * times, 1), round(run.cpu * times, 1), run.megabytes, 0, extrapolated=True)
