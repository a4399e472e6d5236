"""The picture that other sites show beside a link: the badge, its name, and who awards it (Open Graph).

Pure: SVG text out, made a PNG elsewhere. Lines are broken by the widths of the very font that draws them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape

from site_builder.images.image import Image

WIDTH, HEIGHT = 1200, 630

_PAPER, _INK, _QUIET, _RULE, _SEAL = "#faf8f3", "#1b1f2a", "#575b66", "#ddd6c7", "#a3271d"
_TEXT_LEFT, _TEXT_WIDTH = 500, 630
_SIZES = (68, 60, 52, 44, 38)
"""Sizes of the title in pixels, tried from the largest; the last one is cut to three lines."""
_MOST_LINES = 3


def card(title: str, kicker: str, issuer: str, host: str, art: Image, mark: Image) -> str:
    """Return the card as SVG, 1200 by 630. ``kicker`` may be empty.

    A title in a script that the card's font lacks is left out, and the badge is drawn larger: no empty boxes.
    """
    if not is_drawable(title):
        return _svg(_picture(art, 375, 50, 450), _foot(issuer, host, mark))
    size, lines = _fitted(title)
    height = size * 1.14
    top = 300 - (len(lines) * height) / 2 + (20 if kicker else 0)
    words = [
        _text(_TEXT_LEFT, top - 26, 25, "Inter", 600, _SEAL, kicker) if kicker else "",
        *(
            _text(_TEXT_LEFT, top + height * (number + 0.78), size, "'Source Serif 4'", 600, _INK, line)
            for number, line in enumerate(lines)
        ),
    ]
    return _svg(_picture(art, 64, 100, 380), *words, _foot(issuer, host, mark))


def is_drawable(text: str) -> bool:
    """Return True where the card's font has every character of ``text``."""
    return all(character in _widths()[1] for character in text)


def width_of(text: str, size: float) -> float:
    """Return how many pixels ``text`` takes in the title's font."""
    units, widths = _widths()
    return sum(widths.get(character, units) for character in text) * size / units


@cache
def _widths() -> tuple[int, Mapping[str, int]]:
    """Return the units of an em, and how many of them each character takes."""
    found: dict[str, int] = {}
    units = 1000
    for subset in ("latin-ext", "latin"):
        file = files("site_builder") / "pages" / "fonts" / f"source-serif-4-{subset}-600.widths.json"
        read = json.loads(file.read_text("utf-8"))
        units = read["unitsPerEm"]
        found |= read["widths"]
    return units, found


def _fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which the title takes three lines, and those lines."""
    for size in _SIZES:
        lines = list(_lines(title, size))
        if len(lines) <= _MOST_LINES:
            return size, lines
    kept = lines[:_MOST_LINES]
    return size, [*kept[:-1], kept[-1].rstrip(" ,;:") + "…"]


def _lines(title: str, size: int) -> Iterator[str]:
    line = ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > _TEXT_WIDTH:
            yield line
            line = ""
        line = f"{line} {word}".strip()
        while width_of(line, size) > _TEXT_WIDTH:  # one word that is longer than a line
            cut = max(n for n in range(1, len(line)) if n == 1 or width_of(line[:n], size) <= _TEXT_WIDTH)
            yield line[:cut]
            line = line[cut:]
    if line:
        yield line


def _svg(*parts: str) -> str:
    frame = (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>'
        f'<rect x="18.5" y="18.5" width="1163" height="593" fill="none" stroke="{_RULE}"/>'
        f'<rect x="24.5" y="24.5" width="1151" height="581" fill="none" stroke="{_RULE}"/>'
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
    return f'{head} viewBox="0 0 {WIDTH} {HEIGHT}">{frame}{"".join(parts)}</svg>'


def _foot(issuer: str, host: str, mark: Image) -> str:
    name = issuer if is_drawable(issuer) else ""
    place = _text(WIDTH - 64, 566, 24, "Inter", 400, _QUIET, host, anchor="end")
    return (
        f'<path d="M64 512H1136" stroke="{_RULE}"/>'
        + _picture(mark, 64, 533, 52)
        + _text(132, 567, 27, "Inter", 600, _INK, name)
        + place
    )


def _text(
    x: float, y: float, size: float, family: str, weight: int, fill: str, words: str, anchor: str = "start"
) -> str:
    attributes = (
        f'x="{x:g}" y="{y:.1f}" font-family="{family}" font-size="{size:g}" font-weight="{weight}" '
        f'fill="{fill}" text-anchor="{anchor}"'
    )
    return f"<text {attributes}>{escape(words)}</text>"


def _picture(image: Image, x: int, y: int, size: int) -> str:
    data = base64.b64encode(image.published).decode("ascii")
    place = f'x="{x}" y="{y}" width="{size}" height="{size}"'
    return f'<image {place} href="data:{image.media_type};base64,{data}"/>'
