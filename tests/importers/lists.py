"""Class lists for the tests of the importers, and what is told of them. All people are made up."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from site_builder.importers.rosters import Roster, read_sound_rows

HEADER = "email,name"
ADA = "ada@example.org,Ada Lovelace"


def text_of(*lines: str) -> bytes:
    """Return the lines as a UTF-8 file."""
    return "".join(line + "\n" for line in lines).encode()


def workbook_of(*rows: Sequence[object], formats: Mapping[str, str] | None = None) -> bytes:
    """Return the rows as an Excel workbook; ``formats`` are number formats by cell."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(raw: bytes, columns: Mapping[str, Sequence[str]] | None = None, **options: Any) -> Roster:
    """Return the roster in ``raw``, which must have no fault."""
    roster, problems = read_sound_rows("list.csv", raw, columns, **options)
    assert problems == []
    assert roster is not None
    return roster


def told(raw: bytes, columns: Mapping[str, Sequence[str]] | None = None, **options: Any) -> list[str]:
    """Return what is told of a list that has a mistake: ``line code: message | hint``."""
    roster, problems = read_sound_rows("list.csv", raw, columns, **options)
    wrong = {problem.line for problem in problems if problem.is_error}
    assert wrong
    assert not wrong & {row.line for row in (roster.rows if roster else ())}
    assert all(problem.path == "list.csv" for problem in problems)
    return [f"{p.line} {p.code}: {p.message} | {p.hint}" for p in problems]


def scores(roster: Roster) -> dict[str, float | None]:
    """Return the score of each address."""
    return {row.email: row.score for row in roster.rows}


def left_out(roster: Roster) -> list[tuple[int, str]]:
    """Return the rows that were left out, and why."""
    return [(row.line, row.why) for row in roster.left_out]
