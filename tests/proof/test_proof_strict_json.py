"""JSON from strangers, and JSON for publication."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.proof.strict_json import JsonRefused, assert_publishable, dump, parse

_RANGE = "whole number must be between -9007199254740991 and 9007199254740991"
_DEEP = b'{"a":' + b"[" * 40 + b"]" * 40 + b"}"


@pytest.mark.parametrize(
    ("raw", "code", "message"),
    [
        (b'{"a":1,"b":2,"a":1}', "duplicate-key", "key 'a' must not stand twice in one object"),
        (b'{"x":[{"a":1,"\\u0061":2}]}', "duplicate-key", "key 'a' must not stand twice in one object"),
        (b'{"a":"\xff"}', "encoding", "JSON must be UTF-8; byte 6 is not"),
        (b'{"a":"\xed\xa0\x80"}', "encoding", "JSON must be UTF-8; byte 6 is not"),
        (b"\xef\xbb\xbf{}", "encoding", "JSON must not start with a byte order mark"),
        ('{"a":1}'.encode("utf-16"), "encoding", "JSON must be UTF-8; byte 0 is not"),
        (b'{"a":NaN}', "number", "number must be finite, not NaN"),
        (b'{"a":-Infinity}', "number", "number must be finite, not -Infinity"),
        (b'{"a":1e999}', "number", "number is too large"),
        (b'{"a":9007199254740992}', "number", _RANGE),
        (b'{"a":' + b"9" * 9999 + b"}", "number", _RANGE),
        (_DEEP, "too-deep", "JSON must be at most 40 levels deep"),
        (b"[" * 100_000, "too-deep", "JSON must be at most 40 levels deep"),
        (b'{"a":"\\ud800"}', "surrogate", "text must not hold half of a surrogate pair"),
        (b'{"\\udc00":1}', "surrogate", "text must not hold half of a surrogate pair"),
        (b"[]", "not-an-object", "JSON must be an object"),
        (b"null", "not-an-object", "JSON must be an object"),
        (b"", "syntax", "not JSON: Expecting value at line 1, column 1"),
        (b"{} {}", "syntax", "not JSON: Extra data at line 1, column 4"),
        (b'{"a":"\n"}', "syntax", "not JSON: Invalid control character at at line 1, column 7"),
        (b'{"a" 1}', "syntax", "not JSON: Expecting ':' delimiter at line 1, column 6"),
        (b'{"a":"' + b"x" * 600_000 + b'"}', "too-large", "JSON must have at most 524288 bytes, not 600008"),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes | str) else None,
)  # fmt: skip
def test_refusals(raw: bytes, code: str, message: str) -> None:
    with pytest.raises(JsonRefused) as caught:
        parse(raw)
    assert (caught.value.code, caught.value.message) == (code, message)


def test_brackets_in_text_are_no_depth() -> None:
    text = '\\"' + "[{" * 100
    assert parse(json.dumps({"a": text}).encode()) == {"a": text}


@pytest.mark.parametrize("text", ['"', '\\"', "\\\\", '\\\\"[', "]}", '[{"'])
def test_depth_is_measured_outside_strings_only(text: str) -> None:
    inner: dict[str, Any] = {text * 50: text * 50}
    for _ in range(38):
        inner = {"a": inner}
    assert parse(json.dumps({text: inner}).encode()) == {text: inner}
    with pytest.raises(JsonRefused, match="at most 40 levels"):
        parse(json.dumps({text: [inner]}).encode())


def _keys(size: int, *more: str) -> bytes:
    keys = [f'"{number:07}":1' for number in range(size // 12)]
    return ("{" + ",".join([*keys, *(f'"{key}":2' for key in more)]) + "}").encode()


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "string without end, of escaped quotes": lambda size: b'{"a":"' + b'\\"' * (size // 2),
    "string without end, of backslashes": lambda size: b'{"a":"' + b"\\" * (size | 1),
    "string without end, of brackets": lambda size: b'{"a":"' + b"[{" * (size // 2),
    "many strings without end": lambda size: b'{"a":' + b'"\\' * (size // 2),
    "quotes": lambda size: b'"' * size,
    "quotes and backslashes": lambda size: b'\\"' * (size // 2) + b"\\",
    "opening brackets": lambda size: b"[" * size,
    "closing brackets": lambda size: b"]" * size,
    "brackets in pairs": lambda size: b'{"a":[' + b"[]," * (size // 3),
    "a key twice, at the end": lambda size: _keys(size, f"{size // 12 - 1:07}"),
    "half pairs": lambda size: b'{"a":"' + b"\\ud83d" * (size // 6) + b'"}',
    "digits": lambda size: b'{"a":' + b"7" * size,
    "digits of a fraction": lambda size: b'{"a":0.' + b"7" * size,
    "digits of an exponent": lambda size: b'{"a":1e' + b"7" * size + b"}",
    "empty lines": lambda size: b"\n" * size,
}


def _cost(raw: bytes) -> float:
    """Return the least processor time of a few refusals of ``raw``, the collector's own time left out.

    The collector walks all that this process has kept, and the more often the more a text holds: after
    thousands of other tests that is no measure of the parser.
    """
    times = []
    gc.disable()
    try:
        for _ in range(5):
            started = time.thread_time()
            with pytest.raises(JsonRefused):
                parse(raw)
            times.append(time.thread_time() - started)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_costs_in_proportion_to_its_length(hostile: Callable[[int], bytes]) -> None:
    # Eight times the text may cost eight times as much; a square would be sixty-four.
    assert _cost(hostile(32_000)) < 28 * _cost(hostile(4_000))
    # Only what grew in proportion is tried at its full length, where a square costs half an hour.
    assert _cost(hostile(500_000)) < 48 * _cost(hostile(32_000))


def test_whole_surrogate_pairs_are_text() -> None:
    assert parse(b'{"a":"\\ud83d\\ude00"}') == {"a": "😀"}


def test_limits_can_be_set() -> None:
    assert parse(b'{"a":[1]}', max_bytes=9, max_depth=2) == {"a": [1]}
    for limit in ({"max_bytes": 8}, {"max_depth": 1}):
        with pytest.raises(JsonRefused):
            parse(b'{"a":[1]}', **limit)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_NUMBER = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBER | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(_TEXT, _JSON, max_size=4))
def test_what_is_published_reads_back(document: dict[str, Any]) -> None:
    raw = dump(document)
    assert parse(raw) == document
    assert list(parse(raw)) == list(document)


@given(st.binary(max_size=60) | st.text('{}[]",:\\u0129eE+-.', max_size=30).map(str.encode))
def test_any_bytes_are_parsed_or_refused(raw: bytes) -> None:
    with suppress(JsonRefused):
        assert isinstance(parse(raw), dict)


def test_published_form() -> None:
    assert dump({"b": "é", "a": [1, {"c": True}]}) == '{"b":"é","a":[1,{"c":true}]}\n'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_cannot_be_published_is_our_bug(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- two kinds, each with Python's own words
        dump({"a": value})


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"a": {"b": [1, None]}}, "/a/b/1: must not be null"),
        ({"a": {"b/c": []}}, "/a/b~1c: must not be []"),
        ({"a": [{}]}, "/a/0: must not be {}"),
        ({}, "(document): must not be {}"),
    ],
)
def test_unpublishable_values_are_our_bug(document: object, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the whole message is asserted
        assert_publishable(document)
    assert str(caught.value) == message


def test_publishable_values_pass() -> None:
    assert_publishable({"a": [0, False, "", {"b": 0.0}]})
