"""Icons of the site: the mark whole, on a ground where phones would show black."""

from __future__ import annotations

import base64
from xml.etree import ElementTree

import pytest

from site_builder.art.icon import TOUCH_SIDE, touch_icon
from site_builder.images import Image
from site_builder.images.png import check_png
from site_builder.images.raster import png_of

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = Image(
    "a.svg",
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><circle cx="2" cy="2" r="2"/></svg>',
    4,
    4,
)
PAINTED = Image("a.png", "image/png", png_of(DRAWN.published.decode(), 64, 64), 64, 64)


@pytest.mark.parametrize("mark", [DRAWN, PAINTED])
def test_a_touch_icon_shows_the_mark_inside_a_ground(mark: Image) -> None:
    ground, picture = ElementTree.fromstring(touch_icon(mark))
    assert (ground.tag, ground.attrib["width"], ground.attrib["height"]) == (f"{SVG}rect", "180", "180")
    assert {picture.attrib[name] for name in ("width", "height")} == {"144"}
    assert base64.b64decode(picture.attrib["href"].partition(",")[2]) == mark.published


@pytest.mark.parametrize("mark", [DRAWN, PAINTED])
def test_the_icon_becomes_a_sound_png_that_shows_something(mark: Image) -> None:
    svg = touch_icon(mark)
    png = png_of(svg, TOUCH_SIDE, TOUCH_SIDE)
    image, problems = check_png("x.png", png)
    assert (image and (image.width, image.height)) == (TOUCH_SIDE, TOUCH_SIDE)
    assert [problem for problem in problems if problem.is_error] == []
    assert png != png_of(svg.replace(mark.media_type, "image/gif"), TOUCH_SIDE, TOUCH_SIDE)
