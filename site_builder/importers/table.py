"""A table as it stands in a file: a header, and rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.problems import Problem, printable
from site_builder.text.fault import Fault

LARGEST_FILE = 16 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 2_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; ``line`` counts from 1, blank rows too, and a cell with line breaks is in one row."""

    line: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """The header and the rows below it that hold anything; all rows are as wide as the header."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    encoding: str


@dataclass(slots=True)
class Faults:
    """The problems of one file, gathered while it is read. No message repeats who a row is about."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def file(self, code: str, message: str, hint: str = "") -> None:
        """Note what is wrong with the file as a whole."""
        self.problems.append(Problem(path=self.path, code=code, message=message, hint=hint))

    def row(self, line: int, fault: Fault) -> None:
        """Note what is wrong with a row: ``row 2 has 3 cells, the header has 4``."""
        self._add(line, "", f"row {line} {fault.message}", fault)

    def cell(self, line: int, column: str, fault: Fault) -> None:
        """Note what is wrong with a cell: ``row 12, column "E-mail": is not an e-mail address``."""
        self._add(line, column, f"row {line}, column {quoted(column)}: {fault.message}", fault)

    def _add(self, line: int, column: str, message: str, fault: Fault) -> None:
        self.problems.append(
            Problem(
                path=self.path,
                line=line,
                field=column,
                code=fault.code,
                message=message,
                hint=fault.hint,
                severity=fault.severity,
            )
        )


def quoted(column: str) -> str:
    """Return a column's header as messages show it."""
    return '"' + printable(column, 60).replace('"', "”") + '"'
