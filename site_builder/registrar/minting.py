"""What a new award is made of: an id, a place in the status lists, and an unnamed holder (DESIGN 3 and 4).

Chance and key are given, so that a plan made twice with the same two is the same plan.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from site_builder.catalog.awards import lists_open_for
from site_builder.catalog.catalog import Catalog
from site_builder.editing.scalars import Value
from site_builder.identity.commitments import commitment
from site_builder.identity.values import Field
from site_builder.models.award import LIST_LENGTH, Award, Commitments

Choose = Callable[[int], int]
"""Returns a whole number from 0 and below the one given: ``secrets.randbelow``, or a test's."""

CHANCE: Choose = secrets.randbelow
"""The system's own: nobody can predict which index an award gets, or link it to a holder by its place."""


class Deriving(Protocol):
    """What the roster key does: :class:`site_builder.keys.RosterKey`, or a test's."""

    @property
    def fingerprint(self) -> str:
        """What tells this key from another, 8 hexadecimal digits."""

    def pseudonym(self, email: str) -> str:
        """Return the learner of an award, 32 hexadecimal digits."""

    def salt(self, award_id: str, of: Field) -> str:
        """Return the salt of one commitment of one award, 32 hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Minted:
    """What every new award must have. Its commitments can be opened only with the roster key."""

    id: str
    learner: str
    commitments: Commitments
    status_index: int


class Mint:
    """Gives out ids and status indexes that nobody has or had, each once."""

    def __init__(self, key: Deriving, choose: Choose, ids: Iterable[str], indexes: Iterable[int]) -> None:
        """Begin with the ids and status indexes of all awards so far, erased ones too."""
        self._key = key
        self._choose = choose
        self._ids = set(ids)
        self._indexes = set(indexes)

    @classmethod
    def of(cls, catalog: Catalog, key: Deriving, choose: Choose) -> Mint:
        """Return the mint that adds to a catalog."""
        awards, erased = catalog.awards.values(), catalog.erased.values()
        indexes = [item.award.status_index for item in awards] + [i.erased.status_index for i in erased]
        return cls(key, choose, [*catalog.awards, *catalog.erased], indexes)

    def mint(self, email: str, name: str = "") -> Minted:
        """Return what a new award of the holder of this address must have; without a name it commits to none.

        The name and the address stand in it only as salted hashes.
        """
        award_id = self.award_id()
        learner, commitments = self.identity(award_id, email, name)
        return Minted(award_id, learner, commitments, self.index())

    @property
    def roster_key(self) -> str:
        """The fingerprint of the key that these awards hang on."""
        return self._key.fingerprint

    def learner(self, email: str) -> str:
        """Return the pseudonym of the learner with this address."""
        return self._key.pseudonym(email)

    def award_id(self) -> str:
        """Return a random UUID, version 4 (RFC 9562, 5.4), that no award has or had."""
        while True:
            number = self._choose(1 << 128) & ~(0xF << 76 | 0x3 << 62) | (0x4 << 76 | 0x2 << 62)
            digits = f"{number:032x}"
            new = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
            if new not in self._ids:
                self._ids.add(new)
                return new

    def index(self) -> int:
        """Return a random place in the open status lists that was never used.

        At least half of the places are free, because another list opens when the last is half full, so a few
        tries find one.
        """
        places = lists_open_for(len(self._indexes) + 1) * LIST_LENGTH
        while True:
            new = self._choose(places)
            if new not in self._indexes:
                self._indexes.add(new)
                return new

    def identity(self, award_id: str, email: str, name: str = "") -> tuple[str, Commitments]:
        """Return the learner's pseudonym and the commitments of one award, each with a salt of its own."""
        named = commitment("name", name, self._key.salt(award_id, "name")) if name else None
        mailed = commitment("email", email, self._key.salt(award_id, "email"))
        return self._key.pseudonym(email), Commitments(email=mailed, name=named)


def entry(new: Minted, **more: Value | None) -> dict[str, Value]:
    """Return the award as an entry of its file, with these other fields, in the order that files have.

    What is ``None`` or empty is left out. Nothing is judged here: the whole repository is checked with the
    entry in it (``change.problems_of``), which tells an author's fault where it stands.
    """
    named = {"name": new.commitments.name} if new.commitments.name else {}
    fields: dict[str, Value | None] = {
        "id": new.id,
        "learner": new.learner,
        "commitments": {"email": new.commitments.email, **named},
        "status_index": new.status_index,
        **more,
    }
    given = ((name, fields.get(name)) for name in Award.model_fields)
    return {name: value for name, value in given if value is not None and value != ()}
