"""What the press needs from mkdocs.yml."""

from __future__ import annotations

import pytest

from site_builder.models.settings import Settings, read_settings
from site_builder.reading.document import read_document
from tests.support.repos import told_of

GOOD = "site_name: Badges\nsite_url: https://badges.example.org/a\n"


def _read(text: str, site_url: str | None = None) -> tuple[Settings | None, list[str]]:
    document, problems = read_document("mkdocs.yml", text.encode())
    assert problems == []
    settings, found = read_settings(document, site_url)
    return settings, told_of(found)


def test_the_address_ends_with_a_slash() -> None:
    assert _read(GOOD) == (Settings("Badges", "https://badges.example.org/a/", "eu-2022"), [])


def test_another_address_replaces_it() -> None:
    settings, _ = _read(GOOD, "http://localhost:8000/")
    assert settings == Settings("Badges", "http://localhost:8000/")


@pytest.mark.parametrize("given", ["https://badges.example.org/../b/", ""])
def test_what_is_wrong_with_the_other_address_has_no_line(given: str) -> None:
    settings, (found,) = _read(GOOD, given)
    assert settings is None
    assert found.startswith("mkdocs.yml:None: the address given instead of site_url ")


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins:\n  - search\n  - badgepress:\n      lint: none\n",
        "plugins:\n  badgepress:\n    lint: none\n",
    ],
)
def test_options_are_read_from_a_list_and_from_a_mapping(plugins: str) -> None:
    settings, found = _read(GOOD + plugins)
    assert found == []
    assert settings is not None
    assert settings.lint == "none"


def test_the_first_language_is_the_default() -> None:
    settings, found = _read(GOOD + "plugins:\n  - badgepress:\n      languages: [fr, en]\n")
    assert found == []
    assert settings is not None
    assert settings.languages == ("fr", "en")


def test_without_the_option_the_site_is_in_english() -> None:
    settings, _ = _read(GOOD)
    assert settings is not None
    assert settings.languages == ("en",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("site_name: Badges\n", ""), "1: field site_name is missing or not text"),
        (
            "site_name: Badges\n",
            "1: field site_url is missing or not text"
            " | write the address at which the site will be published, such as https://badges.example.org/",
        ),
        (
            "site_name: Badges\nsite_url: badges\n",
            "2: site_url must start with https:// | write an address like https://example.org/page",
        ),
        (
            GOOD + "plugins:\n  - badgepress:\n      lnt: none\n",
            "3: unknown option 'lnt' of badgepress | did you mean 'lint'?",
        ),
        (GOOD + "plugins:\n  - badgepress:\n      lint: all\n", "3: lint must be eu-2022 or none, not 'all'"),
        (
            GOOD + "plugins:\n  - badgepress:\n      language: [en]\n",
            "3: unknown option 'language' of badgepress | did you mean 'languages'?",
        ),
        (
            GOOD + "plugins:\n  - badgepress:\n      languages: fr\n",
            "3: languages must be a list such as [en, fr], not 'fr'"
            " | the first is the one that the site opens in",
        ),
        (
            GOOD + "plugins:\n  - badgepress:\n      languages:\n",
            "3: languages is empty: expected a list such as [en, fr], found nothing"
            " | the first is the one that the site opens in",
        ),
        (
            GOOD + "plugins:\n  - badgepress:\n      languages: []\n",
            "3: languages is an empty list: it must have at least one entry"
            " | the first is the one that the site opens in",
        ),
        (
            GOOD + "plugins:\n  - badgepress:\n      languages: [en, de]\n",
            "3: languages has no pages in 'de' | the interface is written in en, fr, ar",
        ),
        (
            GOOD + "plugins:\n  - badgepress:\n      languages: [[en], en]\n",
            "3: languages has no pages in '[’en’]' | the interface is written in en, fr, ar",
        ),
        (
            GOOD + "plugins:\n  - badgepress:\n      languages: [fr, en, fr]\n",
            "3: languages has 'fr' twice | remove one of the two",
        ),
    ],
)
def test_mistakes(text: str, expected: str) -> None:
    assert _read(text) == (None, [f"mkdocs.yml:{expected}"])


def test_a_missing_file_was_told_by_the_reader() -> None:
    assert read_settings(None) == (None, [])


def _columns(value: str) -> str:
    return f"{GOOD}plugins:\n  - badgepress:\n      roster_columns: {value}\n"


def test_columns_of_class_lists_are_read() -> None:
    settings, found = _read(_columns("{email: [Courriel, Mél], score: ['Note /100']}"))
    assert found == []
    assert settings is not None
    assert settings.roster_columns == {"email": ("Courriel", "Mél"), "score": ("Note /100",)}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[email]", "roster_columns must be a mapping, not '[’email’]'"),
        ("", "roster_columns must be a mapping, not nothing"),
        ("{emial: [A]}", "roster_columns has no field 'emial' | did you mean 'email'?"),
        ("{email: Courriel}", "roster_columns: email must be a list of column names, not 'Courriel'"),
        ("{email: []}", "roster_columns: email must be a list of column names, not '[]'"),
        ("{email: [2024]}", "roster_columns: email must be a list of texts that are not empty"),
        ("{email: [A], name: [' a']}", "roster_columns has ' a' for 'email' and for 'name'"),
    ],
)
def test_what_is_wrong_with_columns_is_told(value: str, expected: str) -> None:
    settings, (found,) = _read(_columns(value))
    assert settings is None
    assert expected in found
