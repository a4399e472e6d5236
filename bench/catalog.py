"""What a large catalog costs: the seconds of its build by part, and the weight of its pages.

    python bench/catalog.py [--credentials 500] [--awards 300] [--keep FOLDER] [--no-peer]

The peer is what most people would do instead: plain MkDocs with Material's default theme, given as many
Markdown pages with the same words, in the same run. They are kept out of its navigation, which favours it: by
default each page would list every other one. Absolute figures depend on the machine; quote ratios.
``--keep`` leaves the repository and both sites in that folder, for a look or for measures of one's own.
"""

from __future__ import annotations

import argparse
import gzip
import html
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from bench._filters import measure_filters  # noqa: E402
from bench._repository import NOW, Size, write_repository  # noqa: E402
from bench._weights import KINDS, weigh  # noqa: E402
from site_builder.assembling.addresses import Addresses  # noqa: E402
from site_builder.catalog.catalog import Catalog  # noqa: E402
from site_builder.catalog.resolve import resolve  # noqa: E402
from site_builder.keys import Role, demo_signers  # noqa: E402
from site_builder.mkdocs_plugin import build_catalog  # noqa: E402
from site_builder.pages import Page, all_pages  # noqa: E402
from site_builder.pages.search_index import index_path  # noqa: E402
from site_builder.publishing.award_part import award_part  # noqa: E402
from site_builder.publishing.issuing import Signed, sign_awards, sign_lists  # noqa: E402
from site_builder.publishing.records import Records  # noqa: E402
from site_builder.reading.repository import sweep  # noqa: E402
from site_builder.verifying.instants import noon  # noqa: E402
from site_builder.verifying.sources import FolderSource  # noqa: E402
from site_builder.verifying.verify import verify_site  # noqa: E402

_TAGS = re.compile("<[^>]*>")
_PEER_SETTINGS = 'site_name: Peer\ntheme: {name: material}\nnav: [index.md]\nnot_in_nav: "*"\n'
_PEER_FOLDER = "peer"


@dataclass
class Clock:
    """Wall seconds of each part of a build, in the order in which the parts ran."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Measure the block."""
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began


@dataclass(frozen=True)
class Built:
    """What was built: the folder of the site, and the catalog that it shows."""

    site: Path
    catalog: Catalog
    pages: list[Page]


def build(root: Path, site: Path, clock: Clock) -> Built:
    """Build the site part by part, as ``badgepress build`` does, but for staging and swapping."""
    with clock.part("read and check"):
        catalog, problems = resolve(sweep(root), NOW)
    if catalog is None:
        raise SystemExit(f"the generated repository has problems, the first: {problems[0]}")
    at = Addresses(catalog.settings.site_url)
    with clock.part("sign"):
        signed = _signed(catalog, at)
    with clock.part("render pages"):
        pages = all_pages(catalog, at)
        for page in pages:
            page.html  # noqa: B018 - rendered when it is first asked for
    with clock.part("pages again, through MkDocs"):
        build_catalog(root, catalog, at, NOW, site)
    with clock.part("write awards"):
        for artifact in award_part(catalog, at, signed):
            target = site / artifact.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(artifact.data)
    with clock.part("verify"):
        report = verify_site(FolderSource(site), noon(NOW), frozenset(), lambda: None)
    if report.failed:
        raise SystemExit("the site does not verify")
    return Built(site, catalog, pages)


def _signed(catalog: Catalog, at: Addresses) -> Signed:
    signers, nothing = demo_signers(), Records({}, {})
    signed = sign_awards(catalog, at, nothing, lambda: signers[Role.ISSUE], lambda: None)
    sign_lists(signed, catalog, at, NOW, nothing, lambda: signers[Role.STATUS])
    return signed


def command(root: Path, site: Path) -> float:
    """Return the wall seconds of the whole command, Python's start included."""
    words = ["build", "--root", str(root), "--output", str(site), "--now", NOW.isoformat()]
    return _run([sys.executable, "-m", "site_builder", *words], REPOSITORY)


