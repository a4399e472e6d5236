"""Every page of the demo site, in every language, before judges: HTML, links, policy, words for machines."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.html_validate import html_faults
from tests.support.site_judges import absolute_faults, hidden_words, link_faults, policy_faults
from tests.support.site_pages import SitePage, read_pages

_SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def pages(demo_site: Path) -> dict[str, SitePage]:
    """Return every page of the demo site, by its path."""
    return read_pages(demo_site)


def head(page: SitePage) -> dict[str, str]:
    """Return what the page's meta elements say, by name or property; of several the last."""
    metas = [element.attributes for element in page.all("meta") if "content" in element.attributes]
    return {values.get("property") or values.get("name", ""): values["content"] for values in metas}


def links(page: SitePage, kind: str) -> list[dict[str, str]]:
    return [link.attributes for link in page.all("link") if link.attributes.get("rel") == kind]


def test_the_demo_has_every_kind_of_page_in_every_language(pages: dict[str, SitePage]) -> None:
    inner = [
        "index.html", "credentials/index.html", "credentials/data-literacy/index.html",
        "credentials/charts-people-can-read/1.0/index.html", "frameworks/index.html",
        "frameworks/data-and-digital/index.html", "frameworks/data-and-digital/spreadsheets/index.html",
        "issuers/northfield/index.html", "awards/index.html",
    ]  # fmt: skip
    wanted = {prefix + path for prefix in ("", "fr/", "ar/") for path in inner}
    assert wanted | {"404.html", "verify/index.html", "guides/verifier/index.html"} <= set(pages)
    assert sum(path.startswith("issued/") for path in pages) > 90


@pytest.mark.node
def test_all_html_is_valid(demo_site: Path) -> None:
    assert html_faults(demo_site) == []


def test_every_link_is_alive_and_nothing_is_loaded_from_elsewhere(
    demo_site: Path, demo_base_url: str
) -> None:
    assert link_faults(demo_site, demo_base_url) == []


def test_every_page_has_the_policy_first_and_nothing_that_acts(demo_site: Path) -> None:
    assert policy_faults(demo_site) == []


def test_what_machines_read_stands_on_the_page(demo_site: Path) -> None:
    assert hidden_words(demo_site) == []


def test_the_page_for_a_lost_address_works_at_any_address(pages: dict[str, SitePage]) -> None:
    assert absolute_faults(pages["404.html"]) == []
    assert head(pages["404.html"])["robots"] == "noindex"
    assert links(pages["404.html"], "canonical") == []


def test_a_shared_link_shows_a_card(pages: dict[str, SitePage], demo_site: Path, demo_base_url: str) -> None:
    for path in ("index.html", "fr/credentials/data-literacy/index.html", "guides/verifier/index.html"):
        told = head(pages[path])
        image = demo_site / told["og:image"].removeprefix(demo_base_url)
        width, height = (int.from_bytes(image.read_bytes()[at : at + 4], "big") for at in (16, 20))
        assert (told["og:image:width"], told["og:image:height"]) == (str(width), str(height))
        assert told["og:url"].startswith(demo_base_url)
        assert {"og:title", "og:description", "og:type", "og:locale", "og:image:alt", "twitter:card"} <= set(
            told
        )


def test_twins_in_other_languages_lead_back(pages: dict[str, SitePage], demo_base_url: str) -> None:
    """A twin that does not name the page that names it is ignored by search engines, and so are both."""
    alternates = {
        path: {link["hreflang"]: link["href"] for link in links(page, "alternate")}
        for path, page in pages.items()
    }
    named = 0
    for path, twins in alternates.items():
        for url in set(twins.values()):
            other = url.removeprefix(demo_base_url) + "index.html"
            assert alternates[other] == twins, (path, other)
            named += 1
    assert named > 150


def test_the_sitemap_holds_just_the_pages_that_may_be_found(
    pages: dict[str, SitePage], demo_site: Path, demo_base_url: str
) -> None:
    found = ElementTree.parse(demo_site / "sitemap.xml").findall("s:url", _SITEMAP)
    places = {entry.findtext("s:loc", "", _SITEMAP) for entry in found}
    own = {demo_base_url + path.removesuffix("index.html"): page for path, page in pages.items()}
    for url in places:
        assert "noindex" not in head(own[url]).get("robots", "")
    canonical = {link["href"] for page in pages.values() for link in links(page, "canonical")}
    awards = {url for url in places if "/issued/" in url}
    assert awards
    # These pages are not of the catalog: an award's address is its own, and there is one page that checks.
    assert places - awards - {f"{demo_base_url}verify/"} == canonical - awards - {f"{demo_base_url}verify/"}
    twins = [link.attrib for entry in found for link in entry.findall("x:link", _SITEMAP)]
    assert {link["hreflang"] for link in twins} == {"en", "fr", "ar", "x-default"}


def test_award_pages_that_are_not_listed_ask_not_to_be_found(
    pages: dict[str, SitePage], demo_site: Path
) -> None:
    sitemap = (demo_site / "sitemap.xml").read_text(encoding="utf-8")
    listed = set(re.findall(r"/(issued/[^/]+/)</loc>", sitemap))
    for path, page in pages.items():
        if path.startswith("issued/"):
            hidden = "noindex" in head(page).get("robots", "")
            assert hidden or path.removesuffix("index.html") in listed, path
