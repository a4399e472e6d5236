"""The site as last published, as files to compare a new build with. Nothing in it is believed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.proof.strict_json import JsonRefused, parse

MARKS = (".badgepress", "catalog.json")
"""A folder with one of these files is a site; the first is lost where a copy leaves dot files out."""


class NotPublished(Exception):  # noqa: N818 - it says what happened
    """The folder holds no site that this program built, so nothing can be compared with it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds no site that badgepress built")


@dataclass(frozen=True, slots=True)
class Published:
    """One published badge: its bytes, and what they spell, empty where they cannot be read."""

    award_id: str
    data: bytes
    document: Mapping[str, Any]

    @property
    def proof(self) -> Mapping[str, Any]:
        """The one proof; empty where there is none."""
        proofs = self.document.get("proof")
        return proofs[0] if isinstance(proofs, list) and proofs and isinstance(proofs[0], dict) else {}

    @property
    def public_key(self) -> str:
        """The key that signed it, in multibase form; empty where that cannot be read."""
        return str(self.proof.get("verificationMethod", "")).partition("#")[2]

    @property
    def awarded(self) -> str:
        """The day on which it was awarded; empty where that cannot be read."""
        return str(self.document.get("awardedDate", ""))[:10]


class PublishedSite:
    """A folder with a published site, or without one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def is_there(self) -> bool:
        """True where the folder holds a site that this program built."""
        return any((self.folder / name).is_file() for name in MARKS)

    @property
    def way_out(self) -> str:
        """What to do with a folder whose badges nobody was ever given, as the end of a hint."""
        return f"if {self.folder} was only a preview that nobody was given, delete it and build again"

    def file(self, path: str) -> bytes:
        """Return a file of the site; empty where there is none."""
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return b""

    def badges(self) -> Iterator[Published]:
        """Yield each published badge, in the order of award ids."""
        found = (self.badge(award_id) for award_id in self._names("issued"))
        yield from (badge for badge in found if badge is not None)

    def badge(self, award_id: str) -> Published | None:
        """Return an award's published badge; ``None`` where none is there."""
        data = self.file(f"issued/{award_id}/credential.json")
        if data or (self.folder / "issued" / award_id / "credential.json").exists():
            return Published(award_id, data, _parsed(data))
        return None

    def lists(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield the number of each status list, and what it spells; empty where it cannot be read."""
        names = [name.removesuffix(".json") for name in self._names("status") if name.endswith(".json")]
        for number in sorted(int(name) for name in names if name.isdecimal() and name.isascii()):
            yield number, _parsed(self.file(f"status/{number}.json"))

    def _names(self, folder: str) -> list[str]:
        try:
            return sorted(entry.name for entry in os.scandir(self.folder / folder))
        except (FileNotFoundError, NotADirectoryError):
            return []


def _parsed(data: bytes) -> Mapping[str, Any]:
    try:
        return parse(data)
    except JsonRefused:
        return {}
