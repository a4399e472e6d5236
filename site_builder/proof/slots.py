"""Slots: the places of a document whose texts vary while all else stays, and what stands in for them.

To learn what a document looks like but for its slots, each slot is given a sentinel, a text that occurs
nowhere else. Every sentinel is an absolute IRI: that can stand wherever a text or a reference can, and where
it comes out (as a literal or as an IRI) tells which of the two the slot holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

__all__ = [
    "MAX_SLOTS",
    "Apart",
    "Path",
    "Uncompilable",
    "filled",
    "kept_apart",
    "require_slots",
    "sentinels",
    "text_at",
]

Path = tuple[str | int, ...]

Apart = tuple[tuple[int, ...], frozenset[str]]
"""The numbers of slots whose values must differ from one another and from the given texts."""

#: Far above what a credential of ours has; a stranger's document may ask for no more.
MAX_SLOTS = 400
# What stands here decides how other parts of the document are read.
_NEVER = frozenset({"@context", "@type", "@language", "@id", "type"})


class Uncompilable(Exception):  # noqa: N818 - it says what happened
    """The quick way does not hold for this document: the caller takes the library's; the text says why."""


def require_slots(document: Mapping[str, Any], paths: Sequence[Path]) -> None:
    """Raise :class:`Uncompilable` where a path does not lead to a text that may vary."""
    if len(paths) > MAX_SLOTS or len(set(paths)) < len(paths):
        raise Uncompilable(f"there must be at most {MAX_SLOTS} slots, each once")
    for path in paths:
        if not _NEVER.isdisjoint(step for step in path if isinstance(step, str)):
            raise Uncompilable(f"{path}: decides how other parts are read")
        text_at(document, path)


def text_at(document: Mapping[str, Any], path: Path) -> str:
    """Return the text at ``path``; raise :class:`Uncompilable` where there is none."""
    found: Any = document
    for step in path:
        if not _leads(found, step):
            raise Uncompilable(f"{path}: leads nowhere")
        found = found[step]
    if not isinstance(found, str):
        raise Uncompilable(f"{path}: is no text")
    return found


def _leads(value: object, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)


def filled(document: Mapping[str, Any], paths: Sequence[Path], values: Sequence[str]) -> dict[str, Any]:
    """Return a copy of ``document`` with the values in their slots."""
    texts = dict(zip(paths, values, strict=True))
    return {key: _filled(value, (key,), texts) for key, value in document.items()}


def _filled(value: Any, path: Path, texts: Mapping[Path, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, (*path, key), texts) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, (*path, index), texts) for index, item in enumerate(value)]
    return texts.get(path, value)


def sentinels(documents: Sequence[Mapping[str, Any]], number: int) -> list[str]:
    """Return ``number`` absolute IRIs of which no document holds one, or a part of one."""
    text = json.dumps(documents)
    name = next(name for name in (f"urn:slot:{turn}:" for turn in count()) if name not in text)
    return [f"{name}{index:04d}" for index in range(number)]


def kept_apart(document: Mapping[str, Any], paths: Sequence[Path]) -> Iterator[Apart]:
    """Yield the ids of the document, and the texts of each array, where slots are among them."""
    slots = {path: number for number, path in enumerate(paths)}
    ids = {path: text for path, text in _texts(document, ()) if path[-1] == "id"}
    yield (
        tuple(slots[path] for path in ids if path in slots),
        frozenset(text for path, text in ids.items() if path not in slots),
    )
    yield from _arrays(document, paths)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*path, step))


def _arrays(document: Mapping[str, Any], paths: Sequence[Path]) -> Iterator[Apart]:
    slots = {path: number for number, path in enumerate(paths)}
    for parent in dict.fromkeys(path[:-1] for path in paths if isinstance(path[-1], int)):
        items: Any = document
        for step in parent:
            items = items[step]
        varying = tuple(slots[*parent, i] for i in range(len(items)) if (*parent, i) in slots)
        fixed = (item for i, item in enumerate(items) if (*parent, i) not in slots)
        yield varying, frozenset(item for item in fixed if isinstance(item, str))
