"""What our templates over Material show on every page: head, header and footer."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from markupsafe import escape

from site_builder.assembling.addresses import issuer_image, issuer_page
from site_builder.catalog.catalog import Catalog
from site_builder.exports.award_page import GUIDE
from site_builder.pages.page import CREDENTIALS, FRAMEWORKS, LISTED


def theme_folder() -> str:
    """Return the folder of the templates that stand before Material's own."""
    return str(files("site_builder.pages") / "overrides")


def theme_values(catalog: Catalog) -> dict[str, object]:
    """Return what the templates know as ``badgepress``; addresses are relative to the site's root.

    Material's templates do not escape what they show: ours must do so themselves.
    """
    issuer = catalog.issuer
    return {
        "mark": issuer_image(catalog.issuer_image.media_type),
        "issuer": issuer.name,
        "links": [
            (f"About {issuer.name}", _address(issuer_page(issuer.id))),
            ("All credentials by name", _address(CREDENTIALS)),
            ("Skills and frameworks", _address(FRAMEWORKS)),
            ("Listed awards", _address(LISTED)),
            ("How to check a badge", _address(GUIDE)),
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


def _address(path: str) -> str:
    return path.removesuffix("index.html")
