"""Separators, quotes and shapes of rows."""

from __future__ import annotations

import pytest

from site_builder.importers.delimited import separator_of
from tests.importers.lists import ADA, HEADER, read, text_of, told


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("email,name", ","),
        ("email;name", ";"),
        ("email\tname", "\t"),
        ('"a,b,c";email;name\n1,2,3,4', ";"),
        ('"a\n,,,,,";email', ";"),
        ("email", ","),
        ("Name, first;email", ";"),
    ],
)
def test_the_separator_is_read_off_the_header(header: str, expected: str) -> None:
    assert separator_of(header) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_will_do(end: str) -> None:
    raw = f"{HEADER}{end}{ADA}{end}{end}bob@example.org,Bob".encode()
    assert [(row.line, row.name) for row in read(raw).rows] == [(2, "Ada Lovelace"), (4, "Bob")]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    raw = text_of("", "sep=;") + text_of("email;feedback", 'a@b.org;"one\n\ntwo ""x"""', ";", "c@d.org;x")
    rows = read(raw.removeprefix(b"\n")).rows
    assert [(row.line, row.email) for row in rows] == [(2, "a@b.org"), (4, "c@d.org")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a@b.org"], "2 csv-shape: row 2 has 1 cell, the header has 2 | fill in the missing cells"),
        (
            ["L, Ada,a@b.org"],
            "2 csv-shape: row 2 has 3 cells, the header has 2"
            " | put a cell that holds the separator in double quotes",
        ),
        (
            ['a@b.org,"Ada', "b@b.org,Bob"],
            "2 csv-shape: row 2 has a quoted cell that is not closed"
            ' | write " at the end of the cell, and "" for a quote inside it',
        ),
        (
            ["b@b.org,Bob", 'a@b.org,"Ada" L"'],
            "3 csv-shape: row 3 has a quoted cell that is not closed"
            ' | write " at the end of the cell, and "" for a quote inside it',
        ),
        (
            ["a@b.org,A\0da"],
            "2 bad-character: row 2 has a control character (U+0000)"
            " | the file is damaged, or is not text; export it again",
        ),
    ],
)
def test_rows_that_do_not_fit_are_told(rows: list[str], expected: str) -> None:
    assert told(text_of(HEADER, *rows)) == [expected]


def test_after_a_quote_that_is_not_closed_the_other_rows_are_read() -> None:
    found = told(text_of(HEADER, '"a@b.org,Ada', 'bob,"Bob, Jr."', "c@b.org"))
    assert [line.partition(":")[0] for line in found] == ["2 csv-shape", "3 bad-email", "4 csv-shape"]


def test_quotes_inside_a_plain_cell_stand_for_themselves() -> None:
    assert read(text_of(HEADER, 'a@b.org,Ada "Countess" L')).rows[0].name == 'Ada "Countess" L'


def test_too_many_columns() -> None:
    assert told(text_of("email," + "," * 2000, "x")) == [
        "None too-long: the roster has 2,002 columns, at most 2,000 | "
    ]
