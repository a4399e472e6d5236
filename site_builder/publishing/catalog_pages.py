"""Which of the catalog's pages a build must make: none, those whose figures changed, or all of them.

MkDocs makes all of them at once, which takes seconds. Between two merges of awards nearly all stay as they
are, so a build keeps what it needs to know that: digests of everything that the pages are made from, and of
every file they became. Where the published files are those files, and only awards or the day differ, the few
pages that speak of these awards are made from the published ones, without MkDocs. In every other case, and
where what was kept is damaged, of another program or of another site, MkDocs makes everything: what is kept
can cost time, but change nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.pages.figures import figures
from site_builder.pages.ground import ground_digest
from site_builder.pages.renewal import FrameUnknown, Published, renewed_pages
from site_builder.pages.sitemap import PACKED_SITEMAP, SITEMAP, packed_sitemap, renewed_sitemap

_FORM = b"catalog pages 1\n"
"""The form of what is kept: a change of ``_Known`` asks for another number."""
_HOLDS_PAGES = "search/"
"""Where MkDocs' own search, which a site may ask for, keeps the words of every page."""


class CatalogRefused(Exception):  # noqa: N818 - it says what happened
    """MkDocs warned of the site's own pages, such as of a dead link; the message lists it, a line each."""


@dataclass(frozen=True)
class _Known:
    """What a build knows of its pages: the digest of their ground, day, figures by key, digests by path."""

    ground: str
    day: str
    figures: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PagesPlan:
    """What is to be done for the catalog's pages.

    ``everything`` is True where MkDocs must make all of them. Otherwise ``renewed`` are the files that
    change, with their new bytes; none, where nothing does.
    """

    everything: bool
    renewed: tuple[Artifact, ...]
    _known: _Known

    @property
    def standing(self) -> Collection[str]:
        """The paths of all pages and what came with them where they stand already, else none."""
        return () if self.everything else self._known.files.keys()

    def known(self, built: Path | None = None) -> bytes:
        """Return what the next build is to be given, once this one's pages are in their place.

        ``built`` is the folder that MkDocs has filled, with nothing else in it, where it made everything.
        """
        files = {} if built is None else dict(_digests(built))
        files |= {} if self.everything else self._known.files
        files |= {artifact.path: _digest(artifact.data) for artifact in self.renewed}
        return _sealed({**asdict(self._known), "files": files})


def plan_pages(
    root: Path,
    catalog: Catalog,
    at: Addresses,
    now: date,
    *,
    known: bytes | None,
    published: Published,
    program: str,
) -> PagesPlan:
    """Return what a build must do for the catalog's pages.

    ``known`` is what the last build's plan gave, or any bytes at all; ``published`` returns the files of the
    site as it is published; ``program`` is a digest of this program and its libraries. The files that
    :func:`~site_builder.mkdocs_plugin.build_catalog` would write are the published ones with ``renewed``.
    """
    this = _Known(_ground(root, catalog, at, program), now.isoformat(), figures(catalog))
    last = _opened(known)
    if last is None or last.ground != this.ground or not _are_published(last.files, published):
        return PagesPlan(everything=True, renewed=(), _known=this)
    changed = {key for key, said in this.figures.items() if last.figures.get(key) != said}
    pages = _renewed(changed, catalog, at, published)
    sitemaps = _sitemaps(last, catalog, at, now, published)
    if pages is None or sitemaps is None or (changed and _has_search(last.files)):
        return PagesPlan(everything=True, renewed=(), _known=this)
    kept = _Known(this.ground, this.day, this.figures, last.files)
    # An empty file cannot be told from one that is missing.
    empty = (Artifact(path, b"") for path, digest in last.files.items() if digest == _EMPTY)
    return PagesPlan(everything=False, renewed=(*pages, *sitemaps, *empty), _known=kept)


def _renewed(
    changed: set[str], catalog: Catalog, at: Addresses, published: Published
) -> list[Artifact] | None:
    """Return the pages with the given keys as they are now; None where the published ones cannot be used."""
    if not changed:
        return []
    try:
        return list(renewed_pages(catalog, at, changed, published))
    except FrameUnknown:
        return None


def _sitemaps(
    last: _Known, catalog: Catalog, at: Addresses, now: date, published: Published
) -> list[Artifact] | None:
    """Return the sitemaps that change, none or both; None where the published one cannot be used."""
    before = published(SITEMAP)
    sitemap = renewed_sitemap(before, date.fromisoformat(last.day), catalog, at, now)
    if not sitemap:
        return None
    if sitemap == before and now.isoformat() == last.day:
        return []
    return [Artifact(SITEMAP, sitemap), Artifact(PACKED_SITEMAP, packed_sitemap(sitemap, now))]


def _has_search(files: Mapping[str, str]) -> bool:
    return any(path.startswith(_HOLDS_PAGES) for path in files)


def _ground(root: Path, catalog: Catalog, at: Addresses, program: str) -> str:
    """Return a digest of all that the pages are made from but awards and the day."""
    settings = _digest((root / "mkdocs.yml").read_bytes())
    own = sorted(_digests(root / "docs"))
    return _digest(json.dumps([program, ground_digest(catalog, at), settings, own]).encode())


def _are_published(files: Mapping[str, str], published: Published) -> bool:
    return all(_digest(published(path)) == digest for path, digest in files.items())


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the path of each file below a folder, relative to it, and the digest of its bytes."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            yield path.relative_to(folder).as_posix(), _digest(path.read_bytes())


def _sealed(known: Mapping[str, object]) -> bytes:
    """Return ``known`` as JSON below the digest of it, by which damage is found."""
    text = json.dumps(known, sort_keys=True, separators=(",", ":")).encode()
    return _digest(_FORM + text).encode() + b"\n" + text


def _opened(data: bytes | None) -> _Known | None:
    """Return what was kept; None where nothing was, or where it is damaged or of another form."""
    seal, _, text = (data or b"").partition(b"\n")
    if seal != _digest(_FORM + text).encode():
        return None
    return _Known(**json.loads(text))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


_EMPTY = _digest(b"")
