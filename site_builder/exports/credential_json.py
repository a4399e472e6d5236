"""The hosted badge: the signed credential at the address that is its id (OB 3.0, 5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses, award_json
from site_builder.catalog.catalog import Catalog
from site_builder.exports.interface import Badge


def credential_json(badge: Badge, catalog: Catalog, at: Addresses) -> Iterable[Artifact]:
    """Return the signed credential, exactly the bytes that were signed and pinned by digests."""
    yield Artifact(award_json(badge.issued.id), badge.data)
