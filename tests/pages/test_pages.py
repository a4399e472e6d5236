"""The catalog's pages as values: every kind, every link, nothing active, headings in order."""

from __future__ import annotations

import itertools
import posixpath
from dataclasses import replace

import pytest

from site_builder.assembling.addresses import achievement_json
from site_builder.exports.award_page import CHECK, GUIDE
from site_builder.messages import LANGUAGES
from site_builder.pages import Page, all_pages
from site_builder.pages.assets import image_artifacts
from tests.pages.html import read_html
from tests.pages.sample import AT, HOSTILE, LISTED, sample_catalog

CATALOG = sample_catalog()
PAGES = {page.path: page for page in all_pages(CATALOG, AT)}
TRANSLATED = replace(CATALOG, settings=replace(CATALOG.settings, languages=LANGUAGES))
NAMES = {"aria-label", "aria-labelledby"}
NAMED_BY = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
EVERY = {page.path: page for page in all_pages(TRANSLATED, AT)}


def _known() -> set[str]:
    """Return every path that links may lead to: pages, images, and what other rooms write."""
    others = {achievement_json(*key) for key in CATALOG.achievements}
    others |= {f"issued/{award_id}/index.html" for award_id in CATALOG.awards}
    others |= {artifact.path for artifact in image_artifacts(CATALOG)}
    return {*EVERY, *others, CHECK, GUIDE, "did.json"}


