"""Others sign as we do: npm's library and our own library path give the proofs that compiled shapes give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from bench._agreement import Made, by_library, made
from bench._ours import catalog_of
from bench._programme import write_programme
from site_builder.keys import secret_multibase
from site_builder.proof.multibase import public_key_multibase
from tests.support.contexts import context_files
from tests.support.node import run_script

DID = "did:web:badges.measured.example"
KEY = SigningKey(bytes(range(32)))
PUBLIC = public_key_multibase(bytes(KEY.verify_key))


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return a thousand credentials of a hundred random shapes, with texts that are hard to sign."""
    root = tmp_path_factory.mktemp("ground")
    write_programme(root, 1)
    return made(catalog_of(root), KEY, f"{DID}#{PUBLIC}", 1000)


def test_they_are_of_many_shapes_and_each_takes_the_compiled_way(thousand: Made) -> None:
    assert (len(thousand.proofs), thousand.shapes, thousand.uncompiled) == (1000, 100, 0)
    documents = [line["unsigned"] for line in thousand.lines]
    assert {len(document.get("evidence", ())) for document in documents} == set(range(6))
    assert {len(document.get("relatedResource", ())) for document in documents} >= {0, 1, 2, 3, 4}
    assert {"id" in document["credentialSubject"] for document in documents} == {True, False}
    assert {"validUntil" in document for document in documents} == {True, False}
    texts = {document["credentialSubject"]["narrative"] for document in documents}
    assert len(texts) == 1000


@pytest.mark.node
def test_npms_library_gives_the_same_proof_for_each_of_them(thousand: Made, tmp_path: Path) -> None:
    credentials = tmp_path / "credentials.jsonl"
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in thousand.lines)
    credentials.write_text(text, encoding="utf-8")
    key = {"id": f"{DID}#{PUBLIC}", "controller": DID, "publicKeyMultibase": PUBLIC}
    job = {
        "credentials": str(credentials),
        "contexts": {url: str(path) for url, path in context_files().items()},
        "key": {**key, "secretKeyMultibase": secret_multibase(bytes(KEY))},
    }
    theirs = json.loads(run_script("sign.mjs", job))["proofs"]
    assert len(theirs) == 1000
    assert [at for at, proof in enumerate(theirs) if proof != thousand.proofs[at]] == []


def test_our_library_path_gives_the_same_bytes(thousand: Made) -> None:
    for at in range(0, 1000, 4):
        assert by_library(thousand.lines[at], KEY, f"{DID}#{PUBLIC}") == (
            thousand.proofs[at],
            thousand.data[at],
        )
