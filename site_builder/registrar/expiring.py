"""What expires soon and was not renewed: a table for the office, and one of reminders with addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from site_builder.assembling.addresses import Addresses, award_page
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.importers.row import RosterRow
from site_builder.registrar.holders import Holders
from site_builder.registrar.standing import renewal_of
from site_builder.registrar.tables import csv_table
from site_builder.text.dates import date_in_words
from site_builder.text.periods import add_period, period_fault

_SPAN = re.compile(r"([1-9][0-9]{0,4})([dwmy])")
HEADER = ("name", "email", "credential", "expires", "link")
"""The columns of the table of reminders."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """An award that stands today, and the first day on which it no longer will."""

    issued: IssuedAward
    until: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """A row of the class list and an award of that learner's that expires."""

    row: RosterRow = field(repr=False)
    expiring: Expiring
    link: str


def span_end(span: str, now: date) -> date:
    """Return the last day of a span that begins on ``now``, written ``90d``, ``12w``, ``6m`` or ``1y``.

    Raises ``ValueError`` for anything else, and for more than a hundred years.
    """
    found = _SPAN.fullmatch(span)
    period = f"P{found[1]}{found[2].upper()}" if found else ""
    if not period or period_fault(period) is not None:
        raise ValueError("must be a number of days, weeks, months or years, such as 90d, 12w, 6m or 1y")
    return add_period(now, period)


def expiring(catalog: Catalog, now: date, last: date) -> list[Expiring]:
    """Return the awards that stand on ``now`` and expire by ``last``, the soonest first.

    Who was revoked, replaced, or renewed by an award that stands is not among them.
    """
    found = [
        Expiring(issued, issued.valid_until, (issued.valid_until - now).days)
        for issued in catalog.awards.values()
        if issued.valid_until is not None
        and now < issued.valid_until <= last
        and not issued.is_withdrawn
        and renewal_of(catalog, issued.id) is None
    ]
    return sorted(found, key=lambda item: (item.until, item.issued.achievement.spec.id, item.issued.id))


def reminders(found: Iterable[Expiring], holders: Holders, at: Addresses) -> list[Reminder]:
    """Return who of a class list is to be reminded of what, in the order of the list.

    The link is that of the page, without the values of a claim link: a reminder need not prove anything. Who
    moved is found by the address that the award commits to, as long as ``holders`` is not spent.
    """
    rows = ((item, holders.row_of(item.issued) or holders.row_by_learner(item.issued)) for item in found)
    made = [Reminder(row, item, at.url(award_page(item.issued.id))) for item, row in rows if row is not None]
    return sorted(made, key=lambda reminder: (reminder.row.line, reminder.expiring.until))


def reminder_table(made: Iterable[Reminder]) -> bytes:
    """Return the table for mail merge, one letter a row."""
    return csv_table(
        HEADER,
        (
            (
                reminder.row.name or "",
                reminder.row.email,
                reminder.expiring.issued.achievement.spec.name,
                date_in_words(reminder.expiring.until),
                reminder.link,
            )
            for reminder in made
        ),
    )
