"""From unsigned documents to signed ones: recorded proofs are attached, the rest is signed.

Parts are signed before what stacks from them, because a stacked badge pins the hosted bytes of its parts.
Assembling, canonicalizing, signing and writing stay apart, so that each can be made fast on its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.assembling.status import unsigned_lists
from site_builder.assembling.words import Json, instant
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.exports.interface import Badge
from site_builder.keys import Signer, is_published_key
from site_builder.models.credential import KINDS
from site_builder.models.issuer import Issuer
from site_builder.problems import Problem
from site_builder.proof.eddsa import add_proof, attach, proof_options
from site_builder.proof.errors import ProofError, TooComplexError, UnsignableError
from site_builder.proof.multibase import digest_multibase, public_key_bytes
from site_builder.proof.strict_json import dump
from site_builder.publishing.proving import LibraryWay, Proof
from site_builder.publishing.recorded import Keys, fits, keys_by_id, misfit, moved, orphans
from site_builder.publishing.records import (
    STATUS_PATH,
    Record,
    Records,
    by_path,
    record_path,
    write_records,
)

GetBadge = Callable[[str], bytes | None]
"""Returns an award's badge as an earlier build of ours wrote it and nobody touched it since; or ``None``."""
GetSigner = Callable[[], Signer]
"""Asked only when something must be signed, so that a build from recorded proofs needs no key."""


@dataclass
class Signed:
    """What was signed: badges in signing order, status lists by number, and proofs that were new."""

    badges: list[Badge] = field(default_factory=list)
    lists: dict[int, bytes] = field(default_factory=dict)
    new: list[Record] = field(default_factory=list)
    new_lists: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def in_signing_order(catalog: Catalog) -> list[IssuedAward]:
    """Return the awards, parts before what stacks from them: a stack's kind is larger than its parts'."""
    return sorted(
        catalog.awards.values(), key=lambda item: (KINDS.index(item.achievement.spec.kind), item.id)
    )


def sign_awards(
    catalog: Catalog,
    at: Addresses,
    records: Records,
    signer: GetSigner | None,
    done: Callable[[], None],
) -> Signed:
    """Return every badge, signed; a recorded proof that no longer fits is a problem: the award was altered.

    Without a ``signer`` nothing is signed: only awards with a recorded proof are derived, and checked.
    ``done`` is called after each award. Raises ``KeyRefused`` where a key is needed and cannot be had.
    """
    signed = Signed(problems=[*moved(at, records), *orphans(catalog, records)])
    if signed.problems:
        return signed
    press = Press(catalog, at, records.awards, signer, LibraryWay(catalog, at))
    for issued in in_signing_order(catalog):
        data = press.prove(issued)
        if data is not None:
            signed.badges.append(Badge(issued, json.loads(data), data))
        done()
    signed.problems, signed.new = press.problems, press.new
    return signed


class Press:
    """Makes one award after another into a badge, parts before what stacks from them.

    ``problems`` gathers what is wrong with recorded proofs, ``new`` the proofs that were made. ``digests``
    holds the digests of badges by award id, which what stacks from them pins; those of other batches are put
    in first. ``kept`` has the awards whose badge stands as it would be made.
    """

    def __init__(
        self,
        catalog: Catalog,
        at: Addresses,
        records: Mapping[str, Record],
        signer: GetSigner | None,
        way: LibraryWay,
        standing: GetBadge | None = None,
    ) -> None:
        self._catalog, self._at, self._records = catalog, at, records
        self._signer, self._way, self._standing = signer, way, standing
        self._keys = keys_by_id(catalog.issuer, at, "issue")
        self._signing = ("", "")
        self.digests: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.new: list[Record] = []
        self.kept: set[str] = set()

    def prove(self, issued: IssuedAward) -> bytes | None:
        """Return the award's hosted bytes; ``None`` where they cannot be known without signing.

        What no proof could cover comes back without one, and is a problem.
        """
        record = self._records.get(issued.id)
        if self._signer is None and (record is None or self._lacks_part(issued)):
            return None
        try:
            data = self._kept(issued, record)
            if data is None:
                data = self._sign(issued) if record is None else self._recall(issued, record)
        except (UnsignableError, TooComplexError) as error:
            self.problems.append(_unsignable(issued, error))
            data = dump(unsigned_credential(issued, self._catalog, self._at, self.digests))
        if issued.id in self._wanted:
            self.digests[issued.id] = digest_multibase(data)
        return data

    @cached_property
    def _wanted(self) -> frozenset[str]:
        """The awards that others of the same catalog stack from."""
        return frozenset(part for item in self._catalog.awards.values() for part in item.award.parts)

    def _lacks_part(self, issued: IssuedAward) -> bool:
        return any(part not in self.digests for part in issued.award.parts)

    def _kept(self, issued: IssuedAward, record: Record | None) -> bytes | None:
        """Return the standing badge where the same document under the same proof would be made again.

        It was proved when it was written, and the same key gives the same proof for the same bytes.
        """
        found = self._standing(issued.id) if self._standing and self._signer else None
        if found is None or self._signer is None or (record and not self._vouches(issued, record)):
            return None
        if record is None and not is_published_key(self._signer().public_key):
            return None  # its proof is to be recorded, so it is made
        key = record.key if record else self._at.key_id(self._signer().public_key)
        value = record.proof_value if record else _proof_value_in(found)
        unsigned = unsigned_credential(issued, self._catalog, self._at, self.digests)
        if dump(attach(unsigned, Proof(key, created(issued)).options(), value)) != found:
            return None
        self.kept.add(issued.id)
        return found

    def _recall(self, issued: IssuedAward, record: Record) -> bytes:
        """Return the badge with its recorded proof; one that does not fit is a problem."""
        key, proof = self._keys.get(record.key), Proof(record.key, record.created)
        public_key = public_key_bytes(key.public_key) if key is not None else bytes(32)
        proved = self._way.recall(issued, self.digests, proof, record.proof_value, public_key)
        if not (self._vouches(issued, record) and proved.holds):
            self.problems.append(misfit(issued, record, self._catalog.issuer, self._at))
        return proved.data

    def _key_id(self, public_key: str) -> str:
        if self._signing[0] != public_key:
            self._signing = public_key, self._at.key_id(public_key)
        return self._signing[1]

    def _vouches(self, issued: IssuedAward, record: Record) -> bool:
        """Return True where the key of a recorded proof still vouches for what it signed, on that day."""
        key = self._keys.get(record.key)
        return key is not None and key.state != "compromised" and record.created == created(issued)

    def _sign(self, issued: IssuedAward) -> bytes:
        if self._signer is None:
            raise ValueError("nothing is signed without a signer")
        key = self._signer()
        proof = Proof(self._key_id(key.public_key), created(issued))
        proved = self._way.sign(issued, self.digests, proof, key.sign)
        path = record_path(issued.path)
        self.new.append(Record(issued.id, proof.key, proof.created, proved.proof_value, path, 0))
        return proved.data


