"""What must be signed at a commit, written down so that two machines can compare it: a plan (JSON Lines).

Whoever reviews or relays a plan needs no key, and whoever has the key believes none of it: the plan is
derived again from the files, and one byte that differs means that nothing is signed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder import __version__
from site_builder.assembling.addresses import Addresses
from site_builder.assembling.credential import unsigned_credential
from site_builder.assembling.status import unsigned_lists
from site_builder.assembling.words import Json, instant
from site_builder.catalog.catalog import Catalog
from site_builder.proof.strict_json import dump
from site_builder.publishing.batches import batch_catalog
from site_builder.publishing.issuing import standing_list
from site_builder.publishing.recorded import keys_by_id
from site_builder.publishing.records import read_records, record_path
from site_builder.reading.inputs import inputs_digest
from site_builder.storing import Store
from site_builder.survey import Survey, Surveyed, load_file

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What must be signed: how many awards and status lists, and the bytes that say so."""

    raw: bytes
    awards: tuple[str, ...]
    lists: tuple[int, ...]


def make_plan(found: Survey, catalog: Catalog, root: Path, now: date, store: Store) -> Plan:
    """Return the plan of a repository without problems for the UTC day ``now``: the same on every machine.

    Its first line names what it was made from, with a digest of every file that a build reads; each further
    line an award or a status list that has no recorded proof, with the SHA-256 of the document to be signed.
    Raises ``Changed`` where a file is written to in the meantime.
    """
    at = Addresses(catalog.settings.site_url)
    awards = [line for surveyed in found.files for line in _awards(surveyed, found, catalog, root, store)]
    lists = dict(_lists(found, catalog, at, now))
    head = {
        "format": FORMAT,
        "press": __version__,
        "site": at.base,
        "now": now.isoformat(),
        "inputs": inputs_digest(root),
        "awards": len(awards),
        "lists": len(lists),
    }
    lines = (head, *awards, *({"list": number, "sha256": digest} for number, digest in lists.items()))
    raw = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return Plan(raw.encode(), tuple(one["award"] for one in awards), tuple(lists))


def _awards(
    surveyed: Surveyed, found: Survey, catalog: Catalog, root: Path, store: Store
) -> Iterator[dict[str, str]]:
    """Yield a line for each award of a file that has no recorded proof."""
    around = found.around(surveyed.path)
    if surveyed.recorded + len(around.records) >= surveyed.awards:
        return
    file = load_file(store, surveyed, root)
    whole = batch_catalog(catalog, surveyed, file, around)
    signed = {record.subject for record in around.records} | _recorded(surveyed, root)
    at = Addresses(catalog.settings.site_url)
    for award in file.awards:
        if award.id not in signed:
            unsigned = unsigned_credential(whole.awards[award.id], whole, at, _ToBe())
            yield {"award": award.id, "file": surveyed.path, "sha256": _digest(unsigned)}


class _ToBe(dict[str, str]):
    """In place of the digests of badges that may not be signed yet: the ids of their awards.

    What is hosted for a part follows from its own line of the plan, or from its recorded proof.
    """

    def __missing__(self, award_id: str) -> str:
        return f"award {award_id}"


def _recorded(surveyed: Surveyed, root: Path) -> set[str]:
    path = record_path(surveyed.path)
    if not surveyed.proofs_digest:
        return set()
    # What is wrong in it was told by the survey.
    return set(read_records({path: (root / path).read_bytes()})[0].awards)


def _lists(found: Survey, catalog: Catalog, at: Addresses, now: date) -> Iterator[tuple[int, str]]:
    """Yield number and digest of each status list whose recorded proof is not one of this day and content."""
    keys, records = keys_by_id(catalog.issuer, at, "status"), found.recorded.records.lists
    for number, bare in unsigned_lists(catalog, at, now).items():
        if standing_list(bare, records.get(str(number)), keys, instant(now)) is None:
            yield number, _digest(bare)


def _digest(document: Json | Mapping[str, object]) -> str:
    return hashlib.sha256(dump(document)).hexdigest()
