"""Writes the part of an SVG that may be published, the same bytes for the same drawing."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from site_builder.images.svg_tree import Node
from site_builder.images.svg_words import SVG, TEXT_ELEMENTS

_SPACES = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def written(root: Node) -> bytes:
    """Return the drawing as UTF-8 XML in the SVG namespace, with one newline at its end."""
    parts: list[str] = []
    _write(root, parts, f' xmlns="{SVG}"')
    return ("".join(parts) + "\n").encode("utf-8")


def _write(node: Node, parts: list[str], namespace: str = "") -> None:
    attributes = "".join(f" {name}={quoteattr(value, _SPACES)}" for name, value in node.attributes.items())
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


def _text(text: str, parent: Node) -> str:
    escaped = escape(text, {"\r": "&#13;"})
    return escaped if parent.name in TEXT_ELEMENTS else " " if "\n" not in text else "\n"
