"""What publishing a large site to S3 costs, the first time and after one award more, beside rclone sync.

    python bench/publish.py [--awards 10000] [--rounds 1]

The server is ``rclone serve s3`` on this machine, over a folder: it knows no distance, and its own work is
not counted. Each command runs in a process of its own: seconds on the clock, seconds of the processor, and
how many objects were written, by the server's files before and after. ``publish`` verifies the site before it
writes; ``verify`` alone is there to subtract. rclone compares by checksums from one listing, which is its
quickest way, and knows no order: what it writes first is chance.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from bench._programme import write_one_more, write_programme  # noqa: E402
from bench._repository import NOW  # noqa: E402
from tests.support.s3 import ACCESS, SECRET, S3Server, s3_server  # noqa: E402

PRESS = (sys.executable, "-m", "site_builder")
AT_ONCE = "32"


@dataclass(frozen=True)
class Bench:
    """A repository, its site, and the server that the site goes to."""

    root: Path
    server: S3Server

    @property
    def site(self) -> Path:
        """The built site."""
        return self.root / "site"

    def build(self, said: str) -> None:
        """Build the site for the day of the measurements."""
        self.told(f"build, {said}", (*PRESS, "build", "--root", str(self.root), "--now", str(NOW)))
        files = sum(path.is_file() for path in self.site.rglob("*"))
        print(f"    {files:,} files")

    def publish(self, said: str, number: int) -> None:
        """Publish and synchronise, each to a place of its own."""
        site, now = str(self.site), ("--now", str(NOW))
        self.told("verify alone", (*PRESS, "verify", site, *now))
        ours, theirs = f"ours-{number}", f"rclone-{number}"
        self.told(f"publish, {said}", (*PRESS, "publish", f"s3://badges/{ours}", "--site", site, *now), ours)
        at_once = ("--transfers", AT_ONCE, "--checkers", AT_ONCE, "--fast-list", "--checksum")
        sync = ("sync", *at_once, "--quiet", site, f":s3:badges/{theirs}")
        self.told(f"rclone sync, {said}", (str(Path(sys.executable).with_name("rclone")), *sync), theirs)

    def told(self, what: str, command: tuple[str, ...], prefix: str = "") -> None:
        """Run a command and print what it cost; stop where it fails."""
        before = self.server.objects(prefix) if prefix else {}
        seconds, processor = _cost(command, self._environment())
        written = ""
        if prefix:
            after = self.server.objects(prefix)
            written = f"{sum(after[path] != before.get(path) for path in after):>9,} objects written"
        print(f"{what:34} {seconds:7.1f} s {processor:7.1f} s of processor {written}", flush=True)

    def _environment(self) -> Mapping[str, str]:
        theirs = {
            "RCLONE_CONFIG": os.devnull,
            "RCLONE_S3_PROVIDER": "Rclone",
            "RCLONE_S3_ENDPOINT": self.server.endpoint,
            "RCLONE_S3_ACCESS_KEY_ID": ACCESS,
            "RCLONE_S3_SECRET_ACCESS_KEY": SECRET,
        }
        return {**os.environ, "PYTHONPATH": str(REPOSITORY), **self.server.environment, **theirs}


def _cost(command: tuple[str, ...], environment: Mapping[str, str]) -> tuple[float, float]:
    """Return seconds on the clock and of the processor; raises SystemExit where the command fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        _, status, used = os.wait4(started.pid, 0)
        seconds = time.perf_counter() - began
        said.seek(0)
        if code := os.waitstatus_to_exitcode(status):
            raise SystemExit(f"{' '.join(command)}: exit {code}\n{said.read().decode()[:2000]}")
    return seconds, used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--awards", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    for number in range(given.rounds):
        with tempfile.TemporaryDirectory() as place, s3_server(Path(place)) as server:
            bench = Bench(Path(place) / "repository", server)
            bench.root.mkdir()
            written = write_programme(bench.root, given.awards)
            bench.build(f"{written.awards:,} awards")
            bench.publish("first time", number)
            bench.publish("nothing changed", number)
            write_one_more(bench.root, written, number)
            bench.build("one award more")
            bench.publish("one award more", number)


if __name__ == "__main__":
    main()
