"""The front page: what these credentials are, how many, and every current one as a card."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.assembling.addresses import competency_page
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.models.credential import KINDS, LEVELS
from site_builder.pages.assets import BROWSE
from site_builder.pages.filters import card_data, filter_groups
from site_builder.pages.page import HOME, Page
from site_builder.pages.view import View


def home_page(view: View) -> Iterator[Page]:
    """Yield the front page: the hero with three counts, then the cards by kind."""
    catalog = view.catalog
    items = by_kind(catalog)
    everything = [item for _, group in items for item in group]
    description = view.words("home.description", n=len(everything), issuer=catalog.issuer.name)
    values = {
        "catalog": catalog,
        "groups": items,
        "shown": _shown(everything),
        "counts": _counts(catalog, everything),
        "total": len(everything),
        "filter_groups": filter_groups(view.words, everything),
        "card_data": partial(card_data, view.words),
    }
    title = catalog.settings.site_name
    yield view.page(
        HOME,
        title=title,
        description=description,
        template="home.html",
        values=values,
        scripts=(BROWSE,),
    )


def by_kind(catalog: Catalog) -> list[tuple[str, list[Achievement]]]:
    """Return the kinds that have current credentials, smallest first; in each, those still awarded lead."""
    groups = ((kind, [item for item in catalog.current if item.spec.kind == kind]) for kind in KINDS)
    return [(kind, sorted(group, key=_order)) for kind, group in groups if group]


def _order(item: Achievement) -> tuple[bool, int, str]:
    return item.spec.status == "retired", LEVELS.index(item.spec.level), item.spec.name.casefold()


def _shown(items: list[Achievement]) -> list[Achievement]:
    """Return the three credentials whose badges stand in the hero: one of each of the largest kinds."""
    largest = {item.spec.kind: item for item in reversed(items) if item.spec.status != "retired"}
    chosen = list(largest.values())[:3]
    return chosen if len(chosen) == 3 else []


def _counts(catalog: Catalog, items: list[Achievement]) -> list[tuple[str, int]]:
    """Return the three counts: credentials, skills that at least one of them shows, and frameworks."""
    skills = {
        competency_page(aligned.framework.id, aligned.competency.id)
        for item in items
        for aligned in item.competencies
    }
    return [("credentials", len(items)), ("skills", len(skills)), ("frameworks", len(catalog.frameworks))]
