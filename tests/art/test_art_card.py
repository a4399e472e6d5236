"""Share cards: the title fits, its words are only words, and no empty boxes are drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.art.card import card
from site_builder.art.lettering import face, fitted
from site_builder.images import Image
from site_builder.images.raster import png_of

SVG = "{http://www.w3.org/2000/svg}"
ART = Image("a.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>', 4, 4)
MARK = Image("m.png", "image/png", b"a mark", 9, 9)
SERIF = face("Badgepress Card Serif", 600)
LONG = (
    "Communicating uncertainty in measurements to audiences without statistical training, at work and abroad"
)


def texts(title: str) -> list[tuple[float, str]]:
    """Return size and words of each line of the title."""
    tree = ElementTree.fromstring(card(title, "Kind", "Northfield", "badges.example", ART, ART))
    found = [item for item in tree.iter(f"{SVG}text") if "Serif" in item.attrib["font-family"]]
    return [(float(item.attrib["font-size"]), str(item.text)) for item in found]


def test_a_short_title_is_one_large_line() -> None:
    assert texts("Plain Writing") == [(68.0, "Plain Writing")]


def test_a_long_title_is_smaller_and_cut_at_three_lines() -> None:
    lines = texts(LONG)
    assert len(lines) == 3
    assert {size for size, _ in lines} == {38.0}
    assert lines[-1][1].endswith("…")


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["C"]), min_size=1, max_size=120))
def test_no_line_leaves_the_card(title: str) -> None:
    lines = texts(title)
    assert len(lines) <= 3
    assert [words for size, words in lines if SERIF.width(words, size) > 630] == []


@pytest.mark.parametrize("title", ["ثقافة البيانات", "数据素养"])
def test_a_title_without_letters_in_the_font_leaves_room_to_the_badge(title: str) -> None:
    assert texts(title) == []
    svg = card(title, "", "Northfield", "badges.example", ART, ART)
    assert re.findall(r'<(?:svg|image) x="375" y="50" width="450"', svg) != []


def test_words_are_escaped() -> None:
    svg = card('<a href="x">&', "<b>", "<i>", "<u>", ART, ART)
    assert [tag for tag in ("<a ", "<b>", "<i>", "<u>") if tag in svg] == []


def foot(issuer: str, host: str) -> list[tuple[str, float, str]]:
    """Return end or start of the line, size and words of what stands at the foot of the card."""
    tree = ElementTree.fromstring(card("Plain Writing", "", issuer, host, ART, MARK))
    found = [item for item in tree.iter(f"{SVG}text") if float(item.attrib["y"]) > 512]
    return [(i.attrib["text-anchor"], float(i.attrib["font-size"]), str(i.text)) for i in found]


@given(st.text("abc W.-", min_size=1, max_size=150), st.text("abcW.-", min_size=1, max_size=80))
def test_issuer_and_host_never_meet(issuer: str, host: str) -> None:
    plain, strong = face("Badgepress Card Sans", 400), face("Badgepress Card Sans", 600)
    lines = foot(issuer, host)
    hosts = [plain.width(words, size) for anchor, size, words in lines if anchor == "end"]
    names = [strong.width(words, size) for anchor, size, words in lines if anchor == "start"]
    assert (len(hosts), len(names) <= 2) == (1, True)
    assert 132 + max(names, default=0) + 40 <= 1136 - hosts[0]


def test_a_long_issuer_takes_two_lines() -> None:
    name = "The Metropolitan Institute of Applied Sciences and Continuing Professional Education"
    assert [words for anchor, _, words in foot(name, "badges.example") if anchor == "start"] == [
        "The Metropolitan Institute of Applied Sciences",
        "and Continuing Professional Education",
    ]


@pytest.mark.parametrize(("kicker", "issuer"), [("شهادة", "Northfield"), ("Kind", "معهد نورثفيلد")])
def test_words_that_the_font_lacks_are_left_out(kicker: str, issuer: str) -> None:
    svg = card("Plain Writing", kicker, issuer, "badges.example", ART, MARK)
    assert [words for words in (kicker, issuer) if words.isascii() != (words in svg)] == []


def test_spaces_and_hyphens_of_careful_writers_are_drawn() -> None:
    assert texts("Qui décide\u202f?") == [(68.0, "Qui décide\xa0?")]
    assert texts("Micro\u2011crédits") == [(68.0, "Micro-crédits")]


def test_lines_are_about_equally_long_and_end_at_spaces_only() -> None:
    _, lines = fitted("one two three four five six seven", SERIF, 560, (40,), 2)
    assert lines == ["one two three", "four five six seven"]
    _, lines = fitted("Savoir compter jusqu’à mille\u00a0?", SERIF, 530, (40,), 2)
    assert lines[-1].endswith("mille\xa0?")


def drawing(inside: str) -> Image:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">{inside}</svg>'
    return Image("a.svg", "image/svg+xml", svg.encode(), 4, 4)


@pytest.mark.parametrize(
    ("art", "mark", "files"),
    [
        (drawing('<path id="a" d="M0 0H4"/>'), drawing('<path d="M0 0H4"/>'), 0),
        (drawing('<path id="a" d="M0 0H4"/>'), drawing('<path id="a" d="M0 4H4"/>'), 0),
        (drawing('<path id="a" d="M0 0H4"/>'), drawing('<path id="a" d="M0 4H4"/><text> id="a"</text>'), 1),
        (drawing("<style>text{fill:red}</style>"), drawing('<path d="M0 0H4"/>'), 1),
        (MARK, drawing(""), 1),
    ],
)
def test_a_drawing_that_could_change_another_stays_apart(art: Image, mark: Image, files: int) -> None:
    svg = card("Plain Writing", "", "Northfield", "badges.example", art, mark)
    assert svg.count("<image ") == files
    ElementTree.fromstring(svg)


def test_the_ids_of_the_mark_are_its_own() -> None:
    """Two pictures on one card may call different things by one name."""
    art = drawing('<path id="a" d="M0 0H4"/>')
    mark = drawing(
        '<defs><pattern id="p" xmlns:x="x"><use x:href="#a" href="#a"/></pattern></defs>'
        '<g id="a"/><path fill="url(#p)" style="stroke:url( \'#p\')" d="M0 4H4"/>'
    )
    svg = card("Plain Writing", "", "Northfield", "badges.example", art, mark)
    assert re.findall(r' id="([^"]*)"', svg) == ["a", "mark-p", "mark-a"]
    references = re.findall(r"""(?:href=["']|url\(\s*["']?)#([\w-]+)""", svg)
    assert references == ["mark-a", "mark-a", "mark-p", "mark-p"]


def test_what_a_drawing_draws_beyond_its_square_is_not_seen() -> None:
    inside, beyond = '<path d="M0 0H4V4H0z"/>', '<path d="M-9-9H9V9H-9z"/>'
    cards = [card("Plain Writing", "", "North", "b.example", drawing(art), ART) for art in (inside, beyond)]
    assert png_of(cards[0], 1200, 630) == png_of(cards[1], 1200, 630)


def test_the_mark_is_shown_once() -> None:
    assert card("Northfield", "", "Northfield", "badges.example", MARK, MARK).count("<image ") == 1
