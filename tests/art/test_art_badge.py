"""Badge art: one family, every member fit to publish."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.art import FRAMES, INKS, MOTIFS, NOTCHES, Inks, draw_badge, starter_badge
from site_builder.art.engraving import number, turned
from site_builder.images import check_image

SVG = "{http://www.w3.org/2000/svg}"
INDIGO = INKS["indigo"]


def badge(
    kind: str = "nanocredential", level: str = "advanced", motif: str = "book", title: str = "x"
) -> str:
    return draw_badge(kind=kind, level=level, motif=motif, inks=INDIGO, title=title)


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_drawing_is_published_as_it_is(motif: str) -> None:
    for kind, level in itertools.product(FRAMES, NOTCHES):
        raw = badge(kind, level, motif).encode()
        image, problems = check_image("badge.svg", raw)
        assert problems == []
        assert image is not None
        assert image.published == raw
        assert (image.width, image.height) == (400, 400)
        assert len(raw) < 6000


def test_drawings_differ_by_kind_level_motif_and_inks() -> None:
    drawings = {
        draw_badge(kind=kind, level=level, motif=motif, inks=inks, title="x")
        for kind, level, motif, inks in itertools.product(FRAMES, NOTCHES, MOTIFS, INKS.values())
    }
    assert len(drawings) == len(FRAMES) * len(NOTCHES) * len(MOTIFS) * len(INKS)


def test_a_level_is_told_by_as_many_notches() -> None:
    for kind, (level, count) in itertools.product(FRAMES, NOTCHES.items()):
        slots = re.findall(r'<path d="(M[^"]*A10 10[^"]*)"', badge(kind, level))
        assert [data.count("z") for data in slots] == [count]


@given(title=st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=60))
def test_any_title_is_text_and_nothing_else(title: str) -> None:
    root = ET.fromstring(badge(title=title))
    assert root.get("role") == "img"
    assert (root.findtext(f"{SVG}title") or "") == title
    assert not root.findall(f".//{SVG}text")


def test_an_unknown_word_is_our_fault_and_raises() -> None:
    with pytest.raises(KeyError, match="diploma"):
        badge(kind="diploma")


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", INKS)
def test_inks_can_be_told_from_their_paper(name: str) -> None:
    inks: Inks = INKS[name]
    assert contrast(inks.deep, inks.paper) >= 7
    assert contrast(inks.bright, inks.paper) >= 3
    # The paper edge parts the badge from a dark page, the deep rim from a light one.
    assert contrast(inks.paper, "#15171d") >= 7
    assert contrast(inks.deep, "#faf8f3") >= 7


def test_a_starter_badge_follows_from_the_id() -> None:
    one = starter_badge("data-shield", "microcredential", "intermediate", "Data shield")
    assert one == starter_badge("data-shield", "microcredential", "intermediate", "Data shield")
    assert MOTIFS["shield"].line in one
    other = starter_badge("zzz-1", "microcredential", "intermediate", "Data shield")
    assert other != one
    assert MOTIFS["people"].line in starter_badge("team-collaboration", "certificate", "advanced", "x")


def test_a_turned_figure_is_shown_as_often_as_asked() -> None:
    definitions, shown = turned("a", "<circle/>", 12)
    assert definitions == (
        '<g id="a0"><circle/></g>'
        '<g id="a1"><use href="#a0"/><use href="#a0" transform="rotate(30)"/></g>'
        '<g id="a2"><use href="#a1"/><use href="#a1" transform="rotate(60)"/></g>'
        '<g id="a3"><use href="#a2"/><use href="#a2" transform="rotate(120)"/>'
        '<use href="#a2" transform="rotate(240)"/></g>'
    )
    assert shown == '<use href="#a3"/>'
    with pytest.raises(ValueError, match="10 is not made of twos and threes"):
        turned("a", "", 10)


def test_numbers_are_short_and_never_scientific() -> None:
    assert [number(value) for value in (0.0, -0.04, 0.55, -0.5, 12.0, 100.04, 1e6)] == [
        *("0", "0", ".6", "-.5", "12", "100", "1000000")
    ]
