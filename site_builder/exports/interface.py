"""What an export is: made ready for one site, then given each signed badge, it returns the files to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


Write = Callable[[Badge], Iterable[Artifact]]
"""Returns the files of one format for one badge."""


class Export(Protocol):
    """One member of this room: a format in which an award is published."""

    def __call__(self, catalog: Catalog, at: Addresses) -> Write:
        """Return the writer for this site; what is the same for every badge is made ready here, once."""
