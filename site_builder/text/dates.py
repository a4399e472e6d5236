"""Calendar dates, written the ISO way and told in words, whatever the machine's locale."""

from __future__ import annotations

import re
from datetime import date

from site_builder.problems import shown
from site_builder.text.fault import Fault

_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2199
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HINT = "write the year, the month and the day: 2026-11-22"


def parse_date(text: str) -> date:
    """Return the calendar date that ``text`` writes as YYYY-MM-DD; raise ValueError for anything else."""
    if not _FORM.fullmatch(text):
        raise ValueError(f"not of the form YYYY-MM-DD: {shown(text, 40)}")
    return date.fromisoformat(text)


def date_fault(text: str) -> Fault | None:
    """Return a ``bad-date`` fault unless ``text`` is a date of the years 1990 to 2199, as YYYY-MM-DD."""
    try:
        day = parse_date(text)
    except ValueError:
        return Fault("bad-date", f"must be a date, not {shown(text, 40)}", _HINT)
    return year_fault(day)


def year_fault(day: date) -> Fault | None:
    """Return a ``bad-date`` fault if ``day`` lies outside the years in which a credential can be awarded."""
    if _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    return Fault(
        "bad-date", f"must be a date of the years {_FIRST_YEAR} to {_LAST_YEAR}, not {day.isoformat()}", _HINT
    )


def date_in_words(day: date) -> str:
    """Return the date as the site writes it.

    >>> date_in_words(date(2026, 11, 22))
    '22 November 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
