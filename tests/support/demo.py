"""The demo site, built once by the command a person would type."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.shared import REPOSITORY

DEMO_DAY = "2026-11-22"
_SECONDS = 600


def demo_site_in(folder: Path) -> Path:
    """Return ``folder/site``, building the demo into it unless another test process already has."""
    site, done = folder / "site", folder / "site.done"
    with _lock(folder / "site.lock"):
        if not done.exists():
            shutil.rmtree(site, ignore_errors=True)  # what a build that was killed left behind
            run_press("build", "--root", str(REPOSITORY), "--output", str(site), "--now", DEMO_DAY)
            done.touch()
    return site


def run_press(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``badgepress`` with these words and return what it printed; AssertionError where it fails."""
    finished = subprocess.run(
        [sys.executable, "-m", "site_builder", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if finished.returncode:
        said = finished.stdout + finished.stderr
        raise AssertionError(f"badgepress {' '.join(arguments)}: exit {finished.returncode}\n{said}")
    return finished


def base_url_of(site: Path) -> str:
    """Return the address a built site says it is made for."""
    return str(json.loads((site / "catalog.json").read_text(encoding="utf-8"))["site"])


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
