"""The faces of the site: files that are what they say, with their licences, and no name without a file."""

from __future__ import annotations

import re
from importlib.resources import files

from site_builder.pages.assets import static_artifacts

FONTS = files("site_builder.pages") / "fonts"
FILES = {file.name: file.read_bytes() for file in FONTS.iterdir()}
CSS = FILES["fonts.css"].decode()
PUBLISHED = {artifact.path: artifact.data for artifact in static_artifacts(("en",))}
MAGIC = {".woff2": b"wOF2", ".ttf": b"\0\1\0\0"}


def test_every_font_is_what_its_name_says() -> None:
    wrong = [
        name
        for name, data in FILES.items()
        for ending, magic in MAGIC.items()
        if name.endswith(ending) and not data.startswith(magic)
    ]
    assert wrong == []
    assert len([name for name in FILES if name.endswith(".woff2")]) == 5


def test_every_face_has_its_licence() -> None:
    faces = {
        re.sub(r"-(latin|latin-ext|arabic)-(wght|\d+).*", "", name)
        for name in FILES
        if name[-4:] in ("off2", ".ttf")
    }
    assert {
        name for name in faces if b"SIL OPEN FONT LICENSE" not in FILES[f"{name}.LICENSE.txt"].upper()
    } == set()
    assert faces == {"inter", "source-serif-4", "noto-naskh-arabic"}


def test_the_stylesheets_name_only_fonts_that_are_published() -> None:
    named = re.findall(r'url\("(.*?)"\)', CSS)
    assert [name for name in named if f"assets/badgepress/{name}" not in PUBLISHED] == []
    assert len(set(named)) == 5
    assert all(CSS in PUBLISHED[path].decode() for path in PUBLISHED if path.endswith(".css"))


def test_the_largest_font_of_an_english_page_is_small() -> None:
    latin = [name for name in FILES if name.endswith(".woff2") and "-latin-wght" in name]
    assert {name: len(FILES[name]) for name in latin if len(FILES[name]) > 60_000} == {}
