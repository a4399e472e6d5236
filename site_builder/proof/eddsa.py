"""The cryptosuite eddsa-rdfc-2022 (W3C Data Integrity EdDSA Cryptosuites v1.0, 3.2).

Assembling the options, canonicalizing, hashing and signing are separate steps, so that a faster way to a
:class:`HashData` can take the place of the library's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.proof.canonical import canonical_nquads
from site_builder.proof.errors import MultibaseError, ProofFormatError
from site_builder.proof.guards import refuse_repeated_statements
from site_builder.proof.multibase import base58_decode, encode

__all__ = [
    "CRYPTOSUITE",
    "HashData",
    "ProofFormatError",
    "add_proof",
    "attach",
    "hash_data",
    "proof_holds",
    "proof_of",
    "proof_options",
    "proof_value",
    "signature_is_good",
    "signature_of",
    "without_proof",
]

CRYPTOSUITE = "eddsa-rdfc-2022"
_FIXED = {"type": "DataIntegrityProof", "cryptosuite": CRYPTOSUITE, "proofPurpose": "assertionMethod"}


@dataclass(frozen=True)
class HashData:
    """The two SHA-256 hashes a proof signs, 32 bytes each."""

    document: bytes
    proof: bytes

    @property
    def combined(self) -> bytes:
        """The 64 bytes that are signed: the hash of the proof configuration first (3.2.4)."""
        return self.proof + self.document


def proof_options(*, verification_method: str, created: str) -> dict[str, Any]:
    """Return the proof without its value; ``created`` is an XML Schema date-time with a zone."""
    return {
        "type": _FIXED["type"],
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": verification_method,
        "proofPurpose": _FIXED["proofPurpose"],
    }


def hash_data(
    unsigned: Mapping[str, Any],
    options: Mapping[str, Any],
    *,
    extra_contexts: Mapping[str, bytes] | None = None,
) -> HashData:
    """Return the hashes of ``unsigned`` (no ``proof``) and of the proof configuration (3.2.3 to 3.2.5).

    The configuration is read with the document's ``@context``. Raises what
    :func:`~site_builder.proof.canonical.canonical_nquads` raises.
    """
    configuration = {**options, "@context": unsigned.get("@context")}
    return HashData(
        document=_hash(canonical_nquads(unsigned, extra_contexts=extra_contexts)),
        proof=_hash(canonical_nquads(configuration, extra_contexts=extra_contexts)),
    )


def _hash(canonical: str) -> bytes:
    return hashlib.sha256(canonical.encode("utf-8")).digest()


def proof_value(signature: bytes) -> str:
    """Return ``proofValue`` of a 64-byte signature: multibase base58btc (3.2.1)."""
    if len(signature) != 64:
        raise ValueError(f"an Ed25519 signature has 64 bytes, not {len(signature)}")
    return encode(signature)


def add_proof(
    unsigned: Mapping[str, Any],
    options: Mapping[str, Any],
    sign: Callable[[bytes], bytes],
) -> dict[str, Any]:
    """Return ``unsigned`` with its proof, signed by ``sign`` (64 bytes in, 64-byte signature out).

    Raises what :func:`hash_data` raises, and :class:`UnsignableError` for a statement made twice.
    """
    refuse_repeated_statements(unsigned)
    return attach(unsigned, options, proof_value(sign(hash_data(unsigned, options).combined)))


def attach(unsigned: Mapping[str, Any], options: Mapping[str, Any], proof_value: str) -> dict[str, Any]:
    """Return ``unsigned`` with a recorded proof as its last key, an array of one; nothing is checked."""
    if "proof" in unsigned:
        raise ValueError("document carries a proof already")
    return {**unsigned, "proof": [{**options, "proofValue": proof_value}]}


def without_proof(signed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document that was signed: all but ``proof``."""
    return {key: value for key, value in signed.items() if key != "proof"}


def proof_of(signed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the one proof of ``signed``, given as an object or an array of one, of the right form.

    Raises :class:`ProofFormatError`: no-proof, several-proofs, proof-type, cryptosuite, purpose, method,
    created, proof-context, proof-value. Whether the signature holds is not asked here.
    """
    found = signed.get("proof")
    proofs = found if isinstance(found, list) else [] if found is None else [found]
    if not proofs:
        raise ProofFormatError("no-proof", "credential must carry a proof")
    if len(proofs) > 1:
        raise ProofFormatError("several-proofs", f"credential must carry one proof, not {len(proofs)}")
    proof = proofs[0]
    if not isinstance(proof, dict):
        raise ProofFormatError("proof-type", "proof must be an object")
    _check_form(proof)
    return proof


def _check_form(proof: Mapping[str, Any]) -> None:
    for key, code in (("type", "proof-type"), ("cryptosuite", "cryptosuite"), ("proofPurpose", "purpose")):
        if proof.get(key) != _FIXED[key]:
            raise ProofFormatError(
                code, f"{key} of the proof must be {_FIXED[key]}, not {str(proof.get(key))[:80]!r}"
            )
    if not isinstance(proof.get("verificationMethod"), str):
        raise ProofFormatError("method", "verificationMethod of the proof must be the text of a key id")
    if not isinstance(proof.get("created", ""), str):
        raise ProofFormatError("created", "created of the proof must be a date-time")
    if "@context" in proof:
        raise ProofFormatError("proof-context", "proof must carry no @context: the document's own applies")
    signature_of(proof.get("proofValue"))


def signature_of(value: object) -> bytes:
    """Return the 64 bytes of a ``proofValue`` (3.2.1); raise :class:`ProofFormatError` for any other."""
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofFormatError("proof-value", "proofValue must be base58btc multibase, starting with 'z'")
    try:
        signature = base58_decode(value[1:])
    except MultibaseError as reason:
        raise ProofFormatError("proof-value", f"proofValue: {reason}") from reason
    if len(signature) != 64:
        raise ProofFormatError("proof-value", f"proofValue must hold 64 bytes, not {len(signature)}")
    return signature


def proof_holds(
    signed: Mapping[str, Any],
    public_key: bytes,
    *,
    extra_contexts: Mapping[str, bytes] | None = None,
) -> bool:
    """Return True where the one proof of ``signed`` was made by the holder of ``public_key`` (32 raw bytes).

    Whether that key is the issuer's, and whether the contexts are exactly ours, is for the caller to ask.
    Raises :class:`ProofFormatError` for a proof of another form, and what
    :func:`~site_builder.proof.canonical.canonical_nquads` raises for a document no proof could cover.
    """
    proof = proof_of(signed)
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    hashes = hash_data(without_proof(signed), options, extra_contexts=extra_contexts)
    return signature_is_good(hashes, signature_of(proof.get("proofValue")), public_key)


def signature_is_good(hashes: HashData, signature: bytes, public_key: bytes) -> bool:
    """Return True where the 64 bytes of ``signature`` sign ``hashes`` under ``public_key`` (32 raw bytes).

    libsodium refuses a non-canonical S, a small-order R, and a non-canonical or small-order key.
    """
    # Slow to import, and a run that finds nothing changed checks no signature.
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(public_key).verify(hashes.combined, signature)
    except BadSignatureError:
        return False
    return True
