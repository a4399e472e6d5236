"""Ed25519 at its edges: both ways to check a signature refuse what libsodium refuses."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from site_builder.proof.multibase import base58_decode, encode, public_key_multibase
from tests.scripts.core import Vector, agreed, asked
from tests.scripts.vectors import fresh, vector
from tests.verifying.world import ISSUE, World, dump

pytestmark = pytest.mark.node

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
EIGHT = (
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
)
SMALL = [y + sign for y in (0, 1, *EIGHT, PRIME - 1, PRIME, PRIME + 1) for sign in (0, 2**255)]
GENUINE = int.from_bytes(bytes(ISSUE.verify_key), "little")
NO_POINT = 2
NOT_CANONICAL = PRIME + 3


def little(number: int) -> bytes:
    return number.to_bytes(32, "little")


def number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def with_key(key: int) -> World:
    world = fresh()
    text = public_key_multibase(little(key % 2**256))
    world.change("did.json", lambda d: d["verificationMethod"][0].update(publicKeyMultibase=text))
    return world


def edges() -> Iterator[Vector]:
    """Yield badges whose key or signature is one that some libraries let pass."""
    genuine = base58_decode(fresh().credential()["proof"][0]["proofValue"][1:])
    r, s = genuine[:32], number(genuine[32:])
    keys = [
        *SMALL,
        NO_POINT,
        NOT_CANONICAL,
        GENUINE,
        GENUINE + 1,
    ]
    signatures = {
        "genuine": genuine,
        "S + L": r + little(s + ORDER),
        "S = L": r + little(ORDER),
        "S of all ones": r + b"\xff" * 32,
        "another R": bytes([r[0] ^ 1]) + r[1:] + little(s),
        "R with the other sign": r[:31] + bytes([r[31] ^ 0x80]) + little(s),
        "zero": bytes(64),
        **{f"R {y:x}": little(y) + bytes(32) for y in SMALL},
        **{f"R {y:x}, S": little(y) + little(s) for y in SMALL[:6]},
    }
    for key in keys:
        world = with_key(key)
        for name, signature in signatures.items():
            document = copy.deepcopy(world.credential())
            document["proof"][0]["proofValue"] = encode(signature)
            yield vector(f"key {key:x}, {name}", world, dump(document))


@pytest.mark.parametrize("fallback", [False, True], ids=["WebCrypto", "fallback"])
def test_only_the_genuine_signature_of_the_genuine_key_holds(fallback: bool) -> None:
    browser = agreed(edges, fallback=fallback)
    good = [
        item.name
        for item, said in zip(asked(edges)[0], browser, strict=True)
        if said["answers"]["authentic"]["value"] == "authentic"
    ]
    assert good == [f"key {GENUINE:x}, genuine"]
