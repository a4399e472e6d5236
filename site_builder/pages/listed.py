"""Awards whose holders agreed that they may be found (DESIGN 4); all others need their link."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.pages.page import LISTED, Page
from site_builder.pages.view import View


def listed_awards(catalog: Catalog) -> list[IssuedAward]:
    """Return the awards that may be found and that the issuer has not withdrawn, newest first."""
    listed = [
        award
        for award in catalog.awards.values()
        if award.award.listing == "listed" and not award.is_withdrawn
    ]
    return sorted(listed, key=lambda award: award.file.issued_on, reverse=True)


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
