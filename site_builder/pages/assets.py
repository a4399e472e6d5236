"""What pages need beside their HTML: stylesheets, and the badge images they show."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import achievement_image, issuer_image
from site_builder.catalog.catalog import Catalog
from site_builder.exports.award_page import STYLESHEET

CATALOG_STYLESHEET = "assets/badgepress/catalog.css"
"""The stylesheet of the catalog, over Material's own."""


def static_artifacts() -> Iterator[Artifact]:
    """Yield the files that award pages share; they are the same for every catalog."""
    yield Artifact(STYLESHEET, _style("award.css"))


def catalog_stylesheet() -> Artifact:
    """Return the catalog's stylesheet, which is only needed where MkDocs builds the catalog."""
    return Artifact(CATALOG_STYLESHEET, _style("catalog.css"))


def image_artifacts(catalog: Catalog) -> Iterator[Artifact]:
    """Yield the badge image of every version, and the issuer's mark."""
    mark = catalog.issuer_image
    yield Artifact(issuer_image(mark.media_type), mark.published)
    for item in catalog.achievements.values():
        image = item.image
        yield Artifact(achievement_image(*item.key, image.media_type), image.published)


def _style(name: str) -> bytes:
    """Return a stylesheet with the colours and faces that all pages share at its head."""
    styles = files("site_builder.pages") / "styles"
    return (styles / "tokens.css").read_bytes() + (styles / name).read_bytes()
