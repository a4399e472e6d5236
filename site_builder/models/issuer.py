"""The issuer: ``credentials/issuer.yaml``. Its keys become did.json (DESIGN 5)."""

from __future__ import annotations

from typing import Literal

from site_builder.models.fields import (
    Address,
    Country,
    Day,
    Id,
    Language,
    Line,
    Listing,
    Model,
    Multikey,
    Paragraphs,
    SiteAddress,
    Some,
)


class IssuerKey(Model):
    """A public key of the issuer. The private half never stands in the repository."""

    id: Id
    """A name for people, such as issue-2026. The key's public address is made from the key itself."""
    role: Literal["issue", "status"]
    """`issue` signs badges; `status` signs status lists only. A badge signed by a status key is refused."""
    public_key: Multikey
    """The public key; `badgepress keygen` prints it."""
    since: Day
    """The day from which it signs."""
    state: Literal["active", "retired", "compromised"] = "active"
    """A retired key signs no more but stays listed, for old badges. A compromised one is not listed."""
    ended: Day | None = None
    """The day on which it was retired or found compromised."""


class Issuer(Model):
    """Who awards these credentials."""

    id: Id
    """A short id for the issuer's page."""
    name: Line
    """The name that stands on badges."""
    country: Country
    """The country, as two capital letters (ISO 3166), such as CA."""
    region: Line | None = None
    """The region or province."""
    url: Address
    """The institution's own site."""
    description: Paragraphs
    """Who the institution is."""
    language: Language
    """The language of the site's own pages."""
    image: Line
    """The institution's mark: an SVG or PNG file beside this one."""
    contact: Address | None = None
    """A page that says how to reach the office in charge."""
    keys: Listing[IssuerKey]
    """The public keys. At least one active key of each role."""
    moved_from: Some[SiteAddress] = ()
    """Where this site stood before. Old badges are verified there for ever. `badgepress move` writes it."""

    @property
    def former_addresses(self) -> tuple[str, ...]:
        """The addresses that the site had before, as it names itself: each ends with a slash."""
        return tuple(address.rstrip("/") + "/" for address in self.moved_from)
