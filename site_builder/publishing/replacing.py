"""Single files of a published folder, each replaced in one step: a reader meets the old one or the new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.publishing.whole_files import refuse_links, stage


class Replacement:
    """New files that stand on the disk beside the ones they will replace."""

    def __init__(self, folder: Path) -> None:
        self._staged: dict[str, Path] = {}
        self._folder = folder

    def read(self, path: str) -> bytes:
        """Return a new file as it stands on the disk."""
        return self._staged[path].read_bytes()

    def write(self, artifacts: Iterable[Artifact]) -> None:
        """Write the new files beside their places."""
        for artifact in artifacts:
            refuse_links(self._folder, artifact.path)
            target = self._folder / artifact.path
            target.parent.mkdir(exist_ok=True)
            self._staged[artifact.path] = stage(target, artifact.data, 0o644)

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
    replacement = Replacement(folder)
    try:
        replacement.write(artifacts)
        yield replacement
    finally:
        replacement.clean()
