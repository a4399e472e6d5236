"""The issuer's page: who awards, how to reach them, and the keys their badges are signed with."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import Addresses, issuer_image, issuer_page
from site_builder.catalog.catalog import Catalog
from site_builder.exports.html import relative
from site_builder.pages.page import Page, render


def issuer_pages(catalog: Catalog, at: Addresses) -> Iterator[Page]:
    """Yield the page of the one issuer."""
    issuer = catalog.issuer
    path = issuer_page(issuer.id)
    html = render(
        "issuer.html",
        path,
        issuer=issuer,
        at=at,
        mark=relative(path, issuer_image(catalog.issuer_image.media_type)),
        keys_link=relative(path, at.did_paths[-1]),
        count=sum(1 for _ in catalog.current),
    )
    yield Page(
        path=path,
        title=issuer.name,
        description=f"{issuer.name}, which awards these credentials, and the keys it signs them with.",
        html=html,
    )
