"""Where in a document something stands, in the author's notation: ``competencies[0].level``."""

from __future__ import annotations

import re

from site_builder.problems import printable

Location = tuple[str | int, ...]

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def dotted(location: Location) -> str:
    """Return the whole way to a field.

    >>> dotted(("competencies", 0, "level"))
    'competencies[0].level'
    """
    return "".join(_step(step) for step in location).removeprefix(".")


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN_NAME.fullmatch(step) else f"['{printable(step, 40)}']"


def label(location: Location) -> str:
    """Return what to call a field in a message: its own name, with the index if it is an item of a list.

    >>> label(("assessment", "methods", 2))
    'methods[2]'
    """
    start = len(location)
    while start > 0:
        start -= 1
        if isinstance(location[start], str):
            break
    return dotted(location[start:]) or "the file"
