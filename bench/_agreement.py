"""Whether others sign as we do: the same proof value for the same credential, down to the last character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from nacl.signing import SigningKey

from bench._random_awards import part_digests, random_awards
from site_builder.assembling.addresses import Addresses, award_json
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.assembling.slots import slot_paths, slot_values
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.proof.compiled import CompiledShape, Uncompilable, compile_shape
from site_builder.proof.eddsa import add_proof, proof_options, proof_value
from site_builder.proof.strict_json import dump

Json = dict[str, Any]


@dataclass
class Made:
    """Credentials that we signed by compiled shapes: what others are given, our bytes and our proofs."""

    lines: list[Json] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    shapes: int = 0
    uncompiled: int = 0
    """How many no compiled shape took; they were signed by the library, and compare nothing."""


def made(catalog: Catalog, key: SigningKey, key_id: str, count: int, each: int = 10, seed: int = 1) -> Made:
    """Return ``count`` random credentials of as many shapes as there are tens of them, signed by us."""
    chance, at, found = Random(seed), Addresses(catalog.settings.site_url), Made()
    for awards in random_awards(catalog, chance, -(-count // each), each):
        _sign(awards[: count - len(found.proofs)], catalog, at, key, key_id, chance, found)
    return found


def _sign(
    awards: Iterable[IssuedAward],
    catalog: Catalog,
    at: Addresses,
    key: SigningKey,
    key_id: str,
    chance: Random,
    found: Made,
) -> None:
    shape: CompiledShape | None = None
    for issued in awards:
        digests, when = part_digests(issued, chance), created(issued)
        unsigned = unsigned_credential(issued, catalog, at, digests)
        options = proof_options(verification_method=key_id, created=when)
        found.lines.append({"path": award_json(issued.id), "created": when, "unsigned": unsigned})
        try:
            if shape is None:
                shape = compile_shape(unsigned, slot_paths(unsigned), options)
                found.shapes += 1
            values = slot_values(issued, at, digests)
            hashed = shape.hash_data(values, when)
        except Uncompilable:
            found.uncompiled += 1
            value, data = by_library(found.lines[-1], key, key_id)
        else:
            value = proof_value(bytes(key.sign(hashed.combined).signature))
            data = shape.data(values, when, value)
        found.proofs.append(value)
        found.data.append(data)


def by_library(line: Json, key: SigningKey, key_id: str) -> tuple[str, bytes]:
    """Return proof and bytes of one credential as our own library path makes them."""
    options = proof_options(verification_method=key_id, created=line["created"])
    document = add_proof(line["unsigned"], options, lambda data: bytes(key.sign(data).signature))
    return str(document["proof"][0]["proofValue"]), dump(document)
