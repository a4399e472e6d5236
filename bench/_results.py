"""What was measured, as it is kept in ``bench/results.json``.

Page and plot are drawn from that file, and drawn again by a test.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench._costs import Cost
from tools.node import PACKAGES, find_node, major_version

Json = dict[str, Any]

RESULTS = Path(__file__).with_name("results.json")
STEPS = ("check", "check again", "full", "recorded", "first", "again", "one more", "verify")
"""What is done with a repository and measured; told in words by ``bench/_page.py``."""


@dataclass(frozen=True, slots=True)
class Run:
    """The median cost of several runs; ``extrapolated`` where none ran: it follows from a smaller size."""

    wall: float
    cpu: float
    megabytes: float
    rounds: int
    extrapolated: bool = False

    @classmethod
    def of(cls, cost: Cost, rounds: int) -> Run:
        """Return what is kept of a cost: digits beyond these are noise."""
        return cls(round(cost.wall, 3), round(cost.cpu, 3), round(cost.megabytes, 1), rounds)


@dataclass(frozen=True, slots=True)
class Build:
    """What one size of repository costs: our steps, their floors, and others' whole builds."""

    awards: int
    files: int
    """How many award files there are."""
    shapes: int
    """In how many shapes its credentials come: which optional parts they have, and how many of each."""
    published: float
    """Bytes that are published for one award: its badge, its pages."""
    site: int
    """Bytes of the whole site."""
    steps: Mapping[str, Run]
    floors: Mapping[str, Run]
    peers: Mapping[str, Run]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of so many random credentials, in so many shapes, how many had the same proof."""

    credentials: int
    shapes: int
    same: int


@dataclass(frozen=True, slots=True)
class Results:
    """One run of ``bench/scale.py``."""

    day: str
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    contest: Json
    agreement: Mapping[str, Agreement]
    builds: tuple[Build, ...] = field(default=())

    def to_json(self) -> str:
        """Return the text of the file that keeps the results."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_results(path: Path) -> Results:
    """Return the results that a file keeps."""
    data = json.loads(path.read_text("utf-8"))
    return Results(
        day=data["day"],
        machine=data["machine"],
        versions=data["versions"],
        contest=data["contest"],
        agreement={name: Agreement(**found) for name, found in data["agreement"].items()},
        builds=tuple(_build(found) for found in data["builds"]),
    )


def _build(data: Json) -> Build:
    runs = {
        kind: {name: Run(**run) for name, run in data[kind].items()} for kind in ("steps", "floors", "peers")
    }
    return Build(**{**data, **runs})


def this_machine(folder: Path) -> dict[str, str]:
    """Return what the figures depend on: processor, cores, memory, the file system of ``folder``, kernel."""
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{_memory() / 1e9:.0f} GB",
        "files": _file_system(folder),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _file_system(folder: Path) -> str:
    """Return the kind of file system that a folder is in, such as ext4; tmpfs is kept in memory."""
    found = {}
    for line in Path("/proc/mounts").read_text("utf-8").splitlines():
        _, place, kind, *_ = line.split()
        if folder.resolve().is_relative_to(place):
            found[len(place)] = kind
    return found[max(found)]


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def these_versions() -> dict[str, str]:
    """Return the versions of what is compared."""
    npm = json.loads((PACKAGES / "package.json").read_text("utf-8"))["dependencies"]
    names = ("@digitalbazaar/vc", "@digitalbazaar/eddsa-rdfc-2022-cryptosuite")
    return {
        **{name: npm[name] for name in names},
        "Node": str(major_version(find_node().program)),
        **{name: version(name) for name in ("PyLD", "PyNaCl", "openbadgeslib", "PyYAML")},
    }
