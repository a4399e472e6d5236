"""The official vectors through compiled shapes: every intermediate value, and other values in the slots."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from site_builder.proof.canonical import canonical_nquads
from site_builder.proof.compiled import compile_shape
from site_builder.proof.eddsa import attach, hash_data, without_proof
from site_builder.proof.slots import filled
from site_builder.proof.strict_json import dump
from tests.proof.slotted import slots_of, values_of
from tests.proof.test_proof_vectors import _W3C

pytestmark = pytest.mark.shared


@pytest.fixture
def w3c(shared: Path) -> _W3C:
    return _W3C(shared)


def test_w3c_vector(w3c: _W3C) -> None:
    paths = slots_of(w3c.unsigned)
    assert len(paths) == 7
    shape = compile_shape(w3c.unsigned, paths, w3c.options, extra_contexts=w3c.extra)
    values, created = values_of(w3c.unsigned, paths), w3c.options["created"]
    assert shape.canonical(values) == w3c.step("canonDocDataInt.txt")
    hashes = shape.hash_data(values, created)
    assert hashes.document.hex() == w3c.step("docHashDataInt.txt")
    assert hashes.proof.hex() == w3c.step("proofHashDataInt.txt")
    assert hashes.combined.hex() == w3c.step("combinedHashDataInt.txt")
    value = w3c.step("sigBTC58DataInt.txt")
    assert shape.data(values, created, value) == dump(attach(w3c.unsigned, w3c.options, value))


def test_w3c_vector_reached_from_another_document(w3c: _W3C) -> None:
    """The vector's own texts are in no template here: they come in as values."""
    paths = slots_of(w3c.unsigned)
    others = [f"https://other.example/{index}" for index in range(len(paths))]
    other = filled(w3c.unsigned, paths, others)
    options = {**w3c.options, "created": "1999-01-01T00:00:00Z"}
    shape = compile_shape(other, paths, options, extra_contexts=w3c.extra)
    hashes = shape.hash_data(values_of(w3c.unsigned, paths), w3c.options["created"])
    assert hashes.combined.hex() == w3c.step("combinedHashDataInt.txt")


def test_open_badges_vector(shared: Path) -> None:
    folder = shared / "standards/vectors/1edtech-impl/ob3"
    vector = json.loads((folder / "vector.json").read_text("utf-8"))
    signed: dict[str, Any] = json.loads((folder / "signed.json").read_text("utf-8"))
    unsigned = without_proof(signed)
    options = {key: value for key, value in signed["proof"].items() if key != "proofValue"}
    paths = slots_of(unsigned)
    shape = compile_shape(unsigned, paths, options)
    values = values_of(unsigned, paths)
    assert shape.canonical(values) == (folder / "document-canon.txt").read_text("utf-8")
    hashes = shape.hash_data(values, options["created"])
    assert (hashes.document.hex(), hashes.proof.hex()) == (vector["documentHash"], vector["proofHash"])
    assert hashes == hash_data(unsigned, options)
    proof = canonical_nquads({**options, "@context": unsigned["@context"]})
    assert hashlib.sha256(proof.encode()).hexdigest() == vector["proofHash"]
