"""How long a stranger waits for a verdict: a cold award page on a phone's line, from click to plate.

    python bench/first_verdict.py [--site FOLDER] [--runs 7]

Chromium's own throttle plays a 4G line of 1.6 Mbit/s down, 750 kbit/s up and 150 ms of latency; rows with a
slower processor make this one four times slower. Each run begins with an empty cache. Milliseconds count from
the start of navigation to the moment at which the plate shows its verdict; bytes are those on the wire,
headers included, from a host that compresses as static hosts do. The worker fetches its own script, which
Chromium's throttle of a page neither counts nor slows: its bytes are added, its time is not (on this 4G line
at most 0.2 s for the bytes and 0.15 s for the way, beside what the page loads meanwhile).
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from playwright.sync_api import Browser, CDPSession, sync_playwright  # noqa: E402

from bench._host import hosted  # noqa: E402
from tests.support.browser import launch  # noqa: E402
from tests.support.demo import demo_site_in  # noqa: E402
from tools.node import find_node  # noqa: E402

WORKER = REPOSITORY / "site_builder" / "browser" / "dist" / "verifier.js"
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
    "connectionType": "cellular4g",
}
WIRES = {"no throttle": (None, 1), "4G": (LINE, 1), "4G, slower CPU x4": (LINE, 4)}
# The plate is pending until each of its five lines has an answer.
_WATCH = """
    window.verdictAt = null;
    new MutationObserver((_, observer) => {
        const plate = document.querySelector('.plate');
        if (!plate || plate.matches('.pending') || plate.classList.length < 2) return;
        window.verdictAt = performance.now();
        observer.disconnect();
    }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['class']});
"""


@dataclass
class Visit:
    """One cold visit: milliseconds to the verdict, bytes on the wire by file, and what the plate says."""

    milliseconds: float = 0
    bytes: dict[str, int] = field(default_factory=dict)
    says: str = ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a built demo site; built anew without it")
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    # Playwright's own copy of Node needs libatomic1, which a fresh Debian lacks.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(find_node().program))
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        site = given.site or demo_site_in(Path(place))
        browser = launch(playwright)
        with hosted(site) as start:
            url = start + award(site)
            visits = {
                name: [visit(browser, url, line, slower) for _ in range(given.runs)]
                for name, (line, slower) in WIRES.items()
            }
        browser.close()
    tell(visits)


def award(site: Path) -> str:
    """Return the address of the award page whose files are heaviest: the longest wait."""
    pages = [path.parent for path in site.glob("issued/*/index.html")]
    heaviest = max(pages, key=lambda folder: sum(file.stat().st_size for file in folder.iterdir()))
    return f"issued/{heaviest.name}/"


def visit(browser: Browser, url: str, line: dict[str, Any] | None, slower: int) -> Visit:
    """Return what one visit in a fresh profile took; TimeoutError where no verdict comes within a minute."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    if line:
        wire.send("Network.emulateNetworkConditions", line)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    seen = Visit(bytes={f"{WORKER.name}, by the worker": len(gzip.compress(WORKER.read_bytes(), 6))})
    _count(wire, seen)
    page.add_init_script(_WATCH)
    page.goto(url)
    page.locator(".plate:not(.pending)[class*=' ']").wait_for(timeout=60_000)
    seen.milliseconds = page.evaluate("window.verdictAt")
    seen.says = " ".join(page.locator(".plate h2").inner_text().split())
    context.close()
    return seen


def _count(wire: CDPSession, seen: Visit) -> None:
    """Add up what comes in, by file."""
    names: dict[str, str] = {}

    def begin(event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"].rstrip("/").rpartition("/")[2]

    def end(event: dict[str, Any]) -> None:
        name = names.get(event["requestId"], "?")
        seen.bytes[name] = seen.bytes.get(name, 0) + int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", begin)
    wire.on("Network.loadingFinished", end)


def tell(visits: dict[str, list[Visit]]) -> None:
    """Print the medians, and the files of one visit."""
    first = next(iter(visits.values()))[0]
    print(f"the plate says: {first.says}")
    print(f"{'line':<20}{'median ms':>11}{'least':>8}{'most':>8}{'kB':>8}{'files':>7}")
    for name, runs in visits.items():
        times = [run.milliseconds for run in runs]
        weight = statistics.median(sum(run.bytes.values()) for run in runs) / 1000
        row = f"{statistics.median(times):>11.0f}{min(times):>8.0f}{max(times):>8.0f}{weight:>8.1f}"
        print(f"{name:<20}{row}{len(runs[0].bytes):>7}")
    print("\nbytes on the wire, headers included:")
    for name, size in sorted(first.bytes.items(), key=lambda item: -item[1]):
        print(f"  {size:>7}  {name}")


if __name__ == "__main__":
    main()
