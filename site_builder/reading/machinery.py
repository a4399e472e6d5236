"""What runs on the press's machines beside the program: workflows and who reviews what, since a revision."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from site_builder.reading.repository import read_raw
from site_builder.reading.revision import blobs_at, is_blob

MACHINERY = (".github", ".gitlab-ci.yml", "CODEOWNERS")
"""Workflows, composite actions and owners as GitHub has them, a pipeline and owners as GitLab has them."""


def changed_machinery(root: Path, revision: str) -> list[str]:
    """Return the paths in ``MACHINERY`` that are new, gone or other ones since ``revision``, in order.

    No link is followed: one counts with the path that it holds, as git counts it. What cannot be read, or is
    larger than any workflow, has changed. Raises ``RevisionRefused`` where the revision cannot be read.
    """
    before = blobs_at(root, revision, *MACHINERY)
    now = set(_below(root))
    changed = {path for path in now if path not in before or not _is_same(root, path, before[path])}
    return sorted(changed | (before.keys() - now))


def _below(root: Path) -> Iterator[str]:
    for name in MACHINERY:
        top = root / name
        if top.is_symlink() or top.is_file():
            yield name
        else:
            yield from _in_folder(root, top)


def _in_folder(root: Path, top: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(top):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(folder) / name).relative_to(root).as_posix()


def _is_same(root: Path, path: str, blob: str) -> bool:
    place = root / path
    raw = os.fsencode(place.readlink()) if place.is_symlink() else read_raw(root, path)
    return raw is not None and (is_blob(raw, blob) or is_blob(raw.replace(b"\r\n", b"\n"), blob))
