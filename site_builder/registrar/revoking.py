"""Revoking: an award that should not stand, since when and why, in words that its holder will read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from site_builder.catalog.catalog import IssuedAward
from site_builder.registrar.desk import BUILD, REVIEW, Desk, Outcome, already_withdrawn, title, wholes_of
from site_builder.text.dates import date_in_words


def revoke(desk: Desk, texts: Iterable[str], reason: str, day: date) -> Outcome:
    """Plan to revoke awards from ``day`` on; the reason is public, and signed words do not change.

    Refused where one of them is unknown, or was revoked, replaced or erased before. Raises ``CannotEdit``.
    """
    found, problems = desk.find(texts)
    problems += filter(None, map(already_withdrawn, found))
    if problems:
        return Outcome(problems=problems)
    desk.put_fields(found, {"revoked": {"date": day, "reason": reason.strip()}})
    what = f"revoked from {date_in_words(day)} on"
    return Outcome(
        touched=[
            desk.touched(item.path, (*desk.place(item.path, item.id), "revoked"), f"award {item.id}: {what}")
            for item in found
        ],
        meaning=[line for issued in found for line in _meaning(desk, issued, found, day, reason)],
        then=[REVIEW, BUILD],
        awards={issued.id: None for issued in found},
    )


def _meaning(
    desk: Desk, issued: IssuedAward, every: list[IssuedAward], day: date, reason: str
) -> Iterator[str]:
    yield (
        f"Award {title(issued)}: its page and every verifier that asks the status list will say that it was "
        f"revoked. The page gives the day, {date_in_words(day)}, and this reason: {reason.strip()}"
    )
    for whole in wholes_of(desk.catalog, issued.id):
        if whole not in every and not whole.is_withdrawn:
            told = "is built on it and will no longer verify as complete: decide on it too."
            yield f"Award {title(whole)} {told}"
