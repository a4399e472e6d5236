"""The steps from the front page to a page, for machines (schema.org BreadcrumbList)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.pages.page import CREDENTIALS, FRAMEWORKS, HOME, LISTED
from site_builder.pages.view import View

_LISTS = {"credentials": CREDENTIALS, "frameworks": FRAMEWORKS, "awards": LISTED}
"""The page that lists what stands in a folder of the site."""


def breadcrumbs(view: View, key: str, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the steps from the front page to the page ``key``; none for the front page itself.

    ``titles`` are the titles of this language's pages by key, and each step is called by its page's.
    """
    above = _above(key, titles)
    if not above:
        return []
    named = [(view.words("site.catalog") if step == HOME else titles[step], step) for step in (*above, key)]
    steps = [
        {"@type": "ListItem", "position": number, "name": name, "item": view.at.url(view.place(step))}
        for number, (name, step) in enumerate(named, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": steps}]


def _above(key: str, titles: Mapping[str, str]) -> list[str]:
    """Return the keys of the pages above this one, the front page first."""
    if key == HOME:
        return []
    first, *rest = key.removesuffix("index.html").rstrip("/").split("/")
    top = _LISTS.get(first)
    middle = [f"{first}/{rest[0]}/index.html"] if len(rest) > 1 else []
    steps = [HOME, *([top] if top and rest else []), *middle]
    return [step for step in steps if step in titles and step != key]
