"""What a build makes: a path in the site folder and the bytes that will stand there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site. ``path`` is relative to the site folder, with forward slashes."""

    path: str
    data: bytes
