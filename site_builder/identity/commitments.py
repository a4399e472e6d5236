"""Salted commitments: what a signed badge says of its holder (OB 3.0, IdentityObject; DESIGN 4).

The salt stands in neither the repository nor the site, so nobody can guess a name and confirm it.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from site_builder.identity.values import Field, normalised

SALT_BYTES = 16
"""A salt has 128 bits; as text it is 32 hexadecimal digits."""

_PREFIX = "sha256$"
_SALT = re.compile(f"[0-9a-f]{{{2 * SALT_BYTES}}}")


def commitment(field: Field, value: str, salt: str) -> str:
    """Return ``sha256$`` and the hexadecimal SHA-256 of the normalised value followed by its salt."""
    text = normalised(field, value) + salt
    return _PREFIX + hashlib.sha256(text.encode()).hexdigest()


def opens(found: str, field: Field, value: str, salt: str) -> bool:
    """Return True where ``value`` and ``salt`` are what the commitment ``found`` was made of.

    A salt of another form opens nothing: a piece of a name could pose as the start of a salt.
    """
    if not _SALT.fullmatch(salt):
        return False
    return hmac.compare_digest(found.encode(), commitment(field, value, salt).encode())
