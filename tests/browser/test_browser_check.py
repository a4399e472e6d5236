"""The page that checks any badge: every way in, every refusal in words, and no other host unasked."""

from __future__ import annotations

import csv
import io
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route

from tests.browser.worlds import DAMAGE, LANGUAGES, NOW, publish
from tests.support.browser import Look, Watched, axe, served, settle, told, watched_page
from tests.verifying.world import BASE, DID, EXPIRED, PART, REVOKED, STACK, World

pytestmark = pytest.mark.browser

DARK_PHONE = Look(width=320, height=640, scheme="dark")
Start = Callable[..., tuple[Watched, World]]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
AWARDS = {"valid": PART, "expired": EXPIRED, "revoked": REVOKED, "stack": STACK}
SPEC = "https://purl.imsglobal.org/ob/v3p0"


@pytest.fixture
def start(browser: Browser, tmp_path: Path) -> Iterator[Start]:
    """Return ``start(look, folder=False)``: /verify/ of a fresh small world, and that world."""
    with ExitStack() as stack:

        def load(look: Look = Look(), *, folder: bool = False) -> tuple[Watched, World]:  # noqa: B008
            site = tmp_path / "site"
            site.mkdir()
            base = stack.enter_context(served(site, "/college/"))
            world = World(base)
            publish(world, site)
            origin = "file://" if folder else base.removesuffix("/college/")
            watched = stack.enter_context(watched_page(browser, origin, look))
            watched.page.clock.set_fixed_time(NOW)
            watched.page.goto((site / "verify/index.html").as_uri() if folder else base + "verify/")
            return watched, world

        yield load


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    payload: list[FilePayload] = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files
    ]
    page.set_input_files("#files", payload)
    page.locator(".found > li").nth(len(files) - 1).wait_for()


def states(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".found > li > details > summary > b").all_inner_texts()]


def files_of(world: World) -> list[tuple[str, bytes]]:
    return [(f"{name}.json", hosted(world, award)) for name, award in AWARDS.items()]


def hosted(world: World, award: str = PART) -> bytes:
    return world.files[f"issued/{award}/credential.json"]


def text_of(page: Page, selector: str = ".results") -> str:
    return " ".join(page.inner_text(selector).split())


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + body + chunk(b"IEND", b"")


def itxt(data: bytes, keyword: bytes = b"openbadgecredential", flag: int = 0) -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + bytes([flag, 0]) + b"\0\0" + data)


def svg(data: str) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{SPEC}" viewBox="0 0 1 1">'
        f"<openbadges:credential><![CDATA[{data}]]></openbadges:credential></svg>"
    ).encode()


def test_badges_of_this_site_are_checked_at_once(start: Start) -> None:
    watched, world = start()
    page = watched.page
    drop(page, *files_of(world))
    assert states(page) == ["Genuine and current", "Expired", "Revoked", "Genuine and current"]
    assert text_of(page, ".counts") == "4 badges Genuine and current 2 Expired 1 Revoked 1"
    assert page.locator(".asking button").count() == 0
    assert (watched.foreign, watched.errors) == ([], [])


def test_one_badge_is_told_whole(start: Start) -> None:
    watched, world = start()
    page = watched.page
    page.get_by_label("Or paste the text of a badge").fill(json.dumps(world.credential(STACK)))
    page.get_by_role("button", name="Check the text").click()
    page.locator(".found .plate .answers").wait_for()
    text = text_of(page)
    for words in ("Signed by Northfield College", "People", "Awarded by Northfield College on 1 April 2026"):
        assert words in text
    assert page.locator(".unseen[role=status]").inner_text().startswith("Genuine and current. Signed by")
    assert watched.errors == []


def test_an_address_of_this_site_is_read_from_it(start: Start) -> None:
    watched, world = start()
    page = watched.page
    page.get_by_label("Or type the address of a badge").fill(f"{world.base}issued/{PART}/?from=cv#ada")
    page.keyboard.press("Enter")
    page.locator(".found .plate").wait_for()
    assert states(page) == ["Genuine and current"]
    assert (watched.foreign, watched.errors) == ([], [])


