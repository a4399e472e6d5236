"""Points in time as credentials write them, and as people read them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache

from site_builder.text.dates import date_in_words

_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)


def parse_instant(text: object) -> datetime:
    """Return the UTC time that an XML Schema dateTimeStamp writes (VC Data Model 2.0, 4.9).

    Raises ValueError for anything else.
    """
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        raise ValueError("not a date-time with a zone")
    try:
        # Python keeps six digits of a second; what is cut off is less than a microsecond.
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)).astimezone(UTC)
    except OverflowError as reason:
        raise ValueError("not a date-time of our era") from reason


def noon(day: date) -> datetime:
    """Return the instant that stands for a whole UTC day: its noon.

    A site built for a day counts as fresh on that day, and what ends with its first second has ended.
    """
    return datetime.combine(day, time(12), UTC)


@lru_cache(maxsize=1024)
def written(instant: datetime) -> str:
    """Return ``instant`` as answers give it in their details: ISO 8601, with its offset."""
    return instant.isoformat()


@lru_cache(maxsize=1024)
def in_words(instant: datetime) -> str:
    """Return the UTC day of ``instant`` as people write it: 22 November 2026."""
    return date_in_words(instant.date())
