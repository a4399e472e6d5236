"""Share cards: the title fits, its words are only words, and no empty boxes are drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.art.card import card, is_drawable, width_of
from site_builder.images import Image

ART = Image("a.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>', 4, 4)
LONG = (
    "Communicating uncertainty in measurements to audiences without statistical training, at work and abroad"
)


def texts(title: str) -> list[tuple[float, str]]:
    """Return size and words of each line of the title."""
    tree = ElementTree.fromstring(card(title, "Kind", "Northfield", "badges.example", ART, ART))
    found = [
        item
        for item in tree.iter("{http://www.w3.org/2000/svg}text")
        if "Serif" in item.attrib["font-family"]
    ]
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
    assert [words for size, words in lines if width_of(words.rstrip("…"), size) > 630] == []


@pytest.mark.parametrize("title", ["ثقافة البيانات", "数据素养"])
def test_a_title_without_letters_in_the_font_leaves_room_to_the_badge(title: str) -> None:
    assert not is_drawable(title)
    assert texts(title) == []
    svg = card(title, "", "Northfield", "badges.example", ART, ART)
    assert re.findall(r'<image x="375" y="50" width="450"', svg) != []


def test_words_are_escaped() -> None:
    svg = card('<a href="x">&', "<b>", "<i>", "<u>", ART, ART)
    assert [tag for tag in ("<a ", "<b>", "<i>", "<u>") if tag in svg] == []
