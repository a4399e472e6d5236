"""Which encoding a list is in."""

from __future__ import annotations

import pytest

from tests.importers.lists import read, told

TEXT = "email,name\r\nzoe@example.org,Zoë Noël\r\n"
HINT = "save it as CSV (UTF-8) or as an Excel workbook (.xlsx)"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings_are_told_apart(codec: str, encoding: str) -> None:
    roster = read(TEXT.encode(codec))
    assert (roster.encoding, roster.rows[0].name, roster.rows[0].email) == (
        encoding,
        "Zoë Noël",
        "zoe@example.org",
    )


def test_arabic_without_a_mark_is_still_utf_16() -> None:
    text = "البريد الإلكتروني;الاسم\nada@example.org;آدا\n"
    assert read(text.encode("utf-16-le")).rows[0].name == "آدا"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "empty-file: the roster is empty | it needs a row of column names and a row per learner"),
        (
            b"\xef\xbb\xbf \r\n",
            "empty-file: the roster is empty | it needs a row of column names and a row per learner",
        ),
        (
            TEXT.encode() + b"a@b.org,Andr\xe9",
            "not-utf8: the roster is UTF-8, but damaged: byte 0xE9 at line 3 does not belong there"
            " | type that character again and save the file as UTF-8",
        ),
        (
            b"email,name\na@b.org,\x81",
            f"not-utf8: the roster must be UTF-8, UTF-16 or Windows-1252, and is none of them | {HINT}",
        ),
        (b"\xff\xfea\0b", f"not-utf8: the roster looks like UTF-16, but it is cut off or damaged | {HINT}"),
        (b"%PDF-1.7", f"not-a-table: the roster is a PDF file, not a table | {HINT}"),
        (b"\n<html>", f"not-a-table: the roster is a web page or XML file, not a table | {HINT}"),
    ],
)
def test_what_cannot_be_read_is_told(raw: bytes, expected: str) -> None:
    assert told(raw) == [f"None {expected}"]
