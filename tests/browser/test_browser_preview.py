"""The pages of a preview in a real browser: the mark is seen, is no obstacle, and is printed too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.publishing.preview import mark_site
from tests.browser.conftest import Open, Serve
from tests.browser.test_browser_pages import LOOKS, WIDER
from tests.support.browser import Look, axe, in_both_schemes, told

pytestmark = pytest.mark.browser

MARK = "body > aside.preview-mark"


@pytest.fixture(scope="module")
def preview(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo's pages as those of a preview: the mark is all that makes the difference to readers."""
    folder = tmp_path_factory.mktemp("preview") / "site"
    shutil.copytree(demo_site, folder)
    mark_site(folder)
    return folder


def addresses(site: Path) -> list[str]:
    award = min(page.parent.name for page in (site / "issued").glob("*/index.html"))
    return ["", "credentials/data-literacy/", "ar/credentials/data-literacy/", f"issued/{award}/", "404.html"]


@pytest.mark.parametrize("look", LOOKS)
def test_the_mark_is_seen_on_accessible_pages(preview: Path, serve: Serve, visit: Open, look: Look) -> None:
    base = serve(preview)
    shown = visit(base, look)
    faults = []
    for address in addresses(preview):
        shown.page.goto(base + address)
        for where, rules in in_both_schemes(shown.page, look):
            mark = shown.page.locator(MARK)
            box = mark.bounding_box()
            if not mark.is_visible() or box is None or box["y"] != 0 or box["width"] < look.width - 20:
                faults.append(f"{address}, {where}: the mark is at {box}")
            faults += [f"{address}, {where}: {line}" for line in told(axe(shown.page, rules))]
            if shown.page.evaluate(WIDER):
                faults.append(f"{address}, {where}: scrolls sideways")
    assert faults + shown.errors + shown.foreign == []


def test_the_mark_is_printed_also_on_the_one_sheet_of_an_award(
    preview: Path, serve: Serve, visit: Open
) -> None:
    base = serve(preview)
    shown = visit(base)
    for address in addresses(preview)[1:4]:
        shown.page.goto(base + address)
        if address.startswith("issued/"):
            shown.page.wait_for_function("() => globalThis.badgepressSheet")
            shown.page.evaluate("dispatchEvent(new Event('beforeprint'))")
            shown.page.locator("body > .sheet").wait_for(state="attached")
        shown.page.emulate_media(media="print")
        assert shown.page.locator(MARK).is_visible(), address
        shown.page.emulate_media(media="screen")
