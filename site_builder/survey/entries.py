"""What the store keeps of an award file that was found right: its columns, and what that rested on.

An entry is a line of JSON of known shape, and below it the columns one after another, as they are in memory:
a thousand entries are read in every run. One that is of another shape or from a machine that has its numbers
otherwise, or whose columns do not fit one another, is no entry: the file is judged again.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from site_builder.models.award import MAX_AWARDS
from site_builder.models.credential import LEVELS
from site_builder.problems import Problem, Severity
from site_builder.survey.columns import ID, Columns

_BYTES = ("ids", "learners", "commitments", "states", "holders", "targets", "erased")
_NUMBERS = {"indexes": "Q", "expires": "I", "linking": "I"}
_FORM = " ".join(array(code, [1]).tobytes().hex() for code in _NUMBERS.values())
"""How numbers are written here."""


class Unreadable(ValueError):  # noqa: N818 - it says what happened
    """These bytes are no entry of this kind."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file without errors: its columns and its warnings, and what must hold for that to be so still.

    It was judged by the spec whose bytes have the digest ``spec``; it speaks of no day after ``latest`` as
    past; the names of ``excused`` are titles of the repository, and would otherwise be taken for people's.
    """

    columns: Columns
    spec: str
    latest: date
    excused: frozenset[str]
    warnings: tuple[Problem, ...]


def written(entry: Entry) -> bytes:
    """Return an entry as the bytes that ``read`` takes."""
    columns = entry.columns
    packed: list[bytes] = [getattr(columns, name) for name in _BYTES]
    packed += [getattr(columns, name).tobytes() for name in _NUMBERS]
    data = {
        "form": _FORM,
        "lengths": [len(column) for column in packed],
        "credential": columns.credential,
        "version": columns.version,
        "issued_on": columns.issued_on.isoformat(),
        "erased_on": [day.isoformat() for day in columns.erased_on],
        "levels": {str(index): level for index, level in columns.levels.items()},
        "spec": entry.spec,
        "latest": entry.latest.isoformat(),
        "excused": sorted(entry.excused),
        "warnings": [asdict(warning) for warning in entry.warnings],
    }
    return b"".join([json.dumps(data, separators=(",", ":")).encode(), b"\n", *packed])


def read(raw: bytes) -> Entry:
    """Return the entry that ``written`` made; raises ``Unreadable`` for anything else."""
    try:
        head, _, below = raw.partition(b"\n")
        data = json.loads(head)
        columns = _columns(data, below)
        entry = Entry(
            columns=columns,
            spec=_text(data["spec"]),
            latest=date.fromisoformat(data["latest"]),
            excused=frozenset(_text(name) for name in data["excused"]),
            warnings=tuple(_warning(fields) for fields in data["warnings"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    _refuse_unfit(columns)
    return entry


def _columns(data: Mapping[str, Any], below: bytes) -> Columns:
    return Columns(
        credential=_text(data["credential"]),
        version=_text(data["version"]),
        issued_on=date.fromisoformat(data["issued_on"]),
        erased_on=tuple(date.fromisoformat(day) for day in data["erased_on"]),
        levels={int(index): LEVELS[LEVELS.index(level)] for index, level in data["levels"].items()},
        **_unpacked(data, below),
    )


def _unpacked(data: Mapping[str, Any], below: bytes) -> dict[str, Any]:
    lengths = data["lengths"]
    if data["form"] != _FORM or min(lengths) < 0 or sum(lengths) != len(below):
        raise ValueError("no columns of this form")
    found: dict[str, Any] = {}
    start = 0
    for name, length in zip((*_BYTES, *_NUMBERS), lengths, strict=True):
        column = below[start : start + length]
        found[name] = array(_NUMBERS[name], column) if name in _NUMBERS else column
        start += length
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _warning(fields: Mapping[str, Any]) -> Problem:
    warning = Problem(**{**fields, "severity": Severity(fields["severity"])})
    texts = (warning.path, warning.code, warning.message, warning.hint, warning.field)
    if warning.is_error or not all(isinstance(text, str) for text in texts):
        raise TypeError("no warning")
    if not (warning.line is None or isinstance(warning.line, int)):
        raise TypeError("no line")
    return warning


def _refuse_unfit(columns: Columns) -> None:
    """Raise ``Unreadable`` where the columns are not of one file: some are longer or shorter than others."""
    count, erased = columns.awards, len(columns.erased_on)
    fits = (
        count <= MAX_AWARDS
        and len(columns.ids) == len(columns.learners) == ID * count
        and len(columns.erased) == ID * erased
        and len(columns.indexes) == count + erased
        and 8 * count <= len(columns.commitments) <= 16 * count
        and len(columns.commitments) % 8 == 0
        and len(columns.holders) in (0, 8 * count)
        and len(columns.expires) in (0, count)
        and max(columns.expires, default=0) <= date.max.toordinal()
        and len(columns.targets) == ID * len(columns.linking)
        and list(columns.linking) == sorted(columns.linking)
        and max(columns.linking, default=-1) < 3 * count
        and all(0 <= index < count for index in columns.levels)
    )
    if not fits:
        raise Unreadable("the columns do not fit one another")
