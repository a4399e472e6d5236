"""Recorded proofs: a published proof is data (DESIGN 3).

Signing writes award id, key, ``created`` and proof value to ``proofs/<year>/<batch>.jsonl``. A later build
attaches a recorded proof instead of signing again, so that it needs no retired key, and a stranger without
any key gets the same bytes. This module is pure: bytes in, records out, and back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

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
    path = PurePosixPath(award_path)
    return str(PurePosixPath("proofs", *path.parts[1:]).with_suffix(".jsonl"))


def read_records(files: Mapping[str, bytes]) -> tuple[Records, list[Problem]]:
    """Read every file below ``proofs/``; an unreadable line, or a second proof of one award, is a problem."""
    awards: dict[str, Record] = {}
    lists: dict[str, Record] = {}
    problems: list[Problem] = []
    for path, raw in sorted(files.items()):
        into, subject = (lists, "list") if path == STATUS_PATH else (awards, "award")
        for line, text in enumerate(raw.splitlines(), start=1):
            record = _record(path, line, text, subject)
            if isinstance(record, Problem):
                problems.append(record)
            elif record.subject in into:
                first = into[record.subject]
                message = (
                    f"{subject} {record.subject} has a recorded proof already, in {first.path}:{first.line}"
                )
                problems.append(Problem(path=path, line=line, code="bad-proof-record", message=message))
            else:
                into[record.subject] = record
    return Records(awards, lists), problems


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


def write_records(records: Iterable[Record], subject: str = "award") -> bytes:
    """Return the file that holds ``records``, in the order of their subjects, one JSON object a line."""

    def order(record: Record) -> tuple[int, str]:
        return len(record.subject) if subject == "list" else 0, record.subject

    return "".join(_line(record, subject) for record in sorted(records, key=order)).encode()


def _line(record: Record, subject: str) -> str:
    data = {
        subject: record.subject,
        "key": record.key,
        "created": record.created,
        "proofValue": record.proof_value,
    }
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": ")) + "\n"


def without_records(gone: Iterable[Record], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that change: without the lines of these records, all other lines as they were.

    A file that is left without a line comes back empty.
    """
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for record in gone:
        lines[record.path].add(record.line)
    return {path: _without_lines(files[path], numbers) for path, numbers in lines.items()}


def _without_lines(raw: bytes, numbers: set[int]) -> bytes:
    lines = enumerate(raw.splitlines(keepends=True), start=1)
    return b"".join(line for number, line in lines if number not in numbers)


def by_path(records: Iterable[Record]) -> Iterator[tuple[str, list[Record]]]:
    """Yield each file's path and its records, by path."""
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record.path, []).append(record)
    yield from sorted(grouped.items())
