"""Slots and values make every credential again, and nothing of it that varies is missed."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.assembling.credential import unsigned_credential
from site_builder.assembling.slots import Path, shape_key, slot_paths, slot_values
from site_builder.catalog.catalog import Catalog
from tests.exports.cohorts import random_catalog
from tests.pages.sample import AT, sample_catalog
from tests.support.repos import catalog_of, valid

Json = dict[str, Any]


def digests_of(catalog: Catalog) -> dict[str, str]:
    return {award: f"uEi{award}" for award in catalog.awards}


def documents(catalog: Catalog) -> dict[str, Json]:
    digests = digests_of(catalog)
    return {
        award: unsigned_credential(issued, catalog, AT, digests) for award, issued in catalog.awards.items()
    }


def at_path(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def filled(document: Json, values: Sequence[str]) -> Json:
    """Return the document with its slots filled with these values."""
    paths = slot_paths(document)
    assert len(paths) == len(values)
    made = copy.deepcopy(document)
    for path, value in zip(paths, values, strict=True):
        at_path(made, path[:-1])[path[-1]] = value
    return made


CATALOGS = [sample_catalog(), catalog_of(valid()), *(random_catalog(seed) for seed in range(6))]


@pytest.mark.parametrize("catalog", CATALOGS)
def test_a_document_of_the_same_shape_filled_is_the_award_s_own(catalog: Catalog) -> None:
    shapes: dict[object, Json] = {}
    for award, document in documents(catalog).items():
        issued = catalog.awards[award]
        marks = [f"mark-{number}" for number in range(len(slot_paths(document)))]
        first = shapes.setdefault(shape_key(issued), filled(document, marks))
        made = filled(first, slot_values(issued, AT, digests_of(catalog)))
        assert json.dumps(made) == json.dumps(document)  # the order of the keys, too


@pytest.mark.parametrize("catalog", CATALOGS)
def test_slots_are_told_in_the_order_of_the_text(catalog: Catalog) -> None:
    for document in documents(catalog).values():
        marks = [f"mark-{number:03}" for number in range(len(slot_paths(document)))]
        text = json.dumps(filled(document, marks))
        assert [text.count(mark) for mark in marks] == [1] * len(marks)
        assert sorted(marks, key=text.index) == marks


def test_a_cohort_has_few_shapes() -> None:
    # Awards differ in their parts, not in their words: cohorts of one credential share their shapes.
    catalog = random_catalog(99, cohorts=4, awards=100)
    assert len({shape_key(issued) for issued in catalog.awards.values()}) < len(catalog.awards) / 3


def test_a_part_without_a_digest_is_refused() -> None:
    catalog = sample_catalog()
    stacked = next(issued for issued in catalog.awards.values() if issued.award.parts)
    with pytest.raises(KeyError):
        slot_values(stacked, AT, {})


def test_what_a_stranger_wrote_is_passed_over() -> None:
    document = {
        "proof": [{"id": "x"}],
        "evidence": [{"genre": "g", "name": {"@value": "v"}, "id": "e"}, "text", {"narrative": 3}],
        "id": ["x"],
        "credentialSubject": {"result": {"value": "1"}, "id": "s", "achievement": {"id": "a"}},
        "validFrom": "day",
        "relatedResource": {"id": "r"},
        "credentialStatus": [{"id": "l"}],
    }
    assert slot_paths(document) == (
        ("evidence", 0, "genre"),
        ("evidence", 0, "id"),
        ("credentialSubject", "id"),
        ("validFrom",),
    )


_KEYS = ("id", "evidence", "credentialSubject", "result", "value", "identifier", "identityHash", "name", "x")
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(_KEYS), _JSON))
def test_no_document_is_an_error_and_every_slot_is_a_string_of_it(document: Json) -> None:
    paths = slot_paths(document)
    assert len(set(paths)) == len(paths)
    assert all(isinstance(at_path(document, path), str) for path in paths)
