"""The hosted badge: the signed credential at the address that is its id (OB 3.0, 5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses, award_json
from site_builder.catalog.catalog import Catalog
from site_builder.exports.interface import Badge, Write


def credential_json(catalog: Catalog, at: Addresses) -> Write:
    """Return the writer of signed credentials: exactly the bytes that were signed and pinned by digests."""

    def write(badge: Badge) -> Iterable[Artifact]:
        yield Artifact(award_json(badge.issued.id), badge.data)

    return write
