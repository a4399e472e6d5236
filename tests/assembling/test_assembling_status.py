"""The status list: which bits are set, and in which form it is published."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.assembling.addresses import BITS_PER_LIST, Addresses
from site_builder.assembling.status import encode_list, unsigned_lists
from tests.support.repos import FIRST_AWARD, SECOND_AWARD, catalog_of, changed, valid


def bits(encoded: str) -> list[int]:
    """Return the bits that are set, read without our code."""
    raw = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(raw) == BITS_PER_LIST // 8
    return [n for n in range(BITS_PER_LIST) if raw[n // 8] >> (7 - n % 8) & 1]


@pytest.mark.shared
def test_the_official_vectors_decode_to_what_we_encode(shared: Path) -> None:
    """Theirs were packed by another deflate: the lists are compared, not their packing."""
    vectors = json.loads((shared / "standards/vectors/bitstring-status-list/vectors.json").read_bytes())
    assert vectors
    for name, vector in vectors.items():
        assert vector["bits"] == BITS_PER_LIST, name
        assert bits(vector["encodedList"]) == vector["set"] == bits(encode_list(vector["set"])), name


@given(st.sets(st.integers(0, BITS_PER_LIST - 1), max_size=20))
@settings(max_examples=20, deadline=None)
def test_any_set_of_bits_comes_back(numbers: set[int]) -> None:
    encoded = encode_list(numbers)
    assert encoded[0] == "u"
    assert "=" not in encoded
    assert bits(encoded) == sorted(numbers)


def test_the_packing_names_no_time_and_no_system() -> None:
    raw = base64.urlsafe_b64decode(encode_list([]).removeprefix("u") + "==")
    assert raw[:10] == bytes.fromhex("1f8b0800000000000 2ff".replace(" ", ""))


def test_revoked_and_replaced_awards_are_set_and_no_other() -> None:
    revoked = "    revoked: {date: 2026-07-03, reason: Issued in error.}\n"
    path = "issued/2026/charts.yaml"
    files = changed(path, "    results: {score: 80}\n", "    results: {score: 80}\n" + revoked)
    files[path] += f"    replaced_by: {FIRST_AWARD}\n"
    files[path] = files[path].replace("learner: " + "b" * 32, "learner: " + "a" * 32)
    catalog = catalog_of(files)
    second = catalog.awards[SECOND_AWARD]
    far = replace(second, award=second.award.model_copy(update={"status_index": 131_073}))
    catalog = replace(catalog, awards={**catalog.awards, SECOND_AWARD: far})
    lists = unsigned_lists(catalog, Addresses("https://b.example/"), date(2026, 11, 22))
    assert {number: bits(item["credentialSubject"]["encodedList"]) for number, item in lists.items()} == {
        1: [1],
        2: [1],
    }


def test_a_list_is_valid_for_seven_days_and_issued_by_the_badges_own_issuer() -> None:
    lists = unsigned_lists(catalog_of(valid()), Addresses("https://b.example/"), date(2026, 11, 22))
    item = lists[1]
    assert (item["validFrom"], item["validUntil"]) == ("2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z")
    assert item["issuer"] == "did:web:b.example"
    assert item["id"] == "https://b.example/status/1.json"
    assert item["credentialSubject"]["statusPurpose"] == "revocation"
