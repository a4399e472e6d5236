"""One award file as a survey leaves it, and what it has to do with others: all that another process needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.proof.records import Record
from site_builder.survey.columns import Columns, each_id
from site_builder.survey.stubs import SomeAwards, Stub


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One award file of a survey: its digest, that of its proof file (empty: it has none), and its columns.

    ``recorded`` is how many of its awards have a proof in that file; under ``key`` the store has the award
    file as JSON.
    """

    path: str
    digest: str
    proofs_path: str
    proofs_digest: str
    recorded: int
    key: str
    columns: Columns

    @property
    def credential(self) -> str:
        """The credential's id."""
        return self.columns.credential

    @property
    def version(self) -> str:
        """The credential's version."""
        return self.columns.version

    @property
    def issued_on(self) -> date:
        """The day on which its awards were made."""
        return self.columns.issued_on

    @property
    def awards(self) -> int:
        """How many awards it has."""
        return self.columns.awards

    @property
    def erased(self) -> int:
        """How many of its awards were erased."""
        return len(self.columns.erased_on)

    @property
    def ids(self) -> bytes:
        """The ids of its awards, sixteen bytes each, in the order of the file."""
        return self.columns.ids

    @property
    def every_id(self) -> list[bytes]:
        """The sixteen bytes of the id of each of its awards, erased ones too."""
        return each_id(self.columns.ids + self.columns.erased)

    @property
    def indexes(self) -> Sequence[int]:
        """The places in the status lists: of its awards, then of the erased ones."""
        return self.columns.indexes

    @property
    def states(self) -> bytes:
        """A byte an award: ``WITHDRAWN``, ``LISTED`` and ``REVOKED`` are bits of it."""
        return self.columns.states

    @property
    def expires(self) -> Sequence[int]:
        """The number of the day that each award says it expires on, 0 for none; empty where none says so."""
        return self.columns.expires


@dataclass(frozen=True, slots=True)
class Near:
    """The files that have to do with a file, as a text that differs where any of them does.

    ``versions`` are the credentials and versions of their awards, ``records`` is how many proofs of the
    file's own awards are recorded elsewhere than in its proof file.
    """

    text: str
    versions: tuple[tuple[str, str], ...]
    records: int


class Around:
    """What the awards of a file have to do with other files.

    ``awards`` are those of other files that its own name (as part, as renewed, as replacing), or that name
    one of its own; ``versions`` the credentials and versions of ``awards``; ``erased`` the ids it names of
    awards that were erased; ``records`` the proofs of its awards that are recorded elsewhere than in its
    proof file. ``digest`` is one of all of it, empty where there is nothing.

    Most are only asked for their digest, so the awards are made when they are asked for. Another process is
    handed the columns that they are made from.
    """

    def __init__(
        self,
        digest: str,
        versions: tuple[tuple[str, str], ...],
        erased: tuple[str, ...],
        records: tuple[Record, ...],
        some: Callable[[], tuple[SomeAwards, ...]],
    ) -> None:
        self.digest, self.versions, self.erased, self.records = digest, versions, erased, records
        self._some = some

    @cached_property
    def awards(self) -> tuple[Stub, ...]:
        """The awards of other files that have to do with its own, as far as the columns know them."""
        return tuple(stub for some in self._some() for stub in some.stubs())

    def placed(self, catalog: Catalog) -> dict[str, IssuedAward]:
        """Return the awards where whole ones are expected, by id: they have what a ``Stub`` has."""
        return {stub.id: stub.placed(catalog.achievements) for stub in self.awards}

    def __reduce__(self) -> tuple[object, ...]:
        given = (self.digest, self.versions, self.erased, self.records, self._some())
        return _around, given


def _around(
    digest: str,
    versions: tuple[tuple[str, str], ...],
    erased: tuple[str, ...],
    records: tuple[Record, ...],
    some: tuple[SomeAwards, ...],
) -> Around:
    return Around(digest, versions, erased, records, lambda: some)
