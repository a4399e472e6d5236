"""Cards and icons as PNG: taken from the site as last published where they fit, else drawn, on every core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor

from site_builder.artifact import Artifact
from site_builder.executors import each
from site_builder.executors.inline import Inline
from site_builder.images.raster import RENDERER, png_of
from site_builder.images.stamp import is_drawn_from, stamped
from site_builder.pages.cards import Drawing

Published = Callable[[str], bytes]
"""Returns the bytes of a file of the site as last published; empty where there is none."""


def drawn(
    drawings: Iterable[Drawing], published: Published, executor: Executor | None = None
) -> Iterator[Artifact]:
    """Yield each drawing as a PNG; the same bytes whether it was drawn now or taken over.

    ``executor`` does what must be drawn now; without one it is done here.
    """
    missing: list[Drawing] = []
    for drawing in drawings:
        found = published(drawing.path)
        if is_drawn_from(found, _source(drawing)):
            yield Artifact(drawing.path, found)
        else:
            missing.append(drawing)
    yield from each(executor or Inline(), _draw, missing)


def _draw(drawing: Drawing) -> Artifact:
    png = png_of(drawing.svg, drawing.width, drawing.height)
    return Artifact(drawing.path, stamped(png, _source(drawing)))


def _source(drawing: Drawing) -> str:
    """Return all that decides how the picture looks: another renderer draws another picture."""
    return f"{RENDERER} {drawing.width}x{drawing.height} {drawing.svg}"
