"""What the renderer of cards is given looks as the badge does, and has no layers that only cost time."""

from __future__ import annotations

import zlib

import pytest

from site_builder.art import FRAMES, INKS, draw_badge
from site_builder.art.lighter import lighter, renamed
from site_builder.images.raster import png_of

SIDE = 200


def badge(kind: str, inks: str = "oxblood") -> str:
    return draw_badge(kind=kind, level="advanced", motif="compass", inks=INKS[inks], title="A badge")


def pixels(svg: str) -> list[int]:
    """Return the samples of a drawing, row after row (W3C PNG 9.2: each row undone by its filter)."""
    png, at, data = png_of(svg, SIDE, SIDE), 8, b""
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw, above, found = zlib.decompress(data), [0] * (SIDE * 4), []
    for row in range(SIDE):
        start = row * (SIDE * 4 + 1)
        above = _row(raw[start], raw[start + 1 : start + 1 + SIDE * 4], above)
        found += above
    return found


def _row(kind: int, coded: bytes, above: list[int]) -> list[int]:
    row: list[int] = []
    for n, value in enumerate(coded):
        left, corner = (row[n - 4], above[n - 4]) if n > 3 else (0, 0)
        row.append((value + _guess(kind, left, above[n], corner)) & 255)
    return row


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[kind]


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("inks", ["oxblood", "slate"])
def test_a_badge_looks_the_same(kind: str, inks: str) -> None:
    """Of 255 steps of a colour an eye sees no two, and hardly ten on an edge."""
    drawn = badge(kind, inks)
    apart = [abs(a - b) for a, b in zip(pixels(drawn), pixels(lighter(drawn)), strict=True)]
    assert sum(apart) / len(apart) < 0.2
    assert max(apart) < 40


@pytest.mark.parametrize("kind", FRAMES)
def test_no_layer_is_left_to_lines(kind: str) -> None:
    assert badge(kind).count(' opacity="') > 1
    assert lighter(badge(kind)).count(' opacity="') <= (kind == "certificate")


@pytest.mark.parametrize(
    "drawing",
    [
        '<path d="M0 0H9V9" stroke="red" opacity=".5"/>',
        '<path d="M0 0H9V9" fill="none" stroke="red" stroke-opacity=".5" opacity=".5"/>',
        '<g stroke-opacity=".5"><path d="M0 0H9V9" fill="none" stroke="red" opacity=".5"/></g>',
        '<g opacity=".5"><use href="#f0"/></g>',
    ],
)
def test_what_might_look_otherwise_stays_as_it_is(drawing: str) -> None:
    assert lighter(drawing) == drawing


def test_a_line_is_as_strong_by_itself() -> None:
    line = '<path opacity=".7" d="M0 0" fill="none" stroke="red"/>'
    assert lighter(line) == '<path stroke-opacity=".7" d="M0 0" fill="none" stroke="red"/>'


def test_names_are_told_apart() -> None:
    drawing = '<g id="a"/><use href="#a"/><path fill="url(#a)" class="a" d="M0 0"/>'
    assert (
        renamed(drawing, "m-") == '<g id="m-a"/><use href="#m-a"/><path fill="url(#m-a)" class="a" d="M0 0"/>'
    )
    assert renamed(drawing, "") == drawing
