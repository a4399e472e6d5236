"""Puts a badge together: frame, notches, motif, issuer's mark."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from site_builder.art.engraving import at, number
from site_builder.art.frames import FRAMES, Frame
from site_builder.art.inks import Inks
from site_builder.art.motifs import MOTIFS, Motif

NOTCHES: Mapping[str, int] = MappingProxyType({"foundational": 1, "intermediate": 2, "advanced": 3})

# The mark of Northfield Polytechnic: a compass star whose north ray is the longest, in a box of 40.
NORTHFIELD_MARK = "M0-19L3.6-4.6L12-6.5L6.6 0L12 8L3.2 4.8L0 14L-3.2 4.8L-12 8L-6.6 0L-12-6.5L-3.6-4.6z"


def draw_badge(
    *, kind: str, level: str, motif: str, inks: Inks, title: str, mark: str = NORTHFIELD_MARK
) -> str:
    """Return a badge as SVG text on a grid of 400, the same text for the same arguments.

    ``kind`` is a key of ``FRAMES``, ``level`` of ``NOTCHES``, ``motif`` of ``MOTIFS``; ``title`` says what
    the badge is and may be any text that XML can hold. ``mark`` is path data in a box of 40 about the origin.
    Raises ``KeyError`` for an unknown kind, level or motif.
    """
    frame, drawing = FRAMES[kind](inks), MOTIFS[motif]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">'
        f"<title>{escape(title, quote=False)}</title>"
        f"<defs>{frame.definitions}{_hatching(inks)}{_layers(drawing)}</defs>"
        f'<g transform="translate({at(frame.centre)})">{frame.drawing}{frame.notches(NOTCHES[level])}'
        f"{_motif(drawing, frame.motif_scale, inks)}{_mark(frame, mark, inks)}</g></svg>\n"
    )


def _hatching(inks: Inks) -> str:
    return (
        '<pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(35)">'
        f'<path d="M0 0H5" stroke="{inks.bright}" stroke-width="2.4"/></pattern>'
    )


def _layers(motif: Motif) -> str:
    body = f'<path id="b" d="{motif.body}" fill-rule="evenodd"/>' if motif.body else ""
    return f'{body}<path id="l" d="{motif.line}"/>'


def _motif(motif: Motif, scale: float, inks: Inks) -> str:
    """Return the motif over a paper halo, which parts it from the engraving behind."""
    body = '<use href="#b"/>' if motif.body else ""
    halo = f'<g fill="{inks.paper}" stroke="{inks.paper}" stroke-width="26">{body}<use href="#l"/></g>'
    hatched = '<use href="#b" fill="url(#h)"/>' if motif.body else ""
    fine = f'<path d="{motif.fine}" stroke="{inks.deep}" stroke-width="3.6"/>' if motif.fine else ""
    lines = f'<use href="#l" stroke="{inks.deep}" stroke-width="8"/>'
    solid = f'<path d="{motif.solid}" fill="{inks.deep}"/>' if motif.solid else ""
    return (
        f'<g transform="scale({number(scale) if scale == 1 else f"{scale:g}"})" fill="none" '
        f'stroke-linecap="round" stroke-linejoin="round">{halo}{hatched}{fine}{lines}{solid}</g>'
    )


def _mark(frame: Frame, mark: str, inks: Inks) -> str:
    return (
        f'<g transform="translate({at(frame.foot)})"><circle r="29" fill="{inks.paper}"/>'
        f'<circle r="25" fill="{inks.bright}"/><circle r="21.5" fill="none" stroke="{inks.paper}"/>'
        f'<path d="{mark}" fill="{inks.paper}"/></g>'
    )
