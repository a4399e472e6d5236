"""The steps from the front page to a page, for machines (schema.org BreadcrumbList)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.pages.page import CREDENTIALS, FRAMEWORKS, HOME
from site_builder.pages.view import View

_NAMES = {HOME: "site.catalog", CREDENTIALS: "credential.places", FRAMEWORKS: "framework.all"}
"""What the steps are called on pages, where that is shorter than their own titles."""


def breadcrumbs(view: View, key: str, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the steps from the front page to the page ``key``; none for the front page itself.

    They are those which the page shows above its title. ``titles`` are this language's titles by key.
    """
    if key == HOME:
        return []
    steps = [
        {"@type": "ListItem", "position": number, "name": name, "item": view.at.url(view.place(step))}
        for number, (name, step) in enumerate(_named(view, key, titles), 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": steps}]


def _named(view: View, key: str, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    above = [(view.words(_NAMES[step]) if step in _NAMES else titles[step], step) for step in _above(key)]
    return [*above, (titles[key], key)]


def _above(key: str) -> list[str]:
    """Return the keys of the pages above this one, the front page first."""
    folder, *rest = key.removesuffix("index.html").rstrip("/").split("/")
    if folder == "credentials" and rest:
        return [HOME, CREDENTIALS]
    if folder == "frameworks" and rest:
        return [HOME, FRAMEWORKS, *([f"frameworks/{rest[0]}/index.html"] if rest[1:] else [])]
    return [HOME]
