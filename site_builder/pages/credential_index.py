"""The list of all credentials, by name: one line each, for those who know what they look for."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.pages.page import CREDENTIALS, Page
from site_builder.pages.view import View


def credential_index(view: View) -> Iterator[Page]:
    """Yield the list of every current credential."""
    catalog = view.catalog
    items = sorted(catalog.current, key=lambda item: (item.spec.name.casefold(), item.spec.id))
    yield view.page(
        CREDENTIALS,
        title="Credentials by name",
        description=f"All {len(items)} credentials of {catalog.issuer.name}, by name.",
        template="credential_index.html",
        values={"items": items},
    )
