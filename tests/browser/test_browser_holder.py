"""The holder's page in a real browser: names only what is proved, and tells nobody what the link holds."""

from __future__ import annotations

from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from site_builder.assembling.addresses import award_json
from tests.browser.holders import (
    ADA,
    ENDED,
    NAMELESS,
    OTHER,
    ROSTER,
    HoldersWorld,
    Opened,
    Site,
    link_to,
    secrets_of,
    told_on,
)
from tests.browser.worlds import NOW, publish, with_badge
from tests.support.browser import Look, served, watched_page
from tests.verifying.world import PART

pytestmark = pytest.mark.browser

Open = Callable[..., Opened]
DESKTOP = Look()
WRONG = "This link does not fit this badge"
NOT_SHOWN = "The holder is not shown."


@pytest.mark.parametrize("folder", [False, True], ids=["http", "folder"])
def test_the_right_link_names_the_holder(folder: bool, holders: Site, opens: Open) -> None:
    opened = opens(holders.link(ADA, folder=folder))
    confirmed = (
        "Fits this copy of the badge, which is not confirmed" if folder else "Confirmed by the signed badge"
    )
    assert opened.holder.inner_text().split("\n") == ["Issued to Ada Lovelace", "ada@example.org", confirmed]
    assert opened.page.locator(".holder .seal, .holder .mark, .issued-to.good").count() == 0
    assert opened.page.locator("main > [role=status]").inner_text() == "Issued to Ada Lovelace"
    assert opened.page.locator(".plate h2").inner_text() == (
        "A copy, not confirmed" if folder else "Genuine and current"
    )
    assert NOT_SHOWN not in opened.text()
    assert WRONG not in opened.text()


