"""What an export is: one signed badge in, the files that are written for it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog, IssuedAward


@dataclass(frozen=True, slots=True)
class Badge:
    """One signed award: the reviewed facts, the signed document and the bytes that are hosted."""

    issued: IssuedAward
    document: Mapping[str, object]
    data: bytes


class Export(Protocol):
    """One member of this room: a format in which an award is published."""

    def __call__(self, badge: Badge, catalog: Catalog, at: Addresses) -> Iterable[Artifact]:
        """Return the files of this format, the badge before the page that shows it."""
