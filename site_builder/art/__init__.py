"""Badge art, one family: shape tells the kind, notches the level, the motif the subject.

Strings in, SVG text out. Nothing here reads a file, a clock or chance, so the same words draw the same bytes.
"""

from __future__ import annotations

from site_builder.art.badge import NORTHFIELD_MARK, NOTCHES, draw_badge
from site_builder.art.frames import FRAMES
from site_builder.art.inks import INKS, Inks
from site_builder.art.motifs import MOTIFS, Motif
from site_builder.art.starter import starter_badge

__all__ = [
    "FRAMES",
    "INKS",
    "MOTIFS",
    "NORTHFIELD_MARK",
    "NOTCHES",
    "Inks",
    "Motif",
    "draw_badge",
    "starter_badge",
]
