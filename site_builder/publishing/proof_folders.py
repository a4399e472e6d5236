"""Folders of proofs: reading those that were handed on, and writing what they add to those of before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from site_builder.problems import Problem
from site_builder.publishing.recording import is_proof_file, merged
from site_builder.publishing.whole_files import refuse_links, write_whole
from site_builder.reading.walk import Entry, Walk

_YEAR = re.compile("[0-9]{4}")


def record_folders(folders: Iterable[Path], into: Path) -> tuple[list[Problem], list[str]]:
    """Add what ``folders`` hold to the proofs in ``into``; return what is wrong, and the paths that changed.

    With a problem nothing is written. Each file is written whole. Raises ``OSError``.
    """
    standing, problems = _read(into, is_ours=True)
    changed: dict[str, bytes] = {}
    for folder in folders:
        new, told = _read(folder, is_ours=False)
        found, wrong = merged({**standing, **changed}, new)
        problems += [*told, *wrong]
        changed |= found
    if problems:
        return problems, []
    for path, data in sorted(changed.items()):
        refuse_links(into, path)
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data, 0o644)
    return [], sorted(changed)


def _read(folder: Path, *, is_ours: bool) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of a folder by their path in it, and what is wrong with it.

    In the folder ``into`` itself others may have files too, such as git's own.
    """
    walk = Walk(folder)
    found: dict[str, bytes] = {}
    for entry in _ours(walk) if is_ours else walk.folder("."):
        raw = None if entry.is_folder else walk.read(entry)
        if raw is not None:
            found[entry.path.removeprefix("./")] = raw
    return found, walk.problems


def _ours(walk: Walk) -> Iterator[Entry]:
    """Yield the entries that are proofs: beside them git may have a folder of its own."""
    years = sorted(path.name for path in walk.root.iterdir() if _YEAR.fullmatch(path.name))
    for entry in chain(walk.files_of_root(), *map(walk.folder, years)):
        if is_proof_file(entry.path):
            yield entry
