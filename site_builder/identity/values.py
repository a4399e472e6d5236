"""The two values a holder can prove, in the one form in which they are hashed (DESIGN 4).

The rule is published in the registrar's guide: who checks a claim by hand must get the same text.
"""

from __future__ import annotations

import unicodedata
from typing import Literal, get_args

Field = Literal["name", "email"]
"""A value that a badge commits to."""

FIELDS: tuple[Field, ...] = get_args(Field)

IDENTITY_TYPES: dict[Field, str] = {"name": "name", "email": "emailAddress"}
"""The ``identityType`` of each (OB 3.0, IdentityObject)."""


def normalised(field: Field, value: str) -> str:
    """Return ``value`` trimmed and in Unicode form NFC; an e-mail address also in lower case.

    >>> normalised("email", " Ada@Example.org ")
    'ada@example.org'
    """
    text = unicodedata.normalize("NFC", value.strip())
    # Lowering can take a text out of its normal form (Turkish dotted I), so it is composed again.
    return unicodedata.normalize("NFC", text.lower()) if field == "email" else text
