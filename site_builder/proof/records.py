"""Recorded proofs, as they are read: a published proof is data (DESIGN 3).

Signing writes award id, key, ``created`` and proof value to ``proofs/<year>/<batch>.jsonl``. A later build
attaches a recorded proof instead of signing again, so that it needs no retired key, and a stranger without
any key gets the same bytes. This module is pure: bytes in, records out; ``publishing.records`` writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.problems import Problem
from site_builder.proof.strict_json import JsonRefused, parse

STATUS_PATH = "proofs/status.jsonl"


@dataclass(frozen=True, slots=True)
class Record:
    """One proof that was made: of what (an award id or a status list's number), by which key, when."""

    subject: str
    key: str
    created: str
    proof_value: str
    path: str = field(compare=False)
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Records:
    """Every recorded proof, by award id and by status list number."""

    awards: Mapping[str, Record]
    lists: Mapping[str, Record]


def record_path(award_path: str) -> str:
    """Return where the proofs of an award file are recorded.

    >>> record_path("issued/2026/spring.yaml")
    'proofs/2026/spring.jsonl'
    """
    _, _, batch = award_path.partition("/")
    return f"proofs/{batch.removesuffix('.yaml')}.jsonl"


def read_records(files: Mapping[str, bytes]) -> tuple[Records, list[Problem]]:
    """Read every file below ``proofs/``; an unreadable line, or a second proof of one award, is a problem."""
    awards: dict[str, Record] = {}
    lists: dict[str, Record] = {}
    problems: list[Problem] = []
    for path, raw in sorted(files.items()):
        into, subject = (lists, "list") if path == STATUS_PATH else (awards, "award")
        for record in records_in(path, raw):
            if isinstance(record, Problem):
                problems.append(record)
            elif record.subject in into:
                first = into[record.subject]
                message = (
                    f"{subject} {record.subject} has a recorded proof already, in {first.path}:{first.line}"
                )
                problems.append(
                    Problem(path=path, line=record.line, code="bad-proof-record", message=message)
                )
            else:
                into[record.subject] = record
    return Records(awards, lists), problems


def records_in(path: str, raw: bytes) -> Iterator[Record | Problem]:
    """Yield what each line of one file below ``proofs/`` holds: a record, or the problem that it is none."""
    subject = "list" if path == STATUS_PATH else "award"
    for line, text in enumerate(raw.splitlines(), start=1):
        yield _record(path, line, text, subject)


def _record(path: str, line: int, text: bytes, subject: str) -> Record | Problem:
    fields = {subject, "key", "created", "proofValue"}
    try:
        data = parse(text)
    except JsonRefused:
        data = None
    if (
        not isinstance(data, dict)
        or set(data) != fields
        or not all(isinstance(v, str) for v in data.values())
    ):
        message = f"this line is not a recorded proof: expected {', '.join(sorted(fields))}, all text"
        hint = "the press writes these files; take the line from git history again"
        return Problem(path=path, line=line, code="bad-proof-record", message=message, hint=hint)
    return Record(data[subject], data["key"], data["created"], data["proofValue"], path, line)
