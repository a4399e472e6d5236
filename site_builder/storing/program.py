"""What decides, besides its input, what this program makes: its own files, its libraries and its Python."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).parent.parent

# Of the browser's part only the bundles are published; the rest is what a developer bundles them from.
_UNUSED = frozenset({"browser/src", "browser/node_modules", "browser/contexts"})


@cache
def fingerprint() -> str:
    """Return a digest of this program as it is installed: 64 hexadecimal digits.

    It covers every file of the program by its bytes, installed distributions by name and version, and the
    version of Python. It is worked out once in each process, in about ten milliseconds.
    """
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(_distributions()):
        digest.update(b"\0" + name.encode())
    for path in sorted(_files(_PROGRAM, "")):
        found = hashlib.sha256((_PROGRAM / path).read_bytes())
        digest.update(b"\0" + path.encode() + b"\0" + found.digest())
    return digest.hexdigest()


def _distributions() -> Iterator[str]:
    """Yield ``NAME-VERSION.dist-info`` of each distribution that Python may import from."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            names = (path.name for path in folder.iterdir())
            yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _files(folder: Path, below: str) -> Iterator[str]:
    """Yield the path of each file of the program, relative to it; bytecode follows from the sources."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if not entry.is_dir():
                yield path
            elif entry.name != "__pycache__" and path not in _UNUSED:
                yield from _files(folder / entry.name, f"{path}/")
