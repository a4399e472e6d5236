"""Every award of the demo takes the quick way, from a shape compiled of another award where there is one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.catalog.resolve import resolve
from site_builder.proof.compiled import CompiledShape, compile_shape
from site_builder.proof.eddsa import attach, hash_data, proof_options
from site_builder.proof.slots import filled
from site_builder.proof.strict_json import dump
from site_builder.reading.repository import sweep
from tests.proof.slotted import award_slots, values_of
from tests.support.demo import DEMO_DAY
from tests.support.shared import REPOSITORY


class _AnyDigest(dict[str, str]):
    def __missing__(self, award: str) -> str:
        return f"uEi{award}"


@pytest.fixture(scope="module")
def awards() -> list[tuple[dict[str, Any], str]]:
    """The unsigned credentials of the demo, and when each is signed."""
    catalog, problems = resolve(sweep(REPOSITORY), date.fromisoformat(DEMO_DAY))
    assert catalog is not None, problems
    at = Addresses(catalog.settings.site_url)
    issued = catalog.awards.values()
    return [(unsigned_credential(award, catalog, at, _AnyDigest()), created(award)) for award in issued]


def test_every_award_takes_the_quick_way(awards: list[tuple[dict[str, Any], str]]) -> None:
    shapes: dict[bytes, CompiledShape] = {}
    for unsigned, at in awards:
        paths = award_slots(unsigned)
        options = proof_options(verification_method="did:web:college.example#z6Mk", created=at)
        bare = dump(filled(unsigned, paths, [""] * len(paths)))
        shape = shapes.get(bare) or compile_shape(unsigned, paths, options)
        shapes[bare] = shape
        values = values_of(unsigned, paths)
        assert shape.hash_data(values, at) == hash_data(unsigned, options)
        raw = dump(attach(unsigned, options, "z1"))
        assert shape.data(values, at, "z1") == raw
        assert shape.values_in(raw) == (tuple(values), at, "z1")
    assert len(awards) > 100
    assert len(shapes) < len(awards) / 1.5
