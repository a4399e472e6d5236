"""What a command costs: seconds on the clock, seconds of all its processes, and the memory of the largest."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("_launcher.py")
_TOLD = 2000


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall seconds, processor seconds of the whole tree of processes, megabytes of the largest of them."""

    wall: float
    cpu: float
    megabytes: float


class CommandFailed(Exception):  # noqa: N818 - it says what happened
    """A command that is measured ended with another exit code than it should."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a command."""

    cost: Cost
    out: str


def run(words: Iterable[str], folder: Path, environment: Mapping[str, str] | None = None) -> Ran:
    """Run a command in ``folder`` to its end and return its cost and what it printed.

    What others wrote is on the disk by then. Raises :class:`CommandFailed` for any exit code but 0: a failure
    is not a figure.
    """
    os.sync()
    every = [str(word) for word in words]
    with tempfile.TemporaryDirectory(prefix="badgepress-bench-") as place:
        report = Path(place, "cost.json")
        launcher = [sys.executable, "-I", "-S", str(_LAUNCHER), str(report)]
        finished = subprocess.run(
            [*launcher, *every],
            cwd=folder,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if finished.returncode:
            told = (finished.stderr + finished.stdout)[-_TOLD:]
            raise CommandFailed(f"{' '.join(every)[:300]}: exit {finished.returncode}\n{told}")
        found = json.loads(report.read_text("utf-8"))
    return Ran(Cost(found["wall"], found["cpu"], found["kilobytes"] * 1024 / 1e6), finished.stdout)


def median(costs: Iterable[Cost]) -> Cost:
    """Return the median seconds of several runs, each on its own, and the most memory that any had."""
    every = list(costs)
    return Cost(
        statistics.median(cost.wall for cost in every),
        statistics.median(cost.cpu for cost in every),
        max(cost.megabytes for cost in every),
    )
