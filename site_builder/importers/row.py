"""A class list in one form, whatever system it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from site_builder.models.credential import Level

System = Literal["template", "moodle", "canvas"]
"""Where a list came from: our own template (or one like it), a Moodle grade export, a Canvas gradebook."""


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """What one learner showed; the fields of an award file's ``evidence``."""

    name: str
    url: str | None = None
    narrative: str | None = None
    genre: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One learner. Name, address and evidence are a person's data: ``repr`` leaves them out.

    ``line`` is the row as a spreadsheet numbers it (the header of an ordinary list is row 1). ``email`` is in
    its normal form (``identity.values.normalised``). ``score`` is in percent; it is ``None`` where the cell
    is empty, and ``has_score`` tells whether the list has a column for it at all. ``holder`` is a DID.
    """

    line: int
    email: str = field(repr=False)
    name: str | None = field(default=None, repr=False)
    credential: str | None = None
    issued_on: date | None = None
    score: float | None = None
    has_score: bool = False
    level: Level | None = None
    holder: str | None = field(default=None, repr=False)
    evidence: RowEvidence | None = field(default=None, repr=False)
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no learner to award, and why, in plain words: ``has no grade``."""

    line: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A class list that was read without a fault.

    ``encoding`` is ``UTF-8``, ``UTF-16``, ``Windows-1252`` or ``Excel``. ``columns`` says which header each
    field was taken from, for the person who checks it.
    """

    path: str
    system: System
    rows: tuple[RosterRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    encoding: str = "UTF-8"
    columns: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """The headers of columns that say nothing to the press, from left to right."""