def test_baked_pictures_are_read(start: Start) -> None:
    watched, world = start()
    page = watched.page
    raw = hosted(world)
    drop(page, ("badge.png", png(itxt(raw))), ("badge.svg", svg(raw.decode())))
    assert states(page) == ["Genuine and current"] * 2
    assert watched.errors == []


REFUSED = {
    "empty": (b"", "The file is empty."),
    "prose": (b"Dear Sir or Madam", "This is not a badge."),
    "page": (b"<!doctype html><p>", "This is not a badge."),
    "other json": (b'{"a": 1}', "this is not an Open Badges 3.0 credential"),
    "half json": (b'{"a": ', "it is not JSON"),
    "plain png": (png(), "carries no Open Badges 3.0 badge"),
    "cut png": (png(itxt(b"{}"))[:60], "damaged"),
    "two in a png": (png(itxt(b"{}"), itxt(b"{}")), "more than one badge"),
    "packed png": (png(itxt(b"{}", flag=1)), "packed in a way"),
    "old png": (png(chunk(b"tEXt", b"openbadges\0https://example.org/a")), "older kind"),
    "jwt in a png": (png(itxt(b"eyJhbGciOiJF.eyJpc3MiOiJo.c2lnbmF0dXJl")), "signed as a JWT"),
    "jwt": (b"eyJhbGciOiJF.eyJpc3MiOiJo.c2lnbmF0dXJl", "signed as a JWT"),
    "plain svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "carries no Open Badges 3.0 badge"),
    "svg with entities": (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "damaged"),
    "two in an svg": (svg("{}").replace(b"</svg>", svg("{}")[5:]), "more than one badge"),
    "cut svg": (svg("{}")[:-40], "damaged"),
    "old svg": (b'<svg xmlns:o="http://openbadges.org"><o:assertion verify="x"/></svg>', "older kind"),
}


def test_what_is_no_badge_is_told_so(start: Start) -> None:
    watched, _ = start()
    page = watched.page
    drop(page, *((name, data) for name, (data, _) in REFUSED.items()))
    page.evaluate("document.querySelectorAll('.found details').forEach(d => { d.open = true })")
    shown = page.locator(".found > li").all_inner_texts()
    cases = zip(REFUSED.items(), shown, strict=True)
    wrong = [name for (name, (_, words)), text in cases if words not in text]
    assert wrong == []
    assert set(states(page)) == {"Not a badge we can check"}
    assert (watched.foreign, watched.errors) == ([], [])


def test_an_altered_badge_is_refused(start: Start) -> None:
    watched, world = start()
    DAMAGE["tampered"][1](world)
    drop(watched.page, ("badge.json", hosted(world)))
    assert states(watched.page) == ["Altered"]
    assert "Doctor" not in text_of(watched.page)


def elsewhere(watched: Watched, *, gone: bool = False) -> tuple[World, list[str]]:
    """Return a world on another host that answers, and the addresses that were asked of it."""
    there, asked = World(BASE), list[str]()

    def answer(route: Route) -> None:
        url = route.request.url
        asked.append(url)
        data = None if gone else there.files.get(url.removeprefix(BASE))
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"}
        if data is None:
            route.abort()
        else:
            route.fulfill(body=data, headers=headers)

    watched.page.context.route("https://badges.example/**", answer)
    return there, asked


def test_another_host_is_asked_only_on_the_button_that_names_it(start: Start) -> None:
    watched, _ = start()
    page = watched.page
    there, asked = elsewhere(watched)
    raws = [hosted(there, award) for award in (PART, STACK)]
    drop(page, ("part.json", raws[0]), ("stack.json", raws[1]))
    assert states(page) == ["Waiting for you"] * 2
    page.wait_for_timeout(200)
    assert asked == []
    page.get_by_role("button", name="Ask badges.example", exact=True).click()
    page.locator(".found > .good").nth(1).wait_for()
    assert states(page) == ["Genuine and current"] * 2
    badges = [f"issued/{award}/credential.json" for award in (PART, EXPIRED)]
    assert set(asked) == {f"{BASE}{path}" for path in ("did.json", "status/1.json", *badges)}
    assert (watched.foreign, watched.errors) == ([], [])


