"""The page ``/verify/``: any badge, from a file, a text or an address, is checked in the reader's browser."""

from __future__ import annotations

from markupsafe import Markup

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses, issuer_image
from site_builder.catalog.catalog import Catalog
from site_builder.exports.award_page import CHECK, GUIDE, STYLESHEET
from site_builder.exports.html import POLICY, relative, templates
from site_builder.messages import load, words_path

CHECKER = "assets/badgepress/check.js"
"""The script of the page."""

CHECK_POLICY = POLICY.replace("connect-src 'self'", "connect-src 'self' https:")
"""As every page's, but other hosts may be asked: by this page alone, after a button that names the host."""


def check_page(catalog: Catalog, at: Addresses) -> Artifact:
    """Return the page; without scripts it tells how else a badge can be checked."""
    words = load(catalog.settings.languages[0])
    html = (
        templates("site_builder.exports", words)
        .get_template("check.html")
        .render(
            {
                "policy": Markup(CHECK_POLICY),  # noqa: S704 - our own words
                "site": catalog.settings.site_name,
                "languages": " ".join(catalog.settings.languages),
                "base": at.base,
                "links": {
                    "style": relative(CHECK, STYLESHEET),
                    "words": relative(CHECK, words_path(words.language)),
                    "script": relative(CHECK, CHECKER),
                    "icon": relative(CHECK, issuer_image(catalog.issuer_image.media_type)),
                    "home": relative(CHECK, "index.html"),
                    "guide": relative(CHECK, GUIDE),
                },
            }
        )
    )
    return Artifact(CHECK, html.encode())
