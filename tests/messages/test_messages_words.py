"""The words of the interface: every language complete, its placeholders and plural forms right."""

from __future__ import annotations

import json
import string
from datetime import date

import pytest
from babel import Locale

from site_builder.messages import LANGUAGES, browser_script, load, words_path
from site_builder.messages.words import Message, Words

OTHERS = LANGUAGES[1:]


def _forms(message: Message) -> dict[str, str]:
    return {"other": message} if isinstance(message, str) else dict(message)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_sentence_of_english_and_no_other(language: str) -> None:
    assert set(load(language).messages) == set(load("en").messages)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_uses_the_values_that_english_uses(language: str) -> None:
    english, words = load("en").messages, load(language).messages
    wrong = [
        key
        for key in english
        for text in [_forms(words[key])["other"]]
        if _fields(text) != _fields(_forms(english[key])["other"])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_that_count_have_every_form_of_their_language(language: str) -> None:
    plural_form = Locale.parse(language).plural_form
    needed = {plural_form(n) for n in range(1000)} | {"other"}
    lacking = {
        key: needed - set(message)
        for key, message in load(language).messages.items()
        if not isinstance(message, str) and needed - set(message)
    }
    assert lacking == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_holds_markup(language: str) -> None:
    texts = [text for message in load(language).messages.values() for text in _forms(message).values()]
    assert [text for text in texts if not text.strip() or "<" in text] == []


def test_plural_forms_follow_the_number() -> None:
    words = Words("ar", {"x": {"zero": "0", "one": "1", "two": "2", "few": "f", "many": "m", "other": "o"}})
    assert [words("x", n=n) for n in (0, 1, 2, 3, 11, 100)] == ["0", "1", "2", "f", "m", "o"]


def test_an_unknown_key_or_a_missing_value_is_an_error() -> None:
    words = Words("en", {"a": "Hello {name}", "b": {"one": "{n} day", "other": "{n} days"}})
    assert words("a", name="Ada") == "Hello Ada"
    assert words("b", n=2000) == "2,000 days"
    for key in ("a", "b", "c"):
        with pytest.raises(KeyError):
            words(key)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no words in 'xx'"):
        load("xx")


def test_dates_numbers_and_periods_are_written_as_the_language_does() -> None:
    day = date(2026, 11, 22)
    assert load("en").day(day) == "22 November 2026"
    assert load("fr").day(day) == "22 novembre 2026"
    assert load("en").period("P1Y6M") == "1 year and 6 months"
    assert load("fr").hours(2.5) == "2,5\N{NO-BREAK SPACE}heures"
    assert load("en").hours(1) == "1 hour"
    assert load("en").language_name("en-CA") == "English"
    assert load("fr").language_name("ar") == "arabe"
    assert load("en").language_name("xx") == "xx"
    assert [load(language).name for language in LANGUAGES] == ["English", "français", "العربية"]
    assert [load(language).direction for language in LANGUAGES] == ["ltr", "ltr", "rtl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_get_their_sentences_as_a_classic_script(language: str) -> None:
    script = browser_script(language).decode()
    start = f'(self.badgepressWords??={{}})["{language}"]='
    entry = json.loads(script.removeprefix(start).removesuffix(";\n"))
    assert script.startswith(start)
    assert entry["language"] == language
    assert words_path(language) == f"assets/badgepress/words.{language}.js"
