"""What a corrected and a renewed award have in common: the holder's row of a list, and a new file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.catalog.owners import folder_of_awards, owner_of_spec
from site_builder.editing.scalars import Value
from site_builder.importers.row import Roster, RosterRow
from site_builder.models.fields import Model
from site_builder.problems import Problem
from site_builder.registrar.batch import issued_paths
from site_builder.registrar.desk import Desk
from site_builder.registrar.disclosure import People
from site_builder.registrar.minting import Choose, Deriving, Mint, Minted

NEW_ADDRESS = (
    "The list's one row has another address than the award was made for. It was taken for the holder's new"
    " address: the new award keeps the learner, so that stacks still count."
)
"""What is said of a holder who has moved."""


@dataclass(frozen=True, slots=True)
class Office:
    """What a registrar brings: the class list, the roster key, and chance (``secrets.randbelow``)."""

    roster: Roster
    key: Deriving
    choose: Choose

    def mint(self, desk: Desk) -> Mint:
        """Return the mint for new awards of a repository."""
        return Mint.of(desk.catalog, self.key, self.choose)


@dataclass(frozen=True, slots=True)
class Holder:
    """The row of an award's holder; ``has_moved`` where its address is not the one the award was made for."""

    row: RosterRow
    has_moved: bool

    def minted(self, issued: IssuedAward, mint: Mint) -> Minted:
        """Return what a new award of the same learner must have; the pseudonym stays with a new address."""
        new = mint.mint(self.row.email, self.row.name or "")
        return Minted(new.id, issued.award.learner, new.commitments, new.status_index)


def holder_of(issued: IssuedAward, office: Office, *, alone: bool) -> tuple[Holder | None, list[Problem]]:
    """Return the holder's row of the list, or a problem that names nobody.

    It is the row whose address the award was made for. Where none is, and the award is ``alone`` asked for,
    a list with a single row gives the holder's new address.
    """
    rows = office.roster.rows
    own = [row for row in rows if office.key.pseudonym(row.email) == issued.award.learner]
    own = [row for row in own if row.credential == issued.achievement.spec.id] or own
    if len(own) == 1:
        return Holder(own[0], has_moved=False), []
    if own:
        lines = " and ".join(str(row.line) for row in own)
        message = f"rows {lines} are both for the holder of award {issued.id}"
        return None, [_of_list(office.roster, "duplicate-entry", message, "take out one of the rows")]
    if alone and len(rows) == 1:
        return Holder(rows[0], has_moved=True), []
    message = f"the list has no row for the holder of award {issued.id}, or another roster key made it"
    hint = "if the address has changed, give a list with that one row alone"
    return None, [_of_list(office.roster, "no-row", message, hint)]


def _of_list(roster: Roster, code: str, message: str, hint: str) -> Problem:
    return Problem(path=roster.path, code=code, message=message, hint=hint)


def named_in(texts: Mapping[str, str | None], roster: Roster) -> list[Problem]:
    """Return a problem for each option whose text names anybody of the list (DESIGN 4)."""
    people = People(roster.rows)
    message = "holds the name or address of someone in the list, which may not be committed"
    hint = "write a role in place of a person, such as Examination board"
    return [
        Problem(path=option, code="personal-data", message=message, hint=hint)
        for option, text in texts.items()
        if text and people.named_in(text)
    ]


def plain(model: Model | None) -> dict[str, Value]:
    """Return what an author would write for a part of an award file."""
    if model is None:
        return {}
    fields = model.model_dump(mode="python", exclude_none=True, exclude_defaults=True)
    return cast("dict[str, Value]", fields)


# A file's name may have a hundred characters, an id eighty.
_LONGEST_ID = 60


def free_path(desk: Desk, achievement: Achievement, why: str, issued_on: date) -> str:
    """Return a path where nothing stands: its owner's folder, the credential, ``why``, and a number."""
    folder = folder_of_awards(owner_of_spec(achievement.path), issued_on.year)
    stem = f"{achievement.spec.id[:_LONGEST_ID].rstrip('-')}-{why}"
    taken = {path.casefold() for path in (*issued_paths(desk.repository.root), *desk.files)}
    number, path = 1, f"{folder}/{stem}.yaml"
    while path in taken:
        number += 1
        path = f"{folder}/{stem}-{number:02}.yaml"
    return path


def standing(desk: Desk, award_id: str) -> str:
    """Return the award that an award was corrected to, through all its corrections; itself if to none."""
    seen: set[str] = set()
    while award_id in desk.catalog.awards and award_id not in seen:
        seen.add(award_id)
        award_id = desk.catalog.awards[award_id].award.replaced_by or award_id
    return award_id


def link_lines(paths: Sequence[str]) -> str:
    """Return what to do after the merge, so that the holder can show the new badge as theirs."""
    return f"After the merge: badgepress claims {' '.join(paths)} --roster LIST --out LINKS.csv"
