"""What the search knows: every page that may be found, in each language, and no award."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from site_builder.catalog.catalog import Catalog
from site_builder.models.settings import Settings
from site_builder.pages import all_pages
from site_builder.pages.search_index import Guide, index_path, plain, search_indexes
from tests.pages.sample import AT, HOSTILE, sample_catalog

GUIDE = Guide("guides/verifier/index.html", "Verifiers", ("One", "Two", "Three", "Four", "Five", "Six"))


def catalog_in(*languages: str) -> Catalog:
    return replace(
        sample_catalog(), settings=Settings("Northfield Badges", AT.base, languages=tuple(languages))
    )


def entries(catalog: Catalog, language: str = "en") -> dict[str, list[str]]:
    """Return the entries of a language, by address."""
    artifacts = {a.path: a.data.decode() for a in search_indexes(catalog, all_pages(catalog, AT), [GUIDE])}
    script = artifacts[index_path(language)]
    assert script.startswith("badgepressIndex([")
    assert script.endswith("]);\n")
    found = json.loads(script.removeprefix("badgepressIndex(").removesuffix(");\n"))
    assert len({entry[4] for entry in found}) == len(found)
    return {entry[4]: entry for entry in found}


ENGLISH = entries(catalog_in("en"))


def test_a_credential_is_found_by_name_skills_and_tags() -> None:
    assert ENGLISH["credentials/sums/"] == [
        "nanocredential",
        "The sums credential",
        "Do sums well, and show that you can.",
        "Reading tables Leading meetings figures sums",
        "credentials/sums/",
    ]


def test_names_in_another_language_say_which() -> None:
    assert ENGLISH["credentials/chairing/"][5:] == ["fr", "fr"]
    french = entries(catalog_in("en", "fr"), "fr")
    assert len(french["fr/credentials/chairing/"]) == 5
    assert french["fr/credentials/sums/"][5:] == ["en-CA", "en-CA"]


def test_skills_frameworks_issuer_and_guides_are_found_each_by_its_kind() -> None:
    assert ENGLISH["frameworks/data-skills/tables/"] == [
        "skill",
        "Reading tables",
        "Reading what is there.",
        "Data skills",
        "frameworks/data-skills/tables/",
    ]
    assert ENGLISH["frameworks/data-skills/"][::3] == ["framework", "Northfield School of Computing"]
    assert ENGLISH["issuers/northfield/"][0] == "issuer"
    guide = ["guide", "Verifiers", "One · Two · Three · Four", "Five Six", "guides/verifier/"]
    assert ENGLISH["guides/verifier/"] == guide
    assert ENGLISH["verify/"][:2] == ["page", "Check a badge"]


def test_earlier_versions_and_awards_are_not_found() -> None:
    kinds = [address.split("/")[0] for address in ENGLISH]
    assert set(kinds) == {"", "credentials", "frameworks", "issuers", "guides", "verify"}
    assert [address for address in ENGLISH if address.count("/") > 2 and "credentials" in address] == []


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_language_has_the_same_pages_in_its_own_tree(language: str) -> None:
    catalog = catalog_in("en", "fr", "ar")
    found = entries(catalog, language)
    once = {"guides/verifier/", "verify/"}
    assert set(found) == {f"{language}/{address}" for address in ENGLISH if address not in once} | once
    assert found["guides/verifier/"][5:] == ["en", "en"]


def test_what_authors_wrote_stays_text() -> None:
    assert HOSTILE in ENGLISH["credentials/hostile/"][1]


def test_titles_of_guides_are_taken_as_a_reader_sees_them() -> None:
    assert plain("Keys &amp; <code>did.json</code>") == "Keys & did.json"
