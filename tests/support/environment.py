"""The same surroundings for every test, whatever the machine's time zone, language or settings."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

# The settings of ours a person may give to the tests; every other one belongs to the machine's owner.
_KEPT = {"BADGEPRESS_SHARED", "BADGEPRESS_CHROMIUM", "BADGEPRESS_HISTORIES"}
# Without compiled files each of many hundred commands would compile the press anew.
_DROPPED = {"SOURCE_DATE_EPOCH", "LANGUAGE", "FORCE_COLOR", "CLICOLOR_FORCE", "PYTHONDONTWRITEBYTECODE"}
_FIXED = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "110"}


def settle_environment() -> None:
    """Fix time zone, language and width for this process and its children; drop the press's own settings."""
    for name in list(os.environ):
        if name in _DROPPED or (name.startswith("BADGEPRESS_") and name not in _KEPT):
            del os.environ[name]
    os.environ.update(_FIXED)
    time.tzset()


def settle_folders() -> None:
    """Let temporary folders lie in memory where there is plenty: the tests make a million small files.

    A folder that a person named with ``TMPDIR`` stays.
    """
    if "TMPDIR" not in os.environ and _is_plenty():
        os.environ["TMPDIR"] = _MEMORY


_MEMORY, _PLENTY = "/dev/shm", 6 * 2**30


def _is_plenty() -> bool:
    try:
        folder, told = os.statvfs(_MEMORY), Path("/proc/meminfo").read_text("ascii")
    except OSError:
        return False  # a system that has neither
    available = re.search(r"MemAvailable: +([0-9]+) kB", told)
    return (
        folder.f_bavail * folder.f_frsize > _PLENTY
        and available is not None
        and int(available[1]) * 1024 > 2 * _PLENTY
    )
