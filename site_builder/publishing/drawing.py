"""Cards and icons as PNG: taken from the site as last published where they fit, else drawn, on every core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor

from site_builder.artifact import Artifact
from site_builder.executors import each
from site_builder.executors.inline import Inline
from site_builder.images.raster import RENDERER, png_of
from site_builder.images.stamp import is_drawn_from, stamped
from site_builder.pages.cards import Drawing
from site_builder.storing import Store, key_of

Published = Callable[[str], bytes]
"""Returns the bytes of a file of the site as last published; empty where there is none."""


def drawn(
    drawings: Iterable[Drawing],
    published: Published,
    executor: Executor | None = None,
    store: Store | None = None,
) -> Iterator[Artifact]:
    """Yield each drawing as a PNG; the same bytes whether it was drawn now or taken over.

    ``executor`` does what must be drawn now; without one it is done here. ``store`` keeps it.
    """
    kept = store or Store(None)
    ready: deque[Artifact] = deque()
    begun: deque[Drawing] = deque()

    def missing() -> Iterator[Drawing]:
        for drawing in drawings:
            found = _taken_over(drawing, published, kept)
            if found:
                ready.append(Artifact(drawing.path, found))
            else:
                begun.append(drawing)
                yield drawing

    # A few drawings are in memory at a time: each holds its letters as outlines.
    for artifact in each(executor or Inline(), _draw, missing()):
        kept.put(key_of("drawing", _source(begun.popleft())), artifact.data)
        yield artifact
        while ready:
            yield ready.popleft()
    yield from ready


def _taken_over(drawing: Drawing, published: Published, store: Store) -> bytes:
    """Return the drawing as it was published or kept; empty where it was not, or differs."""
    source = _source(drawing)
    found = published(drawing.path)
    if is_drawn_from(found, source):
        return found
    found = store.get(key_of("drawing", source)) or b""
    return found if is_drawn_from(found, source) else b""


def _draw(drawing: Drawing) -> Artifact:
    png = png_of(drawing.svg, drawing.width, drawing.height)
    return Artifact(drawing.path, stamped(png, _source(drawing)))


def _source(drawing: Drawing) -> str:
    """Return all that decides how the picture looks: another renderer draws another picture."""
    return f"{RENDERER} {drawing.width}x{drawing.height} {drawing.svg}"
