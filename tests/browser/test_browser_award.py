"""Award pages in a real browser: the right words in every state, from http and from a folder, no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.worlds import DAMAGE, NOW, Damage, named, publish, with_badge
from tests.support.browser import Look, Watched, axe, served, settle, told, watched_page
from tests.verifying.world import PART, STACK, World

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Watched]
Put = Callable[..., tuple[str, Path]]
DARK_PHONE = Look(width=390, height=844, scheme="dark")
NARROW = Look(width=320, height=640, motion="reduce")
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

# State -> (heading at home, a piece of its sentence, heading of the same site opened from a folder).
WORDS = {
    "valid": (
        "Genuine and current",
        "Signed by Northfield College, unchanged, and not revoked as of 22 November 2026.",
        "A copy, not confirmed",
    ),
    "expired": ("Expired", "Genuine, but it expired on 1 November 2026.", "Expired"),
    "revoked": ("Revoked", "Do not rely on it.", "Revoked"),
    "stack": ("Genuine and current", "All 2 badges that it is built on are there", "A copy, not confirmed"),
    "stack with a changed part": (
        "A part is missing",
        "The signature is right, but a badge that it is built on is not the one that was signed for.",
        "A part is missing",
    ),
    "not yet valid": ("Not valid yet", "15 January 2027", "Not valid yet"),
    "stale list": ("Cannot be confirmed", "unknown since 20 November 2026", "Cannot be confirmed"),
    "tampered": (
        "Altered",
        "Do not rely on this badge: its words do not match the issuer's signature.",
        "Altered",
    ),
    "foreign key": ("Not signed by this issuer", "Do not rely on this badge.", "Not signed by this issuer"),
    "withdrawn key": ("Not signed by this issuer", "Do not rely on this badge.", "Not signed by this issuer"),
    "unknown context": ("Do not rely on it", "list of contexts", "Do not rely on it"),
    "duplicate key": ("Do not rely on it", "says one thing twice", "Do not rely on it"),
    "another badge": ("Another badge stands here", "another address", "Another badge stands here"),
    "no keys": ("Cannot be confirmed", "did.json is not there", "Cannot be confirmed"),
}


@pytest.fixture
def put(tmp_path: Path) -> Iterator[Put]:
    """Return ``put(*damage)``: the address and the folder of a site that is served, with this done to it."""
    with ExitStack() as stack:

        def start(*damage: Damage) -> tuple[str, Path]:
            folder = tmp_path / f"site-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            base = stack.enter_context(served(folder, "/college/"))
            world = World(base)
            for change in damage:
                change(world)
            return base, publish(world, folder)

        yield start


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return ``open_page(url, look, now)``: the page once it has a verdict; without scripts, as it is."""
    with ExitStack() as stack:

        def load(url: str, look: Look = NARROW, now: datetime = NOW) -> Watched:
            origin = re.match(r"\w+://[^/]*", url)
            watched = stack.enter_context(watched_page(browser, origin[0] if origin else "", look))
            watched.page.clock.set_fixed_time(now)
            watched.page.goto(url)
            if look.scripts:
                watched.page.locator(".plate .summary").wait_for(timeout=10_000)
            return watched

        yield load


def plate(watched: Watched) -> str:
    return " ".join(watched.page.locator(".plate").inner_text().split())


def heading(watched: Watched) -> str:
    return watched.page.locator(".plate h2").inner_text().strip()


def page_file(folder: Path, award: str = PART) -> Path:
    return folder / "issued" / award / "index.html"


def test_every_state_is_tried() -> None:
    assert set(WORDS) == set(DAMAGE)


