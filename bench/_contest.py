"""What one credential costs us and others: the same credentials, the same key, in turn, in the same run.

Each runs in a process of its own, so that its processor time is its alone. Each signs all credentials once
before the clock starts: what is compiled, cached or translated to machine code is so by then. They come as in
a build, those of one cohort after another: to us that matters, as templates stay in the processor's memory.
Every proof is compared with the published one; where one differs there are no figures.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench._jobs import REPOSITORY, Keys, by_cohort, sampled, write_job
from tools.node import PACKAGES, find_node

PEERS = ("vc", "pyld", "openbadgeslib")
FLOORS = ("signing", "writing")
ORDER = ("ours", "vc", "pyld", "library", "openbadgeslib", *FLOORS)
"""Who is measured, in the order of each round."""
_QUICK = {"ours": 20, "signing": 50}
"""Who is so quick that the clock is read only after so many passes over all credentials."""

Json = dict[str, Any]


@dataclass
class Contest:
    """Microseconds per credential of each round, by contestant, and what else was found."""

    credentials: int
    cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wall: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    shapes: int = 0
    compiling: float = 0.0
    """Processor microseconds to compile one shape."""

    def to_json(self) -> Json:
        """Return the medians, and what they are medians of."""
        return {
            "credentials": self.credentials,
            "rounds": len(self.cpu["ours"]),
            "shapes": self.shapes,
            "compiling": round(self.compiling),
            "cpu": {name: round(median(found), 1) for name, found in self.cpu.items()},
            "wall": {name: round(median(found), 1) for name, found in self.wall.items()},
        }


class Disagreement(Exception):  # noqa: N818 - it says what happened
    """A contestant's proof is another than the published one: the figures would compare nothing."""


def contest(scratch: Path, repository: Path, site: Path, keys: Keys, count: int, rounds: int) -> Contest:
    """Measure everybody on ``count`` credentials of a built site, ``rounds`` times in turn.

    Raises :class:`Disagreement`.
    """
    paths = sampled(by_cohort(repository, site), count)
    found = Contest(len(paths))
    for number in range(rounds):
        for name in ORDER:
            folder = scratch / f"{name}-{number}"
            folder.mkdir(parents=True)
            result = _measured(name, folder, repository, site, keys, paths)
            found.cpu[name].append(result["cpu"] / result["count"])
            found.wall[name].append(result["wall"] / result["count"])
            if name == "ours":
                found.shapes, found.compiling = result["shapes"], result["compiling"]
            shutil.rmtree(folder)
    return found


def _measured(name: str, folder: Path, repository: Path, site: Path, keys: Keys, paths: list[Path]) -> Json:
    more = {
        "warm": 0 if name == "writing" else len(paths),
        "repeat": _QUICK.get(name, 1),
        "repository": str(repository),
        "published": str(site),
        "scratch": str(folder / "written"),
    }
    job, proofs = write_job(folder, site, paths, keys, **more)
    result = told_by(name, job)
    if name not in FLOORS and result["proofs"] != proofs:
        wrong = sum(one != other for one, other in zip(result["proofs"], proofs, strict=True))
        raise Disagreement(f"{name}: {wrong} of {len(proofs)} proofs are not the published ones")
    return result


def words_for(name: str, job: Path) -> list[str]:
    """Return the command that lets a contestant do a job."""
    if name == "vc":
        return [str(find_node().program), str(PACKAGES / "sign.mjs"), str(job)]
    return [sys.executable, str(REPOSITORY / "bench" / "_sign.py"), name, str(job)]


def environment() -> dict[str, str]:
    """Return what contestants are run with: nothing that would change how Node or Python work."""
    return dict(_kept())


def _kept() -> Iterator[tuple[str, str]]:
    for name, value in os.environ.items():
        if name != "NODE_OPTIONS" and not name.startswith("PYTHON"):
            yield name, value


def told_by(name: str, job: Path) -> Json:
    """Return what a contestant tells of a job; raise CalledProcessError where it fails."""
    finished = subprocess.run(
        words_for(name, job), cwd=REPOSITORY, env=environment(), stdout=subprocess.PIPE, check=True
    )
    result: Json = json.loads(finished.stdout)
    return result
