"""The page of a competency: what it means at each level, and which credentials show it."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import competency_page
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.models.credential import LEVELS, Level
from site_builder.models.framework import Competency, Framework
from site_builder.pages.credential_index import by_name
from site_builder.pages.page import Page
from site_builder.pages.view import View


def competency_pages(view: View) -> Iterator[Page]:
    """Yield a page per competency of every framework; alignments in badges point to them."""
    catalog = view.catalog
    for framework in catalog.frameworks.values():
        for competency in framework.competencies:
            levels = [
                (level, by_name(_showing(catalog, framework, competency, level), view.words))
                for level in LEVELS
            ]
            count = len({item.spec.id for _, items in levels for item in items})
            yield view.page(
                competency_page(framework.id, competency.id),
                title=competency.name,
                description=view.words("competency.description", text=competency.description),
                template="competency.html",
                values={"framework": framework, "competency": competency, "levels": levels, "count": count},
            )


def _showing(
    catalog: Catalog, framework: Framework, competency: Competency, level: Level
) -> list[Achievement]:
    """Return the current credentials whose holders have shown this competency at this level."""
    wanted = framework.id, competency.id, level
    return [
        item
        for item in catalog.current
        if any((use.framework.id, use.competency.id, use.level) == wanted for use in item.competencies)
    ]