def _proof_value_in(badge: bytes) -> str:
    """Return the proof value at the end of a badge of ours; any text where it is none."""
    return badge[badge.rfind(b'"proofValue":"') + 14 : badge.rfind(b'"}]}')].decode("utf-8", "replace")


def _unsignable(issued: IssuedAward, error: ProofError) -> Problem:
    """What an author wrote passes every rule for its file, yet a proof could not cover all of it."""
    message = f"award {issued.id} cannot be signed: {error}"
    hint = "look for the same thing said twice, such as one evidence url in two entries"
    return Problem(path=issued.path, code="unsignable", message=message, hint=hint)


def _options(key: str, when: str) -> Json:
    return proof_options(verification_method=key, created=when)


def _record(subject: str, document: Json, path: str) -> Record:
    proof = document["proof"][0]
    return Record(
        subject=subject,
        key=proof["verificationMethod"],
        created=proof["created"],
        proof_value=proof["proofValue"],
        path=path,
        line=0,
    )


def sign_lists(
    signed: Signed, catalog: Catalog, at: Addresses, now: date, records: Records, signer: GetSigner
) -> None:
    """Add every status list to ``signed``: a proof recorded for this very day and content is used again."""
    unsigned = unsigned_lists(catalog, at, now)
    signed.lists, signed.new_lists = prove_lists(unsigned, catalog.issuer, at, now, records, signer)


def prove_lists(
    unsigned: Mapping[int, Json],
    issuer: Issuer,
    at: Addresses,
    now: date,
    records: Records,
    signer: GetSigner,
) -> tuple[dict[int, bytes], list[Record]]:
    """Return the bytes of each status list, with its proof, and the proofs that are new.

    Raises ``KeyRefused`` where a key is needed and cannot be had.
    """
    keys, when = keys_by_id(issuer, at, "status"), instant(now)
    lists: dict[int, bytes] = {}
    new: list[Record] = []
    for number, bare in unsigned.items():
        standing = standing_list(bare, records.lists.get(str(number)), keys, when)
        if standing is not None:
            lists[number] = dump(standing)
            continue
        key = signer()
        document = add_proof(bare, _options(at.key_id(key.public_key), when), key.sign)
        new.append(_record(str(number), document, STATUS_PATH))
        lists[number] = dump(document)
    return lists, new


def standing_list(bare: Json, record: Record | None, keys: Keys, when: str) -> Json | None:
    """Return a status list with its recorded proof; ``None`` where it is not of this day and content."""
    if record is None or record.created != when:
        return None
    document = attach(bare, _options(record.key, record.created), record.proof_value)
    return document if fits(document, record, keys, when) else None


def proof_files(signed: Signed, records: Records) -> dict[str, bytes]:
    """Return the files below ``proofs/`` that change, with what was recorded before and what is new."""
    changed = {record.path for record in signed.new}
    kept = (record for record in records.awards.values() if record.path in changed)
    files = {path: write_records(found) for path, found in by_path([*kept, *signed.new])}
    if signed.new_lists:
        files[STATUS_PATH] = list_records(signed.new_lists, records)
    return files


def list_records(new: Iterable[Record], records: Records) -> bytes:
    """Return the file of the lists' proofs: what was recorded before, and what is new in its place."""
    lists = {**records.lists, **{record.subject: record for record in new}}
    return write_records(lists.values(), "list")
