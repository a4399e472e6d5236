"""Awards whose holders agreed that they may be found (DESIGN 4); all others need their link."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.pages.page import LISTED, Page, render


def listed_page(catalog: Catalog, at: Addresses) -> Iterator[Page]:
    """Yield the list of the listed awards that the issuer has not withdrawn, newest first."""
    listed = [
        award
        for award in catalog.awards.values()
        if award.award.listing == "listed" and not award.is_withdrawn
    ]
    listed.sort(key=lambda award: award.file.issued_on, reverse=True)
    yield Page(
        path=LISTED,
        title="Listed awards",
        description="Awards whose holders agreed that they may be found here.",
        html=render("listed.html", LISTED, awards=listed),
        searchable=False,
    )
