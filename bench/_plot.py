"""The plot of whole builds, as an SVG drawn here: both axes by powers of ten, readable on light and on dark.

No font is fetched. Each row of points has a mark and a dash of its own, so that no colour must be told from
another.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bench._results import Build, Results, Run

WIDTH, HEIGHT = 600, 680
"""Narrow, so that its words are still read where a phone shows it at half the size."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 40, 52, 200
_STYLE = """
.ground{fill:#faf8f3}.ink{fill:#1b1f2a}.quiet{fill:#575b66}
.major{stroke:#ddd6c7}.minor{stroke:#ddd6c7;stroke-opacity:.45}.axis{stroke:#575b66}
.c0{color:#a3271d}.c1{color:#1c6552}.c2{color:#7a5200}.c3{color:#1b1f2a}.c4{color:#3d5a80}.c5{color:#6d4c7d}
.c6{color:#575b66}
.line{fill:none;stroke:currentColor;stroke-width:2.25}.thin{stroke-width:1.25}
.full{fill:currentColor;stroke:currentColor}.hollow{fill:#faf8f3;stroke:currentColor;stroke-width:1.75}
text{font:15px Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.title{font-weight:600;font-size:17px}
@media (prefers-color-scheme:dark){
.ground{fill:#15171d}.ink{fill:#ece8df}.quiet{fill:#a9adb8}
.major{stroke:#343844}.minor{stroke:#343844;stroke-opacity:.45}.axis{stroke:#a9adb8}
.c0{color:#ff9a87}.c1{color:#82d3bb}.c2{color:#f0c674}.c3{color:#ece8df}.c4{color:#9cc0ea}.c5{color:#d3b3e3}
.c6{color:#a9adb8}
.hollow{fill:#15171d}}
"""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of points: awards and wall seconds, the first ``measured`` of which were measured."""

    name: str
    points: Sequence[tuple[float, float]]
    measured: int
    colour: int
    mark: str
    dash: str = ""


# What is shown: its name, where it stands in the results, its mark and its dash.
_SHOWN = (
    ("npm @digitalbazaar/vc", "peers", "vc", "triangle", ""),
    ("PyLD and PyNaCl", "peers", "pyld", "diamond", ""),
    ("PyPI openbadgeslib", "peers", "openbadgeslib", "wedge", ""),
    ("ours: whole build", "steps", "full", "circle", ""),
    ("ours: check", "steps", "check", "square", "7 4"),
    ("ours: one award more", "steps", "one more", "plus", "2 4"),
    ("floor: sign and write", "floors", "press", "dot", "1 4"),
)
_COLOURS = {"vc": 3, "pyld": 4, "openbadgeslib": 5, "full": 0, "check": 1, "one more": 2, "press": 6}


def all_series(builds: Sequence[Build]) -> list[Series]:
    """Return what the plot shows of these builds, smallest size first."""
    ordered = sorted(builds, key=lambda build: build.awards)
    found = []
    for name, kind, key, mark, dash in _SHOWN:
        runs: list[tuple[int, Run]] = [
            (build.awards, getattr(build, kind)[key]) for build in ordered if key in getattr(build, kind)
        ]
        if runs:
            measured = sum(not run.extrapolated for _, run in runs)
            points = [(awards, run.wall) for awards, run in runs]
            found.append(Series(name, points, measured, _COLOURS[key], mark, dash))
    return found


@dataclass(frozen=True, slots=True)
class Scale:
    """From awards and seconds to places on the page; both by whole powers of ten."""

    x: tuple[int, int]
    y: tuple[int, int]

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> Scale:
        """Return the smallest scale with all points inside, at least one power of ten each way."""
        return cls(_decades([x for x, _ in points]), _decades([y for _, y in points]))

    def at(self, awards: float, seconds: float) -> tuple[float, float]:
        """Return the place of a point, in the units of the drawing."""
        across = (math.log10(awards) - self.x[0]) / (self.x[1] - self.x[0])
        up = (math.log10(seconds) - self.y[0]) / (self.y[1] - self.y[0])
        return (
            round(_LEFT + across * (WIDTH - _LEFT - _RIGHT), 1),
            round(HEIGHT - _BOTTOM - up * (HEIGHT - _TOP - _BOTTOM), 1),
        )


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low = math.floor(math.log10(min(values)) + 1e-9)
    return low, max(low + 1, math.ceil(math.log10(max(values)) - 1e-9))


def plot(results: Results) -> str:
    """Return the SVG; the same for the same results."""
    series = all_series(results.builds)
    scale = Scale.around([point for one in series for point in one.points])
    what = f"on {results.machine['processor']}, {results.machine['cores']} cores"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-labelledby="title desc">',
        f'<title id="title">Seconds for whole builds, by number of awards, {escape(what)}</title>',
        f'<desc id="desc">{escape(_told(series))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="ink title" x="{_LEFT}" y="30">Seconds on the clock, by number of awards</text>',
        *_grid(scale),
        *(line for one in series for line in _drawn(one, scale)),
        *_legend(series, scale),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _told(series: Sequence[Series]) -> str:
    """Return the plot in words, for who does not see it."""
    rows = []
    for one in series:
        found = (
            f"{_seconds(seconds)} for {awards:,.0f} awards" + ("" if at < one.measured else " (not run)")
            for at, (awards, seconds) in enumerate(one.points)
        )
        rows.append(f"{one.name}: {', '.join(found)}.")
    return " ".join(rows)


def _seconds(value: float) -> str:
    return f"{value:,.0f} s" if value >= 100 else f"{value:.3g} s"


def _grid(scale: Scale) -> Iterator[str]:
    left, bottom = scale.at(10 ** scale.x[0], 10 ** scale.y[0])
    right, top = scale.at(10 ** scale.x[1], 10 ** scale.y[1])
    for power, times in _lines(scale.x):
        x, _ = scale.at(times * 10**power, 10 ** scale.y[0])
        yield _line("major" if times == 1 else "minor", x, top, x, bottom)
        if times == 1:
            yield f'<text class="quiet" x="{x}" y="{bottom + 22}" text-anchor="middle">{10**power:,}</text>'
    for power, times in _lines(scale.y):
        _, y = scale.at(10 ** scale.x[0], times * 10.0**power)
        yield _line("major" if times == 1 else "minor", left, y, right, y)
        if times == 1:
            label = f"{10.0**power:,.{max(0, -power)}f}"
            yield f'<text class="quiet" x="{left - 10}" y="{y + 4.5}" text-anchor="end">{label}</text>'
    yield _line("axis", left, bottom, right, bottom)
    yield _line("axis", left, top, left, bottom)
    middle = (left + right) / 2
    yield f'<text class="quiet" x="{middle}" y="{bottom + 46}" text-anchor="middle">awards</text>'
    yield (
        f'<text class="quiet" transform="translate(18 {(top + bottom) / 2}) rotate(-90)" '
        'text-anchor="middle">seconds</text>'
    )


def _lines(decades: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield where lines stand: at each power of ten, and at its twice and its five times."""
    for power in range(*decades):
        yield from ((power, times) for times in (1, 2, 5))
    yield decades[1], 1


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _drawn(series: Series, scale: Scale) -> Iterator[str]:
    """Yield the line and the marks of one row; what was not measured is dashed finely, its marks hollow."""
    places = [scale.at(*point) for point in series.points]
    yield f'<g class="c{series.colour}">'
    yield _path(places[: series.measured], series.dash)
    yield _path(places[max(0, series.measured - 1) :], "3 5", thin=True)
    for number, (x, y) in enumerate(places):
        yield _mark(series.mark, x, y, is_full=number < series.measured)
    yield "</g>"


