"""The shape of a badge tells its kind: disc, hexagon, stacked hexagons, rosette.

Every frame is a deep rim with an engraved band, a paper field with engine-turned lines, places for one to
three notches at the top and for the issuer's mark at the foot. All of it is about the origin.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from site_builder.art.engraving import (
    Point,
    number,
    polar,
    polygon,
    scallops,
    turned,
    wave_on_circle,
    wave_on_line,
)
from site_builder.art.inks import Inks
from site_builder.art.notches import Notches, flat_notches, round_notches

_APOTHEM = math.sqrt(3) / 2  # of a hexagon, from middle to edge, for each unit from middle to corner


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame drawn with some inks.

    ``centre`` is where its origin lies on the grid of 400; ``foot`` is the middle of the issuer's mark and
    ``motif_scale`` the size of the motif. ``notches`` draws so many notches.
    """

    definitions: str
    drawing: str
    centre: Point
    foot: Point
    motif_scale: float
    notches: Notches


def _ring(path: str, stroke: str, width: float, extra: str = "") -> str:
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{number(width)}"{extra}/>'


def _circle(radius: float, fill: str = "none", stroke: str = "", width: float = 0, extra: str = "") -> str:
    line = f' stroke="{stroke}" stroke-width="{number(width)}"' if stroke else ""
    return f'<circle r="{number(radius)}" fill="{fill}"{line}{extra}/>'


def _disc(inks: Inks) -> Frame:
    waves, band = turned("w", _wave(wave_on_circle(173, 9, 1, 36), inks), 36)
    petals, field = turned("f", _circle(34, "none", inks.bright, 0.9, ' cy="-111"'), 48)
    drawing = (
        _circle(197, inks.paper)
        + _circle(193, inks.deep)
        + _circle(188, "none", inks.paper, 1.2)
        + band
        + f'<g transform="rotate(5)">{band}</g>'
        + _circle(158, inks.paper)
        + _circle(152, "none", inks.deep, 2.5)
        + _circle(147.5, "none", inks.bright, 1)
        + f'<g opacity=".5">{field}</g>'
    )
    return Frame(
        waves + petals,
        drawing,
        (200, 200),
        (0, 168),
        1.08,
        round_notches(inks, outer=194, inner=173, apart=11),
    )


def _wave(path: str, inks: Inks) -> str:
    return f'<path d="{path}" fill="none" stroke="{inks.paper}" stroke-width="1.3" opacity=".7"/>'


def _hexagon_parts(inks: Inks, size: float) -> tuple[str, str]:
    """Return definitions and drawing of a hexagon with a flat top and ``size`` from middle to corner."""
    left, right = polar(size - 24, -30), polar(size - 24, 30)
    both = wave_on_line(left, right, 8, 6) + wave_on_line(left, right, -8, 6)
    waves, band = turned("w", _wave(both, inks), 6)
    lines, field = turned("f", _ring(polygon(size - 70, 6, 30), inks.bright, 0.9), 1)
    turns = "".join(f'<use href="#f0" transform="rotate({n * 5})"/>' for n in range(1, 12))
    edge = f'stroke="{inks.paper}" stroke-width="4" stroke-linejoin="round"'
    drawing = (
        f'<path d="{polygon(size, 6, 30)}" fill="{inks.deep}" {edge}/>'
        + _ring(polygon(size - 7, 6, 30), inks.paper, 1.2)
        + band
        + f'<path d="{polygon(size - 42, 6, 30)}" fill="{inks.paper}"/>'
        + _ring(polygon(size - 49, 6, 30), inks.deep, 2.5)
        + _ring(polygon(size - 54.5, 6, 30), inks.bright, 1)
        + f'<g opacity=".5">{field}{turns}</g>'
    )
    return waves + lines, drawing


def _hexagon(inks: Inks) -> Frame:
    size = 196.0
    definitions, drawing = _hexagon_parts(inks, size)
    edge = size * _APOTHEM
    return Frame(
        definitions,
        drawing,
        (200, 200),
        (0, edge - 18),
        1.04,
        flat_notches(inks, outer=-edge + 1, inner=-edge + 21, apart=36),
    )


def _stacked(inks: Inks) -> Frame:
    size = 184.0
    definitions, drawing = _hexagon_parts(inks, size)
    edge = size * _APOTHEM
    outline = polygon(size, 6, 30)
    line = f'stroke="{inks.deep}" stroke-width="5" stroke-linejoin="round"'
    plate = (
        f'<g id="p">{_ring(outline, inks.paper, 10)}<path d="{outline}" fill="{inks.paper}"/>'
        f'<path d="{outline}" fill="{inks.bright}" fill-opacity=".35" {line}/></g>'
    )
    behind = "".join(f'<use href="#p" transform="translate(0 {y})"/>' for y in (-38, -19))
    notch = flat_notches(inks, outer=-edge + 1, inner=-edge + 21, apart=36)
    return Frame(definitions + plate, behind + drawing, (200, 218), (0, edge - 18), 0.96, notch)


def _rosette(inks: Inks) -> Frame:
    waves, band = turned("w", _wave(wave_on_circle(130, 7, 1, 36), inks), 36)
    petals, field = turned("f", _circle(28, "none", inks.bright, 0.9, ' cy="-78"'), 36)
    pearls, beads = turned("b", _circle(3, inks.paper, extra=' cy="-153"'), 24)
    drawing = (
        _ribbons(inks)
        + f'<path d="{scallops(152, 24, 20.5)}" fill="{inks.deep}" '
        + f'stroke="{inks.paper}" stroke-width="4"/>'
        + _circle(145, "none", inks.paper, 1.2)
        + f'<g transform="rotate(7.5)">{beads}</g>'
        + band
        + f'<g transform="rotate(5)">{band}</g>'
        + _circle(117, inks.paper)
        + _circle(112, "none", inks.deep, 2.5)
        + _circle(108, "none", inks.bright, 1)
        + f'<g opacity=".5">{field}</g>'
    )
    return Frame(
        waves + petals + pearls,
        drawing,
        (200, 171),
        (0, 131),
        0.84,
        round_notches(inks, outer=145, inner=130, apart=13.5),
    )


def _ribbons(inks: Inks) -> str:
    """Return two tails with a woven stripe; the right one is the left one in the mirror."""
    tail = (
        f'<g id="t"><path d="M-84 96L-124 222L-86 202L-60 226L-14 120z" fill="{inks.bright}" '
        f'stroke="{inks.paper}" stroke-width="4" stroke-linejoin="round"/>'
        f'<path d="M-72 100L-110 206M-28 116L-66 210" stroke="{inks.paper}" stroke-width="2.5"/>'
        f'<path d="M-62 104L-98 200M-38 112L-76 206" stroke="{inks.paper}" opacity=".7"/></g>'
    )
    return f'{tail}<use href="#t" transform="scale(-1 1)"/>'


FRAMES: Mapping[str, Callable[[Inks], Frame]] = MappingProxyType(
    {
        "nanocredential": _disc,
        "microcredential": _hexagon,
        "stacked-microcredential": _stacked,
        "certificate": _rosette,
    }
)
