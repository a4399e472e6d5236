"""What large class lists cost: award files and claim links of thousands, and thousands with faults.

    python bench/rosters.py [--rows 10000] [--faults 500] [--guesses 100000] [--build]

Each command runs as a registrar would run it, in a process of its own, in a copy of the demo college:
seconds on the clock, seconds of the processor, and the most memory it had. Then the list with faults: how
many are named with row and column, and what was written. Then the search for every name and address of
the list in every byte of the repository (with ``--build`` also of the built site, which takes minutes),
and the guesses: addresses, the right ones among them, that the site of a small class confirms to who has
no roster key.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from bench._rosters import Row, csv_of, people, sown  # noqa: E402
from bench._traces import Traces, confirmed, published  # noqa: E402
from site_builder.keys import write_roster_key  # noqa: E402

_CONTENT = ("credentials", "frameworks", "issued", "docs", "mkdocs.yml")
_NOW = "2026-11-22"
_CLASS = 30
"""How many badges the guesses are tried against; each is tried with each of their published values."""


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, what it printed, and what it cost."""

    code: int
    out: str
    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True)
class College:
    """A copy of the demo college, and a roster key of its own outside it."""

    folder: Path

    @property
    def root(self) -> Path:
        """The repository."""
        return self.folder / "repository"

    def run(self, *words: str) -> Ran:
        """Run ``badgepress WORDS`` there and measure it."""
        environment = {**os.environ, "BADGEPRESS_ROSTER_KEY_FILE": str(self.folder / "roster.key")}
        command = [sys.executable, "-m", "site_builder", *words, "--now", _NOW]
        began = time.perf_counter()
        with (self.folder / "out").open("w+b") as out:
            started = subprocess.Popen(
                command,
                cwd=self.root,
                env={**environment, "PYTHONPATH": str(REPOSITORY)},
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
            _, status, used = os.wait4(started.pid, 0)
            seconds = time.perf_counter() - began
            out.seek(0)
            text = out.read().decode()
        # Linux counts memory in kibibytes.
        cost = (seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        return Ran(os.waitstatus_to_exitcode(status), text, *cost)

    def award(self, rows: list[Row]) -> Ran:
        """Award a class list."""
        roster = self.folder / "list.csv"
        roster.write_bytes(csv_of(rows))
        return self.run("award", str(roster), "--assessor", "Examination board", "--json")

    def new_files(self) -> list[str]:
        """Return the award files that the demo college does not have."""
        files = (path.relative_to(self.root).as_posix() for path in self.root.glob("issued/*/*.yaml"))
        return sorted(path for path in files if not (REPOSITORY / path).exists())


def college(folder: Path, *, without: str = "") -> College:
    """Return a copy of the demo college in a new folder; ``without`` names what is left out."""
    made = College(folder)
    made.root.mkdir(parents=True)
    for name in (name for name in _CONTENT if name != without):
        source = REPOSITORY / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, made.root / name)
    write_roster_key(folder / "roster.key")
    return made


def tell(what: str, ran: Ran, expected: int = 0) -> None:
    """Print what a command cost; stop where it did not end as it should."""
    if ran.code != expected:
        raise SystemExit(f"{what}: exit {ran.code}, not {expected}\n{ran.out[:2000]}")
    print(
        f"{what:34} {ran.seconds:7.1f} s {ran.processor:7.1f} s of processor {ran.megabytes:7.0f} MB at most"
    )


def measure_awards(made: College, rows: list[Row]) -> None:
    """Award everybody, make the claim links, and check what stands there then."""
    ran = made.award(rows)
    tell(f"award, {len(rows):,} rows", ran)
    report = json.loads(ran.out)
    print(f"    {len(report['awarded']):,} awards in {len(report['files'])} files")
    links = made.folder / "links.csv"
    words = ("--roster", str(made.folder / "list.csv"), "--out", str(links), "--json")
    ran = made.run("claims", *made.new_files(), *words)
    tell("claims", ran)
    print(f"    {json.loads(ran.out)['links']:,} links, {links.stat().st_size:,} bytes")
    tell("check of the repository, for scale", made.run("check"))


def measure_faults(made: College, rows: list[Row], count: int) -> None:
    """Award a list with faults: all must be named, and nothing written."""
    changed, where = sown(rows, count)
    ran = made.award(changed)
    tell(f"award, {count:,} faults", ran, expected=1)
    problems = json.loads(ran.out)["problems"]
    found = {(problem.get("row"), problem.get("column")) for problem in problems}
    kinds = len({problem["code"] for problem in problems})
    print(f"    {len(where & found)} of {len(where)} faults named with row and column, {kinds} problem codes")
    print(f"    {len(found - where)} named that were not sown; {len(made.new_files())} files written")


def measure_traces(made: College, rows: list[Row]) -> None:
    """Search every byte for every name and address."""
    began = time.perf_counter()
    hits = Traces([value for row in rows for value in (row["name"], row["email"])]).in_folders(made.root)
    size = sum(path.stat().st_size for path in made.root.rglob("*") if path.is_file())
    seconds = time.perf_counter() - began
    print(f"search, {2 * len(rows):,} values, {size:,} bytes: {len(hits)} hits ({seconds:.0f} s)")
    for path, _ in hits[:5]:
        print(f"    {path}")


def measure_guesses(made: College, count: int) -> None:
    """Build a small class, and try guesses against its commitments without the roster key."""
    rows = people(_CLASS, seed=3)
    tell(f"award, {_CLASS} rows", made.award(rows))
    tell("build", made.run("build", "--awards-only"))
    right = [row["email"] for row in rows] + [row["name"] for row in rows]
    guesses = right + [f"learner{number:06}@mail.example" for number in range(count - len(right))]
    began = time.perf_counter()
    found, tried = confirmed(guesses, made.root / "site")
    commitments, values = published(made.root / "site")
    seconds = time.perf_counter() - began
    print(f"guesses: {len(guesses):,} ({len(right)} of them right), against {len(commitments)} commitments")
    print(f"    {tried:,} times with one of {len(values):,} published values: {len(found)} confirmed")
    print(f"    {seconds:.0f} s")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--build", action="store_true", help="build the site of all rows, and search it too")
    given = parser.parse_args()
    rows = people(given.rows)
    with tempfile.TemporaryDirectory(prefix="badgepress-bench-") as folder:
        measure_faults(college(Path(folder, "faults")), rows, given.faults)
        large = college(Path(folder, "large"))
        measure_awards(large, rows)
        if given.build:
            tell("build", large.run("build", "--awards-only"))
        measure_guesses(college(Path(folder, "guesses"), without="issued"), given.guesses)
        measure_traces(large, rows)  # last: a process counts what its parent had before it as its own memory


if __name__ == "__main__":
    main()
