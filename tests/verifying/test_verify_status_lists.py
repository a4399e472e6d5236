"""A status list is believed only if it is fresh, whole, the issuer's own, and signed by a key kept for it."""

from __future__ import annotations

import base64
import gzip
import random
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pytest

from site_builder.assembling.addresses import award_json
from site_builder.verifying import status_list
from site_builder.verifying.status_list import ListUnusable, decode_bits
from tests.verifying.world import DID, ISSUE, PART, REVOKED, STACK, STATUS, THIEF, Json, World, multikey, sign

LIST = "status/1.json"


@pytest.fixture
def world() -> World:
    return World()


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(data, mtime=0)).decode().rstrip("=")


def doubtful(world: World, award: str = PART) -> str:
    """Assert that the badge is authentic but its standing unknown; return why."""
    verdict = world.verify(award)
    assert verdict.answers["authentic"].value == "authentic"
    assert verdict.answers["notRevoked"].value == "unknown"
    assert verdict.state == "unknown"
    return verdict.answers["notRevoked"].reason


def subject(**changes: Any) -> Any:
    return lambda d: d["credentialSubject"].update(changes)


SIGNED = {
    "other purpose": (subject(statusPurpose="suspension"), "does not tell revocations"),
    "no purpose": (lambda d: d["credentialSubject"].pop("statusPurpose"), "does not tell revocations"),
    "other list": (lambda d: d.update(id=d["id"].replace("1.json", "2.json")), "belongs to another address"),
    "other issuer": (lambda d: d.update(issuer="did:web:thief.example"), "signed by another"),
    "no type": (lambda d: d.update(type=["VerifiableCredential"]), "no such list"),
    "other subject": (subject(type=["BitstringStatusList", "VerifiablePresentation"]), "no such list"),
    "from the future": (lambda d: d.update(validFrom="2026-11-23T00:00:00Z"), "counts only from"),
    "stale": (lambda d: d.update(validUntil="2026-11-22T12:00:00Z"), "unknown since 22 November 2026"),
    "without end": (lambda d: d.pop("validUntil"), "until when it holds"),
    "without start": (lambda d: d.pop("validFrom"), "its validFrom is no date"),
    "more contexts": (
        lambda d: d["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"),
        "contexts",
    ),
    "too short": (subject(encodedList=packed(bytes(16383))), "at least 131,072"),
    "not packed": (subject(encodedList="u" + "A" * 40), "cannot be unpacked"),
    "no multibase": (subject(encodedList=packed(bytes(16384))[1:]), "base64url"),
    "not text": (subject(encodedList=5), "base64url"),
    "a bomb": (subject(encodedList=packed(bytes(50_000_000))), "too large"),
}


@pytest.mark.parametrize(("change", "reason"), SIGNED.values(), ids=SIGNED.keys())
def test_a_signed_list_that_says_nothing(world: World, change: Any, reason: str) -> None:
    world.resign(LIST, change, STATUS)
    assert reason in doubtful(world)


ALTERED = {
    "bits": subject(encodedList=packed(bytes(16384))),
    "dates": lambda d: d.update(validUntil="2999-01-01T00:00:00Z"),
    "unsigned": lambda d: d.pop("proof"),
    "two proofs": lambda d: d["proof"].append(d["proof"][0]),
    "undefined term": lambda d: d.update(note="x"),
}


@pytest.mark.parametrize("change", ALTERED.values(), ids=ALTERED.keys())
def test_an_altered_list_frees_no_revoked_badge(world: World, change: Any) -> None:
    world.change(LIST, change)
    assert doubtful(world, REVOKED)
    assert doubtful(world)


@pytest.mark.parametrize("key", [ISSUE, THIEF], ids=["issue key", "a thief's key"])
def test_only_a_status_key_signs_lists(world: World, key: Any) -> None:
    world.resign(LIST, lambda d: None, key)
    assert "not signed by a key that the issuer lists for it" in doubtful(world)


def test_a_status_key_that_is_not_listed_for_assertion(world: World) -> None:
    world.change("did.json", lambda d: d["assertionMethod"].pop(1))
    assert "not signed by a key" in doubtful(world)


def test_an_issuer_without_keys_kept_apart_may_sign_lists_with_any(world: World) -> None:
    world.change("did.json", lambda d: d.pop("service"))
    world.resign(LIST, lambda d: None, ISSUE)
    assert world.verify(REVOKED).state == "revoked"


