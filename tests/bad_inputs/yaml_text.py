"""Data as YAML text, with room for characters that no YAML writer would write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

Location = tuple[str | int, ...]
_PLAIN_KEY = re.compile(r"[A-Za-z_@$][A-Za-z0-9_@$-]*")


@dataclass(frozen=True)
class Raw:
    """Characters that stand in the file exactly so, behind ``field: ``."""

    text: str


@dataclass
class Written:
    """YAML text, and the line (from 1) of each field and list item."""

    text: str = ""
    lines: dict[Location, int] = field(default_factory=dict)

    @property
    def line(self) -> int:
        """The line that is being written."""
        return self.text.count("\n") + 1


def write(data: Mapping[str, object]) -> Written:
    """Return ``data`` as block-style YAML."""
    out = Written()
    _mapping(out, data, (), 0)
    return out


def quoted(text: str) -> str:
    """Return ``text`` in double quotation marks, as YAML 1.2 (7.3.1) reads it back letter by letter."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char == " " or unicodedata.category(char)[0] not in "CZ":
        return char
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _scalar(value: object) -> str:
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | float):
        return repr(value)
    return value.isoformat() if isinstance(value, date) else quoted(str(value))


def _key(name: str) -> str:
    return name if _PLAIN_KEY.fullmatch(name) else quoted(name)


def _mapping(out: Written, data: Mapping[str, object], at: Location, indent: int, lead: str = "") -> None:
    for name, value in data.items():
        out.lines[*at, name] = out.line
        out.text += (lead or " " * indent) + _key(name) + ":"
        lead = ""
        _value(out, value, (*at, name), indent)


def _value(out: Written, value: object, at: Location, indent: int) -> None:
    if isinstance(value, Mapping) and value:
        out.text += "\n"
        _mapping(out, value, at, indent + 2)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        out.text += "\n"
        _items(out, value, at, indent + 2)
    else:
        empty = {Mapping: " {}", Sequence: " []"}
        found = [words for kind, words in empty.items() if isinstance(value, kind)]
        is_collection = found and not isinstance(value, str)
        out.text += (found[0] if is_collection else " " + _scalar(value)) + "\n"


def _items(out: Written, items: Sequence[object], at: Location, indent: int) -> None:
    for number, item in enumerate(items):
        out.lines[*at, number] = out.line
        lead = " " * (indent - 2) + "  - "
        if isinstance(item, Mapping) and item:
            _mapping(out, item, (*at, number), indent + 2, lead)
        else:
            out.text += lead + _scalar(item) + "\n"