def _target(page: Page, link: str) -> str:
    """Return the path in the site folder that a relative link on ``page`` leads to."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), link.split("#")[0]))
    return posixpath.join(path, "index.html").removeprefix("./") if link.endswith("/") else path


def test_every_credential_version_framework_competency_and_issuer_has_its_page() -> None:
    assert set(PAGES) == {
        "index.html",
        "credentials/index.html",
        "credentials/chairing/index.html",
        "credentials/chairing/1.0/index.html",
        "credentials/sums/index.html",
        "credentials/sums/1.0/index.html",
        "credentials/sums/1.1/index.html",
        "credentials/tables/index.html",
        "credentials/tables/1.0/index.html",
        "credentials/hostile/index.html",
        "credentials/hostile/1.0/index.html",
        "credentials/steward/index.html",
        "credentials/steward/1.0/index.html",
        "frameworks/index.html",
        "frameworks/data-skills/index.html",
        "frameworks/data-skills/maps/index.html",
        "frameworks/data-skills/tables/index.html",
        "frameworks/workplace-skills/index.html",
        "frameworks/workplace-skills/meetings/index.html",
        "issuers/northfield/index.html",
        "awards/index.html",
    }
    assert len(PAGES) == len(all_pages(CATALOG, AT))


@pytest.mark.parametrize("path", EVERY)
def test_nothing_on_a_page_is_active(path: str) -> None:
    tree = read_html(EVERY[path].html)
    assert HOSTILE not in EVERY[path].html
    # The front page's filters are a form that is sent nowhere: the policy forbids it, and it has no address.
    allowed = ["form"] if EVERY[path].key == "index.html" else []
    assert [found for found in tree.active() if found not in allowed] == []
    assert [form.attributes for form in tree.all("form") if "action" in form.attributes] == []


@pytest.mark.parametrize("path", EVERY)
def test_pages_are_well_formed_with_headings_in_order(path: str) -> None:
    tree = read_html(EVERY[path].html)
    levels = tree.headings()
    assert tree.faults == []
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [b for a, b in itertools.pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize("path", EVERY)
def test_every_relative_link_leads_somewhere(path: str) -> None:
    tree = read_html(EVERY[path].html)
    links = [tag.attributes["href"] for tag in tree.all("a")] + [
        tag.attributes["src"] for tag in tree.all("img")
    ]
    inner = [link for link in links if not link.startswith(("https://", "#"))]
    assert [link for link in inner if _target(EVERY[path], link) not in _known()] == []
    assert all(tag.attributes["src"] in inner for tag in tree.all("img"))


@pytest.mark.parametrize("path", EVERY)
def test_every_image_has_an_alternative_and_a_size(path: str) -> None:
    for image in read_html(EVERY[path].html).all("img"):
        assert {"alt", "width", "height"} <= set(image.attributes)


@pytest.mark.parametrize("path", EVERY)
def test_ids_stand_once_and_are_there_for_what_names_them(path: str) -> None:
    tags = read_html(EVERY[path].html).tags
    ids = [tag.attributes["id"] for tag in tags if "id" in tag.attributes]
    named = {tag.attributes[name] for tag in tags for name in NAMED_BY if name in tag.attributes}
    inner = {tag.attributes["href"][1:] for tag in tags if tag.attributes.get("href", "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert named | inner <= set(ids)


@pytest.mark.parametrize("path", EVERY)
def test_every_landmark_has_a_name(path: str) -> None:
    landmarks = read_html(EVERY[path].html).all("nav", "aside", "section")
    # A section without a name is no landmark (HTML-AAM).
    regions = [tag for tag in landmarks if tag.name != "section" or NAMES & set(tag.attributes)]
    names = [tag.attributes.get("aria-label") or tag.attributes.get("aria-labelledby") for tag in regions]
    assert None not in names
    assert len(set(names)) == len(names)


def test_a_credential_page_tells_what_it_takes() -> None:
    text = " ".join(read_html(PAGES["credentials/sums/index.html"].html).text.split())
    for fact in (
        "Level Foundational (EQF level 4)",
        "Workload 25 hours (1 ECTS)",
        "Assessment Portfolio, project",
        "Participation Blended: online and on site",
        "Valid for 3 years",
        "Read a table with guidance, in a familiar setting.",
        "60 % of the result",
        "pass mark 70 %",
        "Everyday arithmetic.",
        "It counts towards The steward credential",
        "1 ECTS, towards: Diploma in Data On request.",
        "Version 1.1 since 10 January 2026 shown here",
    ):
        assert fact in text
    assert 'href="https://northfield.example/enrol/sums"' in PAGES["credentials/sums/index.html"].html


def test_an_earlier_version_leads_to_the_current_one_and_is_not_searched_for() -> None:
    page = PAGES["credentials/sums/1.0/index.html"]
    assert 'href="../">See the current version, 1.1</a>' in page.html
    assert '<li><a href="../"><bdi>The sums credential</bdi></a></li>' in page.html
    assert not page.searchable
    assert PAGES["credentials/sums/index.html"].searchable


def test_a_retired_credential_says_since_when_and_cannot_be_enrolled_in() -> None:
    text = " ".join(read_html(PAGES["credentials/tables/index.html"].html).text.split())
    assert "It has not been awarded since 1 June 2026." in text
    assert "Enrol" not in text


def test_words_in_another_language_are_marked() -> None:
    assert '<h1 lang="fr" dir="ltr">Présider</h1>' in PAGES["credentials/chairing/index.html"].html


def test_a_competency_page_lists_credentials_at_their_level() -> None:
    text = " ".join(read_html(PAGES["frameworks/workplace-skills/meetings/index.html"].html).text.split())
    foundational, rest = text.split("Intermediate", 1)
    intermediate, advanced = rest.split("Advanced", 1)
    assert "No credential shows it at this level yet." in foundational
    assert "The steward credential" in intermediate
    assert "No credential shows it at this level yet." in advanced


def test_only_listed_awards_are_linked_from_the_catalog() -> None:
    linked = {award_id for award_id in CATALOG.awards for page in PAGES.values() if award_id in page.html}
    assert linked == {LISTED}


def test_the_home_page_counts_credentials_skills_and_frameworks() -> None:
    text = " ".join(read_html(PAGES["index.html"].html).text.split())
    assert "credentials 5" in text
    assert "skills 2" in text
    assert "frameworks 2" in text


def test_a_site_without_frameworks_or_awards_has_its_pages() -> None:
    empty = replace(CATALOG, frameworks={}, achievements={}, awards={})
    assert {page.path for page in all_pages(empty, AT)} == {
        "index.html",
        "credentials/index.html",
        "frameworks/index.html",
        "issuers/northfield/index.html",
        "awards/index.html",
    }
