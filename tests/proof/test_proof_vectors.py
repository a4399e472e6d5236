"""The official eddsa-rdfc-2022 vectors, with every intermediate value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from site_builder.proof.canonical import canonical_nquads
from site_builder.proof.eddsa import attach, hash_data, proof_holds, proof_options, proof_value, without_proof
from site_builder.proof.multibase import base58_decode, decode, public_key_bytes, public_key_multibase

pytestmark = pytest.mark.shared

_EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


class _W3C:
    def __init__(self, shared: Path) -> None:
        folder = shared / "standards/vectors/vc-di-eddsa"
        self.steps = folder / "eddsa-rdfc-2022"
        self.extra = {_EXAMPLES: (folder / "credentials-examples-v2.jsonld").read_bytes()}
        self.unsigned = json.loads((folder / "unsigned.json").read_text("utf-8"))
        self.signed = json.loads((self.steps / "signedDataInt.json").read_text("utf-8"))
        self.configuration = json.loads((self.steps / "proofConfigDataInt.json").read_text("utf-8"))
        pair = json.loads((folder / "keyPair.json").read_text("utf-8"))
        self.public = public_key_bytes(pair["publicKeyMultibase"])
        self.key = SigningKey(decode(pair["privateKeyMultibase"])[2:])

    def step(self, name: str) -> str:
        return (self.steps / name).read_text("utf-8")

    @property
    def options(self) -> dict[str, Any]:
        return {key: value for key, value in self.configuration.items() if key != "@context"}


@pytest.fixture
def w3c(shared: Path) -> _W3C:
    return _W3C(shared)


def test_w3c_canonical_forms(w3c: _W3C) -> None:
    assert canonical_nquads(w3c.unsigned, extra_contexts=w3c.extra) == w3c.step("canonDocDataInt.txt")
    assert canonical_nquads(w3c.configuration, extra_contexts=w3c.extra) == w3c.step("proofCanonDataInt.txt")


def test_w3c_hashes(w3c: _W3C) -> None:
    hashes = hash_data(w3c.unsigned, w3c.options, extra_contexts=w3c.extra)
    assert hashes.document.hex() == w3c.step("docHashDataInt.txt")
    assert hashes.proof.hex() == w3c.step("proofHashDataInt.txt")
    assert hashes.combined.hex() == w3c.step("combinedHashDataInt.txt")


def test_w3c_signature_and_signed_document(w3c: _W3C) -> None:
    assert bytes(w3c.key.verify_key) == w3c.public
    signature = w3c.key.sign(bytes.fromhex(w3c.step("combinedHashDataInt.txt"))).signature
    assert signature.hex() == w3c.step("sigHexDataInt.txt")
    value = proof_value(signature)
    assert value == w3c.step("sigBTC58DataInt.txt")
    assert base58_decode(value[1:]) == signature
    signed = attach(w3c.unsigned, w3c.options, value)
    assert signed["proof"] == [w3c.signed["proof"]]
    assert without_proof(signed) == without_proof(w3c.signed) == w3c.unsigned


def test_w3c_options_are_the_ones_we_build(w3c: _W3C) -> None:
    method = w3c.options["verificationMethod"]
    assert proof_options(verification_method=method, created=w3c.options["created"]) == w3c.options


def test_w3c_signed_document_verifies(w3c: _W3C) -> None:
    assert proof_holds(w3c.signed, w3c.public, extra_contexts=w3c.extra)
    assert not proof_holds(w3c.signed | {"name": "Other"}, w3c.public, extra_contexts=w3c.extra)


@pytest.fixture
def ob3(shared: Path) -> dict[str, Any]:
    folder = shared / "standards/vectors/1edtech-impl/ob3"
    return {
        **json.loads((folder / "vector.json").read_text("utf-8")),
        "signed": json.loads((folder / "signed.json").read_text("utf-8")),
        "document-canon": (folder / "document-canon.txt").read_text("utf-8"),
        "proof-canon": (folder / "proof-canon.txt").read_text("utf-8"),
    }


def test_open_badges_vector(ob3: dict[str, Any]) -> None:
    unsigned = without_proof(ob3["signed"])
    options = {key: value for key, value in ob3["signed"]["proof"].items() if key != "proofValue"}
    assert canonical_nquads(unsigned) == ob3["document-canon"]
    assert canonical_nquads({**options, "@context": unsigned["@context"]}) == ob3["proof-canon"]
    hashes = hash_data(unsigned, options)
    assert hashes.document.hex() == ob3["documentHash"]
    assert hashes.proof.hex() == ob3["proofHash"]
    assert hashes.combined.hex() == ob3["dataToSign"]


def test_open_badges_vector_signature(ob3: dict[str, Any]) -> None:
    key = SigningKey(decode(ob3["secretKeyMultibase"])[2:34])
    assert public_key_multibase(bytes(key.verify_key)) == ob3["publicKeyMultibase"]
    assert bytes(key.verify_key).hex() == ob3["publicKeyHex"]
    signature = key.sign(bytes.fromhex(ob3["dataToSign"])).signature
    assert signature.hex() == ob3["signatureHex"]
    assert proof_value(signature) == ob3["proofValue"] == ob3["signed"]["proof"]["proofValue"]
    assert proof_holds(ob3["signed"], bytes(key.verify_key))
