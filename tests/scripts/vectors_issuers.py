"""Vectors about issuers, their keys and their did.json."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from site_builder.assembling.addresses import award_json
from tests.scripts.core import Vector
from tests.scripts.vectors import changed, edited, fresh, resigned, vector
from tests.verifying import test_verify_tampering as tampering
from tests.verifying.world import (
    DID,
    ISSUE,
    PART,
    STATUS,
    THIEF,
    Json,
    dump,
    multikey,
    sign,
)


def issuers() -> Iterator[Vector]:
    """Yield badges of odd issuers, and badges that another than the issuer signed."""
    did = f"did:key:{multikey(STATUS)}"
    for issuer in (
        *(did, "did:key:z6Mk", "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "did:web:"),
        *(
            "https://famous.example/",
            "did:web:thief.example",
            "did:web:Badges.example:college",
            "did:example:1",
        ),
        *("did:web:badges.example:college:..", "did:web:localhost%3A8000", "did:key:" + "z" * 300),
    ):

        def adopt(document: Json, name: str = issuer) -> None:
            document["issuer"] = {**document["issuer"], "id": name}

        for key in (STATUS, ISSUE):
            method = f"{issuer}#{multikey(key)}"
            yield changed(f"issuer {issuer[:60]} by {key is STATUS}", resigned(adopt, key=key, method=method))
    badge = fresh().credential()
    for name, key, method in (
        ("thief", THIEF, ""),
        ("thief as issuer", THIEF, f"{DID}#{multikey(ISSUE)}"),
        ("status key", STATUS, ""),
        ("bare did", ISSUE, DID),
        ("other did", THIEF, f"did:web:thief.example#{multikey(THIEF)}"),
    ):
        yield vector(f"signed by {name}", fresh(), dump(sign(badge, key, method=method)))
    stolen = tampering._stolen()
    yield vector("stolen, at home", fresh(), stolen.files[award_json(PART)])
    stolen.home = False
    yield vector("stolen, in its copy", stolen)
    stolen.home = True
    unlisted = fresh()
    unlisted.change("did.json", lambda d: d["verificationMethod"].pop(0))
    yield vector("withdrawn key", unlisted)
    unlisted.home = False
    yield vector("withdrawn key, copy", unlisted)


def key_with(fields: Json) -> Callable[[Json], object]:
    return lambda document: document["verificationMethod"][0].update(fields)


def key_documents() -> Iterator[Vector]:
    """Yield what may be wrong with a did.json."""
    keys: tuple[Callable[[Json], object], ...] = (
        lambda d: d.update(id="did:web:thief.example"),
        lambda d: d.update(verificationMethod={}),
        lambda d: d.update(assertionMethod="x"),
        lambda d: d.pop("assertionMethod"),
        lambda d: d.pop("service"),
        lambda d: d.update(service={}),
        lambda d: d["assertionMethod"].pop(0),
        lambda d: d["assertionMethod"].pop(1),
        lambda d: d["assertionMethod"].append(d["verificationMethod"][0]),
        lambda d: d["assertionMethod"].append(None),
        lambda d: d["service"][0].update(serviceEndpoint="https://badges.example/"),
        lambda d: d["service"][0]["serviceEndpoint"].update(keys="all"),
        lambda d: d["service"][0]["serviceEndpoint"].update(keys=[5]),
        lambda d: d["service"][0]["serviceEndpoint"].update(keys=[]),
        lambda d: d["service"][0].update(type=["StatusListKeys", "x"]),
        lambda d: d["service"].append(None),
        lambda d: d["verificationMethod"].append(d["verificationMethod"][0]),
        lambda d: d["verificationMethod"].append(
            {**d["verificationMethod"][0], "publicKeyMultibase": multikey(THIEF)}
        ),
        lambda d: d["verificationMethod"][0].update(id=d["verificationMethod"][0]["id"].replace(DID, "")),
    )
    for number, change in enumerate(keys):
        yield changed(f"did.json {number}", edited("did.json", change))
    for fields in (
        {"controller": "did:web:thief.example"},
        {"type": "Ed25519VerificationKey2020"},
        {"publicKeyMultibase": "z6Mk"},
        {"publicKeyMultibase": 5},
        {"publicKeyMultibase": "u7QE" + "A" * 43},
        {"revoked": "2026-01-01T00:00:00Z"},
        {"expires": "2030-01-01T00:00:00Z"},
        {"expires": "not a date"},
        {"id": f"did:web:thief.example#{multikey(ISSUE)}"},
        {"id": None},
    ):
        yield changed(f"key {fields}", edited("did.json", key_with(fields)))
