"""Award files as the registrar's tools write them, by templates: a hundred thousand awards take seconds.

``tests/bench`` makes the same files by the tools themselves, and compares the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.editing.scalars import scalar

_SCHEMA = "# yaml-language-server: $schema=../../docs/schemas/award.json"
Piece = dict[str, str]
"""One piece of evidence: name, narrative, genre and url, of which only the name must be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What holds for all awards of a file."""

    credential: str
    version: str
    issued_on: date
    assessed_by: str
    roster_key: str
    evidence: Sequence[Piece] = ()


@dataclass(slots=True, kw_only=True)
class Entry:
    """One award; the commitments are 64 hexadecimal digits each, and empty where there is none."""

    id: str
    learner: str
    email: str
    name: str
    status_index: int
    holder: str | None = None
    level: str | None = None
    score: float | None = None
    evidence: Sequence[Piece] = ()
    parts: Sequence[str] = ()
    renews: str | None = None
    expires: date | None = None
    is_listed: bool = False
    revoked: tuple[date, str] | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is left of an award that was erased."""

    id: str
    status_index: int
    date: date


def file_text(head: Head, entries: Iterable[Entry], erased: Sequence[Mark] = ()) -> str:
    """Return the text of an award file, a blank line between awards."""
    text = (
        f"{_SCHEMA}\ncredential: {scalar(head.credential)}\nversion: {scalar(head.version)}\n"
        f"issued_on: {head.issued_on}\nassessed_by: {scalar(head.assessed_by)}\n"
        f"roster_key: {scalar(head.roster_key)}\n{_evidence(head.evidence, '')}awards:\n"
    )
    marks = "".join(
        f"  - id: {mark.id}\n    status_index: {mark.status_index}\n    date: {mark.date}\n"
        for mark in erased
    )
    return text + "\n".join(map(_entry, entries)) + (f"\nerased:\n{marks}" if marks else "")


def _entry(award: Entry) -> str:
    # A pseudonym that begins with a digit could be taken for a number, so the tools quote it.
    learner = award.learner if award.learner[0] > "9" else f'"{award.learner}"'
    text = (
        f"  - id: {award.id}\n    learner: {learner}\n    commitments:\n      email: sha256${award.email}\n"
        + (f"      name: sha256${award.name}\n" if award.name else "")
        + (f'    holder: "{award.holder}"\n' if award.holder else "")
        + f"    status_index: {award.status_index}\n"
    )
    if award.level or award.score is not None:
        text += "    results:\n"
        text += f"      level: {award.level}\n" if award.level else ""
        text += f"      score: {scalar(award.score)}\n" if award.score is not None else ""
    if award.evidence:
        text += _evidence(award.evidence, "    ")
    if award.parts:
        text += "    parts:\n" + "".join([f"      - {part}\n" for part in award.parts])
    return text + _later(award)


def _later(award: Entry) -> str:
    """Return the fields that few awards have."""
    text = f"    renews: {award.renews}\n" if award.renews else ""
    text += f"    expires: {award.expires}\n" if award.expires else ""
    text += "    listing: listed\n" if award.is_listed else ""
    if award.revoked:
        day, reason = award.revoked
        text += f"    revoked:\n      date: {day}\n      reason: {scalar(reason)}\n"
    return text + (f"    replaced_by: {award.replaced_by}\n" if award.replaced_by else "")


def _evidence(pieces: Sequence[Piece], pad: str) -> str:
    """Return the evidence of a file or of an award, ``pad`` in."""
    if not pieces:
        return ""
    lines = [f"{pad}evidence:\n"]
    for piece in pieces:
        first = f"{pad}  - "
        for name, words in piece.items():
            lines.append(f"{first}{name}: {scalar(words)}\n")
            first = f"{pad}    "
    return "".join(lines)