@pytest.mark.parametrize("folder", [False, True], ids=["http", "folder"])
def test_nothing_of_the_link_is_asked_for_kept_or_put_into_an_address(
    folder: bool, holders: Site, opens: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(
        "tests.support.browser._StaticHost.log_message", lambda _, form, *words: heard.append(form % words)
    )
    monkeypatch.setattr("tests.support.browser._StaticHost.parse_request", _listening(heard))
    opened = opens(holders.link(ADA, folder=folder))
    page = opened.page
    assert page.url == holders.page(ADA, folder=folder)
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("history.length") <= 2  # about:blank, and this page
    assert told_on(opened, ADA) == []
    # The log has every request: the page, its scripts, the badge, the key document, the list.
    assert len(opened.asked) >= 8
    assert any("holder.js" in url for url in opened.asked)
    if not folder:
        assert any("/credential.json" in line for line in heard)
    assert [line for line in heard if any(secret in line for secret in secrets_of(ADA)) or "#" in line] == []
    page.reload()
    page.locator(".holder").first.wait_for()
    assert NOT_SHOWN in opened.text()
    assert "Ada" not in opened.text()


def _listening(heard: list[str]) -> Callable[[Any], bool]:
    def parse(handler: Any) -> bool:
        heard.append(handler.raw_requestline.decode("latin-1"))
        found = SimpleHTTPRequestHandler.parse_request(handler)
        heard.extend(f"{name}: {value}" for name, value in getattr(handler, "headers", {}).items())
        return found

    return parse


def _edited(link: str, old: str, new: str) -> str:
    assert old in link
    return link.replace(old, new, 1)


WRONGS: dict[str, Callable[[Site], str]] = {
    "another award's link": lambda holders: holders.link(OTHER).replace(OTHER, ADA),
    "edited name": lambda holders: _edited(holders.link(ADA), "Ada%20", "Eve%20"),
    "edited e-mail": lambda holders: _edited(holders.link(ADA), "ada%40", "eve%40"),
    "edited salt": lambda holders: holders.link(ADA)[:-1] + ("0" if holders.link(ADA)[-1] != "0" else "1"),
    "salts exchanged": lambda holders: _edited(
        holders.link(ADA, "name"), ROSTER.salt(ADA, "name"), ROSTER.salt(ADA, "email")
    ),
    "part of the name as salt": lambda holders: _edited(
        holders.link(ADA, "name"), "Ada%20Lovelace&name.salt=", "Ada&name.salt=%20Lovelace"
    ),
    "cut short": lambda holders: holders.link(ADA)[:-50],
    "without its secret": lambda holders: holders.page(ADA) + "#name=Ada%20Lovelace",
    "a guessed name beside the true address": lambda holders: (
        holders.link(ADA, "email") + f"&name=Eve&name.salt={ROSTER.salt(ADA, 'name')}"
    ),
    "broken": lambda holders: holders.page(ADA) + "#name=%E0%A4%A&name.salt=" + ROSTER.salt(ADA, "name"),
    "a name where none was signed": lambda holders: (
        holders.link(NAMELESS) + f"&name=Grace%20Hopper&name.salt={ROSTER.salt(NAMELESS, 'name')}"
    ),
}


def said_of(opened: Opened) -> dict[str, object]:
    """Return what a page says where the link is wrong, the badge beside it being what it is."""
    text = opened.text()
    words = ("Ada", "Eve", "Zoë", "Grace", "ada@example.org", "eve@example.org")
    return {
        "note": opened.page.locator(".holder.note h2").all_inner_texts(),
        "announced": opened.page.locator("main > [role=status]").all_inner_texts(),
        "holders": opened.holder.count(),
        "named": [word for word in words if word in text],
        "plate": opened.page.locator(".plate h2").all_inner_texts(),
        "fragment": "#" in opened.page.url,
    }


@pytest.mark.parametrize("folder", [False, True], ids=["http", "folder"])
def test_a_wrong_link_is_told_and_names_nobody(folder: bool, holders: Site, opens: Open) -> None:
    links = {kind: link(holders) for kind, link in WRONGS.items()}
    opened = opens(holders.page(PART, folder=folder))
    said = {}
    for kind, link in links.items():
        opened.open(holders.in_folder(link) if folder else link)
        said[kind] = said_of(opened)
    expected = {
        "note": [WRONG],
        "announced": [WRONG],
        "holders": 0,
        "named": [],
        # What the plate says of the badge itself is not touched by a link.
        "plate": ["A copy, not confirmed" if folder else "Genuine and current"],
        "fragment": False,
    }
    assert said == dict.fromkeys(WRONGS, expected)


def test_without_a_link_the_page_says_why_it_names_nobody(holders: Site, opens: Open) -> None:
    opened = opens(holders.page(ADA))
    assert NOT_SHOWN in opened.text()
    assert "the holder has a private link" in opened.text()
    assert opened.page.get_by_text("Check a holder").count() == 1
    assert opened.holder.count() == 0


@pytest.mark.parametrize("award", [OTHER, ENDED])
def test_names_of_any_script_are_proved_as_they_were_signed(award: str, holders: Site, opens: Open) -> None:
    opened = opens(holders.link(award))
    shown = opened.holder.locator("b").inner_text()
    assert shown in ("Zoë İnci", "عائشة الباعونية")
    assert opened.page.locator(".plate h2").inner_text() == (
        "Revoked" if award == ENDED else "Genuine and current"
    )


def test_a_link_put_into_the_address_bar_of_an_opens_is_read(holders: Site, opens: Open) -> None:
    opened = opens(holders.page(ADA))
    opened.page.evaluate("link => { location.href = link }", holders.link(ADA))
    opened.holder.wait_for()
    assert opened.holder.inner_text().startswith("Issued to Ada Lovelace")
    assert opened.page.url == holders.page(ADA)
    opened.page.evaluate("link => { location.href = link }", holders.link(OTHER).replace(OTHER, ADA))
    opened.page.get_by_role("heading", name=WRONG).wait_for()
    assert opened.holder.count() == 0
    assert told_on(opened, ADA) == []


def test_a_badge_that_was_altered_names_nobody_whatever_the_link(tmp_path: Path, browser: Browser) -> None:
    with served(tmp_path, "/college/") as base, watched_page(browser, base[:-9], DESKTOP) as watched:
        world = HoldersWorld(base)
        world.change(award_json(ADA), lambda badge: badge.update(name="Doctor"))
        publish(world, tmp_path)
        watched.page.clock.set_fixed_time(NOW)
        watched.page.goto(link_to(base, ADA))
        watched.page.get_by_role("heading", name="Altered").wait_for()
        watched.page.wait_for_timeout(300)
        assert "Lovelace" not in watched.page.inner_text("body")
        assert watched.page.locator(".holder").count() == 0
        assert "#" not in watched.page.url
        assert watched.errors == []


def test_a_badge_without_commitments_says_so(tmp_path: Path, browser: Browser) -> None:
    with served(tmp_path, "/college/") as base, watched_page(browser, base[:-9], DESKTOP) as watched:
        world = HoldersWorld(base)
        with_badge(lambda badge: badge["credentialSubject"].pop("identifier"))(world)
        publish(world, tmp_path)
        watched.page.clock.set_fixed_time(NOW)
        watched.page.goto(f"{base}issued/{PART}/")
        watched.page.get_by_text("holds nothing that a holder could prove").wait_for()
        assert watched.page.get_by_text("Check a holder").count() == 0
