"""Find Chromium for the browser tests, and install Debian's where that is possible without asking anybody.

    .venv/bin/python -m tools.chromium

Never fails: where there is no browser and no way to one, it says so, and the browser tests skip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell is the same engine without a window's trappings: it opens a page in about half the time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium() -> Path | None:
    """Return $BADGEPRESS_CHROMIUM or the first known Chromium on PATH; None where there is none."""
    chosen = os.environ.get("BADGEPRESS_CHROMIUM")
    for name in (chosen,) if chosen else NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def privilege() -> list[str] | None:
    """Return the words that let a command run as root without a password; None where nothing does."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and run([sudo, "-n", "true"], quiet=True) == 0:
        return [sudo, "-n"]
    return None


def obtain() -> str:
    """Install Debian's headless shell if it is absent and can be had.

    Return why there is no Chromium at all, or an empty string: any other one will do, if more slowly.
    """
    if os.environ.get("BADGEPRESS_CHROMIUM") or shutil.which(SHELL):
        return "" if find_chromium() else "no Chromium at $BADGEPRESS_CHROMIUM"
    apt, root = shutil.which("apt-get"), privilege()
    if apt is not None and root is not None:
        say(f"installing Debian's {SHELL}")
        _install([*root, "env", "DEBIAN_FRONTEND=noninteractive", apt])
    if find_chromium():
        return ""
    if apt is None:
        return "no Chromium on PATH and no apt-get to install one with"
    if root is None:
        return f"no Chromium on PATH, and installing it needs root; try: sudo apt-get install {SHELL}"
    return f"apt-get could not install {SHELL}"


def _install(apt: list[str]) -> None:
    """Install the shell; through env, because sudo drops the variables of its caller."""
    # Where another Chromium is there, an archive that cannot be reached must not hold up the tests.
    patience = [f"-oAcquire::{scheme}::Timeout=20" for scheme in ("http", "https")]
    quiet = [*apt, "-qq", "-oDpkg::Use-Pty=0", "-oAcquire::Retries=1", *patience]
    # A failed update is told by apt-get itself; the package may still be known from an earlier one.
    run([*quiet, "update"])
    run([*quiet, "install", "-y", "--no-install-recommends", SHELL], quiet=True)


def run(command: list[str], *, quiet: bool = False) -> int:
    """Run ``command`` and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=output, check=False).returncode  # noqa: S603 - our own, no shell


def say(text: str) -> None:
    """Tell the person at the terminal one line."""
    sys.stderr.write(f"chromium: {text}\n")


if __name__ == "__main__":
    reason = obtain()
    if reason:
        say(f"the browser tests will be SKIPPED: {reason}")
