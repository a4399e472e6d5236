"""Search and theme in a real browser: by keyboard, in each language, from http and from a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.search import open_search
from tests.support.browser import Look

pytestmark = pytest.mark.browser


def test_search_by_keyboard_forgives_a_slip_and_leads_there(home: str, quiet: Open) -> None:
    page = quiet(home + "frameworks/").page
    open_search(page).press_sequentially("spredsheets")
    expect(page.locator(".bp-search [role=status]")).to_have_text(re.compile(r"^\d+ results?$"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".bp-results a").nth(1).evaluate("link => link === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".bp-search input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    name = page.locator(".bp-results__name").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_enter_in_the_field_takes_the_first_result(home: str, quiet: Open) -> None:
    page = quiet(home).page
    open_search(page).press_sequentially("data ethics")
    first = page.locator(".bp-results__name").first
    expect(first).to_have_text(re.compile("Data ethics", re.IGNORECASE))
    name = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_escape_leaves_the_search_and_the_focus_goes_back(home: str, quiet: Open) -> None:
    page = quiet(home).page
    button = page.get_by_role("button", name="Search").filter(has=page.locator("svg")).first
    button.click()
    expect(page.locator(".bp-search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".bp-search")).to_be_hidden()
    expect(button).to_be_focused()


def test_what_is_not_there_is_said(home: str, quiet: Open) -> None:
    page = quiet(home).page
    open_search(page).press_sequentially("qqqqzzzz")
    expect(page.locator(".bp-search [role=status]")).to_have_text(re.compile("Nothing found for “qqqqzzzz”"))
    assert page.locator(".bp-results li").count() == 0


def test_the_search_is_fetched_when_it_is_opened_and_not_before(home: str, quiet: Open) -> None:
    page = quiet(home).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload()
    assert not {"search.js", "index.en.js"} & set(asked)
    open_search(page)
    expect(page.locator(".bp-search [role=status]")).to_have_text(re.compile("^Type a word"))
    assert {"search.js", "index.en.js"} <= set(asked)


def test_a_search_that_cannot_be_had_is_told_and_tried_again(home: str, visit: Open) -> None:
    page = visit(home).page
    page.route("**/index.en.js", lambda route: route.abort())
    open_search(page)
    expect(page.locator(".bp-search [role=status]")).to_have_text(re.compile("could not be loaded"))
    page.keyboard.press("Escape")
    page.unroute("**/index.en.js")
    open_search(page).press_sequentially("ethics")
    expect(page.locator(".bp-results a").first).to_be_visible()


def test_search_works_from_a_folder(demo_site: Path, quiet: Open) -> None:
    page = quiet((demo_site / "credentials" / "index.html").as_uri()).page
    open_search(page).press_sequentially("ethics")
    page.locator(".bp-results a").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("ethics", re.IGNORECASE))
    assert page.url.startswith("file://")


@pytest.mark.parametrize(
    ("language", "query", "name"),
    [
        ("fr", "reunion", "Des réunions qui décident"),
        ("fr", "meetings that decide", "Des réunions qui décident"),
        # Without the article and with another letter for the same sound than the title has.
        ("ar", "كتابه واضحه", "الكتابة الواضحة في العمل"),
    ],
)
def test_each_language_searches_its_own_pages(
    home: str, quiet: Open, language: str, query: str, name: str
) -> None:
    page = quiet(f"{home}{language}/").page
    open_search(page).press_sequentially(query)
    expect(page.locator(".bp-results__name").first).to_have_text(name)
    assert f"/{language}/" in str(page.locator(".bp-results a").first.get_attribute("href"))


def test_no_award_is_in_the_search(demo_site: Path) -> None:
    indexes = sorted((demo_site / "assets" / "badgepress").glob("index.*.js"))
    assert [path.name for path in indexes] == ["index.ar.js", "index.en.js", "index.fr.js"]
    awards = [path.name for path in (demo_site / "issued").iterdir()]
    for path in indexes:
        text = path.read_text(encoding="utf-8")
        assert "issued/" not in text
        assert [award for award in awards if award in text] == []


# Theme


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_chosen_theme_holds_on_the_next_page(home: str, quiet: Open) -> None:
    page = quiet(home).page
    light = ground(page)
    page.get_by_role("button", name="Switch to dark").click()
    dark = ground(page)
    assert dark != light
    page.goto(home + "frameworks/")
    assert (ground(page), page.evaluate("document.documentElement.dataset.theme")) == (dark, "dark")
    page.get_by_role("button", name="Switch to light").press("Enter")
    assert ground(page) == light
    page.goto(home + "guides/verifier/")
    assert ground(page) == light


def test_without_a_choice_the_page_follows_the_system(home: str, quiet: Open) -> None:
    page = quiet(home, Look(scheme="dark")).page
    assert page.evaluate("document.documentElement.dataset.theme") is None
    expect(page.get_by_role("button", name="Switch to light")).to_be_visible()


def test_a_browser_that_keeps_nothing_changes_the_page_at_hand(home: str, quiet: Open) -> None:
    page = quiet(home).page
    page.add_init_script("""Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('refused', 'SecurityError') }
    })""")
    page.goto(home)
    light = ground(page)
    page.get_by_role("button", name="Switch to dark").click()
    assert ground(page) != light
