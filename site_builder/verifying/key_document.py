"""did.json as a verifier reads it: which keys may sign what (DID Core 1.0, 5.2 and 5.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from site_builder.assembling.profile import STATUS_KEYS
from site_builder.proof.multibase import MultibaseError, public_key_bytes
from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.verifying.instants import parse_instant


class KeyDocumentError(ValueError):
    """The bytes are no key document of the DID that was asked for; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Key:
    """An Ed25519 key: 32 raw bytes, and the time from which it counts no longer, if one is named."""

    public_key: bytes
    ends: datetime | None = None

    def counts(self, now: datetime) -> bool:
        """Return True where the key has not ended (Controlled Identifiers 1.0, 2.2)."""
        return self.ends is None or now < self.ends


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """The keys a DID lists for assertion, by id; ``status_keys`` of them sign status lists and nothing else.

    ``status_keys`` is None where the issuer keeps no such keys apart: then any of its keys may sign lists.
    """

    did: str
    keys: Mapping[str, Key]
    status_keys: frozenset[str] | None

    def is_status_key(self, key_id: str) -> bool:
        """Return True where ``key_id`` must sign no badge."""
        return self.status_keys is not None and key_id in self.status_keys

    def list_key(self, key_id: str) -> Key | None:
        """Return the key of that id if it may sign status lists."""
        if self.status_keys is not None and key_id not in self.status_keys:
            return None
        return self.keys.get(key_id)


def read_key_document(raw: bytes, did: str) -> KeyDocument:
    """Return the keys that ``raw`` lists for ``did``; raise :class:`KeyDocumentError` if none.

    Keys of other kinds than Ed25519 Multikeys are left out: no signature we check can be theirs.
    """
    try:
        document = parse(raw)
    except JsonRefused as reason:
        raise KeyDocumentError("the issuer's did.json cannot be read") from reason
    if document.get("id") != did:
        raise KeyDocumentError("the did.json at the issuer's address is for another issuer")
    listed = _items(document, "assertionMethod")
    embedded = [item for item in listed if isinstance(item, dict)]
    methods = _methods([*_items(document, "verificationMethod"), *embedded], did)
    names = {_absolute(item.get("id") if isinstance(item, dict) else item, did) for item in listed}
    keys = {name: key for name, key in methods.items() if name in names}
    return KeyDocument(did, keys, _status_keys(document, did))


def _items(document: Mapping[str, Any], field: str) -> list[Any]:
    found = document.get(field, [])
    if not isinstance(found, list):
        raise KeyDocumentError(f"{field} in the issuer's did.json must be a list")
    return found


def _absolute(name: object, did: str) -> str:
    """Return a key's id in full: DID Core 3.2.2 lets a document shorten its own to ``#name``."""
    text = name if isinstance(name, str) else ""
    return did + text if text.startswith("#") else text


def _methods(items: list[Any], did: str) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for item in items:
        key = _key(item, did) if isinstance(item, dict) else None
        if key is None:
            continue
        name = _absolute(item.get("id"), did)
        if found.setdefault(name, key) != key:
            raise KeyDocumentError("the issuer's did.json gives one key id to two keys")
    return found


def _key(item: Mapping[str, Any], did: str) -> Key | None:
    """Return the Multikey that ``item`` describes, if it is Ed25519 and the DID's own."""
    own = item.get("controller") == did and _absolute(item.get("id"), did).startswith(f"{did}#")
    text = item.get("publicKeyMultibase")
    if not own or item.get("type") != "Multikey" or not isinstance(text, str):
        return None
    try:
        public_key = public_key_bytes(text)
    except MultibaseError:
        return None  # a Multikey of another curve is no fault
    return Key(public_key, min(_ends(item), default=None))


def _ends(item: Mapping[str, Any]) -> Iterator[datetime]:
    for field in ("expires", "revoked"):
        if field in item:
            try:
                yield parse_instant(item[field])
            except ValueError:
                yield datetime.min.replace(tzinfo=UTC)  # an end we cannot read may have come


def _status_keys(document: Mapping[str, Any], did: str) -> frozenset[str] | None:
    """Return the keys that the service of type StatusListKeys names; None where there is no such service."""
    services = [item for item in _items(document, "service") if isinstance(item, dict)]
    found: set[str] = set()
    named = False
    for service in services:
        kinds = service.get("type")
        if STATUS_KEYS not in (kinds if isinstance(kinds, list) else [kinds]):
            continue
        named = True
        endpoint = service.get("serviceEndpoint")
        keys = endpoint.get("keys") if isinstance(endpoint, dict) else None
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise KeyDocumentError("the issuer's did.json does not say which keys sign its revocation lists")
        found |= {_absolute(key, did) for key in keys}
    return frozenset(found) if named else None
