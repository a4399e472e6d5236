"""Where this project decided otherwise than the corpus; ``docs/decisions/0001-strict-yaml.md`` says why.

A decision is a rule about what a case does, so that it speaks of cases nobody here has seen, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.bad_inputs.corpus import Case

_OLD_BOOLEANS = frozenset({"y", "yes", "n", "no", "on", "off"})


@dataclass(frozen=True)
class Decision:
    """Which cases are decided otherwise, what is expected of them instead, and why."""

    concerns: Callable[[Case], bool]
    outcome: str
    reason: str


def _old_boolean_as_text(case: Case) -> bool:
    is_refused_as_boolean = (case.expect.outcome, case.expect.problem) == ("reject", "wrong-type")
    return case.is_raw and is_refused_as_boolean and case.payload.lower() in _OLD_BOOLEANS


DECISIONS = (
    Decision(
        _old_boolean_as_text,
        "accept",
        "YAML 1.2: the plain words yes, no, on and off are text, and are kept as text",
    ),
)


def decision_for(case: Case) -> Decision | None:
    """Return the decision about a case, or None where the corpus' word stands."""
    return next((decision for decision in DECISIONS if decision.concerns(case)), None)


def as_decided(case: Case, decision: Decision) -> Case:
    """Return the case with what we expect of it."""
    return replace(case, expect=replace(case.expect, outcome=decision.outcome, problem="none", line=None))
