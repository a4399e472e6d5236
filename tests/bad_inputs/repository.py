"""A repository in memory that can be changed and written to disk, with names no tool should make."""

from __future__ import annotations

import copy
import os
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.reading.locations import dotted
from tests.bad_inputs import base
from tests.bad_inputs.yaml_text import Location, write

_MISSING = object()


@dataclass(frozen=True)
class Special:
    """Something other than a file: a symbolic link, a named pipe or a folder."""

    kind: str
    target: str = ""


Content = base.Data | bytes | Special


@dataclass
class Repo:
    """Paths and what stands there; a path is bytes where it is not plain text."""

    files: dict[str | bytes, Content] = field(default_factory=dict)

    @classmethod
    def valid(cls) -> Repo:
        """Return the base repository, for the caller to change."""
        return cls(dict(base.files().items()))

    def copy(self) -> Repo:
        """Return a copy that shares nothing."""
        return copy.deepcopy(self)

    def without(self, folder: str) -> Repo:
        """Return a copy without what stands in one folder."""
        kept = {
            path: what for path, what in self.copy().files.items() if not str(path).startswith(folder + "/")
        }
        return Repo(kept)

    def data(self, path: str) -> base.Data:
        """Return the data of a YAML file."""
        found = self.files[path]
        if not isinstance(found, dict):
            raise TypeError(f"{path} is not a YAML file of the base repository")
        return found

    def get(self, path: str, location: Location) -> object:
        """Return the value at ``location``; KeyError where there is none."""
        value: object = self.data(path)
        for step in location:
            if not _has(value, step):
                raise KeyError(f"{path} has no {dotted(location)}")
            value = value[step]  # type: ignore[index]
        return value

    def set(self, path: str, location: Location, value: object) -> None:
        """Put ``value`` at ``location``; its parent must be there."""
        parent = self.get(path, location[:-1])
        parent[location[-1]] = value  # type: ignore[index]

    def remove(self, path: str, location: Location) -> None:
        """Remove the field or entry at ``location``."""
        parent = self.get(path, location[:-1])
        del parent[location[-1]]  # type: ignore[attr-defined]

    def move(self, old: str, new: str) -> None:
        """Give a file another name, in the same place of the order."""
        self.files = {(new if path == old else path): content for path, content in self.files.items()}

    def line_of(self, path: str, location: Location) -> int:
        """Return the line on which a field stands once written."""
        return write(self.data(path)).lines[location]

    def write_to(self, root: Path) -> None:
        """Write everything below ``root``, an empty or new folder."""
        for path, content in self.files.items():
            target = root / os.fsdecode(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Special):
                _make(target, content)
            else:
                target.write_bytes(content if isinstance(content, bytes) else write(content).text.encode())


def _has(value: object, step: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _make(target: Path, special: Special) -> None:
    if special.kind == "symlink":
        target.symlink_to(special.target)
    elif special.kind == "fifo":
        os.mkfifo(target)
    else:
        target.mkdir(exist_ok=True)
