"""The page of a competency framework: every competency at its three levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.assembling.addresses import Addresses, framework_page
from site_builder.catalog.catalog import Catalog
from site_builder.pages.page import Page, render


def framework_pages(catalog: Catalog, at: Addresses) -> Iterator[Page]:
    """Yield a page per framework; beside each competency stands how many credentials show it."""
    uses = Counter(
        pair
        for item in catalog.current
        for pair in {(aligned.framework.id, aligned.competency.id) for aligned in item.competencies}
    )
    for framework in catalog.frameworks.values():
        path = framework_page(framework.id)
        count = len(framework.competencies)
        yield Page(
            path=path,
            title=framework.name,
            description=f"{framework.name}: {count} competencies, each at three levels.",
            html=render("framework.html", path, framework=framework, uses=uses),
        )
