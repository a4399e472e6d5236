"""schema.org in the head of pages: its own words only, nothing the page does not show, no way out of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from site_builder.assembling.addresses import credential_page, version_page
from site_builder.pages import all_pages
from site_builder.pages.structured import data_block, duration, structured_data
from site_builder.pages.view import views
from tests.pages.html import read_html
from tests.pages.sample import AT, HOSTILE, sample_catalog

SAMPLE = sample_catalog()
CATALOG = replace(SAMPLE, settings=replace(SAMPLE.settings, languages=("en", "fr", "ar")))
PAGES = {(page.language, page.key): page for page in all_pages(CATALOG, AT)}
DATA = {
    (view.words.language, key): text
    for view in views(CATALOG, AT)
    for key, text in structured_data(
        view, {key: page.title for (language, key), page in PAGES.items() if language == view.words.language}
    ).items()
}

# What schema.org 29 lets each type say, of what we use; https://schema.org/TYPE lists the rest.
_THING = {"@id", "@type", "name", "description", "url", "image"}
_WORK = _THING | {"inLanguage", "publisher", "provider", "educationalLevel", "teaches", "version", "offers"}
VOCABULARY = {
    "WebSite": _WORK,
    "EducationalOrganization": _THING | {"logo", "address"},
    "PostalAddress": {"@type", "addressCountry", "addressRegion"},
    "EducationalOccupationalCredential": _WORK | {"credentialCategory", "competencyRequired", "validFor"},
    "Course": _WORK | {"educationalCredentialAwarded", "coursePrerequisites", "hasCourseInstance"},
    "CourseInstance": _WORK | {"courseMode", "courseWorkload"},
    "Offer": _THING,
    "DefinedTermSet": _WORK | {"hasDefinedTerm"},
    "DefinedTerm": _THING | {"inDefinedTermSet"},
    "BreadcrumbList": _THING | {"itemListElement"},
    "ListItem": _THING | {"position", "item"},
}


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object in JSON, the outer before the inner."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def graph(key: str, language: str = "en") -> dict[str, dict[str, Any]]:
    """Return what the page says, by type."""
    return {node["@type"]: node for node in json.loads(DATA[language, key])["@graph"]}


@pytest.mark.parametrize("place", DATA, ids="/".join)
def test_only_schema_org_s_own_types_and_properties_are_used(place: tuple[str, str]) -> None:
    document = json.loads(DATA[place])
    assert document.pop("@context") == "https://schema.org"
    for node in nodes(document["@graph"]):
        allowed = VOCABULARY[node["@type"]] if "@type" in node else {"@id"}
        assert set(node) <= allowed, node


@pytest.mark.parametrize("place", DATA, ids="/".join)
def test_nothing_is_empty_and_every_address_is_whole(place: tuple[str, str]) -> None:
    for node in nodes(json.loads(DATA[place])["@graph"]):
        assert [name for name, value in node.items() if value in ("", None, [], {})] == []
        for name in {"@id", "url", "image", "logo", "item"} & set(node):
            assert node[name].startswith("https://")


@pytest.mark.parametrize("place", DATA, ids="/".join)
def test_what_is_named_on_a_page_is_told_there_or_has_a_page(place: tuple[str, str]) -> None:
    document = json.loads(DATA[place])
    told = {node["@id"] for node in nodes(document["@graph"]) if "@id" in node and len(node) > 1}
    places = {AT.url(page.path) for page in PAGES.values()}
    named = {node["@id"] for node in nodes(document["@graph"]) if set(node) == {"@id"}}
    assert [name for name in named - told if name.split("#")[0] not in places] == []


def test_no_text_can_close_the_script() -> None:
    text = data_block({"a": f"{HOSTILE}</script><!--<script>&amp;\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": f"{HOSTILE}</script><!--<script>&amp;\u2028"}
    hostile = DATA["en", credential_page("hostile")]
    tree = read_html(f'<script type="application/ld+json">{hostile}</script><p>after</p>')
    assert [tag.name for tag in tree.tags] == ["script", "p"]
    assert graph(credential_page("hostile"))["Course"]["description"] == HOSTILE


def test_a_credential_is_told_with_its_course() -> None:
    told = graph(credential_page("sums"))
    credential, course = told["EducationalOccupationalCredential"], told["Course"]
    assert credential["educationalLevel"] == "Foundational"
    assert credential["validFor"] == "P3Y"
    assert [term["name"] for term in credential["competencyRequired"]] == [
        "Reading tables",
        "Leading meetings",
    ]
    assert course["hasCourseInstance"] == {
        "@type": "CourseInstance",
        "courseMode": "blended",
        "courseWorkload": "PT25H",
    }
    assert course["offers"] == {"@type": "Offer", "url": "https://northfield.example/enrol/sums"}
    assert course["educationalCredentialAwarded"] == {"@id": credential["@id"]}


def test_a_course_that_cannot_be_taken_is_not_told() -> None:
    for key in (credential_page("tables"), version_page("sums", "1.0")):
        assert set(graph(key)) == {"EducationalOccupationalCredential", "BreadcrumbList"}


def test_steps_lead_from_the_front_page() -> None:
    steps = graph("frameworks/data-skills/tables/index.html")["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == [
        "Catalog",
        "Skills and frameworks",
        "Data skills",
        "Reading tables",
    ]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert steps[2]["item"] == AT.url("frameworks/data-skills/index.html")


def test_in_another_language_the_thing_is_the_same_and_its_page_another() -> None:
    key = credential_page("sums")
    english, french = (graph(key, language)["Course"] for language in ("en", "fr"))
    assert english["@id"] == french["@id"]
    assert french["url"] == AT.url("fr/" + key)
    assert french["educationalLevel"] != english["educationalLevel"]


@pytest.mark.parametrize(
    ("hours", "told"), [(25, "PT25H"), (0.5, "PT30M"), (7.75, "PT7H45M"), (0.001, "PT0M")]
)
def test_hours_as_a_duration(hours: float, told: str) -> None:
    assert duration(hours) == told
