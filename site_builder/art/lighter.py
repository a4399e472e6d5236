"""The same picture in fewer layers, for the renderer of cards.

resvg paints a group with an opacity, or one that is cut at its edges, into a layer of its own and mixes that
with what is below, pixel by pixel. A badge has eighty such layers, and they cost more than all its lines.
Here they become what looks the same without a layer. Badges themselves, which browsers draw, stay as they
are.
"""

from __future__ import annotations

import re
from functools import cache

from site_builder.art.frames import FRAMES, Frame
from site_builder.art.inks import INKS, Inks

_SHAPE = re.compile(r'<(?:path|circle)(?: [\w:-]+="[^"<>]*")+/>')
_OPACITY = re.compile(r' opacity="(?=[\d.]+")')
_NAMED = re.compile(r"""((?<=\s)id=["']|(?<=[\s:])href=["']#|url\(\s*["']?#)""")
_FIELD = re.compile(r'((?:<[^<>]* fill="none"[^<>]*/>){2})<g opacity="\.5">((?:<use [^<>]*/>)+)</g>')
_PETAL = re.compile(r'(<g id="f0"><[^<>]* stroke=")#[0-9a-f]{6}"')


def lighter(drawing: str) -> str:
    """Return SVG that looks as ``drawing`` does, in fewer layers where it is one of ours."""
    for frame, inks in _frames():
        if frame.definitions in drawing and frame.drawing in drawing:
            petals = _PETAL.sub(rf'\g<1>{_between(inks.bright, inks.paper)}"', frame.definitions)
            drawing = drawing.replace(frame.definitions, petals, 1)
            # The rings about the field come after it, as lines of its own ink do not show on them.
            drawing = drawing.replace(frame.drawing, _FIELD.sub(r"\2\1", frame.drawing), 1)
    return drawing if "stroke-opacity" in drawing else _SHAPE.sub(_stroked, drawing)


def renamed(drawing: str, prefix: str) -> str:
    """Return the drawing with ``prefix`` before each id and each reference to one."""
    return _NAMED.sub(rf"\g<1>{prefix}", drawing)


@cache
def _frames() -> list[tuple[Frame, Inks]]:
    return [(frame(inks), inks) for frame in FRAMES.values() for inks in INKS.values()]


def _between(one: str, other: str) -> str:
    """Return the colour that half of ``one`` over ``other`` makes.

    The field lies on plain paper, so lines in this colour that cross look as those of one layer do.
    """
    pairs = ((int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{(a + b + 1) // 2:02x}" for a, b in pairs)


def _stroked(shape: re.Match[str]) -> str:
    """Return a shape that has a stroke and no fill with the opacity of its stroke, which is the same."""
    return _OPACITY.sub(' stroke-opacity="', shape[0]) if ' fill="none"' in shape[0] else shape[0]
