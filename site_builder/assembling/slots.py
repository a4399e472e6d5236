"""Which strings of a credential vary from award to award; the rest, all awards of one shape share.

What is the same for a whole cohort is then read, checked and canonicalized once, and only the strings told of
here are put in for each award. :func:`~site_builder.assembling.credential.unsigned_credential` stays the one
place that says what a credential holds; a test keeps this module equal to it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from site_builder.assembling.achievement import result_id
from site_builder.assembling.addresses import Addresses, award_json, bit_number, list_number, status_list
from site_builder.assembling.words import instant
from site_builder.catalog.catalog import IssuedAward
from site_builder.models.award import Evidence
from site_builder.text.markdown import escape_markdown, without_blank_edges
from site_builder.text.periods import add_period

Path = tuple[str | int, ...]
"""Where a value stands in a document: keys and places in lists."""

# Below each key what varies: a string, the strings of an object, or (in brackets) of each object of a list.
_SLOTS: Mapping[str, Any] = {
    "id": str,
    "validFrom": str,
    "awardedDate": str,
    "validUntil": str,
    "credentialSubject": {
        "id": str,
        "identifier": [{"identityHash": str}],
        "narrative": str,
        "result": [{"value": str, "achievedLevel": str}],
    },
    "evidence": [{"id": str, "name": str, "narrative": str, "genre": str}],
    "relatedResource": [{"id": str, "digestMultibase": str}],
    "credentialStatus": {"id": str, "statusListIndex": str, "statusListCredential": str},
}
# A cohort has one day and one board; many cohorts in a row rarely have more than a handful of each.
_KEPT = 1024


def slot_paths(unsigned: Mapping[str, Any]) -> tuple[Path, ...]:
    """Return where an award's own strings stand in a credential of ours, in the order of the JSON text.

    Whatever a stranger's document has in these places is passed over unless it is a string of the expected
    kind; no document is an error.
    """
    return tuple(_found(unsigned, _SLOTS, ()))


def _found(value: object, slots: Any, path: Path) -> Iterator[Path]:
    if slots is str:
        if isinstance(value, str):
            yield path
    elif isinstance(slots, list):
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from _found(item, slots[0], (*path, index))
    elif isinstance(value, (dict, Mapping)):  # most are dicts, which is quickly seen
        for key, item in value.items():
            if key in slots:
                yield from _found(item, slots[key], (*path, key))


def shape_key(issued: IssuedAward) -> Hashable:
    """Return what an award's shape is told by: equal keys, equal unsigned credentials but for the slots.

    It holds among the awards of one catalog: the key names the credential version and does not repeat it.
    """
    award, spec = issued.award, issued.achievement.spec
    results = award.results
    return (
        spec.id,
        spec.version,
        bool(award.holder),
        bool(award.commitments.name),
        award.expires is not None or bool(spec.valid_for),
        results is not None and results.score is not None,
        tuple([_kind(item) for item in issued.evidence]),
        len(award.parts),
    )


def _kind(item: Evidence) -> int:
    return bool(item.url) + 2 * bool(item.narrative) + 4 * bool(item.genre)


def slot_values(issued: IssuedAward, at: Addresses, digests: Mapping[str, str]) -> list[str]:
    """Return an award's own strings, in the order of :func:`slot_paths` of its unsigned credential.

    ``digests`` maps the award id of each part to the multibase digest of its hosted bytes; a missing one is a
    ``KeyError``.
    """
    award, file = issued.award, issued.file
    start = _instant(file.issued_on)
    values = [at.url(award_json(award.id)), start, start]
    if until := _until(issued):
        values.append(until)
    if award.holder:
        values.append(award.holder)
    values.append(award.commitments.email)
    if award.commitments.name:
        values.append(award.commitments.name)
    values.append(_narrative(file.assessed_by))
    values.append(result_id(issued.achievement, issued.level, at))
    if award.results and award.results.score is not None:
        values.append(f"{award.results.score:g}")
    for item in issued.evidence:
        values += _evidence(item)
    for part in award.parts:
        values += at.url(award_json(part)), digests[part]
    url, bit = _status_url(list_number(award.status_index), at), str(bit_number(award.status_index))
    values += f"{url}#{bit}", bit, url
    return values


_instant = lru_cache(_KEPT)(instant)


def _until(issued: IssuedAward) -> str | None:
    """Return the instant of ``issued.valid_until``; a period is added to a cohort's day only once."""
    expires, period = issued.award.expires, issued.achievement.spec.valid_for
    if expires is not None:
        return _instant(expires)
    return _ends(issued.file.issued_on, period) if period else None


@lru_cache(_KEPT)
def _ends(start: date, period: str) -> str:
    return instant(add_period(start, period))


@lru_cache(_KEPT)
def _narrative(assessed_by: str) -> str:
    return f"Assessed by: {escape_markdown(assessed_by)}"


def _evidence(item: Evidence) -> Iterator[str]:
    if item.url:
        yield item.url
    yield item.name
    if item.narrative:
        yield without_blank_edges(item.narrative)
    if item.genre:
        yield item.genre


@lru_cache(_KEPT)
def _status_url(number: int, at: Addresses) -> str:
    return at.url(status_list(number))
