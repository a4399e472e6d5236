"""Every kind of page in a real browser: accessible, at home on a phone, silent towards other hosts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open, Serve
from tests.support.browser import Look, axe, in_both_schemes, told

pytestmark = pytest.mark.browser

# Each width begins in one scheme and is then shown in the other: opening a page takes as long as judging it.
LOOKS = [
    pytest.param(Look(width=390, height=844, scheme="light"), id="390"),
    pytest.param(Look(width=1280, height=900, scheme="dark"), id="1280"),
]
KINDS = {
    "home": "",
    "credential": "credentials/data-literacy/",
    "earlier version": "credentials/charts-people-can-read/1.0/",
    "credentials by name": "credentials/",
    "framework": "frameworks/data-and-digital/",
    "frameworks": "frameworks/",
    "competency": "frameworks/data-and-digital/spreadsheets/",
    "issuer": "issuers/northfield/",
    "listed awards": "awards/",
    "guide": "guides/verifier/",
    "not found": "404.html",
    "check": "verify/",
    "home in French": "fr/",
    "credential in Arabic": "ar/credentials/data-literacy/",
}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
NARROW = 320


def scrolls_sideways_at(width: int, page: Page, look: Look) -> bool:
    page.set_viewport_size({"width": width, "height": 640})
    wider = bool(page.evaluate(WIDER))
    page.set_viewport_size({"width": look.width, "height": look.height})
    return wider


def award_addresses(site: Path) -> dict[str, str]:
    """Return the address of one award of each state, by the words its page shows."""
    pages = sorted((site / "issued").glob("*/index.html"))
    words = {"withdrawn": "The issuer withdrew", "replaced": "issuer replaced", "stacked": "Stacked from"}
    found = {"award": f"issued/{pages[0].parent.name}/"}
    for state, sentence in words.items():
        for page in pages:
            if sentence in page.read_text(encoding="utf-8"):
                found.setdefault(state, f"issued/{page.parent.name}/")
    assert len(found) == 4, found
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_every_kind_of_page_is_accessible_and_silent_and_scrolls_nowhere_sideways(
    demo_site: Path, serve: Serve, visit: Open, look: Look
) -> None:
    base = serve(demo_site, keep=True)
    shown = visit(base, look, keeps=True)
    faults = []
    for kind, address in {**KINDS, **award_addresses(demo_site)}.items():
        shown.page.goto(base + address)
        for where, rules in in_both_schemes(shown.page, look):
            faults += [f"{kind}, {where}: {line}" for line in told(axe(shown.page, rules))]
            if shown.page.evaluate(WIDER):
                faults.append(f"{kind}, {where}: scrolls sideways")
        if look.width < 400 and scrolls_sideways_at(NARROW, shown.page, look):
            faults.append(f"{kind}, {NARROW}: scrolls sideways")
    assert faults + shown.errors + shown.foreign == []


def test_pages_work_below_any_path(demo_site: Path, serve: Serve, visit: Open) -> None:
    base = serve(demo_site, "/deep/below/")
    for address in ("", "credentials/data-literacy/", award_addresses(demo_site)["stacked"]):
        shown = visit(base + address)
        broken = shown.page.evaluate("""() => {
            const images = [...document.images];
            images.forEach(image => { image.loading = 'eager' });
            return Promise.all(images.map(image => image.decode().then(() => null, () => image.src)))
        }""")
        assert [image for image in broken if image] == []
        assert shown.errors == []


def test_an_award_page_from_a_file_has_its_stylesheet_and_art(demo_site: Path, visit: Open) -> None:
    page = demo_site / award_addresses(demo_site)["award"] / "index.html"
    shown = visit(page.as_uri(), Look(scripts=False))
    assert shown.page.evaluate("document.styleSheets.length") == 1
    assert shown.page.evaluate("getComputedStyle(document.querySelector('.plate')).borderStyle") == "dashed"
    assert shown.page.evaluate("document.querySelector('.head img').naturalWidth") > 0
    assert (shown.errors, shown.foreign) == ([], [])


def test_the_catalog_reads_without_scripts(demo_site: Path, serve: Serve, visit: Open) -> None:
    shown = visit(serve(demo_site), Look(scripts=False))
    catalog = json.loads((demo_site / "catalog.json").read_text(encoding="utf-8"))
    assert shown.page.locator(".bp-card").count() == len(catalog["credentials"])


def test_a_keyboard_reaches_the_content_first(demo_site: Path, serve: Serve, visit: Open) -> None:
    shown = visit(serve(demo_site))
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert shown.page.locator(".bp-skip").bounding_box()["y"] >= 0  # type: ignore[index]
