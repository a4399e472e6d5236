"""The issuer's page: who awards, how to reach them, and the keys their badges are signed with."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.assembling.addresses import issuer_image, issuer_page
from site_builder.exports.award_page import CHECK
from site_builder.exports.html import relative
from site_builder.pages.page import Page
from site_builder.pages.view import View

GROUP = 4
"""How many signs of a key stand together, so that people can compare two keys."""


def issuer_pages(view: View) -> Iterator[Page]:
    """Yield the page of the one issuer."""
    catalog = view.catalog
    issuer = catalog.issuer
    path = view.place(issuer_page(issuer.id))
    values = {
        "issuer": issuer,
        "at": view.at,
        "mark": relative(path, issuer_image(catalog.issuer_image.media_type)),
        "keys_link": relative(path, view.at.did_paths[-1]),
        "count": sum(1 for _ in catalog.current),
        "groups": groups,
        "CHECK": CHECK,
    }
    yield view.page(
        issuer_page(issuer.id),
        title=issuer.name,
        description=view.words("issuer.description", name=issuer.name),
        template="issuer.html",
        values=values,
    )


def groups(key: str) -> list[str]:
    """Return a key in pieces of four signs, the last one shorter where the length asks for it."""
    return [key[start : start + GROUP] for start in range(0, len(key), GROUP)]
