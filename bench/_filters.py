"""How long the front page's filters take in Chromium, from the choice to the laid-out page."""

from __future__ import annotations

import os
import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench._host import hosted
from tests.support.browser import launch
from tools.node import find_node

TOGGLES = 20
# A choice as a reader makes it, then the way back, which shows everything again; each with the layout it asks
# for, which a browser would put off to its next frame.
_TOGGLE = """toggles => {
    const boxes = [...document.querySelectorAll('.bp-choice input')];
    const spent = [];
    for (let turn = 0; turn < toggles; turn += 1) {
        const box = boxes[((turn >> 1) * 7) % boxes.length];
        const start = performance.now();
        box.click();
        document.body.getBoundingClientRect();
        spent.push(performance.now() - start);
    }
    return spent;
}"""
_TYPE = """words => {
    const field = document.querySelector('.bp-hero__search input');
    return [...words].map((_, end) => {
        field.value = words.slice(0, end + 1);
        const start = performance.now();
        field.dispatchEvent(new Event('input', {bubbles: true}));
        document.body.getBoundingClientRect();
        return performance.now() - start;
    });
}"""
_SEARCH = """async query => {
    const start = performance.now();
    document.querySelector('.bp-open-search').click();
    const field = document.querySelector('.bp-search input');
    field.value = query;
    while (!document.querySelector('.bp-results a')) {
        await new Promise(resolve => setTimeout(resolve, 1));
    }
    const first = performance.now() - start;
    const again = performance.now();
    field.dispatchEvent(new Event('input', {bubbles: true}));
    document.body.getBoundingClientRect();
    return [first, performance.now() - again];
}"""


def measure_filters(site: Path) -> dict[str, float]:
    """Return milliseconds: of toggles, of letters typed, of the first search and of a later one."""
    # Playwright's own copy of Node needs libatomic1, which a fresh Debian lacks.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(find_node().program))
    with sync_playwright() as playwright, hosted(site) as start:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(start)
        page.locator(".bp-filters:not([hidden])").wait_for()
        found = _measured(page)
        browser.close()
    return found


def _measured(page: Page) -> dict[str, float]:
    toggles: list[float] = page.evaluate(_TOGGLE, TOGGLES)
    page.evaluate("document.querySelector('.bp-clear').click()")
    letters: list[float] = page.evaluate(_TYPE, "data analysis")
    searched: Any = page.evaluate(_SEARCH, "data")
    return {
        f"filter, median of {TOGGLES} toggles": statistics.median(toggles),
        "filter, slowest toggle": max(toggles),
        "filter by words, median letter": statistics.median(letters),
        "search, first (loads its index)": searched[0],
        "search, a later letter": searched[1],
    }
