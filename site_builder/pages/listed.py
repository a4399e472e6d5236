"""Awards whose holders agreed that they may be found (DESIGN 4); all others need their link."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.catalog.catalog import Catalog, Listed
from site_builder.pages.page import LISTED, Page
from site_builder.pages.view import View


def listed_awards(catalog: Catalog) -> list[Listed]:
    """Return the awards that may be found and that the issuer has not withdrawn, newest first."""
    listed = catalog.tallies.listed if catalog.tallies else _listed(catalog)
    return sorted(listed, key=lambda award: award.issued_on, reverse=True)


def _listed(catalog: Catalog) -> Iterator[Listed]:
    """Yield them from a catalog that holds its awards, in the order of ids."""
    for issued in catalog.awards.values():
        if issued.award.listing == "listed" and not issued.is_withdrawn:
            yield Listed(issued.id, issued.achievement, issued.file.issued_on, issued.level)


def listed_page(view: View) -> Iterator[Page]:
    """Yield the list of the listed awards."""
    words = view.words
    yield view.page(
        LISTED,
        title=words("listed.title"),
        description=words("listed.description"),
        template="listed.html",
        values={"awards": listed_awards(view.catalog)},
        searchable=False,
    )
