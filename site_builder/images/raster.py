"""A drawing of ours as PNG, by resvg: with the fonts of this package, and nothing else of the machine."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.resources import as_file, files

import resvg_py

RENDERER = f"resvg-py {resvg_py.__version__}"
"""What draws, with its version: the same drawing looks the same only from the same renderer."""


def png_of(svg: str, width: int, height: int) -> bytes:
    """Return ``svg`` drawn ``width`` by ``height`` pixels as PNG; the same bytes on every run.

    No font of the system is used, so that cards look alike everywhere. The drawing must refer to nothing
    outside itself: it is our own, or was checked by :mod:`site_builder.images.svg`. Raises ValueError where
    it cannot be drawn.
    """
    fonts = files("site_builder") / "pages" / "fonts"
    with ExitStack() as stack:
        paths = [
            str(stack.enter_context(as_file(file)))
            for file in sorted(fonts.iterdir(), key=lambda item: item.name)
            if file.name.endswith(".ttf")
        ]
        return resvg_py.svg_to_bytes(
            svg_string=svg, width=width, height=height, skip_system_fonts=True, font_files=paths
        )
