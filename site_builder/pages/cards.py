"""The pictures that other sites show beside a link, and phones on a home screen.

Links to a credential in any language and to its awards share one card, so a catalog has as many as it has
credentials. They belong to the award part: award pages name them where MkDocs is not installed, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.art.card import HEIGHT, WIDTH, card
from site_builder.art.icon import TOUCH_SIDE, touch_icon
from site_builder.assembling.addresses import SITE_CARD, Addresses, credential_card
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.messages import Words, load

CARD_SIZE = (WIDTH, HEIGHT)
"""Width and height of a card in pixels: what Open Graph's readers show whole."""
TOUCH_ICON = "assets/badgepress/touch-icon.png"
"""The issuer's mark for a phone's home screen."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """SVG that is published as PNG at ``path``, ``width`` by ``height`` pixels."""

    path: str
    svg: str
    width: int
    height: int


def drawings(catalog: Catalog, at: Addresses) -> Iterator[Drawing]:
    """Yield the card of each credential's current version, that of the site, and the issuer's icon."""
    words, mark, issuer = load(catalog.settings.languages[0]), catalog.issuer_image, catalog.issuer.name
    for item in catalog.current:
        svg = card(item.spec.name, _kicker(item, words), issuer, at.host, item.image, mark)
        yield Drawing(credential_card(item.spec.id), svg, *CARD_SIZE)
    svg = card(catalog.settings.site_name, "", issuer, at.host, mark, mark)
    yield Drawing(SITE_CARD, svg, *CARD_SIZE)
    yield Drawing(TOUCH_ICON, touch_icon(mark), TOUCH_SIDE, TOUCH_SIDE)


def _kicker(item: Achievement, words: Words) -> str:
    """Return what stands above the title: kind and level."""
    return f"{words(f'terms.kind.{item.spec.kind}')} · {words(f'terms.level.{item.spec.level}')}"
