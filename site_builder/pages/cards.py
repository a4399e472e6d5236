"""The pictures that other sites show beside a link, and phones on a home screen.

Links to a credential in any language and to its awards share one card, so a catalog has as many as it has
credentials. They belong to the award part: award pages name them where MkDocs is not installed, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import SITE_CARD, Addresses, credential_card
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.images import Image
from site_builder.messages import Words, load

CARD_SIZE = (1200, 630)
"""Width and height of a card in pixels: what Open Graph's readers show whole."""
TOUCH_ICON = "assets/badgepress/touch-icon.png"
"""The issuer's mark for a phone's home screen, 180 pixels each way."""
TOUCH_SIZE = (180, 180)

Draw = Callable[[str, str, str, str, Image, Image], str]
"""Draws a card as SVG from title, kicker, issuer, host, badge art and mark."""
Raster = Callable[[str, int, int], bytes]
"""Makes a PNG of that width and height from SVG."""


def card_artifacts(catalog: Catalog, at: Addresses, draw: Draw, raster: Raster) -> Iterator[Artifact]:
    """Yield the card of each credential's current version, and that of the site; same inputs, same bytes."""
    words, mark, issuer = load(catalog.settings.languages[0]), catalog.issuer_image, catalog.issuer.name
    for item in catalog.current:
        svg = draw(item.spec.name, _kicker(item, words), issuer, at.host, item.image, mark)
        yield Artifact(credential_card(item.spec.id), raster(svg, *CARD_SIZE))
    svg = draw(catalog.settings.site_name, "", issuer, at.host, mark, mark)
    yield Artifact(SITE_CARD, raster(svg, *CARD_SIZE))


def touch_icon(catalog: Catalog, raster: Raster) -> Artifact:
    """Return the issuer's mark as a PNG; a mark that is one already is left to the phone to scale."""
    mark = catalog.issuer_image
    is_drawing = mark.media_type == "image/svg+xml"
    data = raster(mark.published.decode(), *TOUCH_SIZE) if is_drawing else mark.published
    return Artifact(TOUCH_ICON, data)


def _kicker(item: Achievement, words: Words) -> str:
    """Return what stands above the title: kind and level."""
    return f"{words(f'terms.kind.{item.spec.kind}')} · {words(f'terms.level.{item.spec.level}')}"
