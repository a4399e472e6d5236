"""Notches milled into the rim tell the level: one, two or three, in the middle of the upper edge."""

from __future__ import annotations

import math
from collections.abc import Callable

from site_builder.art.engraving import Point, at, number, polar
from site_builder.art.inks import Inks

_HALF = 10  # of a notch's width: a whole one is more than two pixels of a badge shown at 48

Notches = Callable[[int], str]


def round_notches(inks: Inks, *, outer: float, inner: float, apart: float) -> Notches:
    """Return what draws so many notches into a circle, from ``outer`` to ``inner``, ``apart`` degrees."""

    def drawn(count: int) -> str:
        slots = []
        for degrees in _steps(count, apart):
            (x, y), turn = polar(1, degrees), math.radians(degrees)
            across = (math.cos(turn) * _HALF, math.sin(turn) * _HALF)
            slots.append(_slot((outer * x, outer * y), (inner * x, inner * y), across))
        reach, middle = apart * (count - 1) / 2 + 6.5, inner + 2
        start, end = at(polar(middle, -reach)), at(polar(middle, reach))
        radius = number(middle)
        return _filled(f"M{start}A{radius} {radius} 0 0 1 {end}", slots, inks)

    return drawn


def flat_notches(inks: Inks, *, outer: float, inner: float, apart: float) -> Notches:
    """Return what draws so many notches into a straight upper edge, from height ``outer`` to ``inner``."""

    def drawn(count: int) -> str:
        slots = [_slot((x, outer), (x, inner), (_HALF, 0)) for x in _steps(count, apart)]
        reach = apart * (count - 1) / 2 + 19
        return _filled(f"M{at((-reach, inner - 2))}H{number(reach)}", slots, inks)

    return drawn


def _steps(count: int, apart: float) -> list[float]:
    return [(n - (count - 1) / 2) * apart for n in range(count)]


def _slot(outer: Point, inner: Point, across: Point) -> str:
    """Return a slot with a round end, ``across`` to either side of the line from ``outer`` to ``inner``."""
    (ox, oy), (ix, iy), (ax, ay) = outer, inner, across
    arc = f"A{_HALF} {_HALF} 0 0 0 "
    left = f"M{at((ox - ax, oy - ay))}L{at((ix - ax, iy - ay))}"
    return f"{left}{arc}{at((ix + ax, iy + ay))}L{at((ox + ax, oy + ay))}z"


def _filled(ground: str, slots: list[str], inks: Inks) -> str:
    """Return the slots over a plain ground, which parts them from the engraved band of the rim."""
    return (
        f'<path d="{ground}" fill="none" stroke="{inks.deep}" stroke-width="24"/>'
        f'<path d="{"".join(slots)}" fill="{inks.paper}"/>'
    )
