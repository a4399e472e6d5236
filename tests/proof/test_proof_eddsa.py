"""Signing and checking: what holds, what does not, and what is told about a proof of another form."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3.ldp import verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError

from site_builder.keys import Role, demo_signers
from site_builder.proof.canonical import UnsignableError
from site_builder.proof.eddsa import (
    ProofFormatError,
    add_proof,
    attach,
    hash_data,
    proof_holds,
    proof_of,
    proof_options,
    proof_value,
    without_proof,
)
from site_builder.proof.errors import ProofError, pointer_to
from site_builder.proof.multibase import base58_decode, encode, public_key_bytes
from tests.proof.sample import CREATED, at, full_credential, places, replaced, without

SIGNER = demo_signers()[Role.ISSUE]
PUBLIC = public_key_bytes(SIGNER.public_key)
OPTIONS = proof_options(verification_method=f"did:web:college.example#{SIGNER.public_key}", created=CREATED)
SIGNED = add_proof(full_credential(), OPTIONS, SIGNER.sign)
PARTS = [path for path, _ in places(SIGNED) if path]
OBJECTS = [path for path, value in places(SIGNED) if isinstance(value, dict)]
LEAVES = [path for path, value in places(SIGNED) if not isinstance(value, dict | list)]

_NO_METHOD = "verificationMethod of the proof must be the text of a key id"
_TOO_LONG = "base58 text must have at most 200 characters, not 999"

# The order of the base point: adding it to S leaves the equation true and the signature non-canonical.
_ORDER = 2**252 + 27742317777372353535851937790883648493


def noticed(document: dict[str, Any]) -> bool:
    try:
        return not proof_holds(document, PUBLIC)
    except ProofError:
        return True


def with_value(value: object) -> dict[str, Any]:
    return replaced(SIGNED, ("proof", 0, "proofValue"), value)


def test_signed_credential_holds() -> None:
    assert proof_holds(SIGNED, PUBLIC)
    assert list(SIGNED) == [*full_credential(), "proof"]
    assert list(SIGNED["proof"][0]) == [
        "type",
        "cryptosuite",
        "created",
        "verificationMethod",
        "proofPurpose",
        "proofValue",
    ]


def test_proof_as_an_object_holds_too() -> None:
    assert proof_holds(SIGNED | {"proof": SIGNED["proof"][0]}, PUBLIC)


def test_signing_changes_nothing_it_was_given() -> None:
    unsigned, options = full_credential(), dict(OPTIONS)
    add_proof(unsigned, options, SIGNER.sign)
    assert (unsigned, options) == (full_credential(), OPTIONS)
    assert without_proof(SIGNED) == unsigned


def test_same_key_signs_the_same_bytes() -> None:
    assert add_proof(full_credential(), OPTIONS, SIGNER.sign) == SIGNED


def test_key_order_and_list_order_of_sets_are_not_signed() -> None:
    shuffled = json.loads(json.dumps(SIGNED, sort_keys=True))
    shuffled["evidence"].reverse()
    assert proof_holds(shuffled, PUBLIC)


def test_recorded_proof_is_attached_as_it_is() -> None:
    assert attach(full_credential(), OPTIONS, SIGNED["proof"][0]["proofValue"]) == SIGNED
    with pytest.raises(ValueError, match=r"^document carries a proof already$"):
        attach(SIGNED, OPTIONS, "z1")


def test_another_key_does_not_hold() -> None:
    assert not proof_holds(SIGNED, public_key_bytes(demo_signers()[Role.STATUS].public_key))


def test_openbadgeslib_agrees() -> None:
    pem = Ed25519PublicKey.from_public_bytes(PUBLIC).public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    verify_data_integrity_proof(SIGNED, pem)
    with pytest.raises(OB3VerificationError):
        verify_data_integrity_proof(SIGNED | {"name": "Other"}, pem)


@pytest.mark.parametrize("path", PARTS, ids=pointer_to)
def test_removing_any_part_is_noticed(path: tuple[str | int, ...]) -> None:
    assert noticed(without(SIGNED, path))


@pytest.mark.parametrize("path", LEAVES, ids=pointer_to)
def test_changing_any_leaf_is_noticed(path: tuple[str | int, ...]) -> None:
    found = at(SIGNED, path)
    other = f"{found}x" if isinstance(found, str) else not found if isinstance(found, bool) else found + 1
    assert noticed(replaced(SIGNED, path, other))
    assert noticed(replaced(SIGNED, path, None))


@pytest.mark.parametrize("path", OBJECTS, ids=pointer_to)
@pytest.mark.parametrize(
    "extra",
    [
        {"name2": "x"},
        {"narrative": "added"},
        {"inLanguage": None},
        {"tag": []},
        {"@context": []},
        {"https://schema.org/name": "x"},
        {"url": "https://evil.example/"},
    ],
    ids=lambda extra: next(iter(extra)),
)
def test_adding_to_any_object_is_noticed(path: tuple[str | int, ...], extra: dict[str, Any]) -> None:
    changed = copy.deepcopy(SIGNED)
    at(changed, path).update(extra)
    assert noticed(changed)


@pytest.mark.parametrize("key", ["validUntil", "credentialStatus", "evidence", "name"])
def test_property_hidden_behind_its_iri_is_noticed(key: str) -> None:
    """The same graph, but a reader of the JSON would see no expiry and no status."""
    changed = copy.deepcopy(SIGNED)
    base = "https://schema.org/" if key == "name" else "https://www.w3.org/2018/credentials#"
    changed[base + key] = changed.pop(key)
    assert noticed(changed)


def test_expiry_moved_below_another_mention_is_noticed() -> None:
    unsigned = full_credential()
    unsigned["relatedResource"].append({"id": unsigned["id"]})
    signed = add_proof(unsigned, OPTIONS, SIGNER.sign)
    assert proof_holds(signed, PUBLIC)
    moved = copy.deepcopy(signed)
    moved["relatedResource"][-1]["validUntil"] = moved.pop("validUntil")
    moved["relatedResource"][-1]["type"] = ["VerifiableCredential"]
    assert noticed(moved)


def test_statement_made_twice_is_not_signed() -> None:
    """Either of the two could be removed and the proof would still hold."""
    unsigned = full_credential()
    creator = {"id": unsigned["issuer"]["id"], "type": ["Profile"]}
    unsigned["credentialSubject"]["achievement"]["creator"] = creator
    with pytest.raises(UnsignableError) as caught:
        add_proof(unsigned, OPTIONS, SIGNER.sign)
    assert (
        str(caught.value) == "/credentialSubject/achievement/creator/type: says again what is said elsewhere"
    )


@pytest.mark.parametrize(
    ("proof", "code", "message"),
    [
        (None, "no-proof", "credential must carry a proof"),
        ([], "no-proof", "credential must carry a proof"),
        ([SIGNED["proof"][0]] * 2, "several-proofs", "credential must carry one proof, not 2"),
        ("z1", "proof-type", "proof must be an object"),
        ({"type": "X"}, "proof-type", "type of the proof must be DataIntegrityProof, not 'X'"),
        ({"cryptosuite": "X"}, "cryptosuite", "cryptosuite of the proof must be eddsa-rdfc-2022, not 'X'"),
        ({"proofPurpose": "X"}, "purpose", "proofPurpose of the proof must be assertionMethod, not 'X'"),
        ({"verificationMethod": {}}, "method", _NO_METHOD),
        ({"@context": []}, "proof-context", "proof must carry no @context: the document's own applies"),
        ({"created": 5}, "created", "created of the proof must be a date-time"),
        ({"proofValue": "uAAAA"}, "proof-value", "proofValue must be base58btc multibase, starting with 'z'"),
        ({"proofValue": None}, "proof-value", "proofValue must be base58btc multibase, starting with 'z'"),
        ({"proofValue": "z0"}, "proof-value", "proofValue: base58 text must not hold '0'"),
        ({"proofValue": "z" + "1" * 63}, "proof-value", "proofValue must hold 64 bytes, not 63"),
        ({"proofValue": "z" + "1" * 999}, "proof-value", f"proofValue: {_TOO_LONG}"),
    ],
)  # fmt: skip
def test_proof_of_another_form_is_told(proof: Any, code: str, message: str) -> None:
    found = SIGNED["proof"][0] | proof if isinstance(proof, dict) else proof
    with pytest.raises(ProofFormatError) as caught:
        proof_holds(SIGNED | {"proof": found}, PUBLIC)
    assert (caught.value.code, str(caught.value)) == (code, message)


def test_no_proof_key_at_all_is_told() -> None:
    with pytest.raises(ProofFormatError, match=r"^credential must carry a proof$"):
        proof_of(full_credential())


def test_non_canonical_s_does_not_hold() -> None:
    signature = base58_decode(SIGNED["proof"][0]["proofValue"][1:])
    raised = int.from_bytes(signature[32:], "little") + _ORDER
    assert not proof_holds(with_value(proof_value(signature[:32] + raised.to_bytes(32, "little"))), PUBLIC)


@pytest.mark.parametrize(
    "point",
    [
        (1).to_bytes(32, "little"),  # the neutral element
        (2**255 - 20).to_bytes(32, "little"),  # order 2
        bytes(32),  # order 4
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),  # order 8
        (2**255 - 18).to_bytes(32, "little"),  # the neutral element, not canonical
    ],
    ids=["neutral", "order-2", "order-4", "order-8", "non-canonical"],
)
def test_small_order_key_or_point_does_not_hold(point: bytes) -> None:
    """With such a key, one signature would hold for every document."""
    forged = with_value(encode(point + bytes(32)))
    assert not proof_holds(forged, point)
    assert not proof_holds(forged, PUBLIC)
    assert not proof_holds(SIGNED, point)


def test_options_are_signed_with_the_context_of_the_document() -> None:
    hashes = hash_data(full_credential(), OPTIONS)
    assert hashes.combined == hashes.proof + hashes.document
    assert hash_data(full_credential(), {**OPTIONS, "@context": ["urn:other"]}) == hashes


def test_undefined_term_in_the_proof_is_refused() -> None:
    with pytest.raises(UnsignableError, match=r"^/bogus: no context defines 'bogus'"):
        proof_holds(replaced(SIGNED, ("proof", 0, "bogus"), "x"), PUBLIC)
