"""Excel workbooks: what people's spreadsheets hold, and what hostile ones do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.importers.lists import read, told, workbook_of

HEADER = ["email", "name", "issued_on", "score"]
CSV = "save it as .xlsx, or as CSV (UTF-8)"
DAMAGED = (
    "None not-a-table: the workbook is damaged and cannot be read"
    " | open it in a spreadsheet program and save it again as .xlsx, or as CSV (UTF-8)"
)


def _changed(raw: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def _packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def test_cells_are_read_as_people_see_them() -> None:
    raw = workbook_of(
        HEADER,
        ["ada@example.org", "Ada", date(2026, 4, 3), 84.5],
        [],
        ["bob@example.org", 12345.0, datetime(2026, 4, 3, 14, 30), 0.84],
        ["eve@example.org", True, "2026-04-03", 28.999999999999996],
        formats={"D4": "0.00%"},
    )
    roster = read(raw)
    assert roster.encoding == "Excel"
    assert [(row.line, row.name, row.score) for row in roster.rows] == [
        (2, "Ada", 84.5),
        (4, "12345", 84.0),
        (5, "TRUE", 29.0),
    ]
    assert {row.issued_on for row in roster.rows} == {date(2026, 4, 3)}


def test_only_the_first_sheet_and_named_columns_are_read() -> None:
    raw = workbook_of([], ["", "email", "", None], ["x", "ada@example.org", "y", "z", "far", "out"])
    assert [(row.line, row.email) for row in read(raw).rows] == [(3, "ada@example.org")]


def test_faults_name_row_and_column() -> None:
    raw = workbook_of(HEADER, ["ada@example.org", "Ada", "03/04/2026", 101], ["bob", "-Bob", None, None])
    assert [line.partition(":")[0] + line.partition("column")[2][:8] for line in told(raw)] == [
        '2 bad-date "issued',
        '2 bad-number "score"',
        '3 bad-email "email"',
        '3 csv-injection "name":',
    ]


def test_a_formula_counts_with_the_value_it_had() -> None:
    raw = workbook_of(["email", "score"], ["ada@example.org", "=40+2"])
    assert told(raw) == [
        '2 bad-value: row 2, column "score": has a formula without a value'
        " | open the workbook in a spreadsheet program and save it, or put the value in the cell"
    ]
    calculated = _changed(
        raw, lambda _, part: part.replace(b"<v></v>", b"<v>42</v>").replace(b"<v />", b"<v>42</v>")
    )
    assert read(calculated).rows[0].score == 42.0


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (workbook_of([]), "None empty-file: the first sheet is empty | put the list on the first sheet"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            f"None not-a-table: the roster is an old Excel file (.xls) | {CSV}",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "None not-a-table: the workbook is protected by a password"
            " | save a copy without the password, outside the repository",
        ),
        (
            _packed(
                **{"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
            ),
            "None not-a-table: the roster is an OpenDocument or another packed file, not an Excel workbook"
            f" | {CSV}",
        ),
        (_packed(x=b"y"), f"None not-a-table: the roster is a packed file, not an Excel workbook | {CSV}"),
        (_packed(**{"xl/workbook.xml": b"<workbook/>"}), DAMAGED),
        (b"PK\x03\x04 and no more", DAMAGED),
    ],
)
def test_what_cannot_be_read_is_told(raw: bytes, expected: str) -> None:
    assert told(raw) == [expected]


def test_a_bomb_is_not_unpacked() -> None:
    raw = _packed(**{"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": b""})
    out = io.BytesIO(raw)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as bomb,
        bomb.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(129):
            part.write(bytes(1024 * 1024))
    assert told(out.getvalue()) == [
        "None file-too-large: the workbook is too large when unpacked"
        " | copy the list alone into a new workbook, or save it as CSV (UTF-8)"
    ]


def test_entities_are_refused() -> None:
    doctype = b'<!DOCTYPE x [<!ENTITY e "ada@example.org">]><worksheet '

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"<worksheet ", doctype, 1) if name.endswith("sheet1.xml") else part

    assert told(_changed(workbook_of(HEADER, ["ada@example.org"]), change)) == [DAMAGED]
