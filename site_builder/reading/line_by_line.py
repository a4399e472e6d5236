"""The quickest reading of YAML: of text in which every line says one simple thing.

The tools of the registrar write such files, and most people do: ``name: value``, ``- name: value``,
``- value``, a comment or nothing, each value on one line, plain or in double quotes. One pattern takes all
lines apart, without an event for each word. Where a line is not so simple, this reading gives up.
"""

from __future__ import annotations

import json
import re
from typing import Any

from site_builder.reading.scalars import FIRST_OF_VALUES, key_fault, plain_value
from site_builder.text import Fault

# Control characters and tabs, all that YAML takes for the end of a line, and what it refuses.
_ODD = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
# With three escapes only. JSON means the same by them.
_QUOTED = rf'"[^"\\{_ODD}]*+(?:\\["\\n][^"\\{_ODD}]*+)*+"'
# It begins with no sign of YAML. Spaces or colons stand between parts, never both: that would be a field.
_MORE = rf"[^ :#{_ODD}]"
_PLAIN = rf"[^\x20-/:-@\[-`{{-\x7e{_ODD}]{_MORE}*+(?:(?: ++|:++){_MORE}++)*+"
_FIELD = r"([a-z][a-z0-9_]*+):(?: |(?=\n))"
_SAID = rf"(- (?=[^ #\n]))?+(?:{_FIELD})?+(?:({_QUOTED})|({_PLAIN}))?+(?: ++(?:#[^{_ODD}]*+)?+)?+"
_LINE = re.compile(rf"^( *+)(?:#[^{_ODD}]*+|{_SAID})\n", re.MULTILINE)
# Text over several lines begins so, and there would be nothing but a search for the first such line.
_LONG = (": >", ": |")
_WAITING = object()
_Line = tuple[str, str, str, str, str]


def line_by_line(text: str, deepest: int) -> dict[str, object] | None:
    """Return what ``text`` holds if it is one mapping, all of simple lines without any fault, else None.

    No field of it is empty. It may nest at most ``deepest`` collections.
    """
    if any(sign in text for sign in _LONG):
        return None
    lines: list[_Line] = _LINE.findall(text)
    # A line that is not simple is left out, so that there are fewer.
    if len(lines) != text.count("\n") or not text.endswith("\n"):
        return None
    names = {line[2] for line in lines} - {""}
    if any(key_fault(name, plain=True) for name in names):
        return None
    return _put_together(lines, deepest)


class _Open:
    """The collection that lines belong to, how far these are indented, and those around it."""

    def __init__(self, outermost: dict[str, object], deepest: int) -> None:
        self.inside: Any = outermost
        self.level = 0
        self.waiting = ""
        """The last field of a mapping, while it has no value yet."""
        self._around: list[tuple[int, Any]] = []
        self._deepest = deepest

    def turn_to(self, place: int, dash: str, name: str) -> bool:
        """Turn to where a line belongs that is indented by ``place``; False where there is no such place."""
        if self.waiting and place > self.level:
            collection: list[object] | dict[str, object] = [] if dash else {}
            self.inside[self.waiting] = collection
            self.waiting = ""
            self._go_into(collection, place)
        while place < self.level:
            self.level, self.inside = self._around.pop()
        is_list = self.inside.__class__ is list
        if self.waiting or place != self.level or is_list is not bool(dash) or not (dash or name):
            return False
        if dash and name:
            item: dict[str, object] = {}
            self.inside.append(item)
            self._go_into(item, place + len(dash))
        return len(self._around) < self._deepest

    def _go_into(self, collection: list[object] | dict[str, object], level: int) -> None:
        self._around.append((self.level, self.inside))
        self.inside, self.level = collection, level


def _put_together(lines: list[_Line], deepest: int) -> dict[str, object] | None:
    """Return the mapping that lines make by how far they are indented; None where one of them is odd."""
    data: dict[str, object] = {}
    now = _Open(data, deepest)
    inside, level, is_usual = now.inside, now.level, True
    for indent, dash, name, quoted, plain in lines:
        if dash or not (is_usual and name) or len(indent) != level:
            if not (dash or name or quoted or plain):
                continue  # an empty line, or a comment
            if not now.turn_to(len(indent), dash, name):
                return None
            inside, level, is_usual = now.inside, now.level, now.inside.__class__ is dict
        value = quoted[1:-1] if quoted and "\\" not in quoted else _value(quoted, plain)
        if value is None or value.__class__ is Fault or (name and name in inside):
            return None
        if not name:
            inside.append(value)
            continue
        inside[name] = value
        if value is _WAITING:
            now.waiting, is_usual = name, False
    return None if now.waiting or not data else data


def _value(quoted: str, plain: str) -> object:
    if quoted:
        return json.loads(quoted)
    if not plain:
        return _WAITING
    return plain if plain[0] not in FIRST_OF_VALUES else plain_value(plain)
