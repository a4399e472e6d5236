"""The part of an SVG that may be published, as a tree."""

from __future__ import annotations

from dataclasses import dataclass, field

DEEPEST = 40
MOST_ELEMENTS = 5000


class Limit(Exception):  # noqa: N818 - an author's fault on its way to becoming a Problem
    """The file is not a drawing, or is deeper or larger than any badge needs."""


@dataclass(slots=True)
class Node:
    """An element that may be published: local name, clean attributes, and text and elements in order.

    ``refers_to`` holds the ids that its attributes name, each as often as it is named.
    """

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    refers_to: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What may be published. ``clean`` is True where that is the whole file, in the form we would write."""

    root: Node
    clean: bool
