"""What systems write in cells, in the form that the table's schema asks for."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_DOWN, Decimal

NO_RESULT = frozenset({"", "-", "–", "—", "n/a", "ex"})
"""What stands, in lower case, where there is no grade: Moodle writes a dash, Canvas EX (excused) and N/A."""

_SPACES = " \u00a0\u2007\u2009\u202f\u3000"
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})")
_DAY = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,'’])[0-9]{3})(?:\1[0-9]{3})*[.,][0-9]+")


def trimmed(cell: str) -> str:
    """Return a cell without spaces at its ends; tabs and line breaks stay, they are told."""
    return cell.strip(_SPACES)


def is_no_result(cell: str) -> bool:
    """Return True where a cell for a grade says that there is none."""
    return cell.strip().casefold() in NO_RESULT


def is_percent(cell: str) -> bool:
    """Return True where a cell says itself that it is in percent."""
    return trimmed(cell).endswith(("%", "٪", "％"))


def number_text(cell: str) -> str:
    """Return a number as digits and a point: ``84,00 %`` is 84.00; what is no number is marked so.

    A single comma or point is the decimal sign. Digits of other scripts are taken for what they are.
    """
    text = trimmed(cell).rstrip("%٪％" + _SPACES)
    if not text.isascii():
        text = "".join(_western(char) for char in text)
    if _GROUPED.fullmatch(text):
        whole, _, rest = text.replace(",", ".").rpartition(".")
        text = re.sub("[.'’]", "", whole) + "." + rest
    text = text.replace(",", ".")
    return text if is_number(text) else f"not a number: {cell}"


def is_number(text: str) -> bool:
    """Return True for what :func:`number_text` makes of a number."""
    return _NUMBER.fullmatch(text) is not None


def _western(char: str) -> str:
    if char in "٫，":
        return "."
    digit = unicodedata.decimal(char, None)
    return "" if char in _SPACES else char if digit is None else str(digit)


def percent_text(cell: str, out_of: Decimal | None) -> str:
    """Return a score in percent, of ``out_of`` points unless the cell says that it is percent already.

    Four digits after the point, cut and not rounded: nobody passes a mark by rounding.
    """
    if is_no_result(cell):
        return ""
    text = number_text(cell)
    if out_of is None or is_percent(cell) or not is_number(text):
        return text
    share = Decimal(text) * 100 / out_of
    return f"{share.quantize(Decimal('0.0001'), ROUND_DOWN).normalize():f}"


def date_text(cell: str) -> str:
    """Return a date as YYYY-MM-DD, without the time that spreadsheets add; what is no date is marked so."""
    hit = _DAY.fullmatch(trimmed(cell))
    if hit is None:
        return f"not a date: {cell}" if trimmed(cell) else ""
    year, month, day = hit.groups()
    return f"{year}-{month:0>2}-{day:0>2}"
