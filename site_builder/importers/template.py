"""Lists in our own form, or in one like it: a column per field, in many languages."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.identity.values import normalised
from site_builder.importers.cells import date_text, percent_text, trimmed
from site_builder.importers.headers import Layout, fields_for, layout_of
from site_builder.importers.record import Reading, Record, Wanted, cells_of
from site_builder.importers.table import Faults, Table, TableRow

_DATES = ("issued_on", "expires")
_PLAIN = ("credential", "holder", "evidence_name", "evidence_url", "evidence_narrative", "evidence_genre")


def recognises(table: Table) -> bool:
    """Return True: any table with a column of e-mail addresses is read this way."""
    return bool(table.header)


def read(faults: Faults, table: Table, wanted: Wanted) -> Reading:
    """Return a record for each row."""
    layout = layout_of(faults, table, wanted.columns, fields_for(table))
    refuse_without_email(faults, table, layout)
    records = [_record(row, cells_of(row, layout), wanted) for row in table.rows]
    return Reading("template", layout, records)


def _record(row: TableRow, cells: Mapping[str, str], wanted: Wanted) -> Record:
    values = plain_values(cells)
    if "score" in cells:
        values["score"] = percent_text(cells["score"], wanted.out_of)
    return Record(row.line, values, cells)


def refuse_without_email(faults: Faults, table: Table, layout: Layout) -> None:
    """Note that no column holds e-mail addresses. The header is not repeated: it may be a learner's row."""
    if "email" in layout:
        return
    hint = "call the column email, or add its name under roster_columns, email, in mkdocs.yml"
    if any("@" in header for header in table.header):
        hint = "the first row must be the names of the columns, such as email,name,score"
    faults.file("missing-column", "no column holds e-mail addresses", hint)


def plain_values(cells: Mapping[str, str]) -> dict[str, str]:
    """Return all values but the score, which each system writes in its own way."""
    values = {field: trimmed(cells[field]) for field in _PLAIN if field in cells}
    values |= {field: date_text(cells[field]) for field in _DATES if field in cells}
    values["email"] = normalised("email", trimmed(cells.get("email", "")))
    values["name"] = normalised("name", _name(cells))
    if "level" in cells:
        values["level"] = trimmed(cells["level"]).lower()
    return values


def _name(cells: Mapping[str, str]) -> str:
    parts = (trimmed(cells.get("first_name", "")), trimmed(cells.get("last_name", "")))
    return trimmed(cells.get("name", "")) or " ".join(part for part in parts if part)
