"""Awards whose holders agreed that they may be found (DESIGN 4); all others need their link."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.pages.page import LISTED, Page
from site_builder.pages.view import View


def listed_page(view: View) -> Iterator[Page]:
    """Yield the list of the listed awards that the issuer has not withdrawn, newest first."""
    listed = [
        award
        for award in view.catalog.awards.values()
        if award.award.listing == "listed" and not award.is_withdrawn
    ]
    listed.sort(key=lambda award: award.file.issued_on, reverse=True)
    yield view.page(
        LISTED,
        title="Listed awards",
        description="Awards whose holders agreed that they may be found here.",
        template="listed.html",
        values={"awards": listed},
        searchable=False,
    )
