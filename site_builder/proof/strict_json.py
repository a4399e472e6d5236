"""JSON from strangers, read strictly; JSON for publication, written one way.

Two readers of one text must see one document: duplicate keys, NaN, numbers that a browser rounds and half
surrogate pairs are where they differ, so such text is refused (DESIGN 6).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NoReturn

from site_builder.proof.errors import JsonRefused, pointer_to

__all__ = ["MAX_BYTES", "MAX_DEPTH", "JsonRefused", "assert_publishable", "dump", "parse"]

MAX_BYTES = 512 * 1024
MAX_DEPTH = 40

# One sign, or two after a backslash, is all a match ever holds: hostile text cannot make it go back.
_MARK = re.compile(r'\\.|["\[\]{}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
# The largest number that every reader of JSON keeps exactly (RFC 8259, 6).
_LARGEST = 2**53 - 1


def parse(raw: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> dict[str, Any]:
    """Return the JSON object that ``raw`` spells.

    Raises :class:`JsonRefused`: too-large, encoding, too-deep, syntax, duplicate-key, number, surrogate,
    not-an-object.
    """
    if len(raw) > max_bytes:
        raise JsonRefused("too-large", f"JSON must have at most {max_bytes} bytes, not {len(raw)}")
    text = _decoded(raw)
    if _depth(text) > max_depth:
        raise JsonRefused("too-deep", f"JSON must be at most {max_depth} levels deep")
    document = _loaded(text)
    _refuse_surrogates(text, document)
    if not isinstance(document, dict):
        raise JsonRefused("not-an-object", "JSON must be an object")
    return document


def _decoded(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise JsonRefused("encoding", "JSON must not start with a byte order mark")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as reason:
        raise JsonRefused("encoding", f"JSON must be UTF-8; byte {reason.start} is not") from None


def _depth(text: str) -> int:
    """Return how deep brackets nest outside strings; measured first, because the parser recurses.

    Text that is no JSON may be measured wrongly behind its first fault: the parser does not get there.
    """
    depth = deepest = 0
    in_string = False
    for mark in _MARK.findall(text):
        if mark == '"':
            in_string = not in_string
        elif in_string or mark[0] == "\\":
            continue
        elif mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _loaded(text: str) -> object:
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except json.JSONDecodeError as reason:
        message = f"not JSON: {reason.msg} at line {reason.lineno}, column {reason.colno}"
        raise JsonRefused("syntax", message) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = next(key for key in times if times[key] > 1)
        raise JsonRefused("duplicate-key", f"key {twice[:80]!r} must not stand twice in one object")
    return found


def _constant(name: str) -> NoReturn:
    raise JsonRefused("number", f"number must be finite, not {name}")


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise JsonRefused("number", "number is too large")
    return number


def _int(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > _LARGEST:
        raise JsonRefused("number", f"whole number must be between -{_LARGEST} and {_LARGEST}")
    return int(digits)


def _refuse_surrogates(text: str, document: object) -> None:
    # Only an escape can spell one: UTF-8 has none.
    if "\\u" in text and _SURROGATE.search(json.dumps(document, ensure_ascii=False)):
        raise JsonRefused("surrogate", "text must not hold half of a surrogate pair")


def dump(document: Mapping[str, Any]) -> bytes:
    """Return ``document`` as it is published: compact UTF-8, keys in the order they were built, one final LF.

    The LF makes it a text file for git, diff and cat. Raises ValueError for NaN and half surrogates.
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (text + "\n").encode("utf-8")


def assert_publishable(document: object) -> None:
    """Raise ValueError with a JSON pointer for a null, an empty list or object inside (DESIGN 5)."""
    stack: list[tuple[object, tuple[str | int, ...]]] = [(document, ())]
    while stack:
        value, path = stack.pop()
        if value is None or value in ([], {}):
            raise ValueError(f"{pointer_to(path) or '(document)'}: must not be {json.dumps(value)}")
        if isinstance(value, dict):
            stack.extend((item, (*path, key)) for key, item in value.items())
        elif isinstance(value, list):
            stack.extend((item, (*path, index)) for index, item in enumerate(value))
