"""Which cards there are, and what is written on each."""

from __future__ import annotations

from dataclasses import replace

from site_builder.assembling.addresses import SITE_CARD, credential_card
from site_builder.images import Image
from site_builder.pages import all_pages
from site_builder.pages.cards import CARD_SIZE, TOUCH_ICON, card_artifacts, touch_icon
from site_builder.pages.crawlers import Heads
from tests.pages.sample import AT, HOSTILE, sample_catalog

CATALOG = sample_catalog()


def draw(title: str, kicker: str, issuer: str, host: str, art: Image, mark: Image) -> str:
    return "|".join((title, kicker, issuer, host, art.path, mark.path))


def raster(svg: str, width: int, height: int) -> bytes:
    return f"{width}x{height}|{svg}".encode()


CARDS = {artifact.path: artifact.data.decode() for artifact in card_artifacts(CATALOG, AT, draw, raster)}


def test_each_current_credential_and_the_site_has_a_card() -> None:
    assert set(CARDS) == {SITE_CARD, *(credential_card(item.spec.id) for item in CATALOG.current)}


def test_every_page_names_a_card_that_is_there() -> None:
    pages = all_pages(CATALOG, AT)
    heads = Heads(pages, CATALOG, AT)
    assert {heads.of(page)["card"] for page in pages} == {AT.url(path) for path in CARDS}


def test_a_card_says_what_it_is_of() -> None:
    assert CARDS[credential_card("sums")] == (
        f"{CARD_SIZE[0]}x{CARD_SIZE[1]}|The sums credential|Nanocredential · Foundational"
        "|Northfield Polytechnic|badges.northfield.example|credentials/sums.svg|credentials/mark.svg"
    )
    assert "|Northfield Badges||Northfield Polytechnic|" in CARDS[SITE_CARD]
    assert HOSTILE in CARDS[credential_card("hostile")]  # the drawing escapes it


def test_the_mark_becomes_an_icon() -> None:
    icon = touch_icon(CATALOG, raster)
    assert icon.path == TOUCH_ICON
    assert icon.data.startswith(b"180x180|<svg")
    png = replace(CATALOG.issuer_image, media_type="image/png", published=b"png")
    assert touch_icon(replace(CATALOG, issuer_image=png), raster).data == b"png"
