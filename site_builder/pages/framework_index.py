"""The list of the competency frameworks."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.pages.page import FRAMEWORKS, Page
from site_builder.pages.view import View


def framework_index(view: View) -> Iterator[Page]:
    """Yield the list of the frameworks, each with its skills."""
    catalog = view.catalog
    yield view.page(
        FRAMEWORKS,
        title="Frameworks",
        description=f"The competency frameworks behind the credentials of {catalog.issuer.name}.",
        template="framework_index.html",
        values={"frameworks": list(catalog.frameworks.values())},
    )
