"""Claim links: an award page's address with what proves its holder in the fragment, which no server sees.

    https://host/issued/<id>/#name=Ada%20Lovelace&name.salt=<hex>&email=ada%40example.org&email.salt=<hex>

To share fewer values, leave a value and its salt out. The page reads the same form (browser/src/holder).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from site_builder.identity.values import FIELDS, Field, normalised


@dataclass(frozen=True, slots=True)
class Opening:
    """A value and the salt that opens its commitment. Both are secret: never in git or on the site."""

    field: Field
    value: str
    salt: str

    def __repr__(self) -> str:
        return f"Opening({self.field})"


def claim_link(page: str, openings: Iterable[Opening]) -> str:
    """Return the address of ``page`` with the openings in its fragment, in the order of ``FIELDS``.

    Only letters, digits and ``-._~`` stand unescaped, so that no mail program cuts the link short.
    """
    by_field: Mapping[Field, Opening] = {opening.field: opening for opening in openings}
    given = (by_field[field] for field in FIELDS if field in by_field)
    return f"{page}#{'&'.join(_part(opening) for opening in given)}"


def _part(opening: Opening) -> str:
    value = quote(normalised(opening.field, opening.value), safe="")
    return f"{opening.field}={value}&{opening.field}.salt={opening.salt}"
