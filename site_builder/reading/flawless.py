"""The quick reading of YAML: of text in which there is nothing to tell.

Nearly every file is such, and then neither a tree nor a line is asked for. The parser's events become data
as they come; at the first thing that :mod:`.strict_yaml` has to say a word about, or may have to, this
reading gives up and leaves the text to that one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from site_builder.reading.scalars import FIRST_OF_VALUES, key_fault, plain_value
from site_builder.text import Fault
from site_builder.text.characters import hidden_in_name

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Found in every text with an anchor or a tag, and in some others.
_REFERENCE = re.compile(r"(?:^|[\s\ufeff\[{,:?-])[&!]", re.MULTILINE)
# Events have no common type that knows of values.
_Next = Callable[[], Any]
# Names of fields that are fine, also unquoted.
_NAMES: set[str] = set()
_MOST_NAMES, _LONGEST_NAME = 1000, 64


class Flawless(NamedTuple):
    """The fields of a text, and whether any of them was left empty (None)."""

    data: dict[str, object]
    has_empty: bool


class _OddError(Exception):
    """Something that the full reading must look at."""


def flawless(text: str, deepest: int) -> Flawless | None:
    """Return what ``text`` holds if it is one mapping without any fault, else None.

    ``text`` begins with no directive, and may nest at most ``deepest`` collections.
    """
    loader = _Loader(text)
    try:
        return _document(_without_references(loader.get_event, text), deepest)
    except (_OddError, yaml.YAMLError):
        # The full reading finds it again, and says what it is.
        return None
    finally:
        loader.dispose()


def _document(following: _Next, deepest: int) -> Flawless:
    _expect(following, StreamStartEvent, DocumentStartEvent, MappingStartEvent)
    reading = _Reading(following)
    data = reading.mapping(deepest - 1)
    _expect(following, DocumentEndEvent, StreamEndEvent)
    return Flawless(data, reading.has_empty)


def _expect(following: _Next, *kinds: type[yaml.Event]) -> None:
    for kind in kinds:
        if following().__class__ is not kind:
            raise _OddError


def _without_references(following: _Next, text: str) -> _Next:
    """Return a source of events that gives up at an anchor or a tag, where ``text`` may have one."""
    if ("&" not in text and "!" not in text) or _REFERENCE.search(text) is None:
        return following

    def checked() -> Any:
        event = following()
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            raise _OddError
        return event

    return checked


class _Reading:
    """Turns events into data; ``levels`` is how many collections may still be opened inside."""

    def __init__(self, following: _Next) -> None:
        self._following = following
        self.has_empty = False

    def mapping(self, levels: int) -> dict[str, object]:
        """Return the mapping whose start was the last event."""
        following = self._following
        fields: dict[str, object] = {}
        while (key := following()).__class__ is ScalarEvent:
            name = key.value
            if name in fields or not (name in _NAMES or _is_name(name, key.implicit[0])):
                raise _OddError
            event = following()
            if event.__class__ is ScalarEvent:
                value = event.value
                # What is plain and begins like text is text: the commonest case is decided here.
                is_text = not event.implicit[0] or value[:1] not in FIRST_OF_VALUES
                fields[name] = value if is_text else self._plain(value)
            else:
                fields[name] = self._collection(event, levels)
        if key.__class__ is not MappingEndEvent:
            raise _OddError
        return fields

    def _sequence(self, levels: int) -> list[object]:
        following = self._following
        items: list[object] = []
        while (event := following()).__class__ is not SequenceEndEvent:
            if event.__class__ is ScalarEvent:
                items.append(self._plain(event.value) if event.implicit[0] else event.value)
            else:
                items.append(self._collection(event, levels))
        return items

    def _collection(self, start: yaml.Event, levels: int) -> object:
        if levels <= 0:
            raise _OddError
        if start.__class__ is MappingStartEvent:
            return self.mapping(levels - 1)
        if start.__class__ is SequenceStartEvent:
            return self._sequence(levels - 1)
        raise _OddError

    def _plain(self, word: str) -> object:
        value = plain_value(word)
        if value is None:
            self.has_empty = True
        elif value.__class__ is Fault:
            raise _OddError
        return value


def _is_name(name: str, plain: bool) -> bool:
    """Return True where a field may have this name. It is remembered: files repeat the same few names."""
    if key_fault(name, plain=plain) or not (name.isascii() or hidden_in_name(name) is None):
        return False
    if plain and len(_NAMES) < _MOST_NAMES and len(name) <= _LONGEST_NAME:
        _NAMES.add(name)
    return True
