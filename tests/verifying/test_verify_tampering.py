"""Nothing that was changed, removed or added is ever called authentic, nor said to match a copy."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from site_builder.assembling.addresses import award_json
from site_builder.proof.contexts import CONTEXTS
from site_builder.proof.multibase import base58_decode, encode, public_key_multibase
from site_builder.verifying.verdict import Verdict
from tests.verifying.world import DID, ISSUE, PART, STACK, STATUS, THIEF, Json, World, dump, multikey, sign

WORLD = World()
BADGE = WORLD.credential()
ORDER = 2**252 + 27742317777372353535851937790883648493

Path = tuple[str | int, ...]


def places(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value in ``value``."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def spelled(path: Path) -> str:
    return "/" + "/".join(map(str, path))


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


PLACES = list(places(BADGE))
OBJECTS = [(), *(path for path in PLACES if isinstance(at(BADGE, path), dict))]
LISTS = [path for path in PLACES if isinstance(at(BADGE, path), list)]
LEAVES = [path for path in PLACES if not isinstance(at(BADGE, path), dict | list)]


def changed(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value, None]
    if isinstance(value, str):
        return [value + "x", value[:-1], "", None, 0, {"id": "https://a.example/"}]
    return [value + 1, str(value), None]


def refused(verdict: Verdict) -> None:
    assert verdict.answers["authentic"].value == "not-authentic", verdict.to_json()
    assert verdict.state == "invalid"


@pytest.mark.parametrize("path", LEAVES, ids=spelled)
def test_each_value_changed(path: Path) -> None:
    for value in changed(at(BADGE, path)):
        document = copy.deepcopy(BADGE)
        at(document, path[:-1])[path[-1]] = value
        refused(WORLD.verify(document))


@pytest.mark.parametrize("path", PLACES, ids=spelled)
def test_each_place_removed(path: Path) -> None:
    document = copy.deepcopy(BADGE)
    del at(document, path[:-1])[path[-1]]
    refused(WORLD.verify(document))


ADDED: dict[str, Any] = {
    "unknown": "x",
    "name": "Master of everything",
    "description": "x",
    "id": "https://a.example/x",
    "type": ["Achievement"],
    "validUntil": "2999-01-01T00:00:00Z",
    "@id": "https://a.example/x",
    "@context": list(CONTEXTS),
    "@graph": [],
    "https://schema.org/name": "x",
    "null": None,
    "tag": [],
    "__proto__": {"verified": True},
    "expires": "2999-01-01T00:00:00Z",
    "endorsement": [{"type": ["VerifiableCredential"], "@context": list(CONTEXTS)}],
}


@pytest.mark.parametrize("path", OBJECTS, ids=spelled)
def test_each_object_added_to(path: Path) -> None:
    for key, value in ADDED.items():
        document = copy.deepcopy(BADGE)
        place = at(document, path)
        if key not in place:
            place[key] = value
            refused(WORLD.verify(document))


@pytest.mark.parametrize("path", LISTS, ids=spelled)
def test_each_list_added_to(path: Path) -> None:
    strangers: list[Any] = [
        "x",
        "https://a.example/",
        None,
        [],
        {"type": "Image", "id": "https://a.example/"},
    ]
    for value in strangers:
        document = copy.deepcopy(BADGE)
        at(document, path).append(value)
        refused(WORLD.verify(document))


def edited(change: Any) -> Json:
    document = copy.deepcopy(BADGE)
    change(document)
    return document


def second_proof(document: Json) -> None:
    document["proof"].append(sign(document, ISSUE)["proof"][0])


def add_order(document: Json) -> None:
    signature = base58_decode(document["proof"][0]["proofValue"][1:])
    s = int.from_bytes(signature[32:], "little") + ORDER
    document["proof"][0]["proofValue"] = encode(signature[:32] + s.to_bytes(32, "little"))


def small_order(document: Json) -> None:
    document["proof"][0]["proofValue"] = encode(bytes([1]) + bytes(63))


def wrap_context(document: Json) -> None:
    document["@context"] = [document["@context"]]


WHOLE = {
    "contexts reordered": lambda d: d["@context"].reverse(),
    "context added inline": lambda d: d["@context"].append({"@vocab": "https://canary.invalid/#"}),
    "context added remote": lambda d: d["@context"].append("https://canary.invalid/ctx.jsonld"),
    "context twice": lambda d: d["@context"].append(d["@context"][0]),
    "context nested": wrap_context,
    "context null first": lambda d: d["@context"].insert(0, None),
    "two proofs": second_proof,
    "the same proof twice": lambda d: d["proof"].append(d["proof"][0]),
    "no proof in the list": lambda d: d.update(proof=[]),
    "malleable signature": add_order,
    "small-order signature": small_order,
    "signature in another base": lambda d: d["proof"][0].update(
        proofValue=encode(base58_decode(d["proof"][0]["proofValue"][1:]), "u")
    ),
    "purpose": lambda d: d["proof"][0].update(proofPurpose="authentication"),
    "cryptosuite": lambda d: d["proof"][0].update(cryptosuite="eddsa-jcs-2022"),
    "proof option with expiry": lambda d: d["proof"][0].update(expires="2999-01-01T00:00:00Z"),
    "proof with the same context": lambda d: d["proof"][0].update({"@context": list(CONTEXTS)}),
    "two subjects": lambda d: d.update(credentialSubject=[d["credentialSubject"], {"type": "x"}]),
    "50,000 brackets": lambda d: d.update(x="HERE"),
}


@pytest.mark.parametrize("change", WHOLE.values(), ids=WHOLE.keys())
def test_the_document_as_a_whole(change: Any) -> None:
    raw = dump(edited(change)).replace(b'"HERE"', b"[" * 50_000 + b"]" * 50_000)
    refused(WORLD.verify(raw))


RAW = {
    "duplicate key": lambda raw: raw.replace(
        b'"validFrom"', b'"validFrom": "2020-01-01T00:00:00Z", "validFrom"'
    ),
    "duplicate key, escaped": lambda raw: raw.replace(b'"validFrom"', b'"valid\\u0046rom": "x", "validFrom"'),
    "__proto__ first": lambda raw: raw.replace(b"{", b'{"__proto__": {"verified": true},', 1),
    "byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "Latin-1": lambda raw: raw.decode().encode("latin-1", "replace"),
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "cut": lambda raw: raw[:-1],
    "something behind": lambda raw: raw + b"{}",
    "only brackets": lambda raw: b"[" * 50_000,
    "a list of badges": lambda raw: b"[" + raw + b"]",
    "empty": lambda raw: b"",
    "nothing": lambda raw: b"null",
    "a token": lambda raw: b"eyJhbGciOiJub25lIn0.e30.",
    "too large": lambda raw: raw.replace(b"{", b'{"x": "' + b"y" * 600_000 + b'",', 1),
    "infinite number": lambda raw: raw.replace(b"{", b'{"x": 1e999,', 1),
    "half a surrogate": lambda raw: raw.replace(b'"Listening"', b'"Listening\\ud800"', 1),
}


@pytest.mark.parametrize("change", RAW.values(), ids=RAW.keys())
def test_the_bytes(change: Any) -> None:
    refused(WORLD.verify(change(dump(BADGE))))


def code(verdict: Verdict) -> str:
    refused(verdict)
    return verdict.answers["authentic"].detail["code"]


def test_altered_words_are_told_plainly() -> None:
    verdict = WORLD.verify(edited(lambda d: d["credentialSubject"]["achievement"].update(name="Master")))
    assert code(verdict) == "bad-signature"
    assert verdict.summary == "Do not rely on this badge: its words do not match the issuer's signature."


def test_a_key_that_the_issuer_does_not_list() -> None:
    verdict = WORLD.verify(sign(BADGE, THIEF))
    assert code(verdict) == "unlisted-key"
    assert verdict.summary == (
        "Signed, but not by a key that badges.example lists as its own. Do not rely on this badge."
    )


def test_a_signature_of_another_key_under_the_issuers_name() -> None:
    assert code(WORLD.verify(sign(BADGE, THIEF, method=f"{DID}#{multikey(ISSUE)}"))) == "bad-signature"


def test_a_badge_signed_by_a_status_key() -> None:
    assert code(WORLD.verify(sign(BADGE, STATUS))) == "status-key"


@pytest.mark.parametrize(
    "method",
    [
        f"did:key:{multikey(THIEF)}#{multikey(THIEF)}",
        f"did:web:thief.example#{multikey(THIEF)}",
        f"{DID}:sub#{multikey(THIEF)}",
        DID,
    ],
)
def test_a_key_of_another_did(method: str) -> None:
    assert code(WORLD.verify(sign(BADGE, THIEF, method=method))) == "wrong-key"


def test_an_issuer_that_is_no_did() -> None:
    assert (
        code(WORLD.verify(edited(lambda d: d["issuer"].update(id="https://famous.example/")))) == "wrong-key"
    )


def test_a_withdrawn_key() -> None:
    world = World()
    world.change("did.json", lambda d: d["verificationMethod"].pop(0))
    assert code(world.verify()) == "unlisted-key"


def test_a_key_not_listed_for_assertion() -> None:
    world = World()
    world.change("did.json", lambda d: d["assertionMethod"].pop(0))
    assert code(world.verify()) == "unlisted-key"


@pytest.mark.parametrize(
    "change",
    [
        {"controller": "did:web:thief.example"},
        {"type": "Ed25519VerificationKey2020"},
        {"publicKeyMultibase": "z6Mk"},
        {"publicKeyMultibase": 5},
        {"revoked": "2026-01-01T00:00:00Z"},
        {"expires": "not a date"},
        {"id": f"did:web:thief.example#{multikey(ISSUE)}"},
    ],
    ids=str,
)
def test_a_key_that_is_not_usable_counts_as_not_listed(change: Json) -> None:
    world = World()
    world.change("did.json", lambda d: d["verificationMethod"][0].update(change))
    assert code(world.verify()) == "unlisted-key"


def test_a_small_order_key_verifies_nothing() -> None:
    world = World()
    weak = public_key_multibase(bytes([1]) + bytes(31))
    world.change("did.json", lambda d: d["verificationMethod"][0].update(publicKeyMultibase=weak))
    document = edited(small_order)
    assert code(world.verify(document)) == "bad-signature"


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(id="did:web:thief.example"),
        lambda d: d.update(verificationMethod={}),
        lambda d: d.update(assertionMethod="x"),
        lambda d: d["service"][0].update(serviceEndpoint="https://badges.example/"),
        lambda d: d["service"][0]["serviceEndpoint"].update(keys="all"),
        lambda d: d["verificationMethod"].append(
            {**d["verificationMethod"][0], "publicKeyMultibase": multikey(THIEF)}
        ),
    ],
)
def test_a_key_document_that_cannot_be_used_leaves_everything_unknown(change: Any) -> None:
    world = World()
    world.change("did.json", change)
    verdict = world.verify()
    assert verdict.state == "unknown"
    assert verdict.answers["authentic"].value == "unknown"


def test_a_tampered_badge_without_key_document_is_not_even_unknown_where_no_proof_could_cover_it() -> None:
    world = World()
    del world.files["did.json"]
    assert code(world.verify(edited(lambda d: d.update(grade="A+")))) == "undefined-term"


def test_a_copy_signed_anew_is_not_authentic_where_its_home_is_asked() -> None:
    """The thief's did.json stands in the copy; the issuer's own host says otherwise."""
    copied = _stolen()
    copied.home = False
    verdict = copied.verify()
    assert verdict.answers["authentic"].value == "matches-copy"
    assert "badges.example was not asked" in verdict.summary
    home = World()
    assert code(home.verify(copied.credential())) == "unlisted-key"


def _stolen() -> World:
    world = World()
    world.files["did.json"] = world.files["did.json"].replace(
        multikey(ISSUE).encode(), multikey(THIEF).encode()
    )
    world.resign(
        award_json(PART), lambda d: d["credentialSubject"]["achievement"].update(name="Master"), THIEF
    )
    return world


def test_a_part_whose_bytes_changed() -> None:
    world = World()
    world.resign(award_json(PART), lambda d: d.update(name="Other"), ISSUE)
    verdict = world.verify(STACK)
    assert verdict.state == "unknown"
    assert verdict.answers["stack"].value == "incomplete"
    assert verdict.summary == (
        "The signature is right, but a badge that it is built on is not the one that was signed for."
    )
