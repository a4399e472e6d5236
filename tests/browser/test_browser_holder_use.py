"""What holders and visitors can do on the page: check, share, print, by keyboard, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from site_builder.identity.values import FIELDS
from tests.browser.holders import (
    ADA,
    ENDED,
    ERASED,
    NAMELESS,
    OTHER,
    ROSTER,
    STORED,
    Opened,
    Site,
    check,
    secrets_of,
    told_on,
)
from tests.support.browser import Look, axe, in_both_schemes, settle, told, watched_page

pytestmark = pytest.mark.browser

Open = Callable[..., Opened]
DESKTOP = Look()
PHONES = [Look(width=390, height=844), Look(width=390, height=844, scheme="dark")]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FITS_NOT = "It does not fit."


def test_a_visitor_with_the_secret_can_check_a_holder(holders: Site, opens: Open) -> None:
    opened = opens(holders.page(ADA))
    name, email = (ROSTER.salt(ADA, of) for of in FIELDS)
    assert check(opened, "Ada Lovelace", name) == "It fits: this badge was issued to Ada Lovelace."
    assert check(opened, " ADA@example.org ", email).startswith("It fits")
    assert check(opened, "ada@example.org", holders.link(ADA)).startswith("It fits")
    assert check(opened, "ada@example.org", name).startswith(FITS_NOT)
    assert check(opened, "Eve", name).startswith(FITS_NOT)
    assert check(opened, "Ada Lovelace", holders.link(OTHER)).startswith(FITS_NOT)
    assert check(opened, "Ada Lovelace", "") == "Fill in both, what you were told and the secret."
    assert opened.page.evaluate("document.activeElement.className") == "secret"
    # What was written into the form is in no attribute, address or store.
    check(opened, "Ada Lovelace", name)
    assert told_on(opened, ADA) == []


def test_a_badge_without_a_name_says_so(holders: Site, opens: Open) -> None:
    opened = opens(holders.page(NAMELESS))
    secret = ROSTER.salt(NAMELESS, "email")
    assert check(opened, "Grace Hopper", secret) == "This badge holds no commitment to a name."
    assert check(opened, "grace@example.org", secret).startswith("It fits")


def test_a_link_with_the_name_alone_confirms_no_guessed_address(holders: Site, opens: Open) -> None:
    opened = opens(holders.link(ADA, "name"))
    assert opened.holder.inner_text().split("\n") == [
        "Issued to Ada Lovelace",
        "Confirmed by the signed badge",
    ]
    assert "ada@example.org" not in opened.text()
    link = holders.link(ADA, "name")
    for secret in (
        link,
        ROSTER.salt(ADA, "name"),
        f"{link}&email=ada%40example.org&email.salt={ROSTER.salt(ADA, 'name')}",
    ):
        assert check(opened, "ada@example.org", secret).startswith(FITS_NOT)
    # Nor as a link of its own, with the only secret that its reader has.
    guessed = opens(f"{link}&email=ada%40example.org&email.salt={ROSTER.salt(ADA, 'name')}")
    assert guessed.page.locator(".holder.note h2").inner_text() == "This link does not fit this badge"


def test_the_holder_chooses_what_a_link_shows(holders: Site, opens: Open) -> None:
    opened = opens(holders.link(ADA))
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    name, email = (
        page.get_by_label("the name: Ada Lovelace"),
        page.get_by_label("the e-mail address: ada@example.org"),
    )
    assert (name.is_checked(), email.is_checked()) == (True, False)

    def copied() -> str:
        page.get_by_role("button", name="Copy this link").click()
        page.locator(".holder").get_by_text("The link is copied.").wait_for()
        link: str = page.evaluate("navigator.clipboard.readText()")
        assert page.locator(".link code").inner_text() == link
        return link

    assert copied() == holders.link(ADA, "name")
    email.check()
    assert page.locator(".link code").count() == 0
    assert copied() == holders.link(ADA)
    name.uncheck()
    assert copied() == holders.link(ADA, "email")
    email.uncheck()
    page.get_by_text("With nothing chosen, it is the plain address").wait_for()
    assert copied() == holders.page(ADA)
    # The button that was always there shares nobody's name.
    page.get_by_role("button", name="Share the link").click()
    page.locator(".tools").get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == holders.page(ADA)
    assert told_on(opened, ADA) == []


def test_the_system_s_own_sharing_gets_the_chosen_link(holders: Site, opens: Open) -> None:
    given = "() => { globalThis.given = []; navigator.share = async data => { given.push(data.url) } }"
    opened = opens(holders.page(ADA))
    page = opened.page
    page.evaluate(given)
    page.evaluate("link => { location.href = link }", holders.link(ADA))
    page.get_by_role("button", name="Send this link").click()
    page.get_by_role("button", name="Share the link").click()
    assert page.evaluate("given") == [holders.link(ADA, "name"), holders.page(ADA)]


def test_paper_has_the_name_and_no_secret(holders: Site, opens: Open) -> None:
    opened = opens(holders.link(ADA))
    page = opened.page
    page.wait_for_function("() => globalThis.badgepressSheet")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    text = " ".join(page.inner_text("body").split())
    assert "Issued to Ada Lovelace" in text
    assert "ada@example.org" not in text
    assert [salt for of in FIELDS if (salt := ROSTER.salt(ADA, of)) in text] == []
    assert told_on(opened, ADA) == []
    sheet = page.pdf(format="A4", landscape=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1
    nameless = opens(holders.page(ADA)).page
    nameless.wait_for_function("() => globalThis.badgepressSheet")
    nameless.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "Issued to" not in nameless.locator(".sheet").text_content()  # type: ignore[operator]


def test_the_holder_stays_in_every_language(holders: Site, opens: Open) -> None:
    opened = opens(holders.link(ADA))
    page = opened.page
    page.get_by_label("Language").select_option("ar")
    page.get_by_text("مُنحت إلى Ada Lovelace").first.wait_for()
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert (page.evaluate(WIDER), told(axe(page)), page.locator(".issued-to").count()) == (False, [], 1)
    page.get_by_label("اللغة").select_option("fr")
    page.get_by_text("Décerné à Ada Lovelace").first.wait_for()
    assert page.locator(".issued-to").count() == 1
    assert [secret for secret in secrets_of(ADA) if secret in page.evaluate(STORED)] == []


def test_all_can_be_done_by_keyboard(holders: Site, opens: Open) -> None:
    opened = opens(holders.link(ADA))
    page = opened.page
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.textContent.trim() || document.activeElement.type")
        )
        if reached[-1] == "Check a holder":
            page.keyboard.press("Enter")
        if reached[-1] == "Check":
            break
    wanted = ["checkbox", "checkbox", "Copy this link", "Check a holder", "text", "text", "Check"]
    assert [item for item in reached if item in wanted] == wanted


STATES: dict[str, Callable[[Site], str]] = {
    "right": lambda holders: holders.link(ADA),
    "revoked": lambda holders: holders.link(ENDED),
    "wrong": lambda holders: holders.link(ADA).replace("Ada%20", "Eve%20"),
    "none": lambda holders: holders.page(ADA),
}


@pytest.mark.parametrize(("state", "look"), [*zip(STATES, PHONES * 2, strict=True)], ids=STATES)
def test_every_state_is_accessible_on_a_phone(state: str, look: Look, holders: Site, opens: Open) -> None:
    opened = opens(STATES[state](holders), look)
    page = opened.page
    check(opened, "Eve", "0" * 32)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    if state == "right":
        page.get_by_role("button", name="Copy this link").click()
        page.locator(".link code").wait_for()
    settle(page)
    for where, rules in in_both_schemes(page, look):
        assert (where, told(axe(page, rules)), page.evaluate(WIDER)) == (where, [], False)


def test_name_and_verdict_are_above_the_fold_of_a_phone(holders: Site, opens: Open) -> None:
    page = opens(holders.link(ADA), PHONES[0]).page
    plate = page.locator(".plate").bounding_box()
    name = page.locator(".issued-to").bounding_box()
    assert plate
    assert name
    assert name["y"] < plate["y"]
    assert plate["y"] + plate["height"] <= 844


@pytest.mark.parametrize("look", [DESKTOP, *PHONES], ids=["desktop", "light", "dark"])
def test_the_page_of_an_erased_award_is_accessible(look: Look, holders: Site, browser: Browser) -> None:
    with watched_page(browser, holders.base[:-9], look) as watched:
        watched.page.goto(holders.page(ERASED))
        assert watched.page.inner_text("h1") == "This award was erased"
        assert "It was erased on 3 March 2026." in watched.page.inner_text("main")
        assert (told(axe(watched.page)), watched.page.evaluate(WIDER), watched.errors) == ([], False, [])


def test_without_scripts_the_page_says_that_it_names_nobody(holders: Site, browser: Browser) -> None:
    with watched_page(browser, holders.base[:-9], Look(scripts=False)) as watched:
        watched.page.goto(holders.page(ADA))
        assert "It does not show who holds the badge." in watched.page.inner_text(".plate")
