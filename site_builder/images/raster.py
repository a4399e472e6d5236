"""A drawing of ours as PNG, by resvg: with the fonts of this package, and nothing else of the machine."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from importlib.resources import as_file, files
from xml.parsers import expat

import resvg_py

_FOLDER = files("site_builder") / "pages" / "fonts"
_FONTS = sorted(
    (file for file in _FOLDER.iterdir() if file.name.endswith(".ttf")), key=lambda file: file.name
)
_DIGEST = hashlib.sha256(b"".join(file.read_bytes() for file in _FONTS)).hexdigest()

RENDERER = f"resvg-py {resvg_py.__version__}, fonts {_DIGEST[:16]}"
"""What draws, with its version, and the fonts: only from the same ones does a drawing look the same."""


def png_of(svg: str, width: int, height: int) -> bytes:
    """Return ``svg`` drawn ``width`` by ``height`` pixels as PNG; the same bytes on every run.

    No font of the system is used, so that cards look alike everywhere. Raises ValueError where it cannot be
    drawn, and where it refers to anything outside itself: resvg would open a file of that name.
    """
    _refuse_references(svg)
    with ExitStack() as stack:
        paths = [str(stack.enter_context(as_file(font))) for font in _FONTS]
        return resvg_py.svg_to_bytes(
            svg_string=svg, width=width, height=height, skip_system_fonts=True, font_files=paths
        )


def _refuse_references(svg: str) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _refuse_reference
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as fault:
        raise ValueError(f"the drawing is not XML: {fault}") from fault


def _refuse_reference(_: str, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        if name.rpartition(":")[2] == "href" and not value.startswith(("#", "data:")):
            raise ValueError(f"the drawing refers to something outside itself: {value[:60]!r}")


def _refuse_doctype(*_: object) -> None:
    raise ValueError("the drawing has a document type, which can hide a reference")
