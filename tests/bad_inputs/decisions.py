"""Where this project decided otherwise than the corpus; the notes in ``docs/decisions`` say why.

A decision is a rule about what a case does, so that it speaks of cases nobody here has seen, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.bad_inputs.corpus import Case

_OLD_BOOLEANS = frozenset({"y", "yes", "n", "no", "on", "off"})


@dataclass(frozen=True)
class Decision:
    """Which cases are decided otherwise, what is expected of them instead, why, and which note says so.

    ``problem`` is what a refusal must be about, where one is still right.
    """

    concerns: Callable[[Case], bool]
    outcome: str
    reason: str
    note: str
    problem: str = "none"


def _old_boolean_as_text(case: Case) -> bool:
    is_refused_as_boolean = (case.expect.outcome, case.expect.problem) == ("reject", "wrong-type")
    return case.is_raw and is_refused_as_boolean and case.payload.lower() in _OLD_BOOLEANS


def _roster_in_another_encoding(case: Case) -> bool:
    is_roster = case.given.get("stage") == "roster-import"
    return is_roster and (case.expect.outcome, case.expect.problem) == ("reject", "not-utf8")


def _name_with_consent(case: Case) -> bool:
    op = case.given.get("op", {})
    is_name = str(op.get("role", "")).endswith("recipient.name") and bool(op.get("consent"))
    return is_name and case.expect.outcome == "accept"


DECISIONS = (
    Decision(
        _old_boolean_as_text,
        "accept",
        "YAML 1.2: the plain words yes, no, on and off are text, and are kept as text",
        "0001-strict-yaml",
    ),
    Decision(
        _roster_in_another_encoding,
        "accept-or-reject",
        "class lists in UTF-16 and Windows-1252 are told apart and read; what is damaged is refused",
        "0012-rosters",
        "not-utf8",
    ),
    Decision(
        _name_with_consent,
        "reject",
        "no name stands in the repository, with consent or without: the holder's link shows it",
        "0011-names",
        "bad-format",
    ),
)


def decision_for(case: Case) -> Decision | None:
    """Return the decision about a case, or None where the corpus' word stands."""
    return next((decision for decision in DECISIONS if decision.concerns(case)), None)


def as_decided(case: Case, decision: Decision) -> Case:
    """Return the case with what we expect of it."""
    return replace(
        case, expect=replace(case.expect, outcome=decision.outcome, problem=decision.problem, line=None)
    )
