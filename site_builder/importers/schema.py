"""The Table Schema of a class list (roster.schema.json), and what frictionless finds against it.

Everything stays in memory: rows and schema are given to frictionless as values, and no message of its own is
shown, because they repeat cells, which hold names and addresses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from site_builder.importers.record import Record
from site_builder.problems import shown
from site_builder.text.fault import Fault

_POSITION = re.compile(r"at position (\d+)$")
_QUOTABLE = re.compile(r"[0-9+\-./,: %]{1,20}")
_DATE = ("bad-date", "must be a date", "write dates as 2024-04-03")
_YEARS = ("bad-date", "must be a date of the years 1990 to 2199", "write dates as 2024-04-03")
_SCORE = ("bad-number", "must be a number from 0 to 100", "write the score in percent, such as 84.5")
_TELLING: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("email", "required"): ("missing-field", "is empty", "fill in the learner's address, or delete the row"),
    ("email", "pattern"): ("bad-email", "is not an e-mail address", "write it as name@example.org"),
    ("email", "maxLength"): (
        "bad-email",
        "is too long for an e-mail address",
        "write it as name@example.org",
    ),
    ("credential", "pattern"): ("bad-id", "must be the id of a credential", "such as data-literacy"),
    ("issued_on", "type"): _DATE,
    ("issued_on", "minimum"): _YEARS,
    ("issued_on", "maximum"): _YEARS,
    ("expires", "type"): _DATE,
    ("expires", "minimum"): _YEARS,
    ("expires", "maximum"): _YEARS,
    ("score", "type"): _SCORE,
    ("score", "minimum"): _SCORE,
    ("score", "maximum"): _SCORE,
    ("level", "enum"): (
        "bad-choice",
        "must be foundational, intermediate or advanced",
        "leave it empty for the credential's own level",
    ),
    ("holder", "pattern"): (
        "bad-format",
        "must be a DID such as did:key:z6Mk..., without a path or a fragment",
        "the learner's wallet shows it; leave it empty if there is none",
    ),
    ("evidence_url", "pattern"): ("bad-url", "must be a web address that starts with https://", ""),
}
_CONSTRAINT = re.compile(r'constraint "(\w+)"')


@cache
def descriptor() -> Mapping[str, Any]:
    """Return the Table Schema of a class list (Frictionless Table Schema 1.0, in the words of version 2)."""
    text = files("site_builder.importers").joinpath("roster.schema.json").read_text(encoding="utf-8")
    known: Mapping[str, Any] = json.loads(text)
    return known


def schema_faults(records: Sequence[Record]) -> Iterator[tuple[Record, str, Fault]]:
    """Yield each fault of each record against the schema, with its field, all rows in one run."""
    if not records:
        return
    from frictionless import Resource, Schema  # slow to import, and few commands read a list

    names = [field["name"] for field in descriptor()["fields"]]
    rows = [[record.values.get(name, "") for name in names] for record in records]
    resource = Resource(data=[names, *rows], schema=Schema.from_descriptor(dict(descriptor())))
    report = resource.validate(limit_errors=len(records) * (len(names) + 2) * 4)
    if report.errors:
        raise RuntimeError(f"the schema of class lists cannot be used: {report.errors[0].type}")
    for error in report.tasks[0].errors:
        details = error.to_dict()
        record = records[details["rowNumber"] - 2]
        field = details.get("fieldName", "email")
        yield record, field, _fault(details, record, field, records)


def _fault(details: Mapping[str, Any], record: Record, field: str, records: Sequence[Record]) -> Fault:
    if details["type"] == "primary-key" and (earlier := _POSITION.search(details["note"])):
        line = records[int(earlier.group(1)) - 2].line
        hint = "delete one of the two rows: a learner gets one award"
        return Fault("duplicate-entry", f"has the same e-mail address as row {line}", hint)
    rule = "type" if details["type"] == "type-error" else "required"
    if details["type"] == "constraint-error" and (named := _CONSTRAINT.search(details["note"])):
        rule = named.group(1)
    if rule == "maxLength" and (field, rule) not in _TELLING:
        limit = next(
            known["constraints"]["maxLength"] for known in descriptor()["fields"] if known["name"] == field
        )
        found = len(record.values[field])
        return Fault("too-long", f"is too long ({found:,} characters, at most {limit:,})", "shorten it")
    code, message, hint = _TELLING[field, rule]
    return Fault(code, message + _found(record.cells.get(field, "")), hint)


def _found(cell: str) -> str:
    """Return what stands there, only where it is digits: in a row that slipped it could be anybody's name."""
    return f", not {shown(cell, 24)}" if _QUOTABLE.fullmatch(cell.strip()) else ""
