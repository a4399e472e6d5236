"""Where a verifier's bytes come from: a folder, or nowhere. The network has a module of its own.

Everything is read once per run, so that a file that changes in between cannot be two things.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.verifying.files import (
    MAX_BYTES,
    Unavailable,
    award_names,
    badge_paths,
    read_below,
    read_file,
)
from site_builder.verifying.web_address import without_scheme

__all__ = [
    "CATALOG",
    "MAX_BYTES",
    "MAX_CATALOG_BYTES",
    "Copy",
    "FolderSource",
    "Kept",
    "NoSource",
    "NotASite",
    "Source",
    "Unavailable",
    "base_of",
    "path_below",
    "read_file",
    "site_above",
]

MAX_CATALOG_BYTES = 16 * 1024 * 1024
"""The most that is read of a catalog.json: enough to list a hundred thousand badges."""

_LONGEST_BASE = 2000

CATALOG = "catalog.json"
_KEY_DOCUMENTS = ("did.json", ".well-known/did.json")


class NotASite(Exception):  # noqa: N818 -- it says what happened
    """The folder is no site of the press; the text says why, for people."""


class Source(Protocol):
    """Where bytes come from. ``base`` is the address the site says it is made for, or empty."""

    base: str

    def badge(self, url: str) -> bytes:
        """Return a badge that the site under examination hosts; raise :class:`Unavailable`."""

    def read(self, url: str) -> bytes:
        """Return an issuer's did.json or status list; raise :class:`Unavailable`."""

    def is_home(self, did: str) -> bool:
        """Return True where ``read`` asks the DID's own host, not a copy."""


class NoSource:
    """A badge on its own, without a site: nothing more can be read."""

    base = ""

    def badge(self, url: str) -> bytes:
        """Raise :class:`Unavailable`: a file on its own has no parts beside it."""
        return self.read(url)

    def read(self, url: str) -> bytes:
        """Raise :class:`Unavailable`: nothing is fetched for a file."""
        raise Unavailable(
            "only its file was given; give the folder of its site too, or verify it at its address"
        )

    def is_home(self, did: str) -> bool:
        """Return False: nobody is asked."""
        return False


class Kept:
    """Remembers what ``fetch`` gave for each address, failures too, for the length of a run."""

    def __init__(self, fetch: Callable[[str], bytes]) -> None:
        self._fetch = fetch
        self._found: dict[str, bytes | Unavailable] = {}

    def __call__(self, url: str) -> bytes:
        """Return the bytes at ``url``, the same at each call; raise the same :class:`Unavailable`."""
        if url not in self._found:
            try:
                self._found[url] = self._fetch(url)
            except Unavailable as reason:
                self._found[url] = reason
        found = self._found[url]
        if isinstance(found, Unavailable):
            raise found
        return found


class Copy:
    """A folder whose files stand for the addresses below ``base``, the site's own address; empty if unknown.

    Nothing outside the folder is read, and no network.
    """

    def __init__(self, root: Path, base: str) -> None:
        self.root = root
        self.base = base
        self.read = Kept(self._at)
        self.badge = self._at  # looked at once or twice: not worth keeping

    def is_home(self, did: str) -> bool:
        """Return False: a folder is a copy, whatever it says of itself."""
        return False

    def file(self, path: str, largest: int = MAX_BYTES) -> bytes:
        """Return the bytes of a file in the folder; raise :class:`Unavailable`."""
        return read_below(self.root, path, largest)

    def _at(self, url: str) -> bytes:
        path = path_below(self.base, url)
        if path is None:
            raise Unavailable(f"{url[:200]} is not part of this copy")
        return self.file(path)


class FolderSource(Copy):
    """A site's folder, read as a copy. ``base`` and ``did`` are what its catalog.json claims.

    Raises :class:`NotASite` for a folder without catalog.json; ``problem`` tells of one that cannot be read.
    """

    def __init__(self, root: Path) -> None:
        resolved = root.resolve()
        if not (resolved / CATALOG).is_file():
            raise NotASite(f"there is no {CATALOG} in {str(root)!r}")
        self.catalog, self.problem = _catalog(resolved)
        self.did = str(self.catalog.get("issuer", ""))
        super().__init__(resolved, base_of(self.catalog))

    @cached_property
    def awards(self) -> list[str]:
        """The name of each award's folder, in the order of their badges' paths; some have no badge."""
        return award_names(self.root)

    def badges(self) -> list[str]:
        """Return the path of every badge in the folder, relative to it, in order."""
        return badge_paths(self.root)

    def paths(self, pattern: str) -> list[str]:
        """Return the paths that match ``pattern``, relative to the folder, in order."""
        return sorted(found.relative_to(self.root).as_posix() for found in self.root.glob(pattern))


def site_above(file: Path) -> Path | None:
    """Return the nearest folder above ``file`` that is a site: it has catalog.json and did.json."""
    for folder in file.resolve().parents:
        if (folder / CATALOG).is_file() and any((folder / name).is_file() for name in _KEY_DOCUMENTS):
            return folder
    return None


def path_below(base: str, url: str) -> str | None:
    """Return the path of ``url`` below ``base``, which ends with a slash; None where it is elsewhere.

    Both are compared in their normal form. Scheme is not compared: a folder has none. A path that climbs, or
    one with a query, is elsewhere.
    """
    if not base or any(sign in url for sign in "?#\\%\0"):
        return None
    root, target = without_scheme(base), without_scheme(url)
    path = target.removeprefix(root)
    if not target.startswith(root) or any(step in ("", ".", "..") for step in path.split("/")):
        return None
    return path


def base_of(catalog: dict[str, Any]) -> str:
    """Return the site's address as catalog.json claims it, with its final slash; empty if it claims none."""
    base = catalog.get("site")
    if not isinstance(base, str) or len(base) > _LONGEST_BASE:
        return ""
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    good = parts.scheme in ("https", "http") and parts.netloc and base.endswith("/")
    return base if good and not parts.query and not parts.fragment else ""


def _catalog(root: Path) -> tuple[dict[str, Any], str]:
    """Return the catalog, and what is wrong with it: then it is empty."""
    try:
        return parse(read_file(root, CATALOG, MAX_CATALOG_BYTES), max_bytes=MAX_CATALOG_BYTES), ""
    except (Unavailable, JsonRefused) as reason:
        return {}, f"{CATALOG} cannot be used: {reason}"
