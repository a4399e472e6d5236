"""Pages in French and Arabic: no English of ours left, and every word of authors in its own language."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from site_builder.messages import LANGUAGES, load
from site_builder.pages import all_pages
from tests.pages.html import read_html
from tests.pages.sample import AT, sample_catalog

SAMPLE = sample_catalog()
CATALOG = replace(SAMPLE, settings=replace(SAMPLE.settings, languages=LANGUAGES))
PAGES = {(page.language, page.key): page for page in all_pages(CATALOG, AT)}
OTHERS = [place for place in PAGES if place[0] != "en"]
SPOKEN = {"aria-label", "title", "placeholder"}
"""The attributes whose words people hear or see."""


class _OwnWords(HTMLParser):
    """The words of a page in the page's own language: those below another ``lang`` are left out."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._language = language
        self._open: list[bool] = [True]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = (given.get("lang") or self._language).split("-")[0]
        own = language == self._language and ("lang" in given or self._open[-1])
        if own:
            self.words += [value or "" for name, value in attrs if name in SPOKEN]
        if tag not in {"img", "br", "hr", "input", "meta", "link"}:
            self._open.append(own)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[-1] and data.strip():
            self.words.append(" ".join(data.split()))


def own_words(language: str, html: str) -> str:
    """Return what a page says in its own language, one text a line."""
    reader = _OwnWords(language)
    reader.feed(html)
    return "\n".join(reader.words)


def _pieces(language: str) -> set[str]:
    """Return the sentences of a language, and the parts between the values in them, that are long enough."""
    messages = load(language).messages.values()
    texts = [text for item in messages for text in ([item] if isinstance(item, str) else item.values())]
    pieces = {piece.strip(" .:,") for text in texts for piece, *_ in string.Formatter().parse(text)}
    return {piece for piece in pieces if re.search(r"[A-Za-z]{3,}", piece)}


@pytest.mark.parametrize("place", OTHERS, ids="/".join)
def test_no_sentence_of_ours_is_left_in_english(place: tuple[str, str]) -> None:
    language, page = place[0], PAGES[place]
    own = _pieces(language)
    english = {piece for piece in _pieces("en") if not any(piece in name for name in own)}
    english.remove("What it is")  # also the sample's description, in whatever language
    said = [own_words(language, page.html), page.title, page.description]
    lines = {line.strip(" .:,") for text in said for line in text.splitlines()}
    assert lines & english == set()
    long = {piece for piece in english if len(piece) > 20}
    assert [piece for piece in long if any(piece in line for line in lines)] == []


@pytest.mark.parametrize("place", [place for place in OTHERS if place[0] == "ar"], ids="/".join)
def test_latin_letters_on_arabic_pages_say_their_language(place: tuple[str, str]) -> None:
    words = own_words("ar", PAGES[place].html)
    known = r"Open Badges 3\.0 Achievement|JSON|DID|ECTS|did:web:\S+|[a-z.]*northfield\.example|[a-z]+-2026"
    latin = re.findall(r"[A-Za-z]{2,}", re.sub(known, "", words))
    key = "".join(item.public_key for item in CATALOG.issuer.keys)
    assert [word for word in latin if word not in key] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_told_in_the_reader_s_language_and_marked_where_there_are_none(language: str) -> None:
    html = PAGES[language, "credentials/tables/index.html"].html
    told = {
        "en": ("<h1>The tables credential</h1>", "Do tables well"),
        "fr": ("<h1>Lire un tableau</h1>", ">Bien lire.</p>"),
        "ar": ("<h1>قراءة الجداول</h1>", '<p class="bp-lead" lang="en-CA" dir="ltr">Do tables well'),
    }
    for words in told[language]:
        assert words in html
    assert PAGES[language, "credentials/tables/index.html"].title in told[language][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_without_an_interface_is_offered_below_the_description(language: str) -> None:
    html = PAGES[language, "credentials/tables/index.html"].html
    assert load(language)("credential.also", language=load(language).language_name("zh")) in html
    assert '<div lang="zh" dir="ltr">\n<p><strong>读表</strong></p>' in html
    assert "Also described" not in PAGES[language, "credentials/sums/index.html"].html
    assert html.count('class="bp-also"') == 1


def test_a_text_in_the_language_of_the_site_is_offered_only_where_it_is_not_shown() -> None:
    alone = replace(SAMPLE, settings=replace(SAMPLE.settings, languages=("fr",)))
    html = next(page.html for page in all_pages(alone, AT) if page.key == "credentials/tables/index.html")
    tree = read_html(html)
    assert [tag.attributes["lang"] for tag in tree.all("div") if "lang" in tag.attributes][:3] == [
        "en-CA",
        "ar",
        "zh",
    ]


def test_credentials_stand_in_the_order_of_the_names_that_are_shown() -> None:
    def places(language: str) -> list[str]:
        html = PAGES[language, "credentials/index.html"].html
        return re.findall(r'<h2[^>]*><a href="([a-z]+)/"', html)

    assert places("en") == ["hostile", "chairing", "steward", "sums", "tables"]
    assert places("fr") == ["hostile", "tables", "chairing", "steward", "sums"]
    assert places("ar")[-1] == "tables"
