"""The list of the competency frameworks."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.pages.page import FRAMEWORKS, Page, render


def framework_index(catalog: Catalog, at: Addresses) -> Iterator[Page]:
    """Yield the list of the frameworks, each with its skills."""
    yield Page(
        path=FRAMEWORKS,
        title="Frameworks",
        description=f"The competency frameworks behind the credentials of {catalog.issuer.name}.",
        html=render("framework_index.html", FRAMEWORKS, frameworks=list(catalog.frameworks.values())),
    )
