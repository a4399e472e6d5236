"""The published bytes by splices: the same as the whole way's, and read back or refused."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from site_builder.proof.compiled import CompiledShape, compile_shape
from site_builder.proof.eddsa import attach
from site_builder.proof.slots import filled
from site_builder.proof.strict_json import MAX_BYTES, dump, parse
from tests.proof.sample import CREATED, full_credential
from tests.proof.slotted import OPTIONS, Case, award_slots, cases, values_of

FULL = full_credential()
SLOTS = award_slots(FULL)
VALUES = values_of(FULL, SLOTS)
SHAPE = compile_shape(FULL, SLOTS, OPTIONS)
PROOF_VALUE = "z5x9aCBYovW3CQCbKdNyhEm7ffYSw1YpEdPywQJoNbzDD2gkzQDKJ1sYKJaWvqZtkMtSbz35HcbgXVEDYHxCzgkCr"
RAW = SHAPE.data(VALUES, CREATED, PROOF_VALUE)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
NAME = SLOTS.index(("evidence", 0, "name"))


def whole(values: list[str], created: str = CREATED, proof_value: str = PROOF_VALUE) -> bytes:
    return dump(attach(filled(FULL, SLOTS, values), {**OPTIONS, "created": created}, proof_value))


def agrees(shape: CompiledShape, raw: bytes) -> bool:
    """Return whether ``raw`` was taken; what was taken must be what is written for it."""
    found = shape.values_in(raw)
    if found is None:
        return False
    values, created, proof_value = found
    assert shape.data(values, created, proof_value) == raw
    assert parse(raw) == attach(filled(FULL, SLOTS, values), {**OPTIONS, "created": created}, proof_value)
    return True


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(cases())
def test_data_equals_the_whole_document_and_is_read_back(case: Case) -> None:
    shape = compile_shape(case.document, case.paths, OPTIONS)
    for values in case.values:
        raw = dump(attach(case.filled(values), OPTIONS, PROOF_VALUE))
        assert shape.data(values, CREATED, PROOF_VALUE) == raw
        assert shape.values_in(raw) == (tuple(values), CREATED, PROOF_VALUE)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    [
        '"',
        "\\",
        '\\"',
        "\\\\",
        '","',
        "\n",
        "\b\f\t\r",
        "\0",
        "\x1f",
        "\x7f",
        "\u2028",
        "/",
        "\\u0041",
        "😀",
        "%s",
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(st.lists(TEXTS, min_size=len(SLOTS), max_size=len(SLOTS)), TEXTS, TEXTS)
def test_any_text_is_written_and_read_back(values: list[str], created: str, proof_value: str) -> None:
    """Whether it may be signed is asked elsewhere: JSON holds it all the same."""
    raw = SHAPE.data(values, created, proof_value)
    assert raw == whole(values, created, proof_value)
    assert SHAPE.values_in(raw) == (tuple(values), created, proof_value)


def test_half_a_surrogate_pair_is_refused_as_dump_does() -> None:
    values = [*VALUES[:-1], "\ud800"]
    for write in (whole, lambda values: SHAPE.data(values, CREATED, PROOF_VALUE)):
        with pytest.raises(UnicodeEncodeError):
            write(values)


def test_every_change_of_one_byte_is_refused_or_read_as_it_stands() -> None:
    taken = sum(agrees(SHAPE, RAW[:at] + bytes([RAW[at] ^ 1]) + RAW[at + 1 :]) for at in range(len(RAW)))
    inside = sum(len(text) for text in [*VALUES, CREATED, PROOF_VALUE])
    # Most changes inside a value make another value; some make a quote or a backslash of it.
    assert 0.9 * inside < taken <= inside + 10


@settings(max_examples=500, deadline=None)
@given(
    st.integers(0, len(RAW)),
    st.integers(0, 12),
    st.binary(max_size=6) | st.sampled_from([b'"', b"\\", b"\n"]),
)
@example(len(RAW), 0, b"\n")
@example(len(RAW) - 1, 1, b"")
@example(0, 0, b"\xef\xbb\xbf")
def test_hostile_changes_are_refused_or_read_as_they_stand(at: int, removed: int, put: bytes) -> None:
    raw = RAW[:at] + put + RAW[at + removed :]
    found = SHAPE.values_in(raw)
    assert found is None or SHAPE.data(*found) == raw
    assert agrees(SHAPE, raw) is (found is not None)


@pytest.mark.parametrize(
    "written",
    [
        *(
            b"\\u0041",
            b"\\/",
            b"\\u00e9",
            b"\\u000a",
            b"\\ud83d\\ude00",
            b"\\ud800",
            b"\\x",
            b"\\",
            b"\\u001F",
        ),
        *(b"\n", b"\t", b"\0", b"\x1f", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\x80", b'a"b', b'","x":"'),
    ],
)
def test_other_spellings_of_a_text_are_refused(written: bytes) -> None:
    marked = SHAPE.data([*VALUES[:NAME], "MARK", *VALUES[NAME + 1 :]], CREATED, PROOF_VALUE)
    assert SHAPE.values_in(marked.replace(b"MARK", written)) is None
    assert SHAPE.values_in(marked.replace(b"MARK", b'said \\"so\\"' + written)) is None


def test_other_documents_are_refused() -> None:
    document = json.loads(RAW)
    others: list[Any] = [
        document | {"name": "Other"},
        document | {"proof": document["proof"][0]},
        document | {"more": 1},
        dict(reversed(document.items())),
        {"@context": []},
    ]
    for other in others:
        assert SHAPE.values_in(dump(other)) is None
    for raw in (b"", b"{}", RAW[:-1], RAW + b"\n", RAW * 2, b" " + RAW, json.dumps(document).encode()):
        assert SHAPE.values_in(raw) is None


def test_more_bytes_than_the_reader_of_strangers_takes_are_refused() -> None:
    raw = SHAPE.data([*VALUES[:NAME], "x" * MAX_BYTES, *VALUES[NAME + 1 :]], CREATED, PROOF_VALUE)
    assert SHAPE.values_in(raw) is None


def test_reading_takes_as_long_as_the_text_is_long() -> None:
    """A text full of escapes or half-matches must not make it go back."""
    for text in ("\\" * 200_000, '\\"' * 100_000, '"' * 250_000, '","name":"' * 20_000):
        raw = RAW.replace(b'"Report"', b'"' + text.encode() + b'"')
        begun = time.process_time()
        agrees(SHAPE, raw)
        assert time.process_time() - begun < 1
