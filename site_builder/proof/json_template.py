"""The published bytes of documents that differ in some texts only: spliced, and read back the same way."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from json.encoder import encode_basestring

from site_builder.proof.slots import Uncompilable
from site_builder.proof.strict_json import MAX_BYTES

__all__ = ["JsonTemplate"]

_CONTENT = re.compile(rb'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_CONTROLS = bytes(range(32))


class JsonTemplate:
    """JSON text with slots for texts. ``sample`` has ``marks`` in its slots, in their order.

    Raises :class:`Uncompilable` where the marks do not stand in the sample so, each once.
    """

    def __init__(self, sample: bytes, marks: Sequence[str]) -> None:
        pieces: list[bytes] = []
        rest = sample
        for mark in marks:
            before, found, rest = rest.partition(f'"{mark}"'.encode())
            if not found:
                raise Uncompilable("the slots are not in the order of the text")
            pieces += [before, b""]
        self._pieces = [*pieces, rest]
        # The quotes around a value are part of the text before and after it.
        self._start, *between = self._pieces[::2]
        self._start += b'"'
        quoted = [b'"' + piece + b'"' for piece in between[:-1]] + [b'"' + between[-1]]
        self._between = [(piece, len(piece)) for piece in quoted]

    def write(self, values: Sequence[str]) -> bytes:
        """Return the text with the values in its slots, as ``json.dumps`` writes them, in UTF-8."""
        pieces = self._pieces.copy()
        # No value has a line feed once it is written, so all of them are encoded at once.
        pieces[1::2] = "\n".join(map(encode_basestring, values)).encode("utf-8").split(b"\n")
        return b"".join(pieces)

    def read(self, raw: bytes) -> list[str] | None:
        """Return the values with which :meth:`write` gives just these bytes; None where there are none."""
        if len(raw) > MAX_BYTES or not raw.startswith(self._start):
            return None
        found: list[bytes] = []
        at = len(self._start)
        for piece, length in self._between:
            end = raw.find(b'"', at)
            if not raw.startswith(piece, end):
                return self._read_escaped(raw) if b"\\" in raw else None
            found.append(raw[at:end])
            at = end + length
        if at != len(raw):
            return None
        content = b'"'.join(found)
        return self._read_escaped(raw) if b"\\" in content else _unquoted(content)

    def _read_escaped(self, raw: bytes) -> list[str] | None:
        """Read as :meth:`read` does, where a value may hold escapes; only those that we write count."""
        values: list[str] = []
        at = len(self._start)
        for piece, length in self._between:
            content = _CONTENT.match(raw, at)
            if content is None or not raw.startswith(piece, content.end()):
                return None
            value = _unescaped(content.group())
            if value is None:
                return None
            values.append(value)
            at = content.end() + length
        return values if at == len(raw) else None


def _unquoted(content: bytes) -> list[str] | None:
    """Return the texts between quotes, none of which holds an escape; None where JSON wants one."""
    if len(content.translate(None, _CONTROLS)) < len(content):
        return None
    try:
        return content.decode("utf-8").split('"')
    except UnicodeDecodeError:
        return None


def _unescaped(content: bytes) -> str | None:
    try:
        value = json.loads(f'"{content.decode("utf-8")}"')
    except ValueError:
        return None
    return value if encode_basestring(value).encode("utf-8", "surrogatepass")[1:-1] == content else None
