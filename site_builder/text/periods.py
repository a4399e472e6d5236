"""How long something is valid: ISO 8601 durations of whole years, months, weeks and days."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from site_builder.problems import shown
from site_builder.text.fault import Fault

# ISO 8601-1, 5.5.2: weeks stand alone. Five digits are more than a hundred years of days.
_FORM = re.compile(
    r"P(?=[0-9])(?:(?P<weeks>[0-9]{1,5})W"
    r"|(?:(?P<years>[0-9]{1,5})Y)?(?:(?P<months>[0-9]{1,5})M)?(?:(?P<days>[0-9]{1,5})D)?)"
)
_HINT = "write P2Y for two years, P18M for eighteen months"
_LONGEST_DAYS = 36525


class _Parts(NamedTuple):
    years: int
    months: int
    weeks: int
    days: int

    @property
    def about_days(self) -> float:
        return 365.25 * (self.years + self.months / 12) + 7 * self.weeks + self.days


def _parts(period: str) -> _Parts | None:
    match = _FORM.fullmatch(period)
    return None if match is None else _Parts(*(int(match[unit] or 0) for unit in _Parts._fields))


def period_fault(text: str) -> Fault | None:
    """Return a ``bad-duration`` fault unless ``text`` is a positive ISO 8601 duration, at most 100 years."""
    parts = _parts(text)
    if parts is None:
        return Fault("bad-duration", f"must be a duration such as P2Y, not {shown(text, 40)}", _HINT)
    if parts.about_days <= 0:
        return Fault("bad-duration", f"must be longer than nothing, not {shown(text, 40)}", _HINT)
    if parts.about_days > _LONGEST_DAYS:
        return Fault("bad-duration", f"must be at most 100 years, not {shown(text, 40)}", _HINT)
    return None


def period_parts(period: str) -> list[tuple[str, int]]:
    """Return how many years, months, weeks and days ``period`` has; ValueError if it is not a duration."""
    parts = _parts(period)
    if parts is None:
        raise ValueError(f"not a duration: {shown(period, 40)}")
    return list(zip(_Parts._fields, parts, strict=True))


def add_period(start: date, period: str) -> date:
    """Return the day ``period`` after ``start``; the last day of a month stands in for one it does not have.

    Raises ValueError if ``period`` is not a duration (see :func:`period_fault`).
    """
    parts = _parts(period)
    if parts is None:
        raise ValueError(f"not a duration: {shown(period, 40)}")
    month = start.year * 12 + start.month - 1 + 12 * parts.years + parts.months
    year, month = divmod(month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    moved = date(year, month + 1, min(start.day, last))
    return moved + timedelta(weeks=parts.weeks, days=parts.days)


def period_in_words(period: str) -> str:
    """Return ``period`` for people; raise ValueError if it is not a duration.

    >>> period_in_words("P1Y6M")
    '1 year and 6 months'
    """
    parts = _parts(period)
    if parts is None:
        raise ValueError(f"not a duration: {shown(period, 40)}")
    counted = [(count, unit) for unit, count in zip(_Parts._fields, parts, strict=True) if count]
    words = [f"{count} {unit[:-1] if count == 1 else unit}" for count, unit in counted]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
