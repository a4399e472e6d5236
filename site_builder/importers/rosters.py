"""Class lists: the bytes of a file in, learners in one form out, or every fault by row and column.

A new system is a module with ``recognises`` and ``read``, and one word in ``_SYSTEMS``.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from site_builder.importers import canvas, moodle, template
from site_builder.importers.decoding import decoded
from site_builder.importers.delimited import read_delimited
from site_builder.importers.record import Reading, Record, Wanted
from site_builder.importers.row import LeftOut, Roster, RosterRow, RowEvidence, System
from site_builder.importers.rules import faults_in, untitled_evidence
from site_builder.importers.schema import schema_faults
from site_builder.importers.table import LARGEST_FILE, Faults, Table
from site_builder.importers.workbook import is_workbook, read_workbook
from site_builder.models.credential import Level
from site_builder.problems import Problem, in_order
from site_builder.text.dates import parse_date
from site_builder.text.fault import Fault

__all__ = ["LeftOut", "Roster", "RosterRow", "RowEvidence", "System", "read_sound_rows"]

_SYSTEMS = (canvas, moodle, template)
"""In the order in which they are asked; the last takes any table."""


def read_sound_rows(
    path: str,
    raw: bytes,
    columns: Mapping[str, Sequence[str]] | None = None,
    *,
    email_domain: str = "",
    out_of: float | None = None,
) -> tuple[Roster | None, list[Problem]]:
    """Return the class list in ``raw`` without the rows that have mistakes, and every mistake and warning.

    So who looks further can tell what is wrong with the others in the same run. None where the table as a
    whole cannot be read.

    ``path`` is only named in problems; their ``line`` is the row as a spreadsheet numbers it and their
    ``field`` the column's name in the file. ``columns`` adds names of columns to ours, by field
    (``ROSTER_FIELDS``), and goes before them. ``email_domain`` completes logins to addresses. ``out_of`` is
    the highest possible number of points, where scores are points; ValueError if it is not more than 0.
    """
    if out_of is not None and not 0 < out_of < float("inf"):
        raise ValueError("out_of must be more than 0")
    faults = Faults(path)
    table = _table(faults, raw)
    if table is None:
        return None, in_order(faults.problems)
    scale = None if out_of is None else Decimal(repr(out_of))
    wanted = Wanted(columns or {}, email_domain, scale)
    system = next(system for system in _SYSTEMS if system.recognises(table))
    reading = system.read(faults, table, wanted)
    if not table.rows and not faults.problems:
        hint = "it needs a row per learner below the names of the columns"
        faults.file("empty-file", "the roster has no rows below its header", hint)
    _judge(faults, reading)
    problems = in_order(faults.problems)
    wrong = {problem.line for problem in problems if problem.is_error}
    return None if None in wrong else _roster(path, table, reading, wrong), problems


def _table(faults: Faults, raw: bytes) -> Table | None:
    if len(raw) > LARGEST_FILE:
        message = f"the roster is too large ({len(raw):,} bytes, at most {LARGEST_FILE:,})"
        faults.file("file-too-large", message, "divide it into several files")
        return None
    if is_workbook(raw):
        return read_workbook(faults, raw)
    text = decoded(faults, raw)
    return None if text is None else read_delimited(faults, *text)


def _judge(faults: Faults, reading: Reading) -> None:
    """Note what is wrong with the records: one fault for each cell, and none for a column that is missing."""
    told: set[tuple[int, str]] = set()

    def tell(record: Record, field: str, fault: Fault) -> None:
        column = _column(reading, record, field)
        if column and (record.line, column) not in told:
            told.add((record.line, column))
            faults.cell(record.line, column, fault)

    for record in reading.records:
        for field, fault in faults_in(record):
            tell(record, field, fault)
    for record, field, fault in schema_faults(reading.records):
        tell(record, field, fault)
    for record in reading.records:
        for field, fault in untitled_evidence(record):
            tell(record, field, fault)


def _column(reading: Reading, record: Record, field: str) -> str:
    """Return what the file calls a field; of a name in two columns, the one that holds more of it."""
    if field == "name" and "name" not in reading.layout:
        parts = [part for part in ("first_name", "last_name") if part in reading.layout]
        field = max(parts, key=lambda part: len(record.cells[part]), default=field)
    return reading.layout[field].header if field in reading.layout else ""


def _roster(path: str, table: Table, reading: Reading, wrong: Container[int | None]) -> Roster:
    return Roster(
        path=path,
        system=reading.system,
        rows=tuple(_row(r, "score" in reading.layout) for r in reading.records if r.line not in wrong),
        left_out=tuple(reading.left_out),
        encoding=table.encoding,
        columns={field: column.header for field, column in reading.layout.items()},
        unread=_unread(table, reading),
    )


def _unread(table: Table, reading: Reading) -> tuple[str, ...]:
    taken = {column.index for column in reading.layout.values()}
    return tuple(name for index, name in enumerate(table.header) if index not in taken and name.strip())


def _row(record: Record, has_score: bool) -> RosterRow:
    values = {field: value for field, value in record.values.items() if value}
    return RosterRow(
        line=record.line,
        email=values["email"],
        name=values.get("name"),
        credential=values.get("credential"),
        issued_on=_day(values, "issued_on"),
        score=float(values["score"]) if "score" in values else None,
        has_score=has_score,
        level=cast("Level | None", values.get("level")),
        holder=values.get("holder"),
        evidence=_evidence(values),
        expires=_day(values, "expires"),
    )


def _day(values: Mapping[str, str], field: str) -> date | None:
    return parse_date(values[field]) if field in values else None


def _evidence(values: Mapping[str, str]) -> RowEvidence | None:
    if "evidence_name" not in values:
        return None
    narrative = values.get("evidence_narrative", "").replace("\r\n", "\n") or None
    return RowEvidence(
        values["evidence_name"], values.get("evidence_url"), narrative, values.get("evidence_genre")
    )
