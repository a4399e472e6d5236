"""Text with separators (RFC 4180, and what spreadsheets make of it) as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.importers.table import MOST_COLUMNS, MOST_ROWS, Faults, Table, TableRow
from site_builder.text.fault import Fault

SEPARATORS = ("\t", ";", ",")
_SEP_LINE = re.compile(r"sep=([,;\t])(?:\r\n|\n|\r|\Z)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED_PARTS = re.compile(r'"[^"]*+(?:"|\Z)')
_UNCLOSED = Fault(
    "csv-shape",
    "has a quoted cell that is not closed",
    'write " at the end of the cell, and "" for a quote inside it',
)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]
    closed: bool


def read_delimited(faults: Faults, text: str, encoding: str) -> Table | None:
    """Return the table without the rows that do not fit its header, which are noted; None without a header.

    The first row that holds anything is the header. A row is blank where all of its cells are, whatever
    their number. After a quote that is not closed, reading goes on with the next line of the file.
    """
    told = _SEP_LINE.match(text)  # Excel writes and hides this line, so it is not counted
    separator = told.group(1) if told else separator_of(text)
    lines = _lines(text[told.end() :] if told else text, separator)
    filled = (line for line in lines if not line.closed or any(cell.strip() for cell in line.cells))
    header = next(filled, None)
    if header is None:
        faults.file(
            "empty-file", "the roster is empty", "it needs a row of column names and a row per learner"
        )
        return None
    if not _fits(faults, header, len(header.cells)):
        return None
    if len(header.cells) > MOST_COLUMNS:
        faults.file("too-long", f"the roster has {len(header.cells):,} columns, at most {MOST_COLUMNS:,}")
        return None
    return _table(faults, header, filled, encoding)


def _table(faults: Faults, header: _Line, lines: Iterator[_Line], encoding: str) -> Table:
    rows: list[TableRow] = []
    for line in lines:
        if len(rows) == MOST_ROWS:
            message = f"the roster has more than {MOST_ROWS:,} rows"
            faults.file("file-too-large", message, "divide it into several files")
            break
        if _fits(faults, line, len(header.cells)):
            rows.append(TableRow(line.number, line.cells[: len(header.cells)]))
    return Table(tuple(cell.strip() for cell in header.cells), tuple(rows), encoding)


def _fits(faults: Faults, line: _Line, width: int) -> bool:
    if not line.closed:
        faults.row(line.number, _UNCLOSED)
        return False
    if any("\0" in cell for cell in line.cells):
        hint = "the file is damaged, or is not text; export it again"
        faults.row(line.number, Fault("bad-character", "has a control character (U+0000)", hint))
        return False
    found = len(line.cells)
    # Canvas writes its row of posting policies too long where a course has grades but shows no totals.
    is_padding = found > width and not any(cell.strip() for cell in (line.cells[0], *line.cells[width:]))
    if found == width or is_padding:
        return True
    hint = (
        "put a cell that holds the separator in double quotes"
        if found > width
        else "fill in the missing cells"
    )
    cells = f"{found} cell" if found == 1 else f"{found} cells"
    faults.row(line.number, Fault("csv-shape", f"has {cells}, the header has {width}", hint))
    return False


def separator_of(text: str) -> str:
    """Return the separator that is most frequent in the first row, outside quotes.

    Where two are, commas may belong to the texts, so another comes first. Without any it is a comma.
    """
    plain = _QUOTED_PARTS.sub("", text[:100_000]).lstrip("\r\n")
    first = _LINE_END.split(plain, maxsplit=1)[0]
    likely = max(SEPARATORS, key=first.count)
    return likely if likely in first else ","


def _lines(text: str, separator: str) -> Iterator[_Line]:
    """Yield the rows; a blank line is a row with one empty cell."""
    sep = re.escape(separator)
    quoted = re.compile(rf' *"([^"]*+(?:""[^"]*+)*)" *(?=[{sep}\r\n]|\Z)')
    plain = re.compile(rf"[^{sep}\r\n]*+")
    at, number = 0, 0
    while at < len(text):
        number += 1
        cells: list[str] = []
        closed = True
        while True:
            if inside := quoted.match(text, at):
                cells.append(inside.group(1).replace('""', '"'))
                at = inside.end()
            elif match := plain.match(text, at):
                cells.append(match.group())
                closed = closed and not match.group().lstrip(" ").startswith('"')
                at = match.end()
            if text[at : at + 1] != separator:
                break
            at += 1
        if end := _LINE_END.match(text, at):
            at = end.end()
        yield _Line(number, tuple(cells), closed)
