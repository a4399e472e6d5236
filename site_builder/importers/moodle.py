"""Grade exports of Moodle (gradeexport_txt, gradeexport_xls; any language it is translated to).

Headers of grades are ``<item> (<display type>)``; the course total is one of the items. Display types are
``Real`` (points), ``Percentage`` and ``Letter``, and several may be exported at once. Which one a column
holds is seen in its cells, because a percentage always carries its sign: words differ in every language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from site_builder.importers.cells import is_no_result, is_number, is_percent, number_text, percent_text
from site_builder.importers.headers import Column, columns_named, fields_for, folded, layout_of, names
from site_builder.importers.record import Reading, Record, Wanted, cells_of
from site_builder.importers.row import LeftOut
from site_builder.importers.table import Faults, Table, quoted
from site_builder.importers.template import plain_values, refuse_without_email

Kind = Literal["percent", "points", "letters", "empty"]
_ITEM = re.compile(r"(?P<item>.*?)\s*(?:\((?P<kind>[^()]*)\))?", re.DOTALL)
_BEST: tuple[Kind, ...] = ("percent", "points", "letters", "empty")


def recognises(table: Table) -> bool:
    """Return True where a column is the course total, or the one in which Moodle says when it exported."""
    return bool(_totals(table) or columns_named(table, names()["moodle"]["downloaded"]))


def read(faults: Faults, table: Table, wanted: Wanted) -> Reading:
    """Return a record for each learner with a grade; those without one are left out.

    The score is the course total, as a percentage where the list has that. A total in points needs
    ``out_of``, and a total in letters cannot be read: both are noted.
    """
    totals = _totals(table)
    layout = dict(layout_of(faults, table, wanted.columns, {**fields_for(table), "score": ()}))
    candidates = [layout["score"]] if "score" in layout else totals
    score = _best(faults, table, candidates, wanted)
    records, left_out = [], []
    layout.pop("score", None)
    if score is not None:
        layout["score"] = score
    refuse_without_email(faults, table, layout)
    scale = wanted.out_of if score is not None and _kind(table, score) == "points" else None
    for row in table.rows:
        cells = cells_of(row, layout)
        if score is not None and is_no_result(cells["score"]):
            left_out.append(LeftOut(row.line, "has no grade"))
            continue
        values = plain_values(cells)
        if score is not None:
            values["score"] = percent_text(cells["score"], scale)
        records.append(Record(row.line, values, cells))
    return Reading("moodle", layout, records, left_out)


def _totals(table: Table) -> list[Column]:
    known = {folded(name) for name in names()["moodle"]["total"]}
    return [
        Column(index, header)
        for index, header in enumerate(table.header)
        if folded(_parts(header)[0]) in known
    ]


def _parts(header: str) -> tuple[str, str]:
    """Return item and display type of a header: ``("Course total", "Percentage")``."""
    match = _ITEM.fullmatch(header.strip())
    return (match["item"], match["kind"] or "") if match else (header, "")


def _best(faults: Faults, table: Table, candidates: Sequence[Column], wanted: Wanted) -> Column | None:
    """Return the column to take the score from; None where there is none or it cannot be read."""
    for kind in _BEST:
        found = [column for column in candidates if _kind(table, column) == kind]
        if not found:
            continue
        if len(found) > 1:
            headers = " and ".join(quoted(column.header) for column in found)
            hint = "delete one of them, or name the one to read under roster_columns, score, in mkdocs.yml"
            faults.file("duplicate-column", f"the columns {headers} both hold the score", hint)
        if kind == "points" and wanted.out_of is None:
            hint = "say the highest possible number with --out-of, or export the course total as a percentage"
            message = f"the column {quoted(found[0].header)} holds points, and nothing says out of how many"
            faults.file("missing-scale", message, hint)
            return None
        if kind == "letters":
            hint = "export the course total as a percentage, or delete the column if no score is needed"
            message = f"the column {quoted(found[0].header)} holds letters, not a score"
            faults.file("missing-scale", message, hint)
            return None
        return found[0]
    return None


def _kind(table: Table, column: Column) -> Kind:
    """Return what a column of grades holds, by its cells; by its header where none says more."""
    cells = [cell for row in table.rows if not is_no_result(cell := row.cells[column.index])]
    if any(is_percent(cell) for cell in cells):
        return "percent"
    if folded(_parts(column.header)[1]) in {folded(word) for word in names()["moodle"]["percentage"]}:
        return "percent"
    if not cells:
        return "empty"
    return "points" if any(is_number(number_text(cell)) for cell in cells) else "letters"
