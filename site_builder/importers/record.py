"""What a system's importer makes of a table, before the schema judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from site_builder.importers.headers import Layout
from site_builder.importers.row import LeftOut, System
from site_builder.importers.table import TableRow


@dataclass(frozen=True, slots=True)
class Record:
    """One learner: ``values`` in the words of the schema, ``cells`` as they stand in the file, by field."""

    line: int
    values: Mapping[str, str] = field(repr=False)
    cells: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """The records of a list, and which rows are none."""

    system: System
    layout: Layout
    records: Sequence[Record]
    left_out: Sequence[LeftOut] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller said of the list."""

    columns: Mapping[str, Sequence[str]]
    email_domain: str = ""
    out_of: Decimal | None = None


def cells_of(row: TableRow, layout: Layout) -> dict[str, str]:
    """Return the cells of the fields that the list has."""
    return {name: row.cells[column.index] for name, column in layout.items()}
