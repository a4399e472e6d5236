"""The roster key: it belongs to registrars, and no build needs it (DESIGN 4).

From it come the learners' pseudonyms and the salts of their commitments. Who has it can confirm a guessed
address; who loses it can make no claim links for awards that were made with it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.identity.commitments import SALT_BYTES
from site_builder.identity.values import Field, normalised
from site_builder.keys.given import KeyRefused, from_base64, from_hex, given, write_secret
from site_builder.keys.signing import is_demo_host

ROSTER_VARIABLE = "BADGEPRESS_ROSTER_KEY"
"""The environment variable that holds the roster key; with ``_FILE`` appended, the path of its file."""

_LABEL = "badgepress-roster-key:"
_MAKE = "make one with: badgepress keygen --role roster"
_DEMO = hashlib.sha256(b"badgepress demo roster key: published, never trust it").digest()
_PSEUDONYM_BYTES = 16
_FINGERPRINT_BYTES = 4


@dataclass(frozen=True)
class RosterKey:
    """A secret that derives pseudonyms and salts, and does not show itself."""

    is_demo: bool
    _key: bytes = field(repr=False, compare=False)

    def pseudonym(self, email: str) -> str:
        """Return the learner of an award: keyed BLAKE2b of the normalised address, 32 hexadecimal digits."""
        return self._derive(normalised("email", email), b"bp-learner", _PSEUDONYM_BYTES)

    def salt(self, award_id: str, of: Field) -> str:
        """Return the salt of one commitment of one award: 128 bits, 32 hexadecimal digits."""
        return self._derive(f"{award_id} {of}", b"bp-salt", SALT_BYTES)

    @property
    def fingerprint(self) -> str:
        """What tells this key from another, in public: 8 hexadecimal digits, which do not give it away."""
        return self._derive("", b"bp-fingerprint", _FINGERPRINT_BYTES)

    def _derive(self, text: str, purpose: bytes, size: int) -> str:
        # The two uses are parted, so that no salt can be taken for a pseudonym (RFC 7693, personalization).
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=size, person=purpose).hexdigest()


def load_roster_key(*, environment: Mapping[str, str], host: str) -> RosterKey:
    """Return the roster key from its variable or file, or the demo key where ``host`` allows it.

    Raises :class:`KeyRefused` where no usable key is given, or the published one is given for a real host.
    """
    text = given(ROSTER_VARIABLE, environment)
    if text is None and is_demo_host(host):
        return RosterKey(True, _DEMO)
    if text is None:
        message = (
            f"{ROSTER_VARIABLE} must hold the roster key, or {ROSTER_VARIABLE}_FILE its path, for {host!r}"
        )
        raise KeyRefused("no-key", message, f"{_MAKE}; it belongs to registrars, a build never needs it")
    key = _decoded(text)
    if key is None:
        message = f"{ROSTER_VARIABLE} must be a roster key of 32 bytes, as badgepress keygen writes it"
        raise KeyRefused("bad-key", message, _MAKE)
    if key == _DEMO and not is_demo_host(host):
        message = f"{ROSTER_VARIABLE} must be a secret key, not the published demo key, for {host!r}"
        raise KeyRefused("test-key", message, _MAKE)
    return RosterKey(key == _DEMO, key)


def write_roster_key(path: Path) -> None:
    """Write a new random roster key to a new file that only its owner may read.

    Raises :class:`KeyRefused` where the file exists or cannot be written.
    """
    from nacl.utils import random

    write_secret(path, _LABEL + base64.urlsafe_b64encode(random(32)).decode().rstrip("="))


def _decoded(text: str) -> bytes | None:
    plain = text.removeprefix(_LABEL).strip()
    return from_hex(plain) or from_base64(plain)
