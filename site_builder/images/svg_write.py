"""Writes the part of an SVG that may be published, the same bytes for the same drawing."""

from __future__ import annotations

from html import escape  # as xml.sax.saxutils has it, which imports the standard library's network

from site_builder.images.svg_tree import Node
from site_builder.images.svg_words import SVG, TEXT_ELEMENTS

_SPACES = str.maketrans({"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


def written(root: Node) -> bytes:
    """Return the drawing as UTF-8 XML in the SVG namespace, with one newline at its end."""
    parts: list[str] = []
    _write(root, parts, f' xmlns="{SVG}"')
    return ("".join(parts) + "\n").encode("utf-8")


def _write(node: Node, parts: list[str], namespace: str = "") -> None:
    attributes = "".join(f" {name}={_quoted(value)}" for name, value in node.attributes.items())
    if not node.children:
        parts.append(f"<{node.name}{namespace}{attributes}/>")
        return
    parts.append(f"<{node.name}{namespace}{attributes}>")
    for child in node.children:
        if isinstance(child, str):
            parts.append(_text(child, node))
        else:
            _write(child, parts)
    parts.append(f"</{node.name}>")


def _quoted(value: str) -> str:
    """Return the value of an attribute in quotes: in double ones unless only single ones spare an escape."""
    escaped = escape(value, quote=False).translate(_SPACES)
    if '"' in escaped and "'" not in escaped:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', "&quot;") + '"'


def _text(text: str, parent: Node) -> str:
    escaped = escape(text, quote=False).replace("\r", "&#13;")
    return escaped if parent.name in TEXT_ELEMENTS else " " if "\n" not in text else "\n"
