"""What a verifier says of one badge: five answers in words, and the state that follows (DESIGN 6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from site_builder.problems import printable

QUESTIONS = ("authentic", "current", "notRevoked", "stack", "issuerKnown")
"""The keys of the five answers, in the order in which they are told."""


class State(StrEnum):
    """What the answers come to. Only ``valid`` is good news; ``unknown`` is never taken for it."""

    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a fixed word for machines, a sentence for people, and the facts behind it.

    ``detail`` is technical and optional: key id, list address, dates, hashes; every value is text.
    """

    value: str
    reason: str
    detail: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON; text of strangers is made printable."""
        facts = {key: printable(value) for key, value in self.detail.items()}
        return {"value": self.value, "reason": printable(self.reason), **({"detail": facts} if facts else {})}


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is said of one badge. ``id`` and ``issuer`` are what it claims, until ``authentic`` is yes.

    ``path`` is where it was read: relative to the site folder, a file's name, or an address.
    """

    path: str
    id: str
    issuer: str
    state: State
    summary: str
    answers: Mapping[str, Answer]

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as ``badgepress verify --json`` prints it."""
        return {
            "path": printable(self.path),
            "id": printable(self.id),
            "issuer": printable(self.issuer),
            "state": self.state.value,
            "summary": printable(self.summary),
            "answers": {question: self.answers[question].to_json() for question in QUESTIONS},
        }

    def to_text(self) -> str:
        """Return the verdict as one line of JSON."""
        return json.dumps(self.to_json(), ensure_ascii=False)


def state_of(answers: Mapping[str, Answer]) -> State:
    """Return the state that five answers come to; anything not known to be good is not ``valid``.

    Order: an altered badge says nothing else; what cannot be known comes before what depends on it; revoked
    goes over expired, expired over not yet valid. A badge known to be revoked is so with any stack.
    """
    authentic, current = answers["authentic"].value, answers["current"].value
    revoked, stack = answers["notRevoked"].value, answers["stack"].value
    if authentic == "not-authentic":
        return State.INVALID
    if authentic not in ("authentic", "matches-copy") or revoked not in ("yes", "no"):
        return State.UNKNOWN
    if revoked == "no":
        return State.REVOKED
    if stack not in ("complete", "not-a-stack"):
        return State.UNKNOWN
    by_date = {"yes": State.VALID, "expired": State.EXPIRED, "not-yet-valid": State.NOT_YET_VALID}
    return by_date.get(current, State.UNKNOWN)
