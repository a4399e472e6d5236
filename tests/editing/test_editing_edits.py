"""Edits as a registrar sees them in the difference; and what cannot be edited, said in words."""

from __future__ import annotations

import difflib
from datetime import date

import pytest

from site_builder.editing.edits import CannotEdit, with_fields, with_items, without
from site_builder.editing.scalars import Value
from site_builder.reading.document import Document, read_document

FILE = """\
# The spring class.
credential: charts

awards:
  # Asked for a paper copy.
  - id: a  # the first
    results: {score: 80}
    narrative: >-
      Two lines
      of text.

  # The second.
  - status_index: 7  # taken
    id: b

    # Still the second.
"""


def document(text: str) -> Document:
    found, problems = read_document("issued/2026/charts.yaml", text.encode())
    assert found is not None, problems
    return found


def difference(before: str, after: bytes) -> list[str]:
    """Return the lines that were taken out and put in, in order."""
    lines = difflib.ndiff(before.splitlines(), after.decode().splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_revocation_is_two_lines_below_its_award() -> None:
    revoked: Value = {"date": date(2026, 11, 22), "reason": "Issued in error: see #4."}
    after = with_fields(document(FILE), ("awards", 0), {"revoked": revoked})
    assert difference(FILE, after) == [
        "+     revoked:",
        "+       date: 2026-11-22",
        '+       reason: "Issued in error: see #4."',
    ]
    assert after.decode().split("of text.\n")[1].startswith("    revoked:")


def test_a_value_beside_its_dash_keeps_the_dash_and_its_comment() -> None:
    after = with_fields(document(FILE), ("awards", 1), {"status_index": 8})
    assert difference(FILE, after) == ["-   - status_index: 7  # taken", "+   - status_index: 8  # taken"]


def test_several_fields_at_once() -> None:
    after = with_fields(document(FILE), ("awards", 1), {"status_index": 8, "listing": "listed"})
    assert difference(FILE, after)[-1] == "+     listing: listed"
    assert len(difference(FILE, after)) == 3


def test_the_last_entry_takes_its_comments_and_leaves_one_end_of_line() -> None:
    after = without(document(FILE), ("awards", 1))
    assert after.decode() == FILE[: FILE.index("\n\n  # The second.") + 1]


def test_the_first_entry_leaves_the_second_ones_comment() -> None:
    after = without(document(FILE), ("awards", 0)).decode()
    assert after == FILE[: FILE.index("  # Asked")] + FILE[FILE.index("  # The second.") :]


def test_the_only_entry_takes_the_list_with_it() -> None:
    once = without(document(FILE), ("awards", 0)).decode()
    assert without(document(once), ("awards", 0)).decode() == "# The spring class.\ncredential: charts\n"


def test_a_list_is_made_at_the_end_and_grows() -> None:
    once = with_items(document(FILE), ("erased",), [{"id": "c", "status_index": 1}])
    assert difference(FILE, once) == ["+ ", "+ erased:", "+   - id: c", "+     status_index: 1"]
    twice = with_items(document(once.decode()), ("erased",), [{"id": "d"}])
    assert difference(once.decode(), twice) == ["+   - id: d"]


def test_an_empty_list_is_filled() -> None:
    text = "awards: []  # none yet\nerased:\n"
    after = with_items(document(text), ("awards",), [{"id": "a"}])
    after = with_items(document(after.decode()), ("erased",), [{"id": "b"}])
    assert after.decode() == "awards:  # none yet\n  - id: a\nerased:\n  - id: b\n"


def test_a_mapping_on_one_line_stays_on_it() -> None:
    text = "awards:\n  - {id: a}  # short\n"
    after = with_fields(document(text), ("awards", 0), {"revoked": {"reason": "a, b"}})
    assert after.decode() == 'awards:\n  - {id: a, revoked: {reason: "a, b"}}  # short\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("awards: [{id: a}, {id: b}]\n", "awards[0] shares a line with another"),
        ("awards:\n  - {id: a}\n  - id: b\n    x: |+\n      kept\n\n", ""),
    ],
)
def test_what_cannot_be_taken_out_is_refused_in_words(text: str, expected: str) -> None:
    if not expected:
        assert b"id: a" not in without(document(text), ("awards", 0))
        return
    with pytest.raises(CannotEdit) as refused:
        without(document(text), ("awards", 0))
    problem = refused.value.problem
    assert (problem.path, problem.line, problem.message) == ("issued/2026/charts.yaml", 1, expected)
    assert problem.hint == "write it as a block, each field on a line of its own, and try again"


def test_a_list_on_one_line_is_not_added_to() -> None:
    with pytest.raises(CannotEdit, match=r"^awards is a list on one line$"):
        with_items(document("awards: [{id: a}]\n"), ("awards",), [{"id": "b"}])


def test_a_field_of_a_mapping_on_one_line_is_not_replaced() -> None:
    with pytest.raises(CannotEdit, match="stands in a mapping on one line"):
        with_fields(document("awards:\n  - {id: a, status_index: 7}\n"), ("awards", 0), {"status_index": 8})


def test_a_text_that_the_files_end_cuts_off_is_not_lengthened() -> None:
    text = "awards:\n  - id: a\n    narrative: |\n      no end of line"
    with pytest.raises(CannotEdit, match="has a form that cannot be changed line by line"):
        with_fields(document(text), (), {"erased": [{"id": "b"}]})
