"""HTML of single words: the quick ways say what the long ways did."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from site_builder.exports.html import link, markdown, relative, sentence
from site_builder.messages import LANGUAGES, Words, load
from site_builder.text.markdown import render_markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_its_template_with_values_escaped(language: str) -> None:
    words = load(language)
    for key, message in words.messages.items():
        if not isinstance(message, str):
            continue
        names = {name: f'<b>{name} & "more"' for name in _names(message)}
        assert sentence(words, key, **names) == Markup("{}").format(message).format(**names), key


def _names(message: str) -> list[str]:
    return [part.partition("}")[0] for part in message.split("{")[1:]]


def test_html_in_a_sentence_stays_and_numbers_are_written_as_the_language_does() -> None:
    words = load("fr")
    by = sentence(words, "award.by", issuer=link("a?b&c", "<x>"), day="1 < 2")
    assert '<a href="a?b&amp;c">&lt;x&gt;</a>' in by
    assert "1 &lt; 2" in by
    assert sentence(words, "award.percent", n=92.5) == words("award.percent", n=92.5)


@pytest.mark.parametrize("message", ["{0}", "{a.b}", "{a!r}", "{a:>3}"])
def test_a_sentence_has_names_in_braces_and_no_more(message: str) -> None:
    with pytest.raises(ValueError, match="no more"):
        sentence(Words("en", {"key": message}), "key", a=1)


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="day"):
        sentence(load("en"), "award.by", issuer="x")


_PATHS = st.lists(st.sampled_from(["a", "b", "index.html", "c.json"]), min_size=1, max_size=4).map("/".join)


@given(_PATHS, _PATHS)
@example("issued/1/index.html", "index.html")
@example("index.html", "index.html")
@example("a/b", "a/xindex.html")
def test_a_link_is_the_relative_path(start: str, target: str) -> None:
    folder = posixpath.dirname(start) or "."
    if posixpath.basename(target) == "index.html":
        expected = posixpath.relpath(posixpath.dirname(target) or ".", folder) + "/"
    else:
        expected = posixpath.relpath(target, folder)
    assert relative(start, target) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, with 100 % and (brackets): it's fine; a/b - c + d.",
        "Une évaluation à l’écrit", "تقرير عن الجداول", "读表", "A", "a.", "www.example.org https://x.example",
        "1. One", "- one", "+ one", "1) one", "*em*", "a *em*", "snake_case", "a  b", "a ", " a", "a\nb",
        "a\n===", "    a", "&amp; a", "a &lt; b", "a\\b", "a `b`", "[a]", "a | b", "~~~", "a ~~b~~", "# a",
        "a: b", "Setext\n---", "a --- b", 'a "b"', "a!", "a\tb", "a\u00a0b", "Ⅷ 8", "e\u0301", "",
    ],
)  # fmt: skip
def test_plain_words_are_the_same_as_markdown(text: str) -> None:
    assert markdown(text) == render_markdown(text)


@given(st.text("ab Ü読1.,;:'()/%+-_*\n<&\"\\", max_size=12))
def test_any_words_are_the_same_as_markdown(text: str) -> None:
    assert markdown(text) == render_markdown(text)
