"""The compiled way to a badge: the library's bytes, its share, and a fault that stops the build."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.credential import created
from site_builder.assembling.slots import shape_key
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.keys import Role, demo_signers
from site_builder.proof.compiled import CompiledShape, compile_shape
from site_builder.proof.eddsa import HashData
from site_builder.proof.errors import UnsignableError
from site_builder.proof.multibase import public_key_bytes
from site_builder.publishing import proving
from site_builder.publishing.proving import WORTH, CompiledFault, CompiledWay, LibraryWay, Proof, Proved
from tests.exports.cohorts import random_catalog
from tests.publishing.histories import History

AT = Addresses("https://badges.northfield.example/")
SIGNER = demo_signers()[Role.ISSUE]
KEY = public_key_bytes(SIGNER.public_key)
DIGESTS: Any = type("Digests", (dict,), {"__missing__": lambda self, part: f"uEi{part.replace('-', '')}"})()


def proof_of(issued: IssuedAward) -> Proof:
    return Proof(AT.key_id(SIGNER.public_key), created(issued))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return random_catalog(5, cohorts=6, awards=30)


def signed(way: LibraryWay, issued: IssuedAward) -> Proved | str:
    """Return the award's badge, or what keeps it from being signed."""
    try:
        return way.sign(issued, DIGESTS, proof_of(issued), SIGNER.sign)
    except UnsignableError as error:
        return str(error)


def the_way(catalog: Catalog, rate: float = 0.0) -> CompiledWay:
    way = CompiledWay(catalog, AT)
    way.turn_to(catalog, catalog.awards.values(), rate)
    return way


def test_both_ways_give_the_same_bytes_and_what_is_worth_it_is_compiled(catalog: Catalog) -> None:
    compiled, library = the_way(catalog), LibraryWay(catalog, AT)
    for issued in catalog.awards.values():
        assert signed(compiled, issued) == signed(library, issued)
    assert compiled.fast + compiled.slow == library.slow == len(catalog.awards)
    shapes = Counter(shape_key(issued) for issued in catalog.awards.values())
    # Some are made to fall back: the same evidence twice, marks within a text.
    assert compiled.fast > 0.8 * sum(number for number in shapes.values() if number >= WORTH)


def test_a_recorded_proof_is_checked_by_both_ways_alike(catalog: Catalog) -> None:
    compiled, library = the_way(catalog), LibraryWay(catalog, AT)
    for number, issued in enumerate(catalog.awards.values()):
        proof, made = proof_of(issued), signed(compiled, issued)
        if isinstance(made, str):
            continue
        value = made.proof_value
        given = (value, value[:-1] + ("2" if value[-1] != "2" else "3"), "nonsense")[number % 3]
        found = compiled.recall(issued, DIGESTS, proof, given, KEY)
        assert found == library.recall(issued, DIGESTS, proof, given, KEY)
        assert found.holds is (given == value)


class Faulty:
    """A shape that is wrong by one byte, from the ``right`` uses of it on."""

    def __init__(self, shape: CompiledShape, right: int) -> None:
        self._shape, self._right = shape, right

    def hash_data(self, values: list[str], when: str) -> HashData:
        self._right -= 1
        found = self._shape.hash_data(values, when)
        other = bytes([found.document[0] ^ 1]) + found.document[1:]
        return found if self._right >= 0 else replace(found, document=other)

    def data(self, values: list[str], when: str, value: str) -> bytes:
        return self._shape.data(values, when, value)


def with_fault(monkeypatch: pytest.MonkeyPatch, right: int) -> None:
    monkeypatch.setattr(proving, "compile_shape", lambda *asked: Faulty(compile_shape(*asked), right))


def test_a_shape_that_is_wrong_by_one_byte_is_found_when_it_is_compiled(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_fault(monkeypatch, right=0)
    way = the_way(catalog)
    with pytest.raises(CompiledFault, match="the compiled form differs from the library's"):
        for issued in catalog.awards.values():
            signed(way, issued)


def test_one_that_goes_wrong_later_is_found_by_the_sample(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_fault(monkeypatch, right=2)
    way = the_way(catalog, rate=1.0)
    with pytest.raises(CompiledFault):
        for issued in catalog.awards.values():
            signed(way, issued)


def test_nothing_is_published_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(tmp_path, 3)
    for _ in range(3):
        history.new_cohort()
    with_fault(monkeypatch, right=0)
    with pytest.raises(CompiledFault):
        history.build()
    assert not history.site.exists()
    monkeypatch.undo()
    assert history.build().fast > 0
