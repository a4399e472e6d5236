"""The page of a competency framework: every competency at its three levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder.assembling.addresses import framework_page
from site_builder.pages.page import Page
from site_builder.pages.view import View


def framework_pages(view: View) -> Iterator[Page]:
    """Yield a page per framework; beside each competency stands how many credentials show it."""
    catalog = view.catalog
    uses = Counter(
        pair
        for item in catalog.current
        for pair in {(aligned.framework.id, aligned.competency.id) for aligned in item.competencies}
    )
    for framework in catalog.frameworks.values():
        yield view.page(
            framework_page(framework.id),
            title=framework.name,
            description=view.words(
                "framework.description", n=len(framework.competencies), name=framework.name
            ),
            template="framework.html",
            values={"framework": framework, "uses": uses},
        )
