"""The form a badge must have before anything it says is weighed (DESIGN 6, "before canonicalizing").

Only what a verifier would misread is refused here. Whether words are covered by the signature is for
:mod:`site_builder.proof.canonical` to ask, whose guards run inside every proof check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from site_builder.proof.contexts import CONTEXTS
from site_builder.proof.eddsa import HashData, proof_of
from site_builder.proof.errors import JsonRefused, ProofFormatError
from site_builder.proof.strict_json import parse
from site_builder.verifying.instants import parse_instant

_PROOF_FIELDS = frozenset(
    {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
)
_LONGEST_ID = 2048

# Told by code, in words that the browser has in every language; what was found stands in the detail.
_UNREADABLE = {
    "too-large": "it is too large to be read as a badge",
    "encoding": "it is not text in UTF-8, as a badge is",
    "too-deep": "it is nested too deeply to be read as a badge",
    "syntax": "it is not JSON, as a badge is",
    "duplicate-key": "it says one thing twice, so that two readers could take it differently",
    "number": "it holds a number that readers could take differently",
    "surrogate": "it holds half of a character",
    "not-an-object": "it is not one JSON object, as a badge is",
}


class Refused(Exception):  # noqa: N818 -- it says what happened
    """The document has not the form of a badge we can judge; ``code`` names why, the text tells people.

    ``fault`` says, for the curious, what was found and where; it may be empty.
    """

    def __init__(self, code: str, message: str, fault: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Presented:
    """A document of the right form. Every word in it is a claim until the proof holds.

    ``key_id`` is the proof's verification method; ``valid_from`` and ``valid_until`` are UTC. ``hashes`` are
    known already where the badge has a known shape (:mod:`.compiled`): then ``document`` holds only what is
    asked of a badge whose signature is good, its status and its parts, and ``signature`` the proof's value.
    """

    document: Mapping[str, Any]
    id: str
    issuer: str
    issuer_name: str
    key_id: str
    valid_from: datetime
    valid_until: datetime | None
    hashes: HashData | None = None
    signature: bytes = b""


def read_badge(raw: bytes) -> Presented:
    """Return the Open Badges 3.0 credential that ``raw`` spells, unverified; raise :class:`Refused`."""
    document = read_json(raw)
    if "OpenBadgeCredential" not in _texts(document.get("type")) and "AchievementCredential" not in _texts(
        document.get("type")
    ):
        raise Refused("not-a-badge", "this is not an Open Badges 3.0 credential")
    presented = read_credential(document, CONTEXTS)
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or not isinstance(subject.get("achievement"), dict):
        raise Refused("not-a-badge", "this badge does not say, for one holder, what was achieved")
    return presented


def read_json(raw: bytes) -> dict[str, Any]:
    """Return the JSON object; raise :class:`Refused` where two readers could see two documents."""
    try:
        return parse(raw)
    except JsonRefused as reason:
        raise Refused(reason.code, _UNREADABLE[reason.code], str(reason)) from reason


def read_credential(document: Mapping[str, Any], contexts: tuple[str, ...]) -> Presented:
    """Return a Verifiable Credential (VC Data Model 2.0) with exactly these contexts and one proof we know.

    Raises :class:`Refused` for any other document.
    """
    if document.get("@context") != list(contexts):
        raise Refused(
            "unknown-context",
            "its list of contexts is not the accepted one, so its signature may cover other words",
        )
    _refuse_inner_contexts(document)
    if "VerifiableCredential" not in _texts(document.get("type")):
        raise Refused("not-a-credential", "this is not a verifiable credential")
    proof = _one_proof(document)
    issuer, name = _issuer(document)
    return Presented(
        document=document,
        id=named(document.get("id"), "id"),
        issuer=issuer,
        issuer_name=name,
        key_id=named(proof.get("verificationMethod"), "verificationMethod"),
        valid_from=_instant(document, "validFrom"),
        valid_until=_instant(document, "validUntil") if "validUntil" in document else None,
    )


def _refuse_inner_contexts(document: Mapping[str, Any]) -> None:
    """Refuse contexts where none belong: one that repeats ours changes no statement, so no proof sees it."""
    for node in _nodes(document):
        if "@context" in node and "VerifiableCredential" not in _texts(node.get("type")):
            raise Refused("unknown-context", "it carries a context where none belongs")


def _nodes(value: object) -> Iterator[Mapping[str, Any]]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _one_proof(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the proof; one with an option we do not heed (Data Integrity 2.1: ``expires``) is refused."""
    try:
        proof = proof_of(document)
    except ProofFormatError as reason:
        raise Refused(reason.code, "it carries no signature that we can check", str(reason)) from reason
    extra = sorted(set(proof) - _PROOF_FIELDS)
    if extra:
        raise Refused("proof-option", f"its signature has an option that we do not know: {extra[0][:80]}")
    if "created" in proof:
        _instant(proof, "created")
    return proof


def _issuer(document: Mapping[str, Any]) -> tuple[str, str]:
    issuer = document.get("issuer")
    if isinstance(issuer, dict):
        name = issuer.get("name")
        return named(issuer.get("id"), "issuer"), name if isinstance(name, str) else ""
    return named(issuer, "issuer"), ""


def named(value: object, field: str) -> str:
    """Return the text that names something; raise :class:`Refused` where it is none, or far too long."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID:
        raise Refused("no-" + field.lower(), f"it has no {field} that we can read")
    return value


def _instant(document: Mapping[str, Any], field: str) -> datetime:
    try:
        return parse_instant(document.get(field))
    except ValueError as reason:
        raise Refused("bad-date", f"its {field} is no date that we can read", str(reason)) from reason


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]