@pytest.mark.parametrize("state", DAMAGE)
def test_a_page_says_the_right_words_at_home_and_from_a_folder(
    state: str, put: Put, open_page: OpenPage
) -> None:
    award, damage = DAMAGE[state]
    base, folder = put(damage)
    headed, sentence, from_folder = WORDS[state]
    home = open_page(f"{base}issued/{award}/")
    assert heading(home) == headed
    assert sentence in plate(home)
    copy = open_page(page_file(folder, award).as_uri())
    assert heading(copy) == from_folder
    assert "Genuine and current" not in plate(copy)
    assert "Signed by a key that" not in plate(copy)
    if from_folder == "A copy, not confirmed":
        assert f"This is a copy: {base.split('/')[2]} was not asked." in plate(copy)
        assert f"Its home is {base}issued/{award}/" in plate(copy)
    for watched in (home, copy):
        missing = [error for error in watched.errors if "404" in error or "FILE_NOT_FOUND" in error]
        assert watched.errors == (missing if state == "no keys" else [])
        assert (watched.foreign, watched.page.evaluate(WIDER)) == ([], False)


def test_the_same_files_on_another_host_are_a_copy(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    elsewhere = base.replace("127.0.0.1", "localhost")
    watched = open_page(f"{elsewhere}issued/{PART}/")
    assert heading(watched) == "A copy, not confirmed"
    assert f"This is a copy: {base.split('/')[2]} was not asked." in plate(watched)
    assert watched.page.locator(".answers .good").count() == 0
    assert (watched.foreign, watched.errors) == ([], [])


def test_without_scripts_the_page_says_that_nothing_was_checked(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    watched = open_page(f"{base}issued/{PART}/", Look(scripts=False))
    assert heading(watched) == "Not checked"
    assert "How to check it" in plate(watched)
    assert not re.search("genuine|valid|checking", watched.page.inner_text("body"), re.IGNORECASE)


def test_what_was_signed_is_shown_whatever_the_page_says(put: Put, open_page: OpenPage) -> None:
    base, folder = put()
    page = page_file(folder)
    altered = page.read_text("utf-8").replace("Foundational", "Advanced").replace(">Listening<", ">Surgery<")
    page.write_text(altered.replace("1 March 2026", "1 March 2016"), encoding="utf-8")
    watched = open_page(f"{base}issued/{PART}/", Look())
    text = watched.page.inner_text("main")
    assert watched.page.inner_text("h1") == "Listening"
    assert [word for word in ("Surgery", "Advanced", "2016") if word in text] == []
    for fact in ("1 March 2026", "Nanocredential", "Foundational", "88 %", "Listens.", "Examination board"):
        assert fact in text


def test_words_that_are_not_confirmed_are_marked_so(put: Put, open_page: OpenPage) -> None:
    base, _ = put(DAMAGE["tampered"][1])
    watched = open_page(f"{base}issued/{PART}/")
    assert watched.page.inner_text(".only-claims") == "What this page says, which is not confirmed"
    assert "Doctor" not in watched.page.inner_text("main .facts")
    assert told(axe(watched.page)) == []


@pytest.mark.parametrize(
    "name",
    ["✓ Genuine and current", "Genuine and current. " * 250, "\u202eelddim eht\u202c \u2066x", "<img src=x>"],
    ids=["a verdict", "5,000 letters", "turned", "markup"],
)
def test_a_name_is_never_taken_for_a_verdict(name: str, put: Put, open_page: OpenPage) -> None:
    base, _ = put(named(name), DAMAGE["stale list"][1])
    watched = open_page(f"{base}issued/{PART}/")
    page = watched.page
    assert heading(watched) == "Cannot be confirmed"
    assert "Genuine" not in page.inner_text(".plate h2")
    assert page.locator(".plate.good, .plate .seal path.extra").count() == 0
    shown = page.inner_text("h1")
    assert len(shown) <= 201
    assert not set("\u202e\u202c\u2066") & set(shown)
    assert page.title() == "Listening – Northfield College"
    assert page.locator("h1 img").count() == 0
    assert (page.evaluate(WIDER), watched.errors, watched.foreign) == (False, [], [])


def test_a_failure_of_the_network_is_told_and_can_be_tried_again(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    watched = open_page(f"{base}issued/{PART}/")
    page = watched.page
    page.context.set_offline(True)
    page.evaluate("document.querySelector('select').dispatchEvent(new Event('change'))")
    page.context.set_offline(False)
    page.route("**/did.json", lambda route: route.abort())
    page.reload()
    page.locator(".plate .summary").wait_for()
    assert heading(watched) == "Cannot be confirmed"
    assert "did not answer" in plate(watched)
    page.unroute("**/did.json")
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("heading", name="Genuine and current").wait_for()
    assert watched.foreign == []


def test_a_verifier_that_does_not_load_is_told_and_can_be_tried_again(put: Put, open_page: OpenPage) -> None:
    base, folder = put()
    script = folder / "assets" / "badgepress" / "verifier.js"
    away = script.rename(script.with_suffix(".away"))
    watched = open_page(f"{base}issued/{PART}/")
    assert heading(watched) == "Not checked"
    assert "The program that checks badges could not be loaded, so nothing was checked." in plate(watched)
    copy = open_page(page_file(folder).as_uri())
    assert heading(copy) == "Not checked"
    away.rename(script)
    watched.page.get_by_role("button", name="Try again").click()
    watched.page.get_by_role("heading", name="Genuine and current").wait_for()
    assert watched.foreign == []


def test_a_clock_before_the_award_is_told(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    watched = open_page(f"{base}issued/{PART}/", now=datetime(2025, 1, 1, tzinfo=UTC))
    assert "It counts only from 1 March 2026" in plate(watched)
    assert "Genuine and current" not in plate(watched)


def test_lines_open_by_keyboard_to_their_details(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    page = open_page(f"{base}issued/{PART}/").page
    summary = page.locator(".answers summary").first
    for _ in range(20):
        page.keyboard.press("Tab")
        if summary.evaluate("found => found === document.activeElement"):
            break
    page.keyboard.press("Enter")
    detail = page.locator(".answers details[open] .detail")
    assert detail.count() == 1
    groups = detail.locator(".groups").last.locator("span").all_inner_texts()
    assert [len(group) for group in groups] == [4] * 16
    assert (
        page.locator(".detail code").last.evaluate("code => getComputedStyle(code).fontFamily").count("mono")
    )


def test_the_verdict_is_announced_once(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    page = open_page(f"{base}issued/{PART}/").page
    said = page.locator(".plate + [role=status]").inner_text()
    assert said.startswith("Genuine and current. Signed by Northfield College")
    assert page.locator(".plate [aria-live], .plate [role=status]").count() == 0


def test_nothing_moves_where_the_reader_asked_for_calm(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    page = open_page(f"{base}issued/{PART}/").page
    assert page.evaluate("document.getAnimations().length") == 0
    lively = open_page(f"{base}issued/{PART}/", Look()).page
    lengths = lively.evaluate("document.getAnimations().map(a => a.effect.getComputedTiming().endTime)")
    assert all(length <= 400 for length in lengths)


def faults_in_two_looks(name: str, watched: Watched) -> list[str]:
    """Return what axe finds on a page that was opened on a desktop in daylight, and then on a dark phone."""
    page, found = watched.page, []
    for where, look in (("desktop light", Look()), ("phone dark", DARK_PHONE)):
        page.set_viewport_size({"width": look.width, "height": look.height})
        page.emulate_media(color_scheme=look.scheme)
        settle(page)
        found += [f"{name}, {where}: {line}" for line in told(axe(page))]
    return found


def test_pages_are_accessible_before_and_after_the_check(put: Put, open_page: OpenPage) -> None:
    base, folder = put()
    faults = []
    for award in ("valid", "expired", "revoked", "stack"):
        watched = open_page(f"{base}issued/{DAMAGE[award][0]}/", Look())
        watched.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        faults += [*faults_in_two_looks(award, watched), *watched.errors]
    faults += faults_in_two_looks("copy", open_page(page_file(folder, STACK).as_uri(), Look()))
    assert faults == []
    for look in (Look(), DARK_PHONE):
        unchecked = open_page(f"{base}issued/{PART}/", replace(look, scripts=False))
        assert heading(unchecked) == "Not checked"


def test_all_is_there_above_the_fold_of_a_phone(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    page = open_page(f"{base}issued/{PART}/", Look(width=390, height=844)).page
    box = page.locator(".plate").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 844


def test_the_reader_s_language_is_kept(put: Put, open_page: OpenPage) -> None:
    base, folder = put()
    watched = open_page(f"{base}issued/{PART}/", Look())
    page = watched.page
    page.get_by_label("Language").select_option("fr")
    page.get_by_role("heading", name="Authentique et en vigueur").wait_for()
    assert "Nanocertification" in page.inner_text(".facts")
    page.goto(f"{base}issued/{STACK}/")
    page.get_by_role("heading", name="Authentique et en vigueur").wait_for()
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.get_by_label("Langue").select_option("ar")
    page.get_by_role("heading", name="أصيلة وسارية").wait_for()
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert (told(axe(page)), page.evaluate(WIDER), watched.errors) == ([], False, [])
    from_folder = open_page(page_file(folder).as_uri(), Look()).page
    from_folder.get_by_label("Language").select_option("ar")
    from_folder.get_by_role("heading", name="نسخة غير مؤكدة").wait_for()


def test_the_link_is_copied_and_the_file_is_the_badge(put: Put, open_page: OpenPage) -> None:
    base, folder = put()
    page = open_page(f"{base}issued/{PART}/", Look()).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share the link").click()
    page.get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{base}issued/{PART}/"
    with page.expect_download() as download:
        page.locator(".tools").get_by_text("Download the badge").click()
    hosted = folder / "issued" / PART / "credential.json"
    assert Path(download.value.path()).read_bytes() == hosted.read_bytes()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_longest_award_of_the_demo_prints_on_one_page(
    scripts: bool, demo_site: Path, open_page: OpenPage
) -> None:
    folders = sorted((demo_site / "issued").iterdir(), key=lambda f: (f / "credential.json").stat().st_size)
    page = open_page((folders[-1] / "index.html").as_uri(), Look(scripts=scripts)).page
    if scripts:
        page.wait_for_function("() => globalThis.badgepressSheet")
    for paper in ("A4", "Letter"):
        sheet = page.pdf(format=paper, landscape=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1
    assert page.locator(".sheet .qr path").count() == scripts


def test_the_printed_sheet_names_badge_address_and_verdict(put: Put, open_page: OpenPage) -> None:
    base, _ = put()
    page = open_page(f"{base}issued/{PART}/", Look()).page
    page.wait_for_function("() => globalThis.badgepressSheet")
    assert page.locator(".sheet").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.locator(".sheet .qr path").wait_for(state="attached")
    page.emulate_media(media="print")
    text = " ".join(page.inner_text("body").split())
    for words in ("Listening", "Awarded by Northfield College on 1 March 2026", "Genuine and current"):
        assert words in text
    assert "Checked on 22 November 2026." in text
    assert f"{base}issued/{PART}/" in text
    assert "Share the link" not in text


def test_a_badge_may_say_as_little_as_it_must(put: Put, open_page: OpenPage) -> None:
    def bare(document: dict[str, Any]) -> None:
        subject = document["credentialSubject"]
        achievement = subject["achievement"]
        document["credentialSubject"] = {
            "type": subject["type"],
            "achievement": {
                key: achievement[key] for key in ("id", "type", "name", "description", "criteria")
            },
        }
        document.pop("evidence", None)

    base, _ = put(with_badge(bare))
    watched = open_page(f"{base}issued/{PART}/")
    assert heading(watched) == "Genuine and current"
    assert watched.errors == []
