"""Excel workbooks (.xlsx, ECMA-376) as a table: the first sheet, with the values its formulas last had."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from site_builder.importers.table import MOST_COLUMNS, MOST_ROWS, Faults, Table, TableRow
from site_builder.text.fault import Fault

_LARGEST_CONTENT = 128 * 1024 * 1024
"""What all parts of a workbook may hold when unpacked; 10,000 learners need about 5 MB."""
_MOST_PARTS = 2_000
_HEADER_WITHIN = 200
_LAST_ROW = 1_048_576
"""The last row that Excel has; a file may claim more."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AGAIN = "open it in a spreadsheet program and save it again as .xlsx, or as CSV (UTF-8)"


def is_workbook(raw: bytes) -> bool:
    """Return True where the bytes are a zip or an OLE container, as files of spreadsheets are."""
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_workbook(faults: Faults, raw: bytes) -> Table | None:
    """Return the first sheet as a table; None, with problems noted, if it cannot be read."""
    if raw.startswith(_OLE):
        _refuse_ole(faults, raw)
        return None
    try:
        if not _is_spreadsheet(faults, raw):
            return None
        with warnings.catch_warnings():  # openpyxl warns of styles and extensions that are no concern here
            warnings.simplefilter("ignore")
            return _first_sheet(faults, raw)
    except Exception:  # noqa: BLE001 - zipfile, zlib, XML parsers and openpyxl raise anything over a damaged file
        faults.file("not-a-table", "the workbook is damaged and cannot be read", _AGAIN)
        return None


def _refuse_ole(faults: Faults, raw: bytes) -> None:
    if _ENCRYPTED in raw:
        hint = "save a copy without the password, outside the repository"
        faults.file("not-a-table", "the workbook is protected by a password", hint)
    else:
        faults.file(
            "not-a-table", "the roster is an old Excel file (.xls)", "save it as .xlsx, or as CSV (UTF-8)"
        )


def _is_spreadsheet(faults: Faults, raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        infos = parts.infolist()
        names = {info.filename for info in infos}
        size = sum(info.file_size for info in infos)
    if size > _LARGEST_CONTENT or len(infos) > _MOST_PARTS:
        hint = "copy the list alone into a new workbook, or save it as CSV (UTF-8)"
        faults.file("file-too-large", "the workbook is too large when unpacked", hint)
        return False
    if "xl/workbook.xml" in names:
        return True
    what = "an OpenDocument or another packed file" if "content.xml" in names else "a packed file"
    faults.file(
        "not-a-table", f"the roster is {what}, not an Excel workbook", "save it as .xlsx, or as CSV (UTF-8)"
    )
    return False


def _first_sheet(faults: Faults, raw: bytes) -> Table | None:
    with _sheet(raw, values=True) as sheet:
        header_line, header = _header(sheet)
        if not header:
            faults.file("empty-file", "the first sheet is empty", "put the list on the first sheet")
            return None
        if len(header) > MOST_COLUMNS:
            faults.file("too-long", f"the roster has {len(header):,} columns, at most {MOST_COLUMNS:,}")
            return None
        rows = [
            TableRow(line, cells)
            for line, cells in islice(_rows(sheet, header_line + 1, len(header)), MOST_ROWS + 1)
            if any(cell.strip() for cell in cells)
        ]
    if len(rows) > MOST_ROWS:
        message = f"the roster has more than {MOST_ROWS:,} rows"
        faults.file("file-too-large", message, "divide it into several files")
    _refuse_uncalculated(faults, raw, header_line, header, rows)
    return Table(header, tuple(rows), "Excel")


@contextmanager
def _sheet(raw: bytes, *, values: bool) -> Iterator[Any]:
    """Open the first sheet; ``values`` chooses what formulas last gave, else the formulas themselves."""
    from openpyxl import load_workbook  # slow to import, and most lists are CSV

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=values, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        yield sheet
    finally:
        book.close()


def _header(sheet: Any) -> tuple[int, tuple[str, ...]]:
    """Return the first row that holds anything, without the empty cells at its end."""
    for line, cells in _rows(sheet, 1, None, last=_HEADER_WITHIN):
        width = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
        if width:
            return line, tuple(cell.strip() for cell in cells[:width])
    return 0, ()


def _rows(
    sheet: Any, first: int, width: int | None, last: int = _LAST_ROW
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield number and cells of each row that is filled."""
    rows = sheet.iter_rows(min_row=first, max_row=last, max_col=width)
    for line, cells in enumerate(rows, first):
        if any(cell.value is not None for cell in cells):
            yield line, tuple(_text(cell) for cell in cells)


def _refuse_uncalculated(
    faults: Faults, raw: bytes, header_line: int, header: tuple[str, ...], rows: list[TableRow]
) -> None:
    """Note formulas without a value: a program wrote them, and no spreadsheet has calculated them yet."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        sheets = [
            name for name in parts.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
        ]
        if not any(b"<f>" in (content := parts.read(name)) or b"<f " in content for name in sheets):
            return
    values = {row.line: row.cells for row in rows}
    hint = "open the workbook in a spreadsheet program and save it, or put the value in the cell"
    with _sheet(raw, values=False) as sheet:
        for line, cells in _rows(sheet, header_line + 1, len(header)):
            for place, formula in enumerate(cells):
                if formula.startswith("=") and line in values and not values[line][place]:
                    faults.cell(
                        line, header[place], Fault("bad-value", "has a formula without a value", hint)
                    )


def _text(cell: Any) -> str:
    """Return a cell as a person would type it: ``12345``, ``84%``, ``2024-04-03``."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, "%" in str(cell.number_format))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float, percent: bool) -> str:
    """Return a number without the noise of binary fractions: Excel keeps 15 digits."""
    number = Decimal(f"{value:.15g}")
    plain = f"{(number * 100 if percent else number).normalize():f}"
    return plain + "%" if percent else plain
