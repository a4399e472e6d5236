"""Whatever the style, an edit changes what is meant and leaves every other line as it was."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.editing.edits import CannotEdit, with_fields, with_fields_at, with_items, without
from site_builder.editing.scalars import Value
from site_builder.reading.document import Document, read_document
from tests.editing.styles import Written, award_files

REVOKED: Mapping[str, Value] = {
    "date": date(2026, 11, 22),
    "reason": "Issued in error: see the board's minutes, #4.",
}
ERASED: Mapping[str, Value] = {
    "id": "e1111111-1111-4111-8111-111111111111",
    "status_index": 7,
    "date": date(2026, 11, 22),
}


def read(raw: bytes) -> Document:
    document, problems = read_document("issued/2026/a.yaml", raw)
    assert document is not None, problems
    return document


def lines_of(raw: bytes) -> list[bytes]:
    return [line.rstrip(b"\r") for line in raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")]


def is_within(few: Iterable[bytes], many: Iterable[bytes]) -> bool:
    """Return True where all of ``few`` stand in ``many``, in their order."""
    rest = iter(many)
    return all(line in rest for line in few)


def keeps_form(before: bytes, after: bytes) -> bool:
    """Return True where mark and line ends are those of the file before."""
    mark = b"\xef\xbb\xbf"
    single = b"\r\n" not in before
    ends = after.count(b"\r") == (0 if single else after.count(b"\n"))
    return before.startswith(mark) == after.startswith(mark) and (ends or b"\n" not in before)


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files(), st.data())
def test_a_new_field_is_all_that_is_new(file: Written, data: st.DataObject) -> None:
    document = read(file.raw)
    assert document.data == file.data
    index = data.draw(st.integers(0, len(file.data["awards"]) - 1))
    after = with_fields(document, ("awards", index), {"revoked": REVOKED})
    expected: Any = copy.deepcopy(file.data)
    expected["awards"][index]["revoked"] = REVOKED
    assert read(after).data == expected
    assert keeps_form(file.raw, after)
    added = len(lines_of(after)) - len(file.lines)
    if added == 0:  # a mapping on one line stays on it
        different = [old for old, new in zip(file.lines, lines_of(after), strict=True) if old != new]
        assert len(different) == 1
    else:
        assert is_within(file.lines, lines_of(after))


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files(), st.data())
def test_a_field_is_replaced_where_it_stands(file: Written, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(file.data["awards"]) - 1))
    field = data.draw(st.sampled_from(sorted(file.data["awards"][index])))
    if index in file.flow:
        with pytest.raises(CannotEdit, match="stands in a mapping on one line"):
            with_fields(read(file.raw), ("awards", index), {field: 4711})
        return
    after = with_fields(read(file.raw), ("awards", index), {field: 4711})
    expected: Any = copy.deepcopy(file.data)
    expected["awards"][index][field] = 4711
    assert read(after).data == expected
    assert keeps_form(file.raw, after)
    others = [line for line, owner in zip(file.lines, file.owners, strict=True) if owner != index]
    assert is_within(others, lines_of(after))


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files(), st.data())
def test_an_entry_goes_with_its_comments_and_nothing_else(file: Written, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(file.data["awards"]) - 1))
    after = without(read(file.raw), ("awards", index))
    expected: Any = copy.deepcopy(file.data)
    del expected["awards"][index]
    if not expected["awards"]:
        del expected["awards"]
    assert read(after).data == expected
    assert keeps_form(file.raw, after)
    assert is_within(lines_of(after), [*file.lines, b""])
    kept = [line for line, owner in zip(file.lines, file.owners, strict=True) if owner != index and line]
    alone = not expected.get("awards")
    kept = [line for line in kept if not (alone and line.startswith((b"awards:", b"#")))]
    found = [line for line in lines_of(after) if line and not (alone and line.startswith(b"#"))]
    assert found == kept


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files())
def test_an_entry_is_added_below_the_others(file: Written) -> None:
    after = with_items(read(file.raw), ("awards",), [ERASED])
    expected: Any = copy.deepcopy(file.data)
    expected["awards"].append(ERASED)
    assert read(after).data == expected
    assert keeps_form(file.raw, after)
    assert is_within(file.lines, lines_of(after))


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files())
def test_a_list_that_was_not_there_is_made(file: Written) -> None:
    once = with_items(read(file.raw), ("erased",), [ERASED])
    twice = with_items(read(once), ("erased",), [{**ERASED, "status_index": 8}])
    assert read(twice).data == {**file.data, "erased": [ERASED, {**ERASED, "status_index": 8}]}
    assert keeps_form(file.raw, twice)
    assert is_within(file.lines, lines_of(twice))


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files(), st.text(max_size=60))
def test_any_text_is_read_back_as_it_was(file: Written, text: str) -> None:
    after = with_fields(read(file.raw), (), {"assessed_by": text})
    found, _ = read_document("issued/2026/a.yaml", after)
    assert found is not None
    assert found.data["assessed_by"] == text


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files())
def test_every_entry_gets_its_fields_at_once(file: Written) -> None:
    revoked: Any = [{"revoked": {**REVOKED, "reason": f"{n}, #{n}"}} for n in range(len(file.data["awards"]))]
    document = read(file.raw)
    after = with_fields_at(document, {("awards", number): fields for number, fields in enumerate(revoked)})
    one_by_one = file.raw
    for number, fields in enumerate(revoked):
        one_by_one = with_fields(read(one_by_one), ("awards", number), fields)
    assert after == one_by_one
    assert [award["revoked"] for award in as_list(read(after))] == [fields["revoked"] for fields in revoked]


@settings(deadline=None)  # a busy machine is no fault of an edit's
@given(award_files(), st.data())
def test_several_entries_go_at_once(file: Written, data: st.DataObject) -> None:
    every = range(len(file.data["awards"]))
    gone = data.draw(st.sets(st.sampled_from(every), min_size=1))
    after = without(read(file.raw), *(("awards", number) for number in gone))
    expected = [award for number, award in enumerate(file.data["awards"]) if number not in gone]
    assert as_list(read(after)) == expected
    assert is_within(lines_of(after), [*file.lines, b""])
    assert keeps_form(file.raw, after)


def as_list(document: Document) -> Any:
    return document.data.get("awards", [])
