"""The harness sees what it is there to see: seeded faults on a tiny page are found."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from tests.browser.conftest import Open, Serve
from tests.support.browser import Look, axe, in_both_schemes, is_foreign, told

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Badge</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
</head><body><main><h1>Data literacy</h1><p>Reads tables aloud.</p></main></body></html>"""


def write(folder: Path, body: str = "", page: str = GOOD) -> Path:
    (folder / "index.html").write_text(page.replace("</main>", body + "</main>"), encoding="utf-8")
    return folder


def without_policy(body: str, folder: Path) -> Path:
    return write(folder, body, "\n".join(line for line in GOOD.splitlines() if "Policy" not in line))


def test_a_good_page_has_nothing_to_tell(tmp_path: Path, serve: Serve, visit: Open) -> None:
    watched = visit(serve(write(tmp_path)))
    assert told(axe(watched.page)) == []
    assert (watched.foreign, watched.errors) == ([], [])


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>", "image-alt"),
        ("<p style='color:#aaa;background:#fff'>Faint words</p>", "color-contrast"),
        ("<button></button>", "button-name"),
        (
            "<div><button style='all:unset;width:9px;height:9px;position:absolute;left:9px'>a</button>"
            "<button style='all:unset;width:9px;height:9px;position:absolute;left:18px'>b</button></div>",
            "target-size",
        ),
    ],
)
def test_axe_finds_a_seeded_fault(body: str, rule: str, tmp_path: Path, serve: Serve, visit: Open) -> None:
    watched = visit(serve(without_policy(body, tmp_path)))
    assert rule in {violation["id"] for violation in axe(watched.page)}


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_a_fault_of_the_other_scheme_is_found(
    scheme: Literal["light", "dark"], other: str, tmp_path: Path, serve: Serve, visit: Open
) -> None:
    faint = "p { color: #777; background: #888; transition: 0.2s }"
    body = f"<style>p {{ color: #000 }} @media (prefers-color-scheme: {other}) {{ {faint} }}</style>"
    look = Look(scheme=scheme)
    page = visit(serve(without_policy(body, tmp_path)), look).page
    found = {where: [one["id"] for one in axe(page, rules)] for where, rules in in_both_schemes(page, look)}
    assert found == {f"1280 {scheme}": [], f"1280 {other}": ["color-contrast"]}
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")


@pytest.mark.parametrize("keeps", [False, True], ids=["gate", "proxy"])
@pytest.mark.parametrize(
    "script",
    [
        "fetch('https://tracker.example/seen')",
        "new Image().src = 'https://tracker.example/seen'",
        "navigator.sendBeacon('https://tracker.example/seen')",
        "new WebSocket('wss://tracker.example/seen')",
        "open('https://tracker.example/seen')",
        "fetch('http://127.0.0.1:9/seen')",
    ],
)
def test_a_foreign_request_is_noticed_and_stopped(
    script: str, keeps: bool, tmp_path: Path, serve: Serve, visit: Open
) -> None:
    stopped: list[str] = []
    start = serve(without_policy("", tmp_path), keep=keeps)
    watched = visit(start, keeps=keeps)
    watched.page.context.on("requestfailed", lambda request: stopped.append(request.url))
    watched.page.evaluate(f"() => {{ {script} }}")
    watched.page.wait_for_timeout(300)
    assert [url.rsplit("/", 1)[-1] for url in watched.foreign] == ["seen"]
    assert stopped == [url for url in watched.foreign if not url.startswith("ws")]


def test_errors_are_noticed(tmp_path: Path, serve: Serve, visit: Open) -> None:
    body = "<script>console.error('told'); throw new Error('thrown')</script><img alt='' src='missing.png'>"
    watched = visit(serve(without_policy(body, tmp_path)))
    watched.page.wait_for_timeout(100)
    assert [word for word in ("told", "thrown", "404") if any(word in error for error in watched.errors)] == [
        "told",
        "thrown",
        "404",
    ]


def test_a_policy_that_is_broken_is_an_error(tmp_path: Path, serve: Serve, visit: Open) -> None:
    watched = visit(serve(write(tmp_path, "<script>1</script>")))
    assert any("Content Security Policy" in error for error in watched.errors)


def test_a_page_can_be_opened_from_disk(tmp_path: Path, visit: Open) -> None:
    watched = visit((write(tmp_path) / "index.html").as_uri())
    assert watched.page.title() == "Badge"
    assert (watched.foreign, watched.errors) == ([], [])


def test_a_site_below_a_prefix(tmp_path: Path, serve: Serve, visit: Open) -> None:
    address = serve(write(tmp_path), "/press/")
    assert visit(address).page.title() == "Badge"
    assert visit(address.replace("/press/", "/")).page.title() == "Error response"


def test_looks_reach_the_page(tmp_path: Path, serve: Serve, visit: Open) -> None:
    page = visit(serve(write(tmp_path)), Look(width=390, scheme="dark", motion="reduce")).page
    queries = ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"]
    assert page.evaluate("innerWidth") == 390
    assert page.evaluate("queries => queries.map(query => matchMedia(query).matches)", queries) == [
        True,
        True,
    ]


def test_origins_are_compared_whole() -> None:
    home = "http://127.0.0.1:8000"
    assert not is_foreign("http://127.0.0.1:8000/a?b", home)
    assert not is_foreign("data:text/plain,a", home)
    assert is_foreign("http://127.0.0.1:8001/", home)
    assert is_foreign("https://127.0.0.1:8000/", home)
    assert is_foreign("http://127.0.0.1:8000.tracker.example/", home)
