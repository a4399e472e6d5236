"""How each credential is assessed and evidenced: alike in all its cohorts, as it is in real programmes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from bench._award_text import Piece
from bench._repository import Spec
from bench._texts import (
    BOARDS,
    COHORT_NAMES,
    COHORT_NARRATIVES,
    ENDINGS,
    GENRES,
    NARRATIVES,
    PIECES,
    TITLES,
)
from site_builder.models.credential import LEVELS

_HIGHER, _OWN, _HALVES = 0.06, 0.9, 0.15
# Which fields a piece of evidence has besides its name, by what the credential's number leaves.
_FIELDS = (("narrative", "genre"), ("narrative",), ("narrative", "genre", "url"), ("url",))


@dataclass(frozen=True, slots=True)
class Habit:
    """What is the same in all cohorts of a credential."""

    board: str
    shared: tuple[Piece, ...]
    """Evidence of whole cohorts."""
    own: tuple[tuple[str, ...], ...]
    """The fields of each piece that learners hand in of their own."""
    lowest: int | None
    """The lowest mark that passes; None where no marks are given."""
    higher: tuple[str, ...]
    """The levels above the credential's own."""

    def score(self, chance: Random) -> float | None:
        """Return a mark that passes, a few with a half."""
        if self.lowest is None:
            return None
        mark = self.lowest + int(chance.random() * (100 - self.lowest))
        return mark + 0.5 if chance.random() < _HALVES else mark

    def level(self, chance: Random) -> str | None:
        """Return a higher level, which few reach."""
        return chance.choice(self.higher) if self.higher and chance.random() < _HIGHER else None

    def evidence(self, chance: Random, award_id: str) -> list[Piece]:
        """Return what a learner handed in; nothing, where it was shown on the spot."""
        if not self.own or chance.random() > _OWN:
            return []
        return [_piece(chance, fields, f"{award_id[:8]}-{number}") for number, fields in enumerate(self.own)]


def _piece(chance: Random, fields: tuple[str, ...], mark: str) -> Piece:
    piece = {"name": chance.choice(TITLES)}
    if "narrative" in fields:
        # No two learners write the same: what remembers texts must not look faster here than it is.
        said, ending = chance.choice(NARRATIVES), chance.choice(ENDINGS)
        count, pages, page = chance.randint(2, 60), chance.randint(2, 90), chance.randint(1, 400)
        piece["narrative"] = f"{said.format(count)} {ending.format(pages, page)}"
    if "genre" in fields:
        piece["genre"] = chance.choice(GENRES)
    if "url" in fields:
        # Letters only: digits in a row are for the privacy check to wonder about.
        letters = mark.translate(str.maketrans("0123456789", "ghkmpqrstw"))
        piece["url"] = f"https://measured.example/work/{chance.choice(PIECES)}-{letters}"
    return piece


def habits(specs: Iterable[Spec]) -> dict[str, Habit]:
    """Return the habit of each credential, by its id."""
    return {spec["id"]: _habit(number, spec) for number, spec in enumerate(specs)}


def _habit(number: int, spec: Spec) -> Habit:
    marks = [assessment["pass_mark"] for assessment in spec["assessment"]]
    return Habit(
        board=BOARDS[number % len(BOARDS)],
        shared=_shared(number, spec["id"]),
        # Of ten credentials six have no evidence of the learner's own, three have one piece, one has two.
        own=_own(number),
        lowest=None if number % 10 == 7 else min(marks),
        higher=LEVELS[LEVELS.index(spec["level"]) + 1 :],
    )


def _own(number: int) -> tuple[tuple[str, ...], ...]:
    kind = number % 10
    if kind in (1, 4, 6):
        return (_FIELDS[number // 10 % len(_FIELDS)],)
    return (_FIELDS[0], _FIELDS[2]) if kind == 9 else ()


def _shared(number: int, credential_id: str) -> tuple[Piece, ...]:
    """Return the evidence of a cohort: of twelve credentials one has none, and one has two pieces."""
    if number % 12 == 5:
        return ()
    piece = {"name": COHORT_NAMES[number % len(COHORT_NAMES)]}
    if number % 3:
        piece["narrative"] = COHORT_NARRATIVES[number % len(COHORT_NARRATIVES)]
    piece["genre"] = GENRES[number % len(GENRES)]
    second = {"name": "Rules of the assessment", "url": f"https://measured.example/rules/{credential_id}"}
    return (piece, second) if number % 12 == 8 else (piece,)
