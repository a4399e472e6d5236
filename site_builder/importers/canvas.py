"""Gradebook exports of Canvas (gradebook_exporter.rb of canvas-lms; Canvas does not translate its headers).

Below the header may stand a row of ``Manual Posting`` marks, then the row ``Points Possible``; the test
student of the course comes last. There is no column of e-mail addresses, but logins often are some.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from site_builder.importers.cells import is_no_result, is_number, number_text, percent_text, trimmed
from site_builder.importers.headers import Column, Layout, columns_named, fields_for, folded, layout_of, names
from site_builder.importers.record import Reading, Record, Wanted, cells_of
from site_builder.importers.row import LeftOut
from site_builder.importers.table import Faults, Table, TableRow, quoted
from site_builder.importers.template import plain_values

_SUFFIX = re.compile(r"(?:[js]n?r\.?|junior|senior|ii|iii|iv|v|vi|esq\.?|esquire)", re.IGNORECASE)
_SCORE = re.compile(r"\b(?:current|final|override) score(?: \(.*\))?$", re.IGNORECASE)
"""Totals, of the course or of a group of assignments: they are in percent."""
_OF_PERIOD = re.compile(r"(?P<total>(?:final|override) score) \(.*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Gradebook:
    layout: Layout
    points: Mapping[int, Decimal]
    """The points possible of each column that has some."""


def recognises(table: Table) -> bool:
    """Return True where the columns are those that every gradebook of Canvas has."""
    found = {folded(header) for header in table.header}
    return {"sisloginid", "section"} <= found and ("student" in found or {"lastname", "firstname"} <= found)


def read(faults: Faults, table: Table, wanted: Wanted) -> Reading:
    """Return a record for each learner with a final score; rows that are no learner are left out.

    The score is ``Override Score`` where a teacher filled that in, else ``Final Score``, unless ``columns``
    names another; a score in points is taken out of the points possible. A score of 100 is full marks.
    """
    canvas: Mapping[str, list[str]] = names()["canvas"]
    ours = {**fields_for(table), **canvas}
    found = layout_of(faults, _without_periods(table), wanted.columns, ours)
    layout = {field: Column(column.index, table.header[column.index]) for field, column in found.items()}
    if columns_named(table, wanted.columns.get("score", ())):
        layout.pop("override", None)
    book = _Gradebook(layout, _points(table, layout))
    records, left_out = [], []
    for row in table.rows:
        why = _why_left_out(row, book)
        if why:
            left_out.append(LeftOut(row.line, why))
        else:
            records.append(_record(row, book, wanted))
    if "email" not in layout and _logins_are_addresses(faults, layout, records):
        layout["email"] = layout["login"]
    return Reading("canvas", layout, records, left_out)


def _without_periods(table: Table) -> Table:
    """Return the table with ``Final Score (Autumn)`` called ``Final Score``: one export has one period."""
    header = tuple(match["total"] if (match := _OF_PERIOD.fullmatch(name)) else name for name in table.header)
    return Table(header, table.rows, table.encoding)


def _points(table: Table, layout: Layout) -> dict[int, Decimal]:
    row = next((row for row in table.rows if _is_points_row(row, layout)), None)
    texts = () if row is None else (number_text(cell) for cell in row.cells)
    numbers = {index: Decimal(text) for index, text in enumerate(texts) if is_number(text)}
    return {index: number for index, number in numbers.items() if number > 0}


def _is_points_row(row: TableRow, layout: Layout) -> bool:
    columns = (layout[field] for field in ("name", "last_name") if field in layout)
    return any(folded(row.cells[column.index]) == "pointspossible" for column in columns)


def _why_left_out(row: TableRow, book: _Gradebook) -> str:
    cells = cells_of(row, book.layout)
    if _is_points_row(row, book.layout):
        return "is Canvas's row of points possible"
    if not any(
        cells.get(field, "").strip() for field in ("name", "first_name", "last_name", "login", "email")
    ):
        return "is Canvas's row of posting policies"
    if folded(_name(cells)) in ("teststudent", "studenttest"):
        return "is Canvas's test student"
    if "score" in cells and _score_field(cells) is None:
        return "has no final score"
    return ""


def _score_field(cells: Mapping[str, str]) -> str | None:
    """Return which of the two scores counts for this learner."""
    filled = (field for field in ("override", "score") if field in cells and not is_no_result(cells[field]))
    return next(filled, None)


def _record(row: TableRow, book: _Gradebook, wanted: Wanted) -> Record:
    cells = cells_of(row, book.layout)
    values = plain_values({**cells, "name": _name(cells), "email": _email(cells, wanted)})
    field = _score_field(cells)
    if "score" in cells and field is not None:
        values["score"] = percent_text(cells[field], _scale(book, book.layout[field], wanted))
    if "email" not in cells:
        cells["email"] = cells.get("login", "")
    return Record(row.line, values, cells)


def _scale(book: _Gradebook, column: Column, wanted: Wanted) -> Decimal | None:
    if _SCORE.search(column.header):
        return None
    return wanted.out_of or book.points.get(column.index)


def _name(cells: Mapping[str, str]) -> str:
    """Return a name in reading order: ``Lovelace, Ada`` is Ada Lovelace, ``Ito, Jo, Jr.`` is Jo Ito, Jr."""
    given, family = trimmed(cells.get("first_name", "")), trimmed(cells.get("last_name", ""))
    sortable = trimmed(cells.get("name", ""))
    if not sortable:
        return f"{given} {family}".strip()
    *rest, last = [part.strip() for part in sortable.split(",")]
    if not rest:
        return last
    if len(rest) > 1 and _SUFFIX.fullmatch(last):
        return f"{' '.join(rest[1:])} {rest[0]}, {last}"
    return f"{last} {', '.join(rest)}".strip()


def _email(cells: Mapping[str, str], wanted: Wanted) -> str:
    if cells.get("email"):
        return cells["email"]
    login = trimmed(cells.get("login", ""))
    domain = wanted.email_domain.strip().removeprefix("@")
    return f"{login}@{domain}" if login and domain and "@" not in login else login


def _logins_are_addresses(faults: Faults, layout: Layout, records: Sequence[Record]) -> bool:
    """Note, once for the list, that no login is an address; a few that are none are told by row."""
    if not records or any("@" in record.values["email"] for record in records):
        return True
    hint = (
        "say the domain of the addresses with --email-domain, or add a column of addresses and name it "
        "under roster_columns, email, in mkdocs.yml"
    )
    message = f"the column {quoted(layout['login'].header)} holds logins, not e-mail addresses"
    faults.file("missing-column", message, hint)
    return False
