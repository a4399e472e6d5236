"""The colours of the tokens, measured pair by pair in both schemes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

TOKENS = (files("site_builder.pages") / "styles" / "tokens.css").read_text(encoding="utf-8")
PAIRS: dict[str, str] = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\)", TOKENS))
SCHEMES = {"light": 0, "dark": 1}
GROUNDS = ("paper", "surface", "wash")


def colour(name: str, scheme: str) -> str:
    return PAIRS[name].split(", ")[SCHEMES[scheme]]


def luminance(hexadecimal: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG defines it."""
    parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["ink", "quiet", "seal", "genuine", "doubt", "refused"])
def test_words_stand_out_from_every_ground(ink: str, ground: str, scheme: str) -> None:
    assert contrast(colour(ink, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edges_of_fields_and_buttons_can_be_seen(ground: str, scheme: str) -> None:
    assert contrast(colour("edge", scheme), colour(ground, scheme)) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_on_a_button_can_be_read(scheme: str) -> None:
    assert contrast(colour("on-seal", scheme), colour("seal", scheme)) >= 4.5
