"""What no table schema can say of a cell: characters, formulas, addresses, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.importers.cells import trimmed
from site_builder.importers.record import Record
from site_builder.text.addresses import address_fault
from site_builder.text.characters import character_fault
from site_builder.text.fault import Fault
from site_builder.text.markdown import markdown_fault

_PERSON = ("email", "login", "name", "first_name", "last_name")
"""What comes out again in tables for mail merge, where a spreadsheet would run a formula (OWASP)."""
_FORMULA = {"=": "=", "+": "+", "-": "-", "@": "@", "\t": "a tab", "\r": "a carriage return"}
_FORMULA |= {"＝": "＝", "＋": "＋", "－": "－", "＠": "＠"}
_ERROR_VALUE = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_EVIDENCE = ("evidence_url", "evidence_narrative", "evidence_genre")


def faults_in(record: Record) -> Iterator[tuple[str, Fault]]:
    """Yield the fields of a record that have a fault, at most one for each."""
    for field, cell in record.cells.items():
        fault = cell_fault(field, cell)
        if fault is not None:
            yield field, fault


def untitled_evidence(record: Record) -> Iterator[tuple[str, Fault]]:
    """Yield the fields of evidence that has no title: an award file asks for one."""
    if record.values.get("evidence_name"):
        return
    for field in _EVIDENCE:
        if record.values.get(field):
            message = "stands without a title of the evidence"
            yield field, Fault("missing-field", message, "fill in evidence_name in the same row")


def cell_fault(field: str, cell: str) -> Fault | None:
    """Return why a cell of this field cannot be used, a warning, or None."""
    text = trimmed(cell)
    if not text:
        return None
    if field in _PERSON and text[0] in _FORMULA:
        message = f"starts with {_FORMULA[text[0]]}, which a spreadsheet may run as a formula"
        return Fault("csv-injection", message, "delete that sign; names and addresses do not start with it")
    if _ERROR_VALUE.fullmatch(text):
        message = f"holds the error {text} of a spreadsheet"
        return Fault("bad-value", message, "mend the formula, or put the value in the cell")
    return _text_fault(field, text)


def _text_fault(field: str, text: str) -> Fault | None:
    many = field == "evidence_narrative"
    plain = text.isascii() and text.isprintable()
    fault = None if plain else character_fault(text.replace("\r\n", "\n") if many else text, multiline=many)
    if fault is not None:
        return fault
    if many:
        return markdown_fault(text)
    # What is no address at all is told by the schema, without repeating what may be a name.
    return address_fault(text) if field == "evidence_url" and text.startswith("https://") else None