def test_another_lists_content_at_the_address(world: World) -> None:
    other = world.get(LIST)
    other["id"] = other["id"].replace("1.json", "2.json")
    world.put(LIST, sign(other, STATUS))
    assert "belongs to another address" in doubtful(world)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff", b"[" * 50_000, b"x" * 600_000])
def test_a_list_that_is_none(world: World, raw: bytes) -> None:
    world.files[LIST] = raw
    assert doubtful(world)


def test_a_missing_list(world: World) -> None:
    del world.files[LIST]
    assert "cannot be had" in doubtful(world)


def entry(**changes: Any) -> Any:
    return lambda d: d["credentialStatus"].update(changes)


ENTRIES = {
    "huge index": entry(statusListIndex="1" + "0" * 30),
    "index of more digits than Python reads": entry(statusListIndex="9" * 5000),
    "largest index that is read": entry(statusListIndex="9" * 12),
    "index outside": entry(statusListIndex="131072"),
    "negative index": entry(statusListIndex="-1"),
    "index with a sign": entry(statusListIndex="+5"),
    "index of other digits": entry(statusListIndex="٥"),
    "index as number": entry(statusListIndex=5),
    "other purpose": entry(statusPurpose="suspension"),
    "other kind": entry(type=["BitstringStatusListEntry", "Image"]),
    "no list": lambda d: d["credentialStatus"].pop("statusListCredential"),
    "a file": entry(statusListCredential="file:///etc/passwd"),
    "plain http": entry(statusListCredential="http://badges.example/college/status/1.json"),
    "elsewhere": entry(statusListCredential="https://other.example/status/1.json"),
    "two entries": lambda d: d.update(
        credentialStatus=[d["credentialStatus"], {**d["credentialStatus"], "id": "https://a.example/#1"}]
    ),
}


@pytest.mark.parametrize("change", ENTRIES.values(), ids=ENTRIES.keys())
def test_a_signed_badge_with_a_status_entry_that_says_nothing(world: World, change: Any) -> None:
    world.resign(award_json(PART), change, ISSUE)
    assert doubtful(world)


def test_each_bit_is_read_from_the_left(world: World) -> None:
    def revoke(document: Json) -> None:
        bits = bytearray(16384)
        bits[0] = 0b00000100
        document["credentialSubject"]["encodedList"] = packed(bytes(bits))

    world.resign(LIST, revoke, STATUS)
    assert world.verify(PART).state == "revoked"
    assert world.verify(REVOKED).state == "valid"


def test_a_list_is_checked_once_per_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = status_list.read_status_list

    def counted(raw: bytes, url: str, *rest: Any) -> Any:
        seen.append(url)
        return real(raw, url, *rest)

    monkeypatch.setattr("site_builder.verifying.run.read_status_list", counted)
    world.verify(STACK)
    assert seen == [world.base + LIST]


SCATTERED = random.Random(1).randbytes(16384)


@pytest.mark.parametrize("bits", [bytes(16384), SCATTERED, bytes(16385), bytes(1024 * 1024)], ids=len)
def test_lists_from_the_least_length_to_the_largest(bits: bytes) -> None:
    assert decode_bits(packed(bits)) == bits


def test_a_bomb_is_not_unpacked(world: World) -> None:
    bomb = packed(bytes(200_000_000))
    assert len(bomb) < 300_000
    tracemalloc.start()
    with pytest.raises(ListUnusable, match="too large when unpacked"):
        decode_bits(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_a_longer_list_has_more_places(world: World) -> None:
    bits = bytearray(20_000)
    bits[131_072 // 8] = 0x80
    world.resign(LIST, subject(encodedList=packed(bytes(bits))), STATUS)
    world.resign(award_json(PART), entry(statusListIndex="131072"), ISSUE)
    assert world.verify(PART).state == "revoked"
    world.resign(award_json(PART), entry(statusListIndex="159999"), ISSUE)
    assert world.verify(PART).state == "valid"
    world.resign(award_json(PART), entry(statusListIndex="160000"), ISSUE)
    assert "lies outside the revocation list" in doubtful(world)


@pytest.mark.parametrize(
    "encoded",
    [
        packed(bytes(16384)) + "=",
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(16384), mtime=0) + b"more").decode().rstrip("="),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(16384), mtime=0)[:-6]).decode().rstrip("="),
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(16384), mtime=0) * 2).decode().rstrip("="),
        "z" + packed(bytes(16384))[1:],
        packed(SCATTERED).replace("-", "+").replace("_", "/"),
        packed(SCATTERED)[:40] + "\n" + packed(SCATTERED)[40:],
        packed(bytes(1024 * 1024 + 1)),
        "u",
        "",
        None,
    ],
    # Named here: a name made from the value would be thousands of letters long.
    ids=["padded", "trailing", "cut", "twice", "base58", "plain", "broken", "large", "bare", "empty", "null"],
)
def test_bits_are_decoded_strictly(encoded: object) -> None:
    with pytest.raises(ListUnusable):
        decode_bits(encoded)


def test_a_replaced_status_key_takes_its_old_lists_with_it(world: World) -> None:
    world.files["did.json"] = world.files["did.json"].replace(
        multikey(STATUS).encode(), multikey(THIEF).encode()
    )
    assert doubtful(world)
    world.resign(LIST, lambda d: None, THIEF)
    assert world.verify(PART, datetime(2026, 11, 22, tzinfo=UTC)).state == "valid"
    assert DID in world.files["did.json"].decode()
