"""From unsigned documents to signed ones: recorded proofs are attached, the rest is signed.

Parts are signed before what stacks from them, because a stacked badge pins the hosted bytes of its parts.
Assembling, canonicalizing, signing and writing stay apart, so that each can be made fast on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.assembling.status import unsigned_lists
from site_builder.assembling.words import Json, instant
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.exports.interface import Badge
from site_builder.keys import Signer
from site_builder.models.credential import KINDS
from site_builder.problems import Problem
from site_builder.proof.eddsa import add_proof, attach, proof_holds, proof_options
from site_builder.proof.errors import ProofError, ProofFormatError, TooComplexError, UnsignableError
from site_builder.proof.multibase import digest_multibase, public_key_bytes
from site_builder.proof.strict_json import dump
from site_builder.publishing.records import (
    STATUS_PATH,
    Record,
    Records,
    by_path,
    record_path,
    write_records,
)

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
    """Return the awards, parts before what stacks from them (the stack rule forbids equal kinds)."""
    return sorted(
        catalog.awards.values(), key=lambda item: (KINDS.index(item.achievement.spec.kind), item.id)
    )


def sign_awards(
    catalog: Catalog,
    at: Addresses,
    records: Records,
    signer: GetSigner,
    done: Callable[[], None],
) -> Signed:
    """Return every badge, signed; a recorded proof that no longer fits is a problem: the award was altered.

    ``done`` is called after each award. Raises ``KeyRefused`` where a key is needed and cannot be had.
    """
    signed = Signed(problems=[*_moved(at, records), *_orphans(catalog, records)])
    if signed.problems:
        return signed
    digests: dict[str, str] = {}
    for issued in in_signing_order(catalog):
        unsigned = unsigned_credential(issued, catalog, at, digests)
        try:
            document = _prove(signed, issued, unsigned, _keys(catalog, at, "issue"), records, signer, at)
        except (UnsignableError, TooComplexError) as error:
            signed.problems.append(_unsignable(issued, error))
            document = unsigned
        data = dump(document)
        digests[issued.id] = digest_multibase(data)
        signed.badges.append(Badge(issued, document, data))
        done()
    return signed


def _prove(
    signed: Signed,
    issued: IssuedAward,
    unsigned: Json,
    keys: Mapping[str, str],
    records: Records,
    signer: GetSigner,
    at: Addresses,
) -> Json:
    record = records.awards.get(issued.id)
    if record is not None:
        document = attach(unsigned, _options(record.key, record.created), record.proof_value)
        if not _fits(document, record, keys, created(issued)):
            signed.problems.append(_altered(issued, record))
        return document
    key = signer()
    options = _options(at.key_id(key.public_key), created(issued))
    document = add_proof(unsigned, options, key.sign)
    signed.new.append(_record(issued.id, options, document, record_path(issued.path)))
    return document


def _unsignable(issued: IssuedAward, error: ProofError) -> Problem:
    """What an author wrote passes every rule for its file, yet a proof could not cover all of it."""
    message = f"award {issued.id} cannot be signed: {error}"
    hint = "look for the same thing said twice, such as one evidence url in two entries"
    return Problem(path=issued.path, code="unsignable", message=message, hint=hint)


def _options(key: str, when: str) -> Json:
    return proof_options(verification_method=key, created=when)


def _keys(catalog: Catalog, at: Addresses, role: str) -> dict[str, str]:
    """Return the public keys of a role by key id; compromised ones are not trusted with anything."""
    usable = [key for key in catalog.issuer.keys if key.role == role and key.state != "compromised"]
    return {at.key_id(key.public_key): key.public_key for key in usable}


def _fits(document: Json, record: Record, keys: Mapping[str, str], when: str) -> bool:
    public_key = keys.get(record.key)
    if public_key is None or record.created != when:
        return False
    try:
        return proof_holds(document, public_key_bytes(public_key))
    except ProofFormatError:
        return False  # a proof value that cannot be read fits nothing


def _altered(issued: IssuedAward, record: Record) -> Problem:
    message = f"award {issued.id} no longer fits its recorded proof in {record.path}:{record.line}"
    hint = (
        "the award, its credential version or the issuer was changed after it was signed; "
        "undo that change, or revoke the award and issue a new one"
    )
    return Problem(path=issued.path, code="issued-changed", message=message, hint=hint)


def _moved(at: Addresses, records: Records) -> list[Problem]:
    """Published badges name the address they were made for; a site elsewhere cannot publish them again."""
    elsewhere = [record for record in records.awards.values() if not record.key.startswith(at.did + "#")]
    if not elsewhere:
        return []
    old = elsewhere[0].key.split("#")[0]
    message = f"{len(elsewhere)} published badges were made for {old}, and this site is {at.did}"
    hint = "put site_url back; a move to another domain needs a plan of its own"
    return [Problem(path="mkdocs.yml", code="address-changed", message=message, hint=hint)]


def _orphans(catalog: Catalog, records: Records) -> list[Problem]:
    """A proof whose award is gone: published badges are never lost silently."""
    return [
        Problem(
            path=record.path,
            line=record.line,
            code="issued-deleted",
            message=f"award {record.subject} was signed and published, but is in no award file",
            hint="bring the award back; to withdraw it, write revoked: with a date and a reason",
        )
        for record in records.awards.values()
        if record.subject not in catalog.awards
    ]


def _record(subject: str, options: Json, document: Json, path: str) -> Record:
    return Record(
        subject=subject,
        key=options["verificationMethod"],
        created=options["created"],
        proof_value=document["proof"][0]["proofValue"],
        path=path,
        line=0,
    )


def sign_lists(
    signed: Signed, catalog: Catalog, at: Addresses, now: date, records: Records, signer: GetSigner
) -> None:
    """Add every status list to ``signed``: a proof recorded for this very day and content is used again."""
    keys = _keys(catalog, at, "status")
    for number, unsigned in unsigned_lists(catalog, at, now).items():
        record = records.lists.get(str(number))
        if record is not None and record.created == instant(now):
            document = attach(unsigned, _options(record.key, record.created), record.proof_value)
            if _fits(document, record, keys, instant(now)):
                signed.lists[number] = dump(document)
                continue
        key = signer()
        options = _options(at.key_id(key.public_key), instant(now))
        document = add_proof(unsigned, options, key.sign)
        signed.new_lists.append(_record(str(number), options, document, STATUS_PATH))
        signed.lists[number] = dump(document)


def proof_files(signed: Signed, records: Records) -> dict[str, bytes]:
    """Return the files below ``proofs/`` that change, with what was recorded before and what is new."""
    changed = {record.path for record in signed.new}
    kept: Iterable[Record] = (record for record in records.awards.values() if record.path in changed)
    files = {path: write_records(found) for path, found in by_path([*kept, *signed.new])}
    if signed.new_lists:
        lists = {**records.lists, **{record.subject: record for record in signed.new_lists}}
        files[STATUS_PATH] = write_records(lists.values(), "list")
    return files
