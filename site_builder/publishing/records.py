"""Recorded proofs, as they are written: records in, bytes out (DESIGN 3). ``proof.records`` reads them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from site_builder.proof.records import STATUS_PATH, Record, Records, read_records, record_path

__all__ = [
    "STATUS_PATH",
    "Record",
    "Records",
    "by_path",
    "read_records",
    "record_path",
    "without_records",
    "write_records",
]


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
