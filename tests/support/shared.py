"""Where the official data beside the project lies: schemas, vectors, samples, bad inputs."""

from __future__ import annotations

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
MISSING = "no shared data: neither $BADGEPRESS_SHARED nor ../shared beside the project is a folder"


def shared_dir() -> Path | None:
    """Return the folder $BADGEPRESS_SHARED names, else ``../shared``; None where that is no folder."""
    named = os.environ.get("BADGEPRESS_SHARED")
    folder = Path(named) if named else REPOSITORY.parent / "shared"
    return folder.resolve() if folder.is_dir() else None