def _path(places: Sequence[tuple[float, float]], dash: str, *, thin: bool = False) -> str:
    if len(places) < 2:
        return ""
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    steps = "L".join(f"{x} {y}" for x, y in places)
    return f'<path class="line{" thin" if thin else ""}" d="M{steps}"{pattern}/>'


def _mark(mark: str, x: float, y: float, *, is_full: bool = True) -> str:
    kind = "full" if is_full else "hollow"
    shapes = {
        "circle": f'<circle class="{kind}" cx="{x}" cy="{y}" r="5"/>',
        "dot": f'<circle class="{kind}" cx="{x}" cy="{y}" r="2.5"/>',
        "square": f'<rect class="{kind}" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>',
        "triangle": f'<path class="{kind}" d="M{x} {y - 6:.1f}l6 10h-12z"/>',
        "diamond": f'<path class="{kind}" d="M{x} {y - 6:.1f}l6 6-6 6-6-6z"/>',
        "wedge": f'<path class="{kind}" d="M{x} {y + 6:.1f}l6-10h-12z"/>',
        "plus": f'<path class="line" d="M{x - 6:.1f} {y}h12m-6-6v12"/>',
    }
    return shapes[mark]


def _legend(series: Sequence[Series], scale: Scale) -> Iterator[str]:
    """Yield the names, in two columns, in the order in which the rows end from top to bottom."""
    by_end = sorted(series, key=lambda one: scale.at(*one.points[-1])[1])
    rows = -(-len(by_end) // 2)
    for number, one in enumerate(by_end):
        x = _LEFT - 40 + number // rows * (WIDTH // 2)
        y = HEIGHT - _BOTTOM + 78 + number % rows * 26
        pattern = f' stroke-dasharray="{one.dash}"' if one.dash else ""
        yield f'<g class="c{one.colour}">'
        yield f'<path class="line" d="M{x} {y}h32"{pattern}/>'
        yield _mark(one.mark, x + 16, y)
        yield "</g>"
        yield f'<text class="ink" x="{x + 42}" y="{y + 5}">{escape(one.name)}</text>'
    if any(one.measured < len(one.points) for one in series):
        x, y = WIDTH - _RIGHT, HEIGHT - _BOTTOM + 78 + rows * 26
        yield f'<text class="quiet" x="{x}" y="{y}" text-anchor="end">hollow: not run, in proportion</text>'
