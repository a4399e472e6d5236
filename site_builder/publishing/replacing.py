"""Single files of a published folder, each replaced in one step: a reader meets the old one or the new."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.artifact import Artifact

# Nobody serves it by this name, and the next run takes it away.
_TEMPORARY = ".swp"


class Replacement:
    """New files that stand on the disk beside the ones they will replace."""

    def __init__(self, folder: Path, artifacts: Iterable[Artifact]) -> None:
        self._staged = {artifact.path: _beside(folder / artifact.path) for artifact in artifacts}
        self._folder = folder

    def read(self, path: str) -> bytes:
        """Return a new file as it stands on the disk."""
        return self._staged[path].read_bytes()

    def write(self, artifacts: Iterable[Artifact]) -> None:
        """Write the new files beside their places."""
        for artifact in artifacts:
            temporary = self._staged[artifact.path]
            temporary.parent.mkdir(exist_ok=True)
            with temporary.open("wb") as file:
                file.write(artifact.data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)

    def take_place(self) -> None:
        """Give each new file its name, in the order in which they were given."""
        for path, temporary in self._staged.items():
            temporary.replace(self._folder / path)

    def clean(self) -> None:
        """Take away what did not take its place."""
        for temporary in self._staged.values():
            temporary.unlink(missing_ok=True)


@contextmanager
def replacing(folder: Path, artifacts: Iterable[Artifact]) -> Iterator[Replacement]:
    """Yield the files of ``artifacts`` as they stand beside their places, until ``take_place`` is called.

    Where it is not, nothing is replaced. Raises ``OSError`` where the disk is full or the folder read only.
    """
    every = list(artifacts)
    replacement = Replacement(folder, every)
    try:
        replacement.write(every)
        yield replacement
    finally:
        replacement.clean()


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}{_TEMPORARY}")
