"""The catalog's pages of one build: planned first, made while awards are pressed, taken at the end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.executors.local import Local
from site_builder.publishing.catalog_pages import PagesPlan, plan_pages
from site_builder.publishing.request import Request
from site_builder.storing import fingerprint

Published = Callable[[str], bytes]
"""Returns the bytes of a file of the site as last published; empty where there is none."""


@dataclass
class CatalogPages:
    """The pages of one build, and the folder in which MkDocs makes them where it must."""

    plan: PagesPlan
    _folder: Path
    _made: Callable[[], None]

    def artifacts(self) -> Iterator[Artifact]:
        """Yield the pages that this build makes, once they are made; raises ``CatalogRefused``."""
        if not self.plan.everything:
            yield from self.plan.renewed
            return
        self._made()
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                yield Artifact(path.relative_to(self._folder).as_posix(), path.read_bytes())

    @property
    def standing(self) -> Collection[str]:
        """The paths of the pages that stay as they stand; none where all were made anew."""
        return self.plan.standing

    def known(self) -> bytes:
        """Return what the next build's plan is to be given, once these pages are in their place."""
        return self.plan.known(self._folder if self.plan.everything else None)


@contextmanager
def catalog_pages(
    request: Request,
    catalog: Catalog,
    known: bytes | None,
    published: Published,
    folder: Path,
    *,
    apart: bool,
) -> Iterator[CatalogPages | None]:
    """Yield the pages of this build; ``None`` where it makes none.

    ``known`` is what the last build's pages were made from. Where MkDocs must work it starts at once in a
    process of its own if ``apart``, else when the pages are asked for.
    """
    make = request.make_catalog
    if make is None:
        yield None
        return
    at = Addresses(catalog.settings.site_url)
    plan = plan_pages(
        request.root, catalog, at, request.now, known=known, published=published, program=fingerprint()
    )
    asked = request.root, replace(catalog, awards={}), at, request.now, folder
    if not (plan.everything and apart):
        yield CatalogPages(plan, folder, lambda: make(*asked))
        return
    # Begun before anything is pressed, so that it holds no more than the catalog.
    with Local(1) as process:
        making: Future[None] = process.submit(make, *asked)
        yield CatalogPages(plan, folder, making.result)
