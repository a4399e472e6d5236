"""The fourth answer: whether everything is there that a badge is built on (VC Data Model 2.0, 5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from site_builder.proof.multibase import check_digest
from site_builder.verifying.verdict import Answer, Verdict

MAX_PARTS = 100

Judge = Callable[[str], tuple[bytes, Verdict]]
"""Given a part's address, returns its hosted bytes and what is said of them; or raises PartMissing."""


class PartMissing(Exception):  # noqa: N818 -- it says what happened
    """A part could not be looked at; the text says why."""


def stack(document: Mapping[str, Any], judge: Judge) -> Answer:
    """Return whether the verified ``document`` has all its parts: bytes as pinned, authentic, standing.

    A part that has expired since still counts: it stood when the stack was awarded. ``incomplete`` goes over
    ``unknown``: what is known to be wrong is told first.
    """
    if "relatedResource" not in document:
        return Answer("not-a-stack", "it is not built on other badges")
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


def _fault(part: object, judge: Judge) -> tuple[str, str] | None:
    """Return the fault of one part, ``incomplete`` or ``unknown``, with its sentence; None if it is good."""
    url = part.get("id") if isinstance(part, dict) else None
    digest = part.get("digestMultibase") if isinstance(part, dict) else None
    if not isinstance(url, str) or not isinstance(digest, str):
        return "unknown", "it does not pin one of the badges that it is built on"
    try:
        raw, verdict = judge(url)
    except PartMissing as reason:
        return "unknown", f"a badge that it is built on cannot be looked at: {reason}"
    if not check_digest(raw, digest):
        return "incomplete", "a badge that it is built on is not the one that was signed for"
    if verdict.id != url:
        return "incomplete", "a badge that it is built on stands at another's address"
    return _standing(verdict)


def _standing(verdict: Verdict) -> tuple[str, str] | None:
    answers = {question: answer.value for question, answer in verdict.answers.items()}
    if answers["authentic"] == "not-authentic":
        return "incomplete", "a badge that it is built on is not authentic"
    if answers["notRevoked"] == "no":
        return "incomplete", "a badge that it is built on was revoked"
    if answers["stack"] == "incomplete":
        return "incomplete", "a badge that it is built on is itself incomplete"
    if "unknown" in (answers["authentic"], answers["notRevoked"], answers["stack"]):
        return "unknown", "we cannot say whether a badge that it is built on still stands"
    if answers["current"] == "not-yet-valid":
        return "incomplete", "a badge that it is built on does not count yet"
    return None
