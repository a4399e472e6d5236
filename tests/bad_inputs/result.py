"""What came of a case, and what every kind of run is held to."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.bad_inputs import rules
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.decisions import as_decided, decision_for
from tests.bad_inputs.press import Run


@dataclass
class Result:
    """What came of a case: ``skipped`` says why it was not run, ``unchecked`` what nobody could look for."""

    case: Case
    faults: list[str] = field(default_factory=list)
    skipped: str = ""
    decided: str = ""
    unchecked: list[str] = field(default_factory=list)
    runs: int = 0
    seconds: float = 0.0

    @property
    def word(self) -> str:
        """The result in a word."""
        if self.skipped:
            return "skipped"
        return "missed" if self.faults else "passed"

    def note(self, run: Run, seconds: float, exits: frozenset[int] = rules.EXITS) -> None:
        """Count a run, and hold it to what holds for every case."""
        self.runs += 1
        self.faults += rules.broken(run, seconds, exits)


def expected(case: Case) -> Case:
    """Return the case with what we expect of it, where that was decided otherwise."""
    decision = decision_for(case)
    return as_decided(case, decision) if decision else case
