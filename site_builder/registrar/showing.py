"""All that the press knows of one award. Nothing of it is secret, and nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from site_builder.assembling.addresses import award_json, award_page, bit_number, list_number, status_list
from site_builder.catalog.catalog import IssuedAward
from site_builder.publishing.records import read_records
from site_builder.registrar.desk import Desk, wholes_of
from site_builder.text.dates import date_in_words


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known: a name for machines, a label and words for people, and the value itself."""

    name: str
    label: str
    words: str
    value: object


def facts_of(desk: Desk, award_id: str) -> list[Fact]:
    """Return what is known of an award, or of what is left of one; ``KeyError`` where there never was one."""
    gone = desk.catalog.erased.get(award_id)
    if gone is not None:
        day = gone.erased.date
        erased = Fact("state", "State", f"erased on {date_in_words(day)}", "erased")
        return [
            _place(desk, gone.path, award_id, "erased"),
            erased,
            Fact("erasedOn", "Erased on", date_in_words(day), str(day)),
            *_status(desk, gone.erased.status_index),
            _page(desk, award_id),
        ]
    issued = desk.catalog.awards[award_id]
    return [
        _place(desk, issued.path, award_id, "awards"),
        *_terms(desk, issued),
        *_status(desk, issued.award.status_index),
        _page(desk, award_id),
        Fact("badge", "Badge", desk.at.url(award_json(award_id)), desk.at.url(award_json(award_id))),
        _proof(desk, award_id),
        *_links(desk, issued),
    ]


def _place(desk: Desk, path: str, award_id: str, among: str) -> Fact:
    line = desk.document(path).line_of(desk.place(path, award_id, among)) or 1
    return Fact("file", "File", f"{path}:{line}", {"path": path, "line": line})


def _terms(desk: Desk, issued: IssuedAward) -> Iterator[Fact]:
    spec, until = issued.achievement.spec, issued.valid_until
    newest = "" if issued.achievement.is_current else ", which is not the newest"
    value = {"id": spec.id, "version": spec.version}
    words = f"{spec.id}, version {spec.version}{newest}: {spec.name}"
    yield Fact("credential", "Credential", words, value)
    yield _day("issuedOn", "Issued on", issued.file.issued_on)
    yield Fact("assessedBy", "Assessed by", issued.file.assessed_by, issued.file.assessed_by)
    if until is None:
        yield Fact("expires", "Expires", "never", None)
    else:
        yield _day("expires", "Expires", until)
    yield from _earned(issued)
    state = issued.state_on(desk.now)
    yield Fact("state", "State", state_in_words(issued, desk.now), state)
    yield Fact("listing", "Listing", issued.award.listing, issued.award.listing)


def _earned(issued: IssuedAward) -> Iterator[Fact]:
    """Tell the level and score of an award, and the titles of what was shown for it."""
    yield Fact("level", "Level", issued.level, issued.level)
    results = issued.award.results
    if results is not None and results.score is not None:
        yield Fact("score", "Score", f"{results.score:g} %", results.score)
    titles = [piece.name for piece in issued.evidence]
    if titles:
        yield Fact("evidence", "Evidence", "\n".join(titles), titles)


def state_in_words(issued: IssuedAward, now: date) -> str:
    """Return how an award stands on a day, in a sentence.

    Where it was corrected, that is said first: the new award is what counts.
    """
    award, until = issued.award, issued.valid_until
    if award.replaced_by is not None:
        return f"replaced by {award.replaced_by}, and so revoked"
    if award.revoked is not None:
        return f"revoked on {date_in_words(award.revoked.date)}: {award.revoked.reason}"
    if until is None:
        return "stands, and does not expire"
    if until <= now:
        return f"expired on {date_in_words(until)}"
    days = (until - now).days
    return f"stands, and expires on {date_in_words(until)}, in {days} day{'' if days == 1 else 's'}"


def _day(name: str, label: str, day: date) -> Fact:
    return Fact(name, label, date_in_words(day), str(day))


def _status(desk: Desk, index: int) -> Iterator[Fact]:
    number, bit = list_number(index), bit_number(index)
    url = desk.at.url(status_list(number))
    words = f"bit {bit} of list {number}, {url}"
    yield Fact("status", "Status", words, {"index": index, "list": number, "bit": bit, "url": url})


def _page(desk: Desk, award_id: str) -> Fact:
    url = desk.at.url(award_page(award_id))
    return Fact("page", "Page", url, url)


def _proof(desk: Desk, award_id: str) -> Fact:
    """Tell the recorded proof; a site whose proofs are kept on another branch has none here."""
    records, _ = read_records(desk.repository.proofs)
    record = records.awards.get(award_id)
    if record is None:
        return Fact("proof", "Proof", "none recorded here", None)
    words = f"{record.path}:{record.line}, made {record.created} by {record.key}"
    value = {"path": record.path, "line": record.line, "created": record.created, "key": record.key}
    return Fact("proof", "Proof", words, value)


def _links(desk: Desk, issued: IssuedAward) -> Iterator[Fact]:
    """Tell the awards that this one leads to and is led to from; only the ways that there are."""
    catalog, award = desk.catalog, issued.award
    ways = (
        ("parts", "Built on", list(award.parts)),
        ("stacks", "Part of", [item.id for item in wholes_of(catalog, issued.id)]),
        ("replacedBy", "Replaced by", [award.replaced_by] if award.replaced_by else []),
        ("corrects", "Corrects", [item.id for item in catalog.replaced_by(issued.id)]),
        ("renews", "Renews", [award.renews] if award.renews else []),
        ("renewedBy", "Renewed by", [item.id for item in catalog.renewals_of(issued.id)]),
    )
    for name, label, ids in ways:
        if ids:
            yield Fact(name, label, "\n".join(_told(desk, award_id) for award_id in ids), ids)


def _told(desk: Desk, award_id: str) -> str:
    other = desk.catalog.awards.get(award_id)
    if other is None:
        return f"{award_id} (erased)"
    return f"{award_id} ({other.achievement.spec.id}, {state_in_words(other, desk.now)})"
