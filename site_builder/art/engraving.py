"""What an engraver's lathe does, as SVG: numbers, polygons, waves and figures turned about a centre."""

from __future__ import annotations

import math

Point = tuple[float, float]


def number(value: float) -> str:
    """Return ``value`` with one decimal at most, and without the zeros that SVG does not need.

    >>> number(12.0), number(-0.04), number(0.55)
    ('12', '0', '.6')
    """
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def polar(radius: float, degrees: float, centre: Point = (0, 0)) -> Point:
    """Return the point at ``radius`` and ``degrees`` clockwise from the top."""
    angle = math.radians(degrees)
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)


def at(point: Point) -> str:
    """Return a point as path data."""
    x, y = number(point[0]), number(point[1])
    return f"{x}{y}" if y.startswith("-") else f"{x} {y}"


def polygon(radius: float, sides: int, start: float = 0) -> str:
    """Return the path data of a regular polygon about the origin, its first corner at ``start`` degrees."""
    corners = [at(polar(radius, start + 360 * n / sides)) for n in range(sides)]
    return f"M{'L'.join(corners)}z"


def wave_on_circle(radius: float, height: float, waves: int, of_all: int) -> str:
    """Return ``waves`` of the ``of_all`` waves that go round a circle, from the top clockwise."""
    half = 180 / of_all
    parts = [f"M{at(polar(radius, 0))}"]
    for n in range(2 * waves):
        # A quadratic curve reaches half as far as its control point.
        control = polar(radius + 2 * height * (1 if n % 2 == 0 else -1), half * (n + 0.5))
        parts.append(f"Q{at(control)} {at(polar(radius, half * (n + 1)))}")
    return "".join(parts)


def wave_on_line(start: Point, end: Point, height: float, waves: int) -> str:
    """Return a wave from ``start`` to ``end`` that swings ``height`` to either side."""
    dx, dy = (end[0] - start[0]) / (2 * waves), (end[1] - start[1]) / (2 * waves)
    length = math.hypot(dx, dy)
    nx, ny = -dy / length * 2 * height, dx / length * 2 * height
    parts = [f"M{at(start)}"]
    for n in range(2 * waves):
        x, y, sign = start[0] + n * dx, start[1] + n * dy, 1 if n % 2 == 0 else -1
        control = (x + dx / 2 + sign * nx, y + dy / 2 + sign * ny)
        parts.append(f"Q{at(control)} {at((x + dx, y + dy))}")
    return "".join(parts)


def scallops(radius: float, lobes: int, bulge: float) -> str:
    """Return the path data of a scalloped circle about the origin: ``lobes`` arcs of radius ``bulge``."""
    arc = f"A{number(bulge)} {number(bulge)} 0 0 1 "
    points = [at(polar(radius, 360 * n / lobes)) for n in range(lobes)]
    return f"M{points[0]}" + "".join(arc + point for point in [*points[1:], points[0]]) + "z"


def turned(name: str, figure: str, count: int) -> tuple[str, str]:
    """Return definitions and a reference that show ``figure`` ``count`` times about the origin.

    ``count`` is made of twos and threes, so that each definition doubles or trebles the one before:
    forty-eight petals are five short lines. The figure's ids start with ``name``.
    """
    definitions = [f'<g id="{name}0">{figure}</g>']
    made, level = 1, 0
    while made < count:
        times = 2 if (count // made) % 2 == 0 else 3
        if count % (made * times):
            raise ValueError(f"{count} is not made of twos and threes")
        copies = "".join(_copy(f"{name}{level}", 360 / count * made * n) for n in range(times))
        level, made = level + 1, made * times
        definitions.append(f'<g id="{name}{level}">{copies}</g>')
    return "".join(definitions), f'<use href="#{name}{level}"/>'


def _copy(name: str, degrees: float) -> str:
    turn = f' transform="rotate({degrees:g})"' if degrees else ""
    return f'<use href="#{name}"{turn}/>'
