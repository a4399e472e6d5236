"""The issuer as Open Badges sees it: a Profile (OB 3.0, B.1.14), and as DIDs see it: did.json."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.assembling.addresses import Addresses, issuer_image
from site_builder.assembling.words import Json
from site_builder.catalog.catalog import Catalog
from site_builder.models.issuer import Issuer, IssuerKey

STATUS_KEYS = "StatusListKeys"
"""The type of the did.json service that names the keys which sign status lists only."""
BADGE_KEYS = "BadgeKeys"
"""The type of the did.json service that names the keys which sign badges."""


def profile(catalog: Catalog, at: Addresses) -> Json:
    """Return the issuer's Profile, as it stands in every credential."""
    issuer = catalog.issuer
    image = issuer_image(catalog.issuer_image.media_type)
    return {
        "id": at.did,
        "type": ["Profile"],
        "name": issuer.name,
        "url": issuer.url,
        "image": {"id": at.url(image), "type": "Image"},
        "address": {"type": ["Address"], "addressCountryCode": issuer.country},
    }


def also_known_as(issuer: Issuer, at: Addresses, home: Addresses) -> list[str]:
    """Return the issuer's other DIDs, for did.json at the address ``at`` of an issuer who lives at ``home``.

    At home these are the former ones; at a former address the one that it has now.
    """
    return [Addresses(base).did for base in issuer.former_addresses] if at == home else [home.did]


def did_document(issuer: Issuer, at: Addresses, others: Sequence[str] = ()) -> Json:
    """Return did.json: every key that was not compromised, and which of them sign status lists only.

    DID Core 5.2 and 5.3.2. Retired keys stay listed for ever, so that old badges verify. ``expires`` is never
    set. The service entries state each key's role, so that verifiers refuse a badge signed by a status key.
    ``others`` are DIDs of the same issuer (DID Core 5.1.3).
    """
    keys = [key for key in issuer.keys if key.state != "compromised"]

    def named(role: str) -> list[str]:
        return [at.key_id(key.public_key) for key in keys if key.role == role]

    document: Json = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": at.did,
        **({"alsoKnownAs": list(others)} if others else {}),
        "verificationMethod": [_method(key, at) for key in keys],
        "assertionMethod": [at.key_id(key.public_key) for key in keys],
    }
    document["service"] = [
        _service(f"{at.did}#status-list-keys", STATUS_KEYS, "lists", at.url("status/"), named("status")),
        _service(f"{at.did}#badge-keys", BADGE_KEYS, "badges", at.url("issued/"), named("issue")),
    ]
    return document


def _service(name: str, kind: str, what: str, where: str, keys: list[str]) -> Json:
    return {"id": name, "type": kind, "serviceEndpoint": {what: where, "keys": keys}}


def _method(key: IssuerKey, at: Addresses) -> Json:
    return {
        "id": at.key_id(key.public_key),
        "type": "Multikey",
        "controller": at.did,
        "publicKeyMultibase": key.public_key,
    }
