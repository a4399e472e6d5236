"""The page that stays at the address of an award that was erased: that it was, and since when (DESIGN 4).

It names no person, no credential and no other award, and no badge stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import award_page, issuer_image
from site_builder.catalog.catalog import Catalog
from site_builder.exports.award_page import STYLESHEET
from site_builder.exports.award_story import contact_link
from site_builder.exports.html import POLICY, relative, templates
from site_builder.messages import load


def tombstones(catalog: Catalog) -> Iterator[Artifact]:
    """Yield the page of every award that was erased."""
    words = load(catalog.settings.languages[0])
    template = templates("site_builder.exports", words).get_template("tombstone.html")
    for award in (catalog.tallies or catalog).erased.values():
        here = award_page(award.id)
        values = {
            "policy": Markup(POLICY),  # noqa: S704 - our own words
            "site": catalog.settings.site_name,
            "day": award.erased.date,
            "issuer": contact_link(catalog, here),
            "style": relative(here, STYLESHEET),
            "icon": relative(here, issuer_image(catalog.issuer_image.media_type)),
            "home": relative(here, "index.html"),
        }
        yield Artifact(here, template.render(values).encode())
