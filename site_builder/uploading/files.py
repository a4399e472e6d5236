"""The files of a site's folder, with the hashes by which they are compared and recognised."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.uploading.headers import headers_of
from site_builder.uploading.refused import UploadRefused

_LONGEST_KEY = 900
"""Bytes of a path; S3 takes 1024 with the prefix."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file: ``md5`` is what S3 calls an object's ETag, ``mark`` the SHA-256 of content and headers."""

    path: str
    size: int
    md5: str
    mark: str


def site_files(folder: Path) -> dict[str, SiteFile]:
    """Return every file below ``folder`` by its path.

    Raises ``UploadRefused`` for a link or anything else that is no plain file, and for a name that is no key.
    """
    return {path: described(path, (folder / path).read_bytes()) for path in _paths(folder)}


def described(path: str, data: bytes) -> SiteFile:
    """Return what is known of a file with this content."""
    headers = headers_of(path)
    # Of the headers too: an object whose headers are those of an older rule is not the same.
    mark = hashlib.sha256(f"{headers.content_type}\n{headers.cache_control}\n".encode() + data)
    md5 = hashlib.md5(data, usedforsecurity=False)
    return SiteFile(path, len(data), md5.hexdigest(), mark.hexdigest())


def read_again(folder: Path, file: SiteFile) -> bytes:
    """Return the content of a file; raises ``UploadRefused`` where it is not what was verified any more."""
    try:
        data = (folder / file.path).read_bytes()
    except OSError as error:
        raise UploadRefused(
            f"{file.path} cannot be read any more: {error.strerror}", "run it again"
        ) from error
    if described(file.path, data).mark != file.mark:
        raise UploadRefused(f"{file.path} was changed while it was published", "run it again")
    return data


def _paths(folder: Path, below: str = "") -> Iterator[str]:
    with os.scandir(folder / below) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _paths(folder, f"{path}/")
        elif entry.is_file(follow_symlinks=False):
            yield _as_key(path)
        else:
            raise UploadRefused(f"{path} is not a plain file", "publish a folder that badgepress built")


def _as_key(path: str) -> str:
    # What is no text (a name in another encoding) is not printable either.
    if path.isprintable() and len(path.encode()) <= _LONGEST_KEY:
        return path
    raise UploadRefused(f"{path[:80]!a} cannot be the name of an object", "rename the file it comes from")
