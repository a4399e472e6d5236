"""Find Chromium for the browser tests, and install Debian's where that is possible without asking anybody.

    .venv/bin/python -m tools.chromium

Never fails: where there is no browser and no way to one, it says so, and the browser tests skip.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools.debian import install

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


def obtain() -> str:
    """Install Debian's headless shell if it is absent and can be had.

    Return why there is no Chromium at all, or an empty string: any other one will do, if more slowly.
    """
    if os.environ.get("BADGEPRESS_CHROMIUM") or shutil.which(SHELL):
        return "" if find_chromium() else "no Chromium at $BADGEPRESS_CHROMIUM"
    say(f"installing Debian's {SHELL}")
    reason = install(SHELL)
    if find_chromium():
        return ""
    return f"no Chromium on PATH, and {reason}" if reason else f"apt-get could not install {SHELL}"


def say(text: str) -> None:
    """Tell the person at the terminal one line."""
    sys.stderr.write(f"chromium: {text}\n")


if __name__ == "__main__":
    reason = obtain()
    if reason:
        say(f"the browser tests will be SKIPPED: {reason}")
