"""A real, headless Chromium that may speak to one origin only, and tells what it tried beyond."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, ProxySettings, Request, Route

from tests.support.shared import REPOSITORY
from tools.chromium import find_chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Where nobody listens: the port of the old service that discards what it is sent.
_NOBODY = "http://127.0.0.1:9"
AXE = REPOSITORY / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OF_THE_SCHEME = [
    *("color-contrast", "link-in-text-block"),
    *("button-name", "image-alt", "input-image-alt", "link-name", "role-img-alt", "svg-img-alt"),
]
"""The rules that a page may keep in one colour scheme and break in the other: on colours, and on the names of
what a page shows in one of them alone, as the button for the other one."""
# Words that stay inside the browser: they reach no host.
_INNER = {"data", "blob", "about"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is shown: a desktop in daylight unless a test says otherwise. Sizes are CSS pixels."""

    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    motion: Literal["no-preference", "reduce"] = "no-preference"
    scripts: bool = True


PLAIN = Look()


@dataclass(slots=True)
class Watched:
    """An open page, with every foreign address it asked for (none was let through) and every error."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def launch(playwright: Playwright) -> Browser:
    """Return the machine's Chromium, started; the caller closes it. Raises RuntimeError without one."""
    program = find_chromium()
    if program is None:
        raise RuntimeError("no Chromium on PATH: a test that needs one carries the marker `browser`")
    return playwright.chromium.launch(executable_path=program, args=ARGUMENTS)


@contextmanager
def watched_page(
    browser: Browser, origin: str, look: Look = PLAIN, *, keeps: bool = False
) -> Iterator[Watched]:
    """Yield a fresh page that may speak to ``origin`` (``http://host:port`` or ``file://``) and no other.

    ``keeps`` lets it keep what the origin allows it to (``served``): many pages load in half of the time. All
    other hosts are then behind a proxy that is not there, as a gate for each request would forbid keeping.
    """
    proxy: ProxySettings = {"server": _NOBODY, "bypass": urlsplit(origin).netloc}
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,
        reduced_motion=look.motion,
        java_script_enabled=look.scripts,
        locale="en-GB",
        timezone_id="UTC",
        # A service worker's requests would pass by the gate below.
        service_workers="block",
        proxy=proxy if keeps else None,
    )
    watched = Watched(context.new_page())
    # On the context, so that a window the page opens is watched too.
    if keeps:
        context.on("request", partial(_note_foreign, watched, origin))
    else:
        context.route(_elsewhere(origin), partial(_gate, watched, origin))
    context.route_web_socket("**/*", lambda socket: _refuse_socket(watched, socket.url))
    context.on("console", partial(_note_console, watched))
    context.on("weberror", lambda error: watched.errors.append(str(error.error)))
    try:
        yield watched
    finally:
        context.close()


def _elsewhere(origin: str) -> re.Pattern[str]:
    """Return what foreign addresses look like: only they come here, as each stop costs milliseconds."""
    inner = "|".join(f"{scheme}:" for scheme in sorted(_INNER))
    return re.compile(rf"^(?!{re.escape(origin)}(?:/|$)|{inner})", re.IGNORECASE)


def _gate(watched: Watched, origin: str, route: Route, request: Request) -> None:
    if is_foreign(request.url, origin):
        watched.foreign.append(request.url)
        route.abort("blockedbyclient")
    else:
        route.continue_()


def _note_foreign(watched: Watched, origin: str, request: Request) -> None:
    if is_foreign(request.url, origin):
        watched.foreign.append(request.url)


def _refuse_socket(watched: Watched, url: str) -> None:
    # Not connected to any server by playwright; no page of ours has a reason to open one.
    watched.foreign.append(url)


def _note_console(watched: Watched, message: ConsoleMessage) -> None:
    if message.type == "error":
        watched.errors.append(f"{message.text} ({message.location.get('url', '')})")


