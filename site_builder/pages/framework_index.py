"""The list of the competency frameworks."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.pages.page import FRAMEWORKS, Page
from site_builder.pages.view import View


def framework_index(view: View) -> Iterator[Page]:
    """Yield the list of the frameworks, each with its skills."""
    catalog, words = view.catalog, view.words
    yield view.page(
        FRAMEWORKS,
        title=words("framework.all"),
        description=words("framework.all-description", issuer=catalog.issuer.name),
        template="framework_index.html",
        values={"frameworks": list(catalog.frameworks.values())},
    )
