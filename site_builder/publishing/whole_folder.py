"""A new folder that is there with all its files or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from site_builder.publishing.staged_files import write_new


class FolderRefused(Exception):  # noqa: N818 - it says what happened
    """The folder cannot be made; ``hint`` says what to do. What stood there is as it was."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder ``target`` with ``files``, by path; an empty one may stand there.

    Raises ``FolderRefused`` where something stands there already, or it cannot be written.
    """
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise FolderRefused(f"{target} stands there already", "name a folder that does not exist yet")
    made = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        made.chmod(0o755)
        for path, data in files.items():
            write_new(made, path, data)
        made.rename(target)
    except OSError as error:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        hint = "name a folder that can be written"
        raise FolderRefused(f"{error.strerror}: {error.filename}", hint) from error
