"""What is wrong in a file that will never be written, told where it came from: an option, or a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.importers.row import Roster, RosterRow
from site_builder.importers.table import Faults
from site_builder.problems import Problem
from site_builder.registrar.cohorts import award_and_field, field_at
from site_builder.registrar.terms import column_of
from site_builder.text.fault import Fault

ASKED = "ID"
"""Stands in place of a path where what was asked for is wrong as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where the values of one new award file come from: ``options`` by field, ``rows`` by award."""

    options: Mapping[str, str]
    roster: Roster | None = None
    rows: Sequence[RosterRow] = ()

    def told(self, problem: Problem, raw: bytes) -> Problem:
        """Return a problem of the file, whose text is ``raw``, at the row or the option that it came from."""
        index, name = award_and_field(problem.field or field_at(raw, problem.line or 1))
        if self.roster is None or index is None or name not in {*self.roster.columns, "email"}:
            return replace(problem, path=self.options.get(name, ASKED), line=None, field="")
        faults = Faults(self.roster.path)
        fault = Fault(problem.code, problem.message, problem.hint, problem.severity)
        faults.cell(self.rows[index].line, column_of(self.roster, name), fault)
        return faults.problems[0]
