"""Which cards there are, and what is written on each."""

from __future__ import annotations

from html import escape

from site_builder.assembling.addresses import SITE_CARD, credential_card
from site_builder.pages import all_pages
from site_builder.pages.cards import CARD_SIZE, TOUCH_ICON, drawings
from site_builder.pages.crawlers import Heads
from tests.pages.sample import AT, HOSTILE, sample_catalog

CATALOG = sample_catalog()
DRAWN = {drawing.path: drawing for drawing in drawings(CATALOG, AT)}


def test_each_current_credential_and_the_site_has_a_card() -> None:
    cards = {SITE_CARD, *(credential_card(item.spec.id) for item in CATALOG.current)}
    assert set(DRAWN) == {*cards, TOUCH_ICON}
    assert {(DRAWN[path].width, DRAWN[path].height) for path in cards} == {CARD_SIZE}


def test_every_page_names_a_card_that_is_there() -> None:
    pages = all_pages(CATALOG, AT)
    heads = Heads(pages, CATALOG, AT)
    assert {heads.of(page)["card"] for page in pages} == {
        AT.url(path) for path in DRAWN if path != TOUCH_ICON
    }


def test_a_card_says_what_it_is_of() -> None:
    svg = DRAWN[credential_card("tables")].svg
    for words in ("credential", "Microcredential · Foundational", "Northfield Polytechnic", AT.host):
        assert f">{words}</text>" in svg
    assert ">Northfield Badges</text>" in DRAWN[SITE_CARD].svg


def test_a_hostile_title_is_only_words() -> None:
    svg = DRAWN[credential_card("hostile")].svg
    assert "<script" not in svg
    assert escape(HOSTILE.split(">")[0]) in svg.replace("</text>", "")


def test_the_mark_becomes_an_icon() -> None:
    icon = DRAWN[TOUCH_ICON]
    assert (icon.width, icon.height) == (180, 180)
    assert "data:image/svg+xml;base64," in icon.svg
