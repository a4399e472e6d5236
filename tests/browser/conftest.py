"""Chromium for this folder's tests: started once per process, watched on every page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.holders import HoldersWorld, Opened, Site
from tests.browser.worlds import NOW, publish
from tests.support.browser import PLAIN, Look, Watched, launch, served, watched_page
from tools.node import find_node

Open = Callable[..., Watched]
Serve = Callable[..., str]

_MILLISECONDS = 10_000
"""How long a page may take for what a test waits for."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium; the test must carry the marker ``browser``."""
    # Playwright's own copy of Node needs libatomic1, which a fresh Debian lacks.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(find_node().program))
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return ``serve(folder, prefix="/")``, which gives the address a folder is served at in this test.

    ``keep=True`` lets pages keep what they loaded: for a folder that the test does not change.
    """
    with ExitStack() as stack:

        def start(folder: Path, prefix: str = "/", *, keep: bool = False) -> str:
            return stack.enter_context(served(folder, prefix, keep=keep))

        yield start


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Return ``visit(url, look=PLAIN)``: a loaded page that may speak to the origin of ``url`` alone.

    ``keeps=True`` lets it keep what that origin allows: for many pages, one after another.
    """
    with ExitStack() as stack:

        def load(url: str, look: Look = PLAIN, *, keeps: bool = False) -> Watched:
            parts = urlsplit(url)
            origin = f"{parts.scheme}://{parts.netloc}"
            watched = stack.enter_context(watched_page(browser, origin, look, keeps=keeps))
            watched.page.goto(url)
            return watched

        yield load


@pytest.fixture
def home(demo_site: Path, serve: Serve) -> str:
    """Return the address at which the demo site is served in this test."""
    return serve(demo_site)


@pytest.fixture
def quiet(visit: Open) -> Iterator[Open]:
    """Return ``visit``, and hold at the end that no page told an error or asked a foreign host."""
    opened: list[Watched] = []

    def load(url: str, look: Look = PLAIN) -> Watched:
        opened.append(visit(url, look))
        opened[-1].page.set_default_timeout(_MILLISECONDS)
        return opened[-1]

    yield load
    assert [(shown.errors, shown.foreign) for shown in opened] == [([], [])] * len(opened)


@pytest.fixture(scope="session")
def holders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the world of holders, served; to be read only."""
    folder = tmp_path_factory.mktemp("holders")
    with served(folder, "/college/") as base:
        yield Site(base, publish(HoldersWorld(base), folder))


@pytest.fixture
def opens(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Return ``opens(url, look)``: the page once it has said what there is to say of a holder.

    Held at the end: no page told an error or asked a foreign host.
    """
    opened: list[Opened] = []
    with ExitStack() as stack:

        def load(url: str, look: Look = PLAIN) -> Opened:
            parts = urlsplit(url)
            origin = f"{parts.scheme}://{parts.netloc}"
            found = Opened(stack.enter_context(watched_page(browser, origin, look)))
            opened.append(found)
            found.page.on("request", lambda request: found.asked.append(request.url))
            found.page.clock.set_fixed_time(NOW)
            found.page.set_default_timeout(_MILLISECONDS)
            found.open(url)
            return found

        yield load
        assert [(one.watched.errors, one.watched.foreign) for one in opened] == [([], [])] * len(opened)