def build_peer(folder: Path, pages: list[Page]) -> float:
    """Write one Markdown file with the same words for each page, and return MkDocs' wall seconds."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_PEER_SETTINGS, encoding="utf-8")
    for page in pages:
        target = folder / "docs" / (page.path.removesuffix(".html") + ".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {page.title}\n\n{_plain(page.html)}\n", encoding="utf-8")
    return _run([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)


def _plain(markup: str) -> str:
    words = html.unescape(_TAGS.sub("\n", markup))
    return "\n\n".join(line.strip() for line in words.splitlines() if line.strip())


def _run(words: list[str], folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def tell_build(built: Built, clock: Clock, whole: float) -> None:
    """Print the seconds of each part, and of the whole command."""
    catalog = built.catalog
    current = sum(1 for _ in catalog.current)
    print(f"{current} credentials, {len(catalog.awards)} awards, {len(built.pages)} catalog pages")
    for name, seconds in clock.seconds.items():
        print(f"{name:28} {seconds:7.2f} s")
    print(f"{'badgepress build, all of it':28} {whole:7.2f} s")


def tell_weights(site: Path, pages: dict[str, str]) -> None:
    """Print what a browser fetches for each page, in bytes: raw, and as sent."""
    print(f"{'bytes, raw / gzipped':28}" + "".join(f"{kind:>20}" for kind in KINDS))
    for name, path in pages.items():
        weight = weigh(site, path)
        cells = (f"{weight.raw[kind]:,} / {weight.sent[kind]:,}" for kind in KINDS)
        print(f"{name:28}" + "".join(f"{cell:>20}" for cell in cells))


def pages_of(built: Built) -> dict[str, str]:
    """Return the pages that are weighed, by what they are called."""
    first = next(built.catalog.current).spec.id
    return {
        "home": "index.html",
        "all credentials": "credentials/index.html",
        "credential": f"credentials/{first}/index.html",
        "award": f"issued/{next(iter(built.catalog.awards))}/index.html",
    }


def tell_peer(built: Built, folder: Path, whole: float) -> None:
    """Build the peer, and print its seconds, its weights and the ratios to it."""
    seconds = build_peer(folder, built.pages)
    pages = pages_of(built)
    print(f"\npeer: MkDocs with Material's defaults, {len(built.pages)} Markdown pages with the same words")
    print(f"{'mkdocs build':28} {seconds:7.2f} s   badgepress / peer {whole / seconds:.2f}")
    del pages["award"]  # the peer has none
    tell_weights(folder / "site", pages)
    for name, path in pages.items():
        ratio = weigh(built.site, path).total / weigh(folder / "site", path).total
        print(f"{name:28} bytes sent without images, badgepress / peer {ratio:.2f}")


def tell_our_weights(built: Built) -> None:
    """Print what our own pages weigh."""
    tell_weights(built.site, pages_of(built))


def tell_filters(built: Built) -> None:
    """Print how fast the front page answers in a browser, and what the search's index weighs."""
    index = (built.site / index_path(built.catalog.settings.languages[0])).read_bytes()
    print(f"{'search index, bytes':28} {len(index):,} / {len(gzip.compress(index)):,} gzipped")
    for name, milliseconds in measure_filters(built.site).items():
        print(f"{name:34} {milliseconds:7.1f} ms")


MEASURES: tuple[Callable[[Built], None], ...] = (tell_our_weights, tell_filters)
"""What is measured on the site once it stands; each prints its lines. Add what a browser measures here."""


def measure(folder: Path, size: Size, *, with_peer: bool) -> None:
    """Write the repository, build it twice (by part, and by the command), measure and print."""
    root, clock = folder / "repository", Clock()
    write_repository(root, size)
    built = build(root, folder / "site", clock)
    whole = command(root, folder / "whole")
    tell_build(built, clock, whole)
    for told in MEASURES:
        told(built)
    if with_peer:
        tell_peer(built, folder / _PEER_FOLDER, whole)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--credentials", type=int, default=Size.credentials)
    parser.add_argument("--awards", type=int, default=Size.awards)
    parser.add_argument("--keep", type=Path, help="a new folder for the repository and both sites")
    parser.add_argument("--no-peer", action="store_true", help="leave out the peer, which takes longest")
    given = parser.parse_args()
    size = Size(given.credentials, given.awards)
    if given.keep is not None:
        given.keep.mkdir(parents=True)
        measure(given.keep.resolve(), size, with_peer=not given.no_peer)
        return
    with tempfile.TemporaryDirectory(prefix="badgepress-bench-") as folder:
        measure(Path(folder).resolve(), size, with_peer=not given.no_peer)


if __name__ == "__main__":
    main()
