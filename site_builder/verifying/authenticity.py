"""The first answer: whether the issuer signed exactly these words, with a key its own did.json lists."""

from __future__ import annotations

from datetime import datetime

from site_builder.proof.canonical import refuse_undefined
from site_builder.proof.eddsa import hash_data, proof_holds, proof_of, signature_is_good, without_proof
from site_builder.proof.errors import ProofError, TooComplexError, UndefinedTermError
from site_builder.proof.multibase import MultibaseError, public_key_bytes
from site_builder.verifying.did_web import did_host, is_did_web
from site_builder.verifying.key_document import KeyDocument
from site_builder.verifying.shape import Presented, Refused
from site_builder.verifying.verdict import Answer

ALTERED = "its words do not match the issuer's signature"
_FIELD_NOT_COVERED = "it has a field that the signature does not cover"
_DID_KEY = "did:key:"


def signature_holds(badge: Presented, public_key: bytes) -> bool:
    """Return True where the proof covers every word of ``badge`` under this key; raise :class:`Refused`.

    Refused are documents no proof covers whole, and those that cost too much to canonicalize.
    """
    if badge.hashes is not None:
        return signature_is_good(badge.hashes, badge.signature, public_key)
    try:
        return proof_holds(badge.document, public_key)
    except UndefinedTermError as reason:
        raise Refused("undefined-term", _FIELD_NOT_COVERED, str(reason)) from reason
    except TooComplexError as reason:
        raise Refused(reason.code, "it is too large or too tangled to be a badge", str(reason)) from reason
    except ProofError as reason:
        raise Refused("not-covered", "the signature cannot cover all its words", str(reason)) from reason


def key_fault(badge: Presented) -> Answer | None:
    """Return the answer for a proof whose key belongs to another than the issuer; None where they agree."""
    if badge.key_id.partition("#")[0] == badge.issuer and "#" in badge.key_id:
        return None
    return no("wrong-key", "the key that signed it does not belong to the issuer it names", badge)


def no(code: str, reason: str, badge: Presented | None = None, fault: str = "") -> Answer:
    """Return "not authentic"; ``code`` is for machines, ``fault`` says what was found and where."""
    detail = {"code": code, **({"key": badge.key_id} if badge else {}), **({"fault": fault} if fault else {})}
    return Answer("not-authentic", reason, detail)


def refused(reason: Refused, badge: Presented | None = None) -> Answer:
    """Return "not authentic" for what could not be judged."""
    return no(reason.code, str(reason), badge, reason.fault)


def authenticity(badge: Presented, keys: KeyDocument, now: datetime, *, at_home: bool) -> Answer:
    """Return whether ``badge`` is signed by a key that ``keys`` lists for badges.

    ``at_home`` says whether the key document was read at the issuer's own address; where it was not, a copy
    vouches for itself, and the answer is never "authentic".
    """
    host = did_host(badge.issuer)
    key = keys.keys.get(badge.key_id)
    if key is None or not key.counts(now):
        where = host if at_home else "this copy of the site"
        return no("unlisted-key", f"signed, but not by a key that {where} lists as its own", badge)
    if keys.is_status_key(badge.key_id):
        return no("status-key", "it is signed by a key that may sign revocation lists only", badge)
    try:
        if not signature_holds(badge, key.public_key):
            return no("bad-signature", ALTERED, badge)
    except Refused as reason:
        return refused(reason, badge)
    detail = {"key": badge.key_id, "host": host}
    if at_home:
        return Answer("authentic", f"signed by a key that {host} lists as its own, and unchanged", detail)
    return Answer("matches-copy", f"matches the keys in this copy; {host} was not asked", detail)


def without_keys(badge: Presented, why: str) -> Answer:
    """Return the answer where the issuer's did.json could not be had: never better than "unknown".

    A document that no signature covers whole is refused all the same, and so is one that a ``did:key``, which
    is its own key, did not sign.
    """
    try:
        if not is_did_web(badge.issuer) and badge.issuer.startswith(_DID_KEY):
            return _bare_key(badge)
        if badge.hashes is None:
            refuse_undefined(without_proof(badge.document))
    except Refused as reason:
        return refused(reason, badge)
    except UndefinedTermError as reason:
        return no("undefined-term", _FIELD_NOT_COVERED, badge, str(reason))
    except ProofError as reason:
        return no("not-covered", "no signature could cover all its words", badge, str(reason))
    return Answer("unknown", f"we cannot say who signed it: {why}", {"key": badge.key_id})


def _bare_key(badge: Presented) -> Answer:
    """Return the answer for an issuer that is a key and nothing else (did:key method, 3.1)."""
    try:
        public_key = public_key_bytes(badge.issuer.removeprefix(_DID_KEY))
    except MultibaseError:
        return Answer("unknown", "its issuer is a key of a kind that we cannot check", {"key": badge.key_id})
    if not signature_holds(badge, public_key):
        return no("bad-signature", ALTERED, badge)
    reason = "the signature is right, but its issuer is a bare key: nobody says whose it is"
    return Answer("unknown", reason, {"key": badge.key_id})


def document_hash(badge: Presented) -> str:
    """Return the SHA-256 of the canonical document as hex, for those who want to compare verifiers."""
    if badge.hashes is not None:
        return badge.hashes.document.hex()
    proof = proof_of(badge.document)
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    return hash_data(without_proof(badge.document), options).document.hex()