def test_an_address_elsewhere_is_read_only_on_the_button(start: Start) -> None:
    watched, _ = start()
    page = watched.page
    _, asked = elsewhere(watched)
    page.get_by_label("Or type the address of a badge").fill(f"{BASE}issued/{PART}/")
    page.get_by_role("button", name="Check the address").click()
    page.get_by_role("button", name="Ask badges.example", exact=True).wait_for()
    assert asked == []
    page.get_by_role("button", name="Ask badges.example", exact=True).click()
    page.locator(".found > .good").wait_for()
    assert asked[0] == f"{BASE}issued/{PART}/credential.json"


def test_a_host_that_does_not_answer_is_told(start: Start) -> None:
    watched, _ = start()
    page = watched.page
    there, _ = elsewhere(watched, gone=True)
    drop(page, ("part.json", hosted(there)))
    page.get_by_role("button", name="Ask badges.example", exact=True).click()
    page.locator(".found .plate").wait_for()
    assert states(page) == ["Cannot be confirmed"]
    assert "badges.example did not answer" in text_of(page)


def test_an_issuer_is_remembered_and_forgotten(start: Start) -> None:
    watched, world = start()
    page = watched.page
    drop(page, ("badge.json", hosted(world)))
    page.get_by_role("button", name="I know this issuer").click()
    page.locator(".issuers li").wait_for()
    assert world.at.did in text_of(page, ".issuers")
    assert "Known to you" in text_of(page)
    there, _ = elsewhere(watched)
    drop(page, ("other.json", hosted(there)))
    page.get_by_role("button", name="Ask badges.example", exact=True).click()
    page.get_by_text("Signed, by an issuer you have not named").first.wait_for()
    assert DID in page.locator(".found > li").nth(1).inner_html()
    page.goto(f"{world.base}issued/{PART}/")
    page.locator(".answers .good", has_text="Known to you").wait_for()
    page.goto(f"{world.base}verify/")
    page.get_by_role("button", name="Forget Northfield College").click()
    page.get_by_text("You have named none.").wait_for()


def test_results_can_be_taken_along_as_a_table(start: Start) -> None:
    watched, world = start()
    page = watched.page
    raw = hosted(world, REVOKED)
    drop(page, ("=1+1.json", raw), ("letter.txt", b"Dear Sir"))
    with page.expect_download() as download:
        page.get_by_text("Save as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert [row["file"] for row in rows] == ["'=1+1.json", "letter.txt"]
    assert [row["state"] for row in rows] == ["revoked", "no-badge"]
    assert rows[0]["notRevoked"] == "no"
    assert rows[0]["id"] == f"{world.base}issued/{REVOKED}/credential.json"


def test_a_folder_s_badges_are_copies(start: Start) -> None:
    watched, world = start(folder=True)
    drop(watched.page, ("badge.json", hosted(world, STACK)))
    assert states(watched.page) == ["A copy, not confirmed"]
    assert (watched.foreign, watched.errors) == ([], [])


def test_all_by_keyboard(start: Start) -> None:
    watched, _ = start()
    page = watched.page
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    stops = ["files", "text", "Check the text", "address", "Check the address"]
    assert [name for name in dict.fromkeys(reached) if name in stops] == stops


@pytest.mark.parametrize("look", [Look(), DARK_PHONE], ids=["desktop", "phone"])
def test_the_page_is_accessible_empty_and_full(look: Look, start: Start) -> None:
    watched, world = start(look)
    page = watched.page
    faults = told(axe(page))
    there, _ = elsewhere(watched)
    foreign = hosted(there)
    drop(page, *files_of(world), ("other.json", foreign), ("letter.txt", b"Dear Sir"))
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    settle(page)
    assert faults + told(axe(page)) == []
    assert page.evaluate(WIDER) is False
    for language in LANGUAGES[1:]:
        page.locator("select").select_option(language)
        page.wait_for_function("tag => document.documentElement.lang === tag", arg=language)
        assert page.evaluate(WIDER) is False
    assert (watched.foreign, watched.errors) == ([], [])


def test_without_scripts_the_page_tells_other_ways(start: Start) -> None:
    watched, _ = start(Look(scripts=False))
    text = text_of(watched.page, "main")
    assert "badgepress verify" in text
    assert "How to check a badge without this page" in text
