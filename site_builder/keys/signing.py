"""Signing keys.

A key is an Ed25519 seed of 32 bytes, given in the environment or in a file, never on a command line. What was
read is never shown: not in an error, not in a repr (DESIGN 4 and 7).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.keys.given import KeyRefused, from_base64, from_hex, given, write_secret
from site_builder.proof.multibase import MultibaseError, decode, encode, public_key_multibase

if TYPE_CHECKING:
    from nacl.signing import SigningKey

_ED25519_SECRET = b"\x80\x26"
_MAKE = "make a key with: badgepress keygen"

_DEMO_PHRASES = {
    "issue": b"badgepress demo issue key: published, never trust it",
    "status": b"badgepress demo status key: published, never trust it",
}
_DEMO_HOSTS = frozenset({"localhost", "127.0.0.1"})
_DEMO_DOMAINS = (".localhost", ".example", ".test", ".invalid")

#: Public keys whose private halves are printed in standards and tutorials: anybody can sign with them.
PUBLISHED_TEST_KEYS = frozenset(
    {
        "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",  # W3C Data Integrity EdDSA vectors
        "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",  # Open Badges 3.0 implementation guide
        "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw",  # RFC 8032, 7.1 test 1
        "z6MkiaMbhXHNA4eJVCCj8dbzKzTgYDKf6crKgHVHid1F1WCT",  # RFC 8032, 7.1 test 2
        "z6MkwSD8dBdqcXQzKJZQFPy2hh2izzxskndKCjdmC2dBpfME",  # RFC 8032, 7.1 test 3
        "z6Mkh7U7jBwoMro3UeHmXes4tKtFbZhMRWejbtunbU4hhvjP",  # RFC 8032, 7.1 test 1024
        "z6MkvLrkgkeeWeRwktZGShYPiB5YuPkhN2yi3MqMKZMFMgWr",  # RFC 8032, 7.1 test SHA(abc)
        "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",  # the seed of 32 zero bytes
    }
)


class Role(StrEnum):
    """What a key may sign: badges (issue) or status lists (status), never both (DESIGN 5)."""

    ISSUE = "issue"
    STATUS = "status"

    @property
    def variable(self) -> str:
        """The environment variable that holds this key; with ``_FILE`` appended, the path of its file."""
        return f"BADGEPRESS_{self.upper()}_KEY"


@dataclass(frozen=True)
class Signer:
    """A private key that signs and does not show itself; ``public_key`` is its Multikey text (``z6Mk…``)."""

    public_key: str
    is_demo: bool
    _key: SigningKey = field(repr=False, compare=False)

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of ``data``: always the same for the same data."""
        return bytes(self._key.sign(data).signature)


def load_signer(role: Role, *, environment: Mapping[str, str], host: str) -> Signer:
    """Return the signer for ``role`` from its variable or file, or the demo key where ``host`` allows it.

    Raises :class:`KeyRefused` where no usable key is given, or a published one is given for a real host.
    """
    text = given(role.variable, environment)
    if text is None:
        return _demo_or_refuse(role, host)
    signer = _signer(_seed(role, text))
    if not is_demo_host(host) and is_published_key(signer.public_key):
        raise KeyRefused(
            "test-key",
            f"{role.variable} must be a private key, not a published test key, to sign for {host!r}",
            _MAKE,
        )
    return signer


def _demo_or_refuse(role: Role, host: str) -> Signer:
    if is_demo_host(host):
        return demo_signers()[role]
    raise KeyRefused(
        "no-key",
        f"{role.variable} must hold the {role} key, or {role.variable}_FILE its path, to sign for {host!r}",
        f"{_MAKE}; to look without a key: badgepress build --preview; "
        "the demo key signs only for localhost, .example, .test and .invalid",
    )


def _seed(role: Role, text: str) -> bytes:
    """Return the 32-byte seed that ``text`` spells: multibase secret key, 64 hex characters, or base64."""
    seed = _decoded(text)
    if seed is not None:
        return seed
    raise KeyRefused(
        "bad-key",
        f"{role.variable} must be an Ed25519 key of 32 bytes: multibase (z3u2…), 64 hex characters or base64",
        _MAKE,
    )


def _decoded(text: str) -> bytes | None:
    seeds = (read(text) for read in (from_hex, _from_multibase, from_base64))
    return next((seed for seed in seeds if seed is not None), None)


def _from_multibase(text: str) -> bytes | None:
    try:
        data = decode(text)
    except MultibaseError:
        return None
    if data[:2] != _ED25519_SECRET:
        return None
    seed, public = data[2:34], data[34:]
    # An older form carries the public half behind the seed; it must then be the right one.
    fits = len(seed) == 32 and public in (b"", bytes(_signing_key(seed).verify_key))
    return seed if fits else None


def _signer(seed: bytes) -> Signer:
    key = _signing_key(seed)
    return Signer(
        public_key=public_key_multibase(bytes(key.verify_key)),
        is_demo=seed in _demo_seeds().values(),
        _key=key,
    )


def _signing_key(seed: bytes) -> SigningKey:
    # Slow to import, and many commands sign nothing.
    from nacl.signing import SigningKey

    return SigningKey(seed)


def _demo_seeds() -> dict[Role, bytes]:
    return {role: hashlib.sha256(_DEMO_PHRASES[role]).digest() for role in Role}


def demo_signers() -> dict[Role, Signer]:
    """Return the signers of the embedded demo keys; their seeds are SHA-256 of published phrases."""
    return {role: _signer(seed) for role, seed in _demo_seeds().items()}


@cache
def _demo_public_keys() -> frozenset[str]:
    return frozenset(signer.public_key for signer in demo_signers().values())


def is_published_key(public_key: str) -> bool:
    """Return True where everybody can sign with this key: a demo key, or a well-known test key."""
    return public_key in PUBLISHED_TEST_KEYS or public_key in _demo_public_keys()


def is_demo_host(host: str) -> bool:
    """Return True for a host that can never be a real site (RFC 2606, RFC 6761), with or without a port."""
    name = host.partition(":")[0].rstrip(".").lower()
    return name in _DEMO_HOSTS or name.endswith(_DEMO_DOMAINS)


def secret_multibase(seed: bytes) -> str:
    """Return the secret key of ``seed`` as Multikey text (``z3u2…``); for a key file, never for a screen."""
    if len(seed) != 32:
        raise ValueError(f"an Ed25519 seed has 32 bytes, not {len(seed)}")
    return encode(_ED25519_SECRET + seed)


def generate_seed() -> bytes:
    """Return a new random 32-byte seed from the operating system."""
    from nacl.signing import SigningKey

    return bytes(SigningKey.generate())


def write_key_file(path: Path, seed: bytes) -> str:
    """Write the secret key of ``seed`` to a new file that only its owner may read; return its public key.

    Raises :class:`KeyRefused` (key-file-exists) where ``path`` is there already: a key is never overwritten.
    """
    write_secret(path, secret_multibase(seed))
    return _signer(seed).public_key
