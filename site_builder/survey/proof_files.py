"""One proof file as a summary: whose proofs it has, and by which keys. The records stay on disk."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass

from site_builder.problems import Problem
from site_builder.proof.records import records_in
from site_builder.survey.columns import packed
from site_builder.survey.entries import Unreadable

_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class ProofSummary:
    """A proof file without a fault of its own: 16 bytes a record for its award, each award once.

    ``keys`` has each key as it is recorded, the line of its first record, and how many there are.
    """

    subjects: bytes
    keys: tuple[tuple[str, int, int], ...]


def is_award_id(text: str) -> bool:
    """Return True for a text of the form of award ids, so that it has 16 bytes."""
    return _UUID.fullmatch(text) is not None


def summary_of(path: str, raw: bytes) -> ProofSummary | None:
    """Return the summary of a proof file; None where a line is wrong, or of no award that could be."""
    subjects: list[str] = []
    keys: dict[str, tuple[int, int]] = {}
    for record in records_in(path, raw):
        if isinstance(record, Problem) or not is_award_id(record.subject):
            return None
        subjects.append(record.subject)
        line, count = keys.get(record.key, (record.line, 0))
        keys[record.key] = line, count + 1
    if len(set(subjects)) < len(subjects):
        return None
    return ProofSummary(packed("".join(subjects)), tuple((key, *found) for key, found in keys.items()))


def written(summary: ProofSummary) -> bytes:
    """Return a summary as the bytes that ``read`` takes."""
    data = {"subjects": base64.b64encode(summary.subjects).decode(), "keys": summary.keys}
    return json.dumps(data, separators=(",", ":")).encode()


def read(raw: bytes) -> ProofSummary:
    """Return the summary that ``written`` made; raises ``Unreadable`` for anything else."""
    try:
        data = json.loads(raw)
        subjects = base64.b64decode(data["subjects"], validate=True)
        keys = tuple((str(key), int(line), int(count)) for key, line, count in data["keys"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    if len(subjects) % 16 or sum(count for _, _, count in keys) != len(subjects) // 16:
        raise Unreadable("not as many keys as proofs")
    return ProofSummary(subjects, keys)
