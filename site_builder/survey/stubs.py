"""Awards of which only the columns are in memory, as far as the checks of links and the pages need them.

A stub stands where a whole award is expected, and has what columns know. Whoever asks it for more, such as
its evidence, gets an ``AttributeError``, never an empty answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.models.award import Award, AwardFile
from site_builder.survey.columns import WITHDRAWN, Columns, unpacked


@dataclass(frozen=True, slots=True)
class FileStub:
    """What a stub knows of its file."""

    credential: str
    version: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class AwardStub:
    """What a stub knows of its award; the fields are those of ``Award``."""

    id: str
    learner: str
    status_index: int
    parts: tuple[str, ...]
    renews: str | None
    replaced_by: str | None
    expires: date | None
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Stub:
    """One award of another file, by its columns."""

    path: str
    file: FileStub
    award: AwardStub

    @property
    def id(self) -> str:
        """The award's id."""
        return self.award.id

    @property
    def credential(self) -> str:
        """The id of the credential that was awarded."""
        return self.file.credential

    @property
    def version(self) -> str:
        """The version that was awarded."""
        return self.file.version

    def placed(self, achievements: Mapping[tuple[str, str], Achievement]) -> IssuedAward:
        """Return the stub where a whole award is expected; ``KeyError`` without its achievement."""
        achievement = achievements[self.file.credential, self.file.version]
        return IssuedAward(self.path, cast(AwardFile, self.file), cast(Award, self.award), achievement)


@dataclass(frozen=True, slots=True)
class SomeAwards:
    """Some awards of another file as columns: what is handed to another process."""

    path: str
    columns: Columns

    def stubs(self) -> Iterator[Stub]:
        """Yield them one by one."""
        file = file_stub(self.columns)
        for index in range(self.columns.awards):
            yield Stub(self.path, file, award_stub(self.columns, index))


def file_stub(columns: Columns) -> FileStub:
    """Return what a stub of this file knows of it."""
    return FileStub(columns.credential, columns.version, columns.issued_on)


def award_stub(columns: Columns, index: int) -> AwardStub:
    """Return what the columns know of one award."""
    parts: list[str] = []
    renews = replaced_by = None
    for kind, target in columns.links_of(index):
        if kind == "parts":
            parts.append(unpacked(target))
        elif kind == "renews":
            renews = unpacked(target)
        else:
            replaced_by = unpacked(target)
    return AwardStub(
        id=unpacked(columns.id(index)),
        learner=columns.learner(index).hex(),
        status_index=columns.indexes[index],
        parts=tuple(parts),
        renews=renews,
        replaced_by=replaced_by,
        expires=columns.until(index),
        is_withdrawn=bool(columns.states[index] & WITHDRAWN),
    )
