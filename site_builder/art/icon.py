"""The issuer's mark as the icon of the site: SVG out, made a PNG elsewhere."""

from __future__ import annotations

import base64

from site_builder.images.image import Image

TOUCH_SIDE = 180
"""Pixels each way of a home screen's icon."""
_PAPER = "#faf8f3"
_MARGIN = 18


def touch_icon(mark: Image) -> str:
    """Return the mark on paper, 180 pixels each way, for a phone's home screen.

    Phones fill what is transparent with black and round the corners, so there is a ground and a margin.
    """
    data = base64.b64encode(mark.published).decode("ascii")
    inner = TOUCH_SIDE - 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{TOUCH_SIDE}" height="{TOUCH_SIDE}" '
        f'viewBox="0 0 {TOUCH_SIDE} {TOUCH_SIDE}">'
        f'<rect width="{TOUCH_SIDE}" height="{TOUCH_SIDE}" fill="{_PAPER}"/>'
        f'<image x="{_MARGIN}" y="{_MARGIN}" width="{inner}" height="{inner}" '
        f'href="data:{mark.media_type};base64,{data}"/></svg>'
    )
