"""What our templates over Material show on every page: head, header and footer, in each language."""

from __future__ import annotations

import re
from functools import partial
from importlib.resources import files
from typing import Any

from markupsafe import escape

from site_builder.assembling.addresses import issuer_image, issuer_page
from site_builder.catalog.catalog import Catalog
from site_builder.exports.award_page import CHECK, GUIDE
from site_builder.exports.html import POLICY, sentence
from site_builder.messages import words_path
from site_builder.pages.assets import SCRIPTS
from site_builder.pages.crawlers import site_head
from site_builder.pages.page import CREDENTIALS, FRAMEWORKS, HOME, LISTED
from site_builder.pages.view import View

_ALIGNED = re.compile(r' style="text-align: (left|center|right);"')
_VOID = re.compile(r"<((?:img|br|hr)\b[^<>]*?) ?/>")


def theme_folder() -> str:
    """Return the folder of the templates that stand before Material's own."""
    return str(files("site_builder.pages") / "overrides")


def theme_values(views: list[View]) -> dict[str, object]:
    """Return what the templates know as ``badgepress``; addresses are relative to the site's root.

    MkDocs' templates do not escape what they show: ours must do so themselves.
    """
    catalog = views[0].catalog
    return {
        "first": views[0].words.language,
        "policy": POLICY,
        "issuer": catalog.issuer.name,
        # The one title in mkdocs.yml that the interface has words for in every language.
        "guides": views[0].words("site.guides"),
        "check": _address(CHECK),
        "scripts": SCRIPTS,
        **site_head(views[0]),
        "views": {view.words.language: _frame(view, catalog) for view in views},
    }


def _frame(view: View, catalog: Catalog) -> dict[str, object]:
    words, issuer = view.words, catalog.issuer

    def page(key: str) -> str:
        return _address(view.place(key))

    return {
        "language": words.language,
        "direction": words.direction,
        "t": partial(sentence, words),
        "mark": issuer_image(catalog.issuer_image.media_type),
        "home": page(HOME) or ".",
        "script": words_path(words.language),
        "places": [
            (words("site.catalog"), page(HOME) or ".", page(CREDENTIALS)),
            (words("site.skills"), page(FRAMEWORKS), page(FRAMEWORKS)),
            (words("site.check"), _address(CHECK), _address(CHECK)),
        ],
        "links": [
            (words("site.about", issuer=issuer.name), page(issuer_page(issuer.id))),
            (words("site.by-name"), page(CREDENTIALS)),
            (words("site.skills"), page(FRAMEWORKS)),
            (words("site.listed"), page(LISTED)),
            (words("site.how-to-check"), _address(GUIDE)),
        ],
    }


def as_text(value: Any) -> Any:
    """Return ``value`` with every text in it escaped, for templates that write it as it is.

    Escaped texts are ``Markup``: a template that does escape them leaves them alone.
    """
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return {name: as_text(inner) for name, inner in value.items()}
    return [as_text(inner) for inner in value] if isinstance(value, list) else value


def without_styles(html: str) -> str:
    """Return a guide's HTML with classes for what Markdown's tables say in style attributes.

    The policy of every page forbids those (CSP Level 3, ``style-src-attr``). Void elements lose
    the slash that they have in XHTML.
    """
    return _VOID.sub(r"<\1>", _ALIGNED.sub(r' class="bp-\1"', html))


def _address(path: str) -> str:
    return path.removesuffix("index.html")
