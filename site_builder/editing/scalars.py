"""How a value is written into a YAML file, so that it is read back as the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

Scalar = str | int | float | date
Value = Scalar | Mapping[str, "Value"] | Sequence["Value"]

# What every reader of YAML takes for text: an id, a UUID, a hash, or words that begin with a capital.
_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|sha256[$][0-9a-f]{64}"
    r"|[A-Z][A-Za-z]*(?: [A-Za-z][A-Za-z-]*)*[.]?"
)
_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TYPED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def scalar(value: Scalar) -> str:
    """Return one value as YAML: plain where every reader agrees that it is text, else in double quotes."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _TYPED:
        return value
    return _quoted(value)


def _quoted(value: str) -> str:
    """Return text in double quotes: every JSON text is a YAML text (YAML 1.2, 1.3).

    What YAML takes for a line's end or refuses to read is escaped: the rules for authors' words can name it.
    """
    return _UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def block(value: Value, indent: int) -> list[str]:
    """Return the lines of a value in block form, ``indent`` spaces in, without line ends."""
    if isinstance(value, Mapping):
        return [line for name, inner in value.items() for line in _field(name, inner, indent)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [line for inner in value for line in _item(inner, indent)]
    return [" " * indent + scalar(value)]


def _field(name: str, value: Value, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return [f"{pad}{name}:", *block(value, indent + 2)]
    return [f"{pad}{name}: {scalar(value)}"]


def _item(value: Value, indent: int) -> list[str]:
    lines = block(value, indent + 2)
    return [" " * indent + "- " + lines[0].lstrip(" "), *lines[1:]]


def flow(value: Value) -> str:
    """Return a value on one line, for a mapping that stands between brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    # A plain word may hold a comma, which parts entries here.
    return _quoted(value) if isinstance(value, str) else scalar(value)
