"""Texts in several languages: what may stand under ``translations``, and which text a reader is shown."""

from __future__ import annotations

import pytest

from site_builder.models.credential import CredentialSpec
from site_builder.models.telling import Text, best_match, same_language
from tests.support.repos import Files, catalog_of, changed, told

SPEC = "credentials/charts.yaml"
FRENCH = "  fr:\n    name: Les graphiques\n"


def _with(translations: str, language: str = "en") -> Files:
    """Return the valid repository with these lines below ``translations``, which stands in line 26."""
    files = changed(SPEC, "language: en\n", f"language: {language}\n")
    return {**files, SPEC: files[SPEC] + "translations:\n" + translations}


def _spec(translations: str, language: str = "en") -> CredentialSpec:
    return catalog_of(_with(translations, language)).newest("charts").spec


def test_a_translation_is_shown_to_its_readers() -> None:
    told = _spec(FRENCH + "    summary: Une phrase.\n    description: Ce que c'est.\n").told_in("fr")
    assert told.name == Text("Les graphiques", "fr")
    assert told.summary == Text("Une phrase.", "fr")
    assert told.description == Text("Ce que c'est.", "fr")


def test_what_is_not_translated_keeps_its_own_language() -> None:
    told = _spec(FRENCH, "en-CA").told_in("fr")
    assert [told.name.language, told.summary.language, told.description.language] == ["fr", "en-CA", "en-CA"]
    assert told.summary.words == "One sentence."


@pytest.mark.parametrize(
    ("own", "translated", "wanted", "shown"),
    [
        ("en", "fr", "en", "en"),
        ("en", "fr", "fr-CA", "fr"),
        ("en", "fr-CA", "fr", "fr-CA"),
        ("en-CA", "fr", "en", "en-CA"),
        ("en", "fr", "ar", "en"),
        ("en", "zh-Hant", "zh", "zh-Hant"),
        ("en", "zh-Hant", "zh-Hans", "en"),
        ("fr", "en", "en-GB", "en"),
    ],
)
def test_the_best_match(own: str, translated: str, wanted: str, shown: str) -> None:
    spec = _spec(f"  {translated}:\n    name: Another Name\n", own)
    assert spec.told_in(wanted).name.language == shown


def test_the_tag_itself_comes_before_its_relatives() -> None:
    assert best_match("zh-Hans", ["zh-Hans-SG", "zh-Hans"]) == "zh-Hans"
    assert best_match("sr", ["en"]) is None
    assert not same_language("ar", "arz")


def test_markup_is_words_like_in_every_other_text() -> None:
    hostile = "<img src=x onerror=alert(1)> & {{ name }}"
    assert _spec(f"  fr:\n    name: '{hostile}'\n").told_in("fr").name.words == hostile


def test_a_text_knows_its_direction() -> None:
    assert [Text("x", tag).direction for tag in ("ar", "fr-CA")] == ["rtl", "ltr"]


def test_specs_can_be_told_apart_in_sets() -> None:
    assert len({_spec(FRENCH), _spec(FRENCH)}) == 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("  fr:\n    name: ''\n", ["28: name is empty | write some text"]),
        ("  fr:\n    summary: Une phrase.\n", ["27: field name is missing in fr of translations"]),
        (
            FRENCH + "    sumary: x\n",
            ["29: unknown field 'sumary' in fr of translations | did you mean 'summary'?"],
        ),
        (
            FRENCH + "    criteria: x\n",
            ["29: unknown field 'criteria' in fr of translations | known: description, name, summary"],
        ),
        (
            "  name: Les graphiques\n",
            ["27: name must be a mapping of fields, found text"],
        ),
        (
            "  french:\n    name: x\n",
            [
                "27: each key of translations must be a language tag, not 'french'"
                " | write a tag like en or en-CA"
            ],
        ),
        (
            "  Fr:\n    name: x\n",
            ["27: each key of translations must be a language tag, not 'Fr' | write a tag like en or en-CA"],
        ),
        ("  - fr\n", ["26: translations must be a mapping of fields, found a list"]),
        ("  fr:\n", ["27: fr is empty: expected a mapping of fields, found nothing | write a value"]),
        (
            "  en:\n    name: x\n",
            ["27: translation en is in the credential's own language, en | remove it"],
        ),
        (
            "  en-GB:\n    name: x\n",
            ["27: translation en-GB is in the credential's own language, en | remove it"],
        ),
        (
            FRENCH + "  fr-CA:\n    name: x\n",
            ["29: translations fr and fr-CA are in the same language | keep one of the two"],
        ),
        (
            f"  fr:\n    name: {'x' * 201}\n",
            ["28: name is too long: 201 characters, at most 200 are allowed"],
        ),
        (
            '  ar:\n    name: "شهادة \\u202E evil"\n',
            [
                "28: name has a bidirectional control character (U+202E)"
                " | delete it; it makes text read differently from what is stored"
            ],
        ),
        (
            '  fr:\n    name: "a\\u0007b"\n',
            [
                "28: name has a control character (U+0007)"
                " | delete it; it often comes along when text is copied from a web page or a PDF"
            ],
        ),
        (
            '  fr:\n    name: x\n    summary: "a\\nb"\n',
            ["29: summary must be one line | write it on one line, without line breaks"],
        ),
        (
            '  "fr\\u200b":\n    name: x\n',
            ["27: unknown field (it has an invisible character U+200B) | type the field's name again"],
        ),
        (
            "  <script>:\n    name: x\n",
            [
                "27: each key of translations must be a language tag, not '<script>'"
                " | write a tag like en or en-CA"
            ],
        ),
    ],
)
def test_mistakes(lines: str, expected: list[str]) -> None:
    found = [line.removeprefix(f"{SPEC}:") for line in told(_with(lines))]
    assert [line.replace(" | the title in this language", "") for line in found] == expected
