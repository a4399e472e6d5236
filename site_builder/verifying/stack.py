"""The fourth answer: whether everything is there that a badge is built on (VC Data Model 2.0, 5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from site_builder.proof.multibase import is_digest
from site_builder.verifying.verdict import Answer, Verdict

MAX_PARTS = 100

Fault = tuple[str, str]
"""``incomplete`` or ``unknown``, and the sentence that says why."""

NOT_AUTHENTIC = ("incomplete", "a badge that it is built on is not authentic")
REVOKED = ("incomplete", "a badge that it is built on was revoked")
INCOMPLETE = ("incomplete", "a badge that it is built on is itself incomplete")
DOUBTFUL = ("unknown", "we cannot say whether a badge that it is built on still stands")
TOO_EARLY = ("incomplete", "a badge that it is built on does not count yet")
STANDINGS: tuple[Fault | None, ...] = (None, NOT_AUTHENTIC, REVOKED, INCOMPLETE, DOUBTFUL, TOO_EARLY)
"""How a part may stand in itself; None is in force."""

_NO_STACK = Answer("not-a-stack", "it is not built on other badges")


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of a badge that others are built on: it does not depend on who asks.

    ``digest`` is the SHA-256 of its hosted bytes, ``id`` the name it gives itself. It is built on ``size``
    others, at most ``height`` deep; ``fault`` is None where it is in force.
    """

    digest: bytes
    id: str
    fault: Fault | None
    height: int = 0
    size: int = 0


Judge = Callable[[str], Part]
"""Given a part's address, returns what is to be said of it; or raises PartMissing."""


class PartMissing(Exception):  # noqa: N818 -- it says what happened
    """A part could not be looked at; the text says why."""


def part_of(raw: bytes, verdict: Verdict, height: int = 0, size: int = 0) -> Part:
    """Return a judged badge as a part; ``height`` and ``size`` tell of what stands below it."""
    return Part(sha256(raw).digest(), verdict.id, _standing(verdict), height, size)


def stack(document: Mapping[str, Any], judge: Judge) -> Answer:
    """Return whether the verified ``document`` has all its parts: bytes as pinned, authentic, standing.

    A part that has expired since still counts: it stood when the stack was awarded. ``incomplete`` goes over
    ``unknown``: what is known to be wrong is told first.
    """
    if "relatedResource" not in document:
        return _NO_STACK
    found = document["relatedResource"]
    parts = found if isinstance(found, list) else [found]
    if not 0 < len(parts) <= MAX_PARTS:
        return Answer("unknown", f"it is built on more than {MAX_PARTS} badges")
    faults = [fault for part in parts if (fault := _fault(part, judge))]
    detail = dict(_addresses(parts))
    for value in ("incomplete", "unknown"):
        for kind, reason in faults:
            if kind == value:
                return Answer(value, reason, detail)
    number = len(parts)
    told = "the one badge" if number == 1 else f"all {number} badges"
    return Answer(
        "complete", f"{told} that it is built on {'is' if number == 1 else 'are'} there and in force", detail
    )


def _addresses(parts: list[Any]) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(parts, start=1):
        if isinstance(part, dict):
            yield f"part{number}", str(part.get("id"))


def _fault(part: object, judge: Judge) -> Fault | None:
    """Return the fault of one part; None if it is good."""
    url = part.get("id") if isinstance(part, dict) else None
    digest = part.get("digestMultibase") if isinstance(part, dict) else None
    if not isinstance(url, str) or not isinstance(digest, str):
        return "unknown", "it does not pin one of the badges that it is built on"
    try:
        found = judge(url)
    except PartMissing as reason:
        return "unknown", f"a badge that it is built on cannot be looked at: {reason}"
    if not is_digest(found.digest, digest):
        return "incomplete", "a badge that it is built on is not the one that was signed for"
    if found.id != url:
        return "incomplete", "a badge that it is built on stands at another's address"
    return found.fault


def _standing(verdict: Verdict) -> Fault | None:
    """Return what is wrong with a part in itself: the first that is so is told."""
    answers = {question: answer.value for question, answer in verdict.answers.items()}
    if answers["authentic"] == "not-authentic":
        return NOT_AUTHENTIC
    if answers["notRevoked"] == "no":
        return REVOKED
    if answers["stack"] == "incomplete":
        return INCOMPLETE
    if "unknown" in (answers["authentic"], answers["notRevoked"], answers["stack"]):
        return DOUBTFUL
    if answers["current"] == "not-yet-valid":
        return TOO_EARLY
    return None
