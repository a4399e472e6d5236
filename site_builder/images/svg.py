"""What an SVG may hold: an allowlist, over Expat, with no DOCTYPE and so with no entities.

SVG is a program as much as a drawing: it can run scripts, follow links and load files. A badge image may
only draw. What an editor added (its own namespaces, comments, metadata) is left out of what is published,
because it names people and folders; what could act or load is refused, so that the author knows.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from site_builder.images.image import Image, damaged, size_warning
from site_builder.images.svg_reader import Reader
from site_builder.images.svg_tree import Drawing, Limit
from site_builder.images.svg_write import written
from site_builder.problems import Problem

_SAVE_AGAIN = "export it again as plain SVG from the drawing program"
_DECLARED = re.compile(rb"\A<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']", re.S)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?\Z")
_LINE_END = re.compile(rb"\r\n?")
_BOM = b"\xef\xbb\xbf"


def check_svg(path: str, raw: bytes) -> tuple[Image | None, list[Problem]]:
    """Return the drawing as it may be published, and what is wrong with it; ``None`` after an error.

    A clean drawing is published as it is, but for line ends, which git may have changed on the way here; any
    other is written anew from what is allowed.
    """
    raw = _LINE_END.sub(b"\n", raw)  # as XML reads it: XML 1.0, 2.11
    unreadable = _encoding_problem(path, raw)
    if unreadable:
        return None, [unreadable]
    reader = Reader(path)
    try:
        reader.read(raw.removeprefix(_BOM))
    except expat.ExpatError as error:
        return None, [*reader.problems, _not_well_formed(path, error)]
    except Limit as limit:
        return None, [*reader.problems, damaged(path, str(limit), _SAVE_AGAIN, reader.line)]
    if reader.drawing is None:
        return None, reader.problems
    drawing = reader.drawing
    width, height, problems = _size(path, drawing)
    published = raw if drawing.clean and not raw.startswith(_BOM) else written(drawing.root)
    return Image(path, "image/svg+xml", published, width, height), [*reader.problems, *problems]


def _encoding_problem(path: str, raw: bytes) -> Problem | None:
    """Return the problem of bytes that other readers may read as other words than we do."""
    found = "UTF-16 or UTF-32" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:200] else ""
    declared = _DECLARED.match(raw.removeprefix(_BOM).lstrip()[:1000])
    if not found and declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        found = declared[1].decode("ascii", "replace")[:20]
    if found:
        return Problem(
            path=path,
            code="active-svg",
            message=f"the image must be UTF-8, not {found}: other encodings can hide a script",
            hint="export it again as UTF-8",
        )
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"the image must be UTF-8, and the byte 0x{raw[error.start]:02X} is not"
        return damaged(path, message, "export it again as UTF-8", line)
    return None


def _not_well_formed(path: str, error: expat.ExpatError) -> Problem:
    what = expat.errors.messages[error.code]
    return damaged(path, f"the image is not well-formed XML: {what}", _SAVE_AGAIN, error.lineno)


def _size(path: str, drawing: Drawing) -> tuple[int | None, int | None, list[Problem]]:
    """Return width and height of the viewBox in user units, and what is wrong with it (SVG 2, 8.6)."""
    words = drawing.root.attributes.get("viewBox", "").replace(",", " ").split()
    hint = 'add viewBox="0 0 400 400" to <svg>, with the size you drew at'
    if len(words) != 4 or not all(map(_NUMBER.match, words)):
        message = "the image should have a viewBox of four numbers, so that it can be shown at any size"
        return None, None, [size_warning(path, message, hint, drawing.root.line)]
    width, height = float(words[2]), float(words[3])
    size = f"{width:g} x {height:g}"
    if not (0 < width < 1e6 and 0 < height < 1e6):
        message = f"the viewBox must have a size between 0 and 1,000,000, not {size}"
        return (
            None,
            None,
            [Problem(path=path, code="image-size", message=message, hint=hint, line=drawing.root.line)],
        )
    rounded = max(1, round(width)), max(1, round(height))
    if abs(width - height) > 0.01 * max(width, height):
        hint = "give the viewBox equal width and height, with the drawing in its middle"
        warning = size_warning(path, f"badge images should be square, not {size}", hint, drawing.root.line)
        return *rounded, [warning]
    return *rounded, []
