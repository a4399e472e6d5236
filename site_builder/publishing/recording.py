"""New proofs beside those that were recorded before: lines are added, none is ever altered or lost. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from site_builder.problems import Problem
from site_builder.proof.records import records_in
from site_builder.publishing.records import Record, write_records
from site_builder.text.ids import file_name_fault

STATUS_FILE = "status.jsonl"
"""The file of the status lists' proofs, as it is called below ``proofs/``."""
_PATH = re.compile(r"[0-9]{4}/(?:([^/]+)/)?([^/]+\.jsonl)|status\.jsonl")


def is_proof_file(path: str) -> bool:
    """Return True for the path, below ``proofs/``, of a file that the press writes there."""
    found = _PATH.fullmatch(path)
    return found is not None and not any(name and file_name_fault(name) for name in found.groups())


def merged(standing: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files that change, by their path below ``proofs/``, and what is wrong with the new lines.

    A proof that is recorded already stays as it is; another one of the same award is a problem, wherever it
    stands. A status list's proof takes the place of an earlier one.
    """
    problems: list[Problem] = []
    known = {record.subject: record for path, raw in standing.items() for record in _awards(path, raw)}
    changed: dict[str, bytes] = {}
    for path, raw in sorted(new.items()):
        if not is_proof_file(path):
            message = "this is no file of proofs: expected <year>/<award file>.jsonl or status.jsonl"
            problems.append(Problem(path=path, code="bad-proof-record", message=message))
            continue
        found, told = _with_new(path, standing.get(path, b""), raw, known)
        problems += told
        if found != standing.get(path):
            changed[path] = found
    return changed, problems


def _with_new(
    path: str, standing: bytes, raw: bytes, known: dict[str, Record]
) -> tuple[bytes, list[Problem]]:
    """Return a file with the new lines in it, and what is wrong with these or with the file itself."""
    before, problems = _read(path, standing)
    lines, told = _read(path, raw)
    problems += told
    is_status = path == STATUS_FILE
    records = {record.subject: record for record in before}
    for record in lines:
        other = records.get(record.subject) if is_status else known.get(record.subject)
        fault = _fault(record, other, is_status=is_status)
        if fault:
            problems.append(Problem(path=path, line=record.line, code="bad-proof-record", message=fault))
        elif other is None or is_status:
            records[record.subject] = record
            known[record.subject] = record
    return write_records(records.values(), "list" if is_status else "award"), problems


def _fault(record: Record, other: Record | None, *, is_status: bool) -> str:
    """Return what is wrong with a new record beside the one that stands; empty where nothing is."""
    if other is None or record == other:
        return ""
    if not is_status:
        return f"award {record.subject} has another recorded proof, in {other.path}:{other.line}"
    if record.created < other.created:
        return f"the recorded proof of list {record.subject} is of {other.created}, which is later"
    return ""


def _read(path: str, raw: bytes) -> tuple[list[Record], list[Problem]]:
    found = list(records_in(_full(path), raw))
    records = [one for one in found if isinstance(one, Record)]
    return records, [one for one in found if isinstance(one, Problem)]


def _awards(path: str, raw: bytes) -> Iterator[Record]:
    if path != STATUS_FILE:
        yield from _read(path, raw)[0]


def _full(path: str) -> str:
    """Return the path as the repository has it, by which award proofs and lists' proofs are told apart."""
    return f"proofs/{path}"
