"""The second answer: whether the badge is between its dates (VC Data Model 2.0, 4.9)."""

from __future__ import annotations

from datetime import datetime

from site_builder.verifying.instants import in_words, written
from site_builder.verifying.shape import Presented
from site_builder.verifying.verdict import Answer


def currency(badge: Presented, now: datetime) -> Answer:
    """Return whether ``now`` lies in the badge's validity: ``validUntil`` is the first moment after it."""
    start, end = badge.valid_from, badge.valid_until
    detail = {"validFrom": written(start), **({"validUntil": written(end)} if end else {})}
    if end is not None and now >= end:
        return Answer("expired", f"it expired on {in_words(end)}", detail)
    if now < start:
        return Answer("not-yet-valid", f"it counts only from {in_words(start)}", detail)
    if end is None:
        return Answer("yes", f"it was issued on {in_words(start)} and does not expire", detail)
    return Answer("yes", f"it was issued on {in_words(start)} and expires on {in_words(end)}", detail)
