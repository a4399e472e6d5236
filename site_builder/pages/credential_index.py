"""The list of all credentials, by name: one line each, for those who know what they look for."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.pages.page import CREDENTIALS, Page, render


def credential_index(catalog: Catalog, at: Addresses) -> Iterator[Page]:
    """Yield the list of every current credential."""
    items = sorted(catalog.current, key=lambda item: (item.spec.name.casefold(), item.spec.id))
    yield Page(
        path=CREDENTIALS,
        title="Credentials by name",
        description=f"All {len(items)} credentials of {catalog.issuer.name}, by name.",
        html=render("credential_index.html", CREDENTIALS, items=items),
    )
