"""The published status lists: no bit that was set is cleared, and the clock does not run backwards. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from site_builder.assembling.addresses import BITS_PER_LIST, Addresses, status_list
from site_builder.catalog.catalog import Catalog
from site_builder.problems import Problem
from site_builder.publishing.published import PublishedSite
from site_builder.text.dates import date_fault
from site_builder.verifying.status_list import ListUnusable, decode_bits, set_bits


def status_problems(
    site: PublishedSite, catalog: Catalog, now: date, named: Collection[int], told: Collection[int]
) -> Iterator[Problem]:
    """Yield a problem where a published bit would be cleared, or the site was published after ``now``.

    ``named`` holds the indexes that what is published names: each of their lists must be there. ``told``
    holds those of badges that are gone altogether, of which a problem tells already.
    """
    days, bits, lists = [], set[int](), dict(site.lists())
    for number in sorted({index // BITS_PER_LIST + 1 for index in named} - lists.keys()):
        yield _unreadable(site, number, "is missing, and published awards have their place in it")
    for number, document in lists.items():
        day, found = _day_of(document), _bits_of(document)
        if day is None or found is None:
            yield _unreadable(site, number, "cannot be read")
            continue
        days.append(day)
        bits |= {(number - 1) * BITS_PER_LIST + bit for bit in found}
    if days and max(days) > now.isoformat():
        yield _clock(site, max(days), now)
    yield from _cleared(site, catalog, bits - set(told))


def _day_of(document: Mapping[str, Any]) -> str | None:
    day = str(document.get("validFrom", ""))[:10]
    return None if date_fault(day) else day


def _bits_of(document: Mapping[str, Any]) -> set[int] | None:
    """Return which bits are set, or ``None`` where the list cannot be unpacked."""
    subject = document.get("credentialSubject")
    try:
        return set_bits(decode_bits(subject.get("encodedList") if isinstance(subject, dict) else None))
    except ListUnusable:
        return None


def _unreadable(site: PublishedSite, number: int, fault: str) -> Problem:
    message = f"the published status list {number} in {site.folder} {fault}"
    hint = "take that folder from where it is published again, or delete it if it was only a preview"
    return Problem(path=status_list(number), code="published-unreadable", message=message, hint=hint)


def _clock(site: PublishedSite, published: str, now: date) -> Problem:
    message = (
        f"the site in {site.folder} was last published on {published}, and this build is for {now}: "
        "the clock is before the last publication, nothing was signed"
    )
    hint = "set the clock right, or the day that --now or SOURCE_DATE_EPOCH gives"
    return Problem(path=status_list(1), code="clock", message=message, hint=hint)


def _cleared(site: PublishedSite, catalog: Catalog, bits: set[int]) -> Iterator[Problem]:
    erased = {item.erased.status_index for item in catalog.erased.values()}
    awards = {item.award.status_index: item for item in catalog.awards.values()}
    for index in sorted(bits - erased):
        item = awards.get(index)
        if item is not None and item.is_withdrawn:
            continue
        if item is None:
            message = f"status_index {index} is withdrawn on the site in {site.folder}, and no award has it"
            path, hint = "issued", "bring back the award or the erased: entry that had it"
        else:
            message = f"award {item.id} is withdrawn on the site in {site.folder}, and stands here again"
            hint = "a revocation is final: put revoked: or replaced_by: back, and make a new award"
            path = item.path
        yield Problem(path=path, code="status-cleared", message=message, hint=hint)


def index_of(document: Mapping[str, Any], at: Addresses) -> int | None:
    """Return the index over all lists that a published badge names, or ``None`` for none of ours."""
    entry = document.get("credentialStatus")
    if not isinstance(entry, dict):
        return None
    bit, address = str(entry.get("statusListIndex")), str(entry.get("statusListCredential"))
    number = address.removeprefix(at.url("status/")).removesuffix(".json")
    if not (bit.isdecimal() and bit.isascii() and number.isdecimal() and number.isascii()):
        return None
    return (int(number) - 1) * BITS_PER_LIST + int(bit)
