"""Pictures drawn once in a process of tests: the builds in it share them, as the press' own builds do."""

from __future__ import annotations

from functools import lru_cache

import pytest

from site_builder.images.raster import png_of
from site_builder.publishing import drawing


def draw_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a picture that a build in this process has drawn be handed to the next that draws the same.

    Drawing is half of the work of a small build. That it gives the same bytes each time is for
    ``test_images_raster`` to see, and for builds that are processes of their own.
    """
    monkeypatch.setattr(drawing, "png_of", lru_cache(maxsize=500)(png_of))
