"""Drawings become PNG: the same bytes each time, with our fonts, stamped with what they were drawn from."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

import pytest
import resvg_py

from site_builder.images.png import check_png
from site_builder.images.raster import RENDERER, png_of
from site_builder.images.stamp import is_drawn_from, stamped

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
    '<rect width="300" height="100" fill="#fff"/>'
    '<text x="10" y="70" font-family="\'Badgepress Card Serif\'" font-size="60">{words}</text></svg>'
)
PNG = png_of(SVG.format(words="Ada"), 300, 100)


def test_the_picture_has_the_size_that_was_asked_for() -> None:
    assert PNG[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(PNG[16:20]), int.from_bytes(PNG[20:24])) == (300, 100)


def test_another_process_draws_the_same_bytes() -> None:
    program = (
        "import sys; from site_builder.images.raster import png_of;"
        "sys.stdout.buffer.write(png_of(sys.argv[1], 300, 100))"
    )
    command = [sys.executable, "-c", program, SVG.format(words="Ada")]
    assert subprocess.run(command, capture_output=True, check=True).stdout == PNG


def test_words_are_drawn_with_the_fonts_of_the_package() -> None:
    assert png_of(SVG.format(words="Grace"), 300, 100) != PNG
    assert png_of(SVG.format(words=""), 300, 100) != PNG


def test_what_is_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="not XML"):
        png_of("no drawing", 10, 10)


@pytest.mark.parametrize("name", ["red.svg", "./red.svg", "{folder}/red.svg", "http://127.0.0.1:9/red.svg"])
@pytest.mark.parametrize("tag", ['<image width="9" height="9" href="{}"/>', '<i:image xlink:href="{}"/>'])
def test_a_drawing_opens_nothing_outside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, tag: str
) -> None:
    (tmp_path / "red.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    monkeypatch.chdir(tmp_path)
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    drawing = tag.format(name.format(folder=tmp_path))
    with pytest.raises(ValueError, match="outside itself"):
        png_of(f'<svg {spaces} xmlns:i="http://www.w3.org/2000/svg">{drawing}</svg>', 10, 10)


def test_an_entity_cannot_hide_a_reference() -> None:
    with pytest.raises(ValueError, match="document type"):
        png_of('<!DOCTYPE svg [<!ENTITY a "/etc/hostname">]><svg><image href="&a;"/></svg>', 10, 10)


@pytest.mark.parametrize(
    ("family", "weight", "name"),
    [
        ("Badgepress Card Serif", 600, "source-serif-4-latin-600.ttf"),
        ("Badgepress Card Sans", 400, "inter-latin-400.ttf"),
        ("Badgepress Card Sans", 600, "inter-latin-600.ttf"),
    ],
)
def test_letters_of_latin_extended_come_from_the_face_that_was_asked_for(
    family: str, weight: int, name: str
) -> None:
    """With each face alone the picture is the same, so no letter was taken from another one."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><text x="5" y="70" font-size="40" '
        f'font-family="\'{family}\'" font-weight="{weight}">ůňřšŁșțżẞ</text></svg>'
    )
    with as_file(files("site_builder") / "pages" / "fonts" / name) as font:
        alone = resvg_py.svg_to_bytes(
            svg_string=svg, width=300, height=100, skip_system_fonts=True, font_files=[str(font)]
        )
    assert png_of(svg, 300, 100) == alone


def test_the_renderer_is_another_when_its_fonts_are() -> None:
    """Else a published card would be taken over that was drawn with the fonts of before."""
    assert re.fullmatch(r"resvg-py [\d.]+, fonts [0-9a-f]{16}", RENDERER)


def test_a_stamp_names_its_drawing_and_nothing_else() -> None:
    marked = stamped(PNG, "one")
    assert is_drawn_from(marked, "one")
    assert not is_drawn_from(marked, "another")
    assert not is_drawn_from(PNG, "one")
    assert not is_drawn_from(b"", "one")


@pytest.mark.parametrize("place", [9, 40, 120, 200, 300, -20])
def test_a_damaged_picture_is_drawn_again(place: int) -> None:
    marked = bytearray(stamped(PNG, "one"))
    marked[place] ^= 1
    assert not is_drawn_from(bytes(marked), "one")


def test_a_stamped_picture_is_a_sound_png() -> None:
    image, problems = check_png("x.png", stamped(PNG, "one"))
    assert (image is not None, [problem for problem in problems if problem.is_error]) == (True, [])
