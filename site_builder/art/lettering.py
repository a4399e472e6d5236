"""Words that have to fit a place in a drawing, measured in the very fonts that draw them.

The widths were read from the fonts by ``tools/fonts.py``. Kerning is not counted: it makes a line narrower by
a few pixels at most.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Not all that Unicode calls a space: French sets one before a question mark at which no line may end.
_GAP = re.compile(r"[ \t\r\n]+")


_FILES = {"Badgepress Card Serif": "source-serif-4", "Badgepress Card Sans": "inter"}
"""The fonts of drawings, by the names they have in themselves, and what they were made from."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font at one weight: its name in drawings, the units of an em, and how many each character takes."""

    family: str
    weight: int
    units: int
    widths: Mapping[str, int]

    def has(self, text: str) -> bool:
        """Return True where the font can draw every character of ``text``."""
        return all(character in self.widths for character in text)

    def width(self, text: str, size: float) -> float:
        """Return how many pixels ``text`` takes at ``size`` pixels to the em."""
        return sum(self.widths.get(character, self.units) for character in text) * size / self.units


@cache
def face(family: str, weight: int) -> Face:
    """Return one of the fonts that drawings are made with: the serif at 600, the sans at 400 or 600."""
    name = f"{_FILES[family]}-latin-{weight}.widths.json"
    read = json.loads((files("site_builder") / "pages" / "fonts" / name).read_text("utf-8"))
    return Face(family, weight, read["unitsPerEm"], read["widths"])


def fitted(
    text: str, font: Face, width: float, sizes: tuple[int, ...], most_lines: int
) -> tuple[int, list[str]]:
    """Return the largest of ``sizes`` at which the text takes no more lines than allowed, and those lines.

    Lines are about equally long. A text too long for the last size is cut, and ends in an ellipsis.
    """
    for size in sizes:
        lines = list(_lines(text, font, size, width))
        if len(lines) <= most_lines:
            return size, _balanced(text, font, size, width, lines)
    return size, [*lines[: most_lines - 1], _cut(lines[most_lines - 1], font, size, width)]


def _lines(text: str, font: Face, size: int, width: float) -> Iterator[str]:
    line = ""
    for word in _GAP.split(text.strip()):
        longer = f"{line} {word}" if line else word
        if line and font.width(longer, size) > width:
            yield line
            longer = word
        line = longer
        while font.width(line, size) > width and len(line) > 1:  # one word that is longer than a line
            cut = max(n for n in range(1, len(line)) if n == 1 or font.width(line[:n], size) <= width)
            yield line[:cut]
            line = line[cut:]
    if line:
        yield line


def _balanced(text: str, font: Face, size: int, width: float, lines: list[str]) -> list[str]:
    """Return the lines as the narrowest column breaks them that takes no more of them and splits no word."""
    longest = max((font.width(word, size) for word in _GAP.split(text.strip())), default=0.0)
    narrow = int(width) - 8
    while narrow >= longest and len(tried := list(_lines(text, font, size, narrow))) == len(lines) > 1:
        lines, narrow = tried, narrow - 8
    return lines


def _cut(line: str, font: Face, size: int, width: float) -> str:
    """Return the line with an ellipsis, without the words or letters that leave no room for it."""
    while font.width(f"{line}…", size) > width and len(line) > 1:
        line = line.rpartition(" ")[0] or line[:-1]
    return line.rstrip(" ,;:–-") + "…"
