"""The front page's filters in a real browser, and what the catalog's scripts make of every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.search import open_search
from tests.support.browser import Look, axe, told

pytestmark = pytest.mark.browser

PHONE = Look(width=390, height=844)
NARROW = Look(width=320, height=640)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What the page's own script works out, worked out anew from the page's attributes.
FITTING = """([group, value]) => [...document.querySelectorAll('.bp-card')].filter(
    card => (card.dataset[group] ?? '').split(' ').includes(value)).length"""
COUNTS = """() => {
    const cards = [...document.querySelectorAll('.bp-card')].filter(card => !card.hidden);
    return [...document.querySelectorAll('.bp-choice input')].map(({name, value, parentElement}) => [
        `${name} ${value}`,
        Number(parentElement.querySelector('.bp-count').textContent),
        cards.filter(card => (card.dataset[name] ?? '').split(' ').includes(value)).length,
    ]);
}"""


def box(page: Page, group: str, value: str) -> Any:
    return page.locator(f'input[name="{group}"][value="{value}"]')


def label(page: Page, group: str, value: str) -> Any:
    return page.locator(".bp-choice", has=box(page, group, value))


def cards(page: Page) -> int:
    return page.locator(".bp-card:not([hidden])").count()


def status(page: Page) -> Any:
    return page.locator(".bp-applied")


def test_a_choice_hides_what_does_not_fit_and_says_so(home: str, quiet: Open) -> None:
    page = quiet(home).page
    everything = cards(page)
    expect(status(page)).to_have_text(f"{everything} credentials")
    label(page, "level", "advanced").click()
    fitting = page.evaluate(FITTING, ["level", "advanced"])
    assert 0 < cards(page) == fitting < everything
    expect(status(page)).to_have_text(f"{fitting} of {everything}: advanced")
    assert page.url == home + "?level=advanced"
    for section in page.locator("#browse section").all():
        assert section.is_visible() == (section.locator(".bp-card:not([hidden])").count() > 0)


def test_choices_add_up_within_a_group_and_narrow_between_groups(home: str, quiet: Open) -> None:
    page = quiet(home).page
    for level in ("advanced", "intermediate"):
        label(page, "level", level).click()
    wide = cards(page)
    assert wide == sum(page.evaluate(FITTING, ["level", level]) for level in ("advanced", "intermediate"))
    label(page, "type", "soft").click()
    assert 0 < cards(page) < wide
    expect(status(page)).to_have_text(re.compile("^.* of .*: intermediate, advanced, soft skill$"))


def test_counts_follow_what_is_left(home: str, quiet: Open) -> None:
    page = quiet(home).page
    assert [name for name, told_count, left in page.evaluate(COUNTS) if told_count != left] == []
    label(page, "method", "project").click()
    counts = page.evaluate(COUNTS)
    assert [name for name, told_count, left in counts if told_count != left and "method" not in name] == []
    # Within its own group a choice tells what it would add, so those beside a ticked one keep their numbers.
    kept = [value for name, value, left in counts if name == "method test"]
    assert kept == [page.evaluate(FITTING, ["method", "test"])]


def test_every_choice_is_within_the_keyboard_s_reach(home: str, quiet: Open) -> None:
    page = quiet(home).page
    box(page, "kind", "nanocredential").focus()
    for _ in range(20):
        if page.evaluate("document.activeElement.value") == "foundational":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert cards(page) == page.evaluate(FITTING, ["level", "foundational"])
    assert page.evaluate("document.activeElement.value") == "foundational"
    folded = page.locator(".bp-filter details > summary")
    folded.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "skill"


def test_the_address_holds_the_choice_and_back_undoes_it(home: str, quiet: Open) -> None:
    page = quiet(home + "?level=foundational&level=nonsense&from=mail#browse").page
    foundational = cards(page)
    assert box(page, "level", "foundational").is_checked()
    assert foundational == page.evaluate(FITTING, ["level", "foundational"])
    label(page, "type", "soft").click()
    assert page.url == home + "?from=mail&level=foundational&type=soft#browse"
    both = cards(page)
    page.go_back()
    expect(box(page, "type", "soft")).not_to_be_checked()
    assert cards(page) == foundational
    page.go_forward()
    expect(box(page, "type", "soft")).to_be_checked()
    assert cards(page) == both


def test_the_way_back_from_a_credential_finds_the_choice_again(home: str, quiet: Open) -> None:
    page = quiet(home).page
    label(page, "level", "advanced").click()
    page.locator(".bp-card:not([hidden]) a").first.click()
    page.locator("h1").wait_for()
    page.go_back()
    expect(box(page, "level", "advanced")).to_be_checked()
    expect(status(page)).to_have_text(re.compile(" of .*: advanced"))


def test_a_folded_skill_that_an_address_names_is_in_sight(home: str, quiet: Open) -> None:
    page = quiet(home).page
    folded = page.locator(".bp-filter details input").last
    assert not folded.is_visible()
    skill = folded.get_attribute("value")
    page.goto(f"{home}?skill={skill}")
    expect(page.locator(".bp-filter details input").last).to_be_visible()
    assert 0 < cards(page) == page.evaluate(FITTING, ["skill", skill])


def test_words_narrow_while_they_are_typed_and_make_no_history(home: str, quiet: Open) -> None:
    page = quiet(home).page
    steps = page.evaluate("history.length")
    field = page.locator(".bp-hero__search input")
    field.press_sequentially("SPRÉADSHEET")
    expect(status(page)).to_have_text(re.compile("of .*: “SPRÉADSHEET”"))
    names = page.locator(".bp-card:not([hidden])").all_inner_texts()
    assert names
    assert all("spreadsheet" in name.lower() for name in names)
    assert "?q=SPR%C3%89ADSHEET" in page.url
    assert page.evaluate("history.length") == steps
    field.press("Enter")
    assert page.evaluate("document.activeElement.className") == "bp-applied"


def test_where_nothing_fits_the_page_says_what_to_leave_out(home: str, quiet: Open) -> None:
    page = quiet(home + "?level=advanced&q=zebra").page
    advanced = page.evaluate(FITTING, ["level", "advanced"])
    assert cards(page) == 0
    nothing = page.locator(".bp-nothing")
    expect(nothing).to_contain_text(f"Without “zebra” there are {advanced}.")
    nothing.get_by_role("button", name="Leave out “zebra”").click()
    assert cards(page) == advanced
    assert page.url == home + "?level=advanced"
    expect(nothing).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "bp-applied"


def test_one_press_clears_everything(home: str, quiet: Open) -> None:
    page = quiet(home + "?level=advanced&type=soft&q=data").page
    page.locator(".bp-clear").click()
    expect(status(page)).to_have_text(f"{cards(page)} credentials")
    assert page.url == home
    assert page.locator(".bp-choice input:checked").count() == 0
    assert page.locator(".bp-hero__search input").input_value() == ""
    expect(page.locator(".bp-clear")).to_be_hidden()


def test_on_phones_the_filters_wait_in_a_sheet(home: str, quiet: Open) -> None:
    page = quiet(home, PHONE).page
    sheet = page.locator(".bp-filter-sheet")
    assert not box(page, "level", "advanced").is_visible()
    sheet.locator("summary").first.click()
    label(page, "level", "advanced").click()
    expect(sheet.locator("summary .bp-count").first).to_have_text("1")
    page.get_by_role("button", name=f"Show {cards(page)} credentials").click()
    assert not box(page, "level", "advanced").is_visible()
    expect(status(page)).to_be_in_viewport()


def test_filters_work_from_a_folder(demo_site: Path, quiet: Open) -> None:
    start = (demo_site / "index.html").as_uri()
    page = quiet(start).page
    label(page, "level", "advanced").click()
    assert cards(page) == page.evaluate(FITTING, ["level", "advanced"])
    assert page.url == start + "?level=advanced"
    page.locator(".bp-card:not([hidden]) a").first.click()
    page.locator("h1").wait_for()
    assert page.url.endswith("/index.html")
    page.go_back()
    expect(status(page)).to_have_text(re.compile("of .*: advanced"))


def test_without_scripts_every_card_is_shown_and_no_form(home: str, quiet: Open) -> None:
    page = quiet(home, Look(scripts=False)).page
    assert cards(page) == page.locator(".bp-card:visible").count() > 20
    assert page.locator("form:visible, input:visible, summary:visible, button:visible").count() == 0


# The page around them


def states(page: Page, home: str, language: str) -> Iterator[str]:
    """Bring the page into each state that only a script makes; yield what it is called."""
    page.goto(f"{home}{language}")
    yield "home"
    if not page.locator(".bp-filter-sheet").evaluate("sheet => sheet.open"):
        page.locator(".bp-filter-sheet > summary").click()
    page.locator(".bp-filter details > summary").first.click()
    label(page, "level", "advanced").click()
    yield "filtered"
    page.goto(f"{home}{language}?level=advanced&q=zebra")
    page.locator(".bp-nothing button").wait_for()
    yield "nothing fits"
    open_search(page).press_sequentially("data")
    page.locator(".bp-results a").first.wait_for()
    page.keyboard.press("ArrowDown")
    yield "search"


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("", 320, "light"), ("", 1280, "dark"), ("ar/", 320, "dark"), ("ar/", 1280, "light")],
)
def test_what_scripts_make_is_accessible_and_fits(
    home: str, quiet: Open, language: str, width: int, scheme: Any
) -> None:
    page = quiet(home, Look(width=width, height=800, scheme=scheme)).page
    faults = []
    for state in states(page, home, language):
        faults += [f"{state}: {line}" for line in told(axe(page))]
        faults += [f"{state}: scrolls sideways"] if page.evaluate(WIDER) else []
    assert faults == []


TRANSLATED = (
    "", "credentials/", "credentials/data-literacy/", "credentials/data-literacy/1.0/", "issuers/northfield/",
    "frameworks/", "frameworks/data-and-digital/", "frameworks/data-and-digital/spreadsheets/", "awards/",
)  # fmt: skip


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_pages_in_other_languages_are_accessible_and_fit_a_narrow_phone(
    home: str, quiet: Open, language: str, direction: str
) -> None:
    page = quiet(home, NARROW).page
    faults = []
    for address in TRANSLATED:
        page.goto(f"{home}{language}/{address}")
        root = page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]")
        assert root == [language, direction]
        faults += [f"{address}: {line}" for line in told(axe(page))]
        faults += [f"{address}: scrolls sideways"] if page.evaluate(WIDER) else []
    assert faults == []


def test_in_arabic_the_filters_stand_at_the_right(home: str, quiet: Open) -> None:
    page = quiet(home + "ar/").page
    filters, results = (page.locator(name).bounding_box() for name in (".bp-filters", ".bp-browse__results"))
    assert filters
    assert results
    assert filters["x"] >= results["x"] + results["width"]


def test_a_print_has_the_cards_that_fit_and_nothing_to_press(home: str, quiet: Open) -> None:
    page = quiet(home + "?level=advanced").page
    page.set_viewport_size({"width": 760, "height": 1000})
    page.emulate_media(media="print")
    assert page.locator(".bp-card:visible").count() == page.evaluate(FITTING, ["level", "advanced"])
    assert not page.evaluate(WIDER)
    assert page.locator(".bp-tools button:visible, .bp-choice:visible, .bp-hero__search:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")


# What moved and was not asked to, added up as browsers do it (Layout Instability, section 3).
SHIFTS = """window.shifts = []; new PerformanceObserver(list => {
    for (const {value, startTime} of list.getEntries()) window.shifts.push({value, startTime});
}).observe({type: 'layout-shift', buffered: true})"""
# All of it, and what came with the scripts: a face that is drawn a moment later moves a little by itself.
MOVED = """() => {
    const words = performance.getEntriesByType('resource').find(one => one.name.endsWith('words.en.js'));
    const sum = shifts => shifts.reduce((all, {value}) => all + value, 0);
    return [sum(window.shifts), sum(window.shifts.filter(({startTime}) => startTime >= words.responseEnd))];
}"""


@pytest.mark.parametrize("look", [PHONE, Look()], ids=["phone", "desktop"])
@pytest.mark.parametrize("address", ["", "credentials/data-literacy/"])
def test_nothing_moves_when_the_scripts_come_late(home: str, quiet: Open, look: Look, address: str) -> None:
    page = quiet(home + "awards/", look).page
    page.add_init_script(SHIFTS)

    def late(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/words.en.js", late)
    page.goto(home + address)
    expect(page.locator(".bp-tools button")).to_have_count(2)
    page.wait_for_timeout(200)
    whole, by_scripts = page.evaluate(MOVED)
    assert by_scripts < 0.02
    assert whole < 0.05


@pytest.mark.parametrize("address", ["guides/verifier/", "decisions/0005-libraries/", "reference/formats/"])
def test_tables_of_guides_fit_a_narrow_phone(home: str, quiet: Open, address: str) -> None:
    page = quiet(home + address, NARROW).page
    assert page.locator("table").count() > 0
    assert not page.evaluate(WIDER)