def is_foreign(url: str, origin: str) -> bool:
    """Return True where ``url`` would leave ``origin`` (scheme, host and port all alike)."""
    there, home = urlsplit(url), urlsplit(origin)
    return there.scheme not in _INNER and (there.scheme, there.netloc) != (home.scheme, home.netloc)


@contextmanager
def served(folder: Path, prefix: str = "/", port: int = 0, *, keep: bool = False) -> Iterator[str]:
    """Yield ``http://127.0.0.1:PORT`` + ``prefix`` while ``folder`` is served there, as a static host would.

    ``prefix`` starts and ends with a slash; port 0 means a free one. Nothing outside the folder is served,
    nothing is redirected but a folder's address without its slash, and the only header beyond the usual ones
    forbids caching; ``keep`` allows it, for a folder that nobody changes.
    """
    caching = "max-age=3600" if keep else "no-store"
    handler = partial(_StaticHost, directory=str(folder), prefix=prefix, caching=caching)
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


class _StaticHost(SimpleHTTPRequestHandler):
    # Named here, because Python's guesses read the machine's own /etc/mime.types.
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        "": "application/octet-stream",
        ".css": "text/css",
        ".html": "text/html",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, *words: Any, prefix: str, caching: str, **names: Any) -> None:
        self.prefix, self.caching = prefix, caching
        super().__init__(*words, **names)

    def translate_path(self, path: str) -> str:
        """Map an address to a file, seen from the prefix the site is published under."""
        if not path.startswith(self.prefix):
            return str(Path(self.directory, "no-such-file"))
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def end_headers(self) -> None:
        """Forbid caching, as a rule: tests change files under the same address."""
        self.send_header("Cache-Control", self.caching)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        """Answer 404 for a folder without index.html, as static hosts do."""
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: pytest's output is for tests."""


def axe(page: Page, rules: list[str] | None = None) -> list[dict[str, Any]]:
    """Return axe-core's violations of WCAG 2.2 A and AA on ``page``, each with ``id, impact, help, nodes``.

    ``nodes`` lists the offending elements as ``target`` (selectors) and ``failureSummary``. An empty list
    does not prove a page accessible; what axe could not decide is not in it. ``rules`` runs these alone.
    """
    # Evaluated, not added as a script tag: a page's own Content-Security-Policy must not need to allow it.
    # Once for each document: reading half a megabyte of script takes as long as some of its rules.
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe_source())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG_22_AA}
    violations: list[dict[str, Any]] = page.evaluate(_RUN_AXE, only)
    return violations


def settle(page: Page) -> None:
    """Wait until nothing on the page moves any more: what fades in has no colour of its own yet."""
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map(({finished}) => finished)).then(() => null)"
    )


def in_both_schemes(page: Page, look: Look) -> Iterator[tuple[str, list[str] | None]]:
    """Show the page, opened in ``look``, in each colour scheme; yield width, scheme and axe's rules for it.

    None means all rules: those of the second scheme are the ones that colours can break.
    """
    other: Literal["light", "dark"] = "light" if look.scheme == "dark" else "dark"
    yield f"{look.width} {look.scheme}", None
    page.emulate_media(color_scheme=other)
    settle(page)
    yield f"{look.width} {other}", OF_THE_SCHEME
    # The next page, too, begins in the scheme that it is opened in.
    page.emulate_media(color_scheme=look.scheme)


def told(violations: list[dict[str, Any]]) -> list[str]:
    """Return one line per offending element, for an assertion that a person must understand."""
    return [
        f"{violation['id']} ({violation['impact']}): {' '.join(map(str, node['target']))}"
        for violation in violations
        for node in violation["nodes"]
    ]


# target-size belongs to WCAG 2.2 AA, but axe runs it only where it is asked for by name.
_RUN_AXE = """async only => (await axe.run(document, {
    runOnly: only,
    ...(only.type === 'tag' ? {rules: {'target-size': {enabled: true}}} : {}),
    resultTypes: ['violations']
})).violations.map(({id, impact, help, nodes}) => ({
    id, impact, help, nodes: nodes.map(({target, failureSummary}) => ({target, failureSummary}))
}))"""


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")
