"""The issuer's mark as the icon of the site: SVG out, made a PNG elsewhere."""

from __future__ import annotations

import base64

from site_builder.images.image import Image

TOUCH_SIDE, SMALL_SIDE = 180, 32
"""Pixels each way of a home screen's icon, and of the one for browsers that take no SVG."""
_PAPER = "#faf8f3"
_MARGIN = 18


def touch_icon(mark: Image) -> str:
    """Return the mark on paper, 180 pixels each way, for a phone's home screen.

    Phones fill what is transparent with black and round the corners, so there is a ground and a margin.
    """
    return _icon(
        mark, TOUCH_SIDE, _MARGIN, f'<rect width="{TOUCH_SIDE}" height="{TOUCH_SIDE}" fill="{_PAPER}"/>'
    )


def small_icon(mark: Image) -> str:
    """Return the mark alone, 32 pixels each way, transparent around it as on a tab of a browser."""
    return _icon(mark, SMALL_SIDE, 0, "")


def _icon(mark: Image, side: int, margin: int, ground: str) -> str:
    data = base64.b64encode(mark.published).decode("ascii")
    inner = side - 2 * margin
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
        f'{ground}<image x="{margin}" y="{margin}" width="{inner}" height="{inner}" '
        f'href="data:{mark.media_type};base64,{data}"/></svg>'
    )
