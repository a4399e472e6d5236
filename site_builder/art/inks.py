"""The inks of badge art: two of one hue family, and the paper they are printed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours as ``#rrggbb``: ``deep`` for rims and lines, ``bright`` for fine engraving, ``paper`` below."""

    deep: str
    bright: str
    paper: str


# Each deep ink has at least 7:1 on its paper, each bright ink at least 3:1 (WCAG 2.2, 1.4.11).
INKS: Mapping[str, Inks] = MappingProxyType(
    {
        "ink-and-oxblood": Inks("#1f2432", "#a3382c", "#faf5ec"),
        "oxblood": Inks("#5e1719", "#b3513f", "#fbf4ec"),
        "deep-teal": Inks("#0d4549", "#2a817d", "#f2f7f3"),
        "indigo": Inks("#28306a", "#616fc0", "#f4f4fb"),
        "moss": Inks("#33461f", "#6c8438", "#f6f7ed"),
        "plum": Inks("#4a2150", "#9a5aa1", "#f9f3f8"),
        "ochre": Inks("#5e3b08", "#a8741a", "#fcf6e7"),
        "slate": Inks("#24384a", "#557f9e", "#f3f6f8"),
    }
)
