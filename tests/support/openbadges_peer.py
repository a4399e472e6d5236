"""The proof check of PyPI's openbadgeslib, which others wrote, and which canonicalizes on its own path."""

from __future__ import annotations

from typing import Any

from openbadgeslib.ob3.did import pem_for_kid
from openbadgeslib.ob3.ldp import verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError


def openbadgeslib_accepts(credential: dict[str, Any], did_document: dict[str, Any]) -> bool:
    """Return True where openbadgeslib finds the eddsa-rdfc-2022 proof right under a key of ``did_document``.

    The low-level check: proof and key only, no dates and no status. The key must be the one the proof names,
    of this very DID, and listed for assertion. Where it refuses, :func:`refusal` says why.
    """
    return refusal(credential, did_document) == ""


def refusal(credential: dict[str, Any], did_document: dict[str, Any]) -> str:
    """Return openbadgeslib's reason for refusing the proof, or an empty string where it accepts."""
    proofs = credential.get("proof")
    first = proofs[0] if isinstance(proofs, list) and proofs else proofs
    if not isinstance(first, dict):
        return "the credential carries no proof"
    method = str(first.get("verificationMethod"))
    if method not in did_document.get("assertionMethod", []):
        return f"{method} is not listed for assertion"
    try:
        key = pem_for_kid(did_document, did_document["id"], method)
        verify_data_integrity_proof(credential, key)
    except OB3VerificationError as error:
        return str(error)
    return ""
