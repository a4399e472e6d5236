"""Chromium for this folder's tests: started once per process, watched on every page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import PLAIN, Look, Watched, launch, served, watched_page
from tools.node import find_node

Open = Callable[..., Watched]
Serve = Callable[..., str]


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
    """Return ``serve(folder, prefix="/")``, which gives the address a folder is served at in this test."""
    with ExitStack() as stack:

        def start(folder: Path, prefix: str = "/") -> str:
            return stack.enter_context(served(folder, prefix))

        yield start


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Return ``visit(url, look=PLAIN)``: a loaded page that may speak to the origin of ``url`` alone."""
    with ExitStack() as stack:

        def load(url: str, look: Look = PLAIN) -> Watched:
            parts = urlsplit(url)
            watched = stack.enter_context(watched_page(browser, f"{parts.scheme}://{parts.netloc}", look))
            watched.page.goto(url)
            return watched

        yield load
