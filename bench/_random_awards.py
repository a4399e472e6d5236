"""Awards of every shape with texts that are hard on whoever signs them, to compare ways of signing with.

A shape is which optional parts an award has, and how many of each. What authors may not write is drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from pydantic import ValidationError

from bench._clerk import award_id
from site_builder.catalog.catalog import Achievement, Catalog, IssuedAward
from site_builder.models.award import Award, AwardFile, Commitments, Evidence, Results
from site_builder.models.credential import LEVELS
from site_builder.proof.multibase import digest_multibase, encode

T = TypeVar("T")

_PIECES = (
    "a", "Report", " ", "  ", '"', "\\", "'", "é", "e\u0301", "ß", "œ", "日本", "😀", "👩\u200d🔬", "تقرير",
    "שלום", "\u00a0", "\u2019", "—", "&", "%20", "#", "?", "/", ":", ";", ",", "@", "{", "}", "[1]", "(2)",
    "|", "^^", "_:b0", "_:c14n1", "\\u0041", "\\n", "@en", "http://a.example/", "null", "true", "0", "-1",
    "1e3", "=", "+", "~", "\U00020000", "\ufb01", "\u1e9e", "İ", "ı", "\u00c5", "\u212b", "½", "x²", "№",
)  # fmt: skip
_BREAKS = ("\n", "\n\n", "\n- ", "\n1. ")
_QUERIES = ("", "?q=é", "?a&b=%20", "?日#x", "/~(1)'", "?q=a+b;c")
_FIELDS = ("narrative", "genre", "url")
_FIRST = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class _Shape:
    achievement: Achievement
    own: tuple[frozenset[str], ...]
    shared: tuple[frozenset[str], ...]
    has_holder: bool
    has_name: bool
    has_score: bool
    has_end: bool
    parts: int


def random_awards(catalog: Catalog, chance: Random, shapes: int, each: int) -> Iterator[list[IssuedAward]]:
    """Yield ``shapes`` lists of ``each`` awards; those of a list have the same optional parts."""
    achievements = list(catalog.achievements.values())
    for number in range(shapes):
        shape = _shape(chance, achievements[number % len(achievements)])
        yield [_award(chance, shape) for _ in range(each)]


def part_digests(issued: IssuedAward, chance: Random) -> dict[str, str]:
    """Return a digest for each part of an award, as if of the bytes of its badge."""
    return {part: digest_multibase(chance.randbytes(40)) for part in issued.award.parts}


def _shape(chance: Random, achievement: Achievement) -> _Shape:
    def pieces(most: int) -> tuple[frozenset[str], ...]:
        return tuple(
            frozenset(name for name in _FIELDS if chance.random() < 0.5)
            for _ in range(chance.randint(0, most))
        )

    return _Shape(
        achievement=achievement,
        own=pieces(3),
        shared=pieces(2),
        has_holder=chance.random() < 0.4,
        has_name=chance.random() < 0.7,
        has_score=chance.random() < 0.7,
        has_end=chance.random() < 0.4,
        parts=len(achievement.part_ids) or chance.choice((0, 0, 0, 1, 4)),
    )


def _award(chance: Random, shape: _Shape) -> IssuedAward:
    spec = shape.achievement.spec
    day = _FIRST + timedelta(days=chance.randint(0, 300))
    award = Award(
        id=award_id(chance),
        learner=chance.randbytes(16).hex(),
        commitments=Commitments(email=_hash(chance), name=_hash(chance) if shape.has_name else None),
        holder=_holder(chance) if shape.has_holder else None,
        status_index=chance.randrange(3 * 131_072),
        results=Results(
            level=chance.choice([None, *LEVELS[LEVELS.index(spec.level) :]]),
            score=chance.choice((75, 80.5, 99.25, 100, 0)) if shape.has_score else None,
        ),
        evidence=tuple(_evidence(chance, fields) for fields in shape.own),
        parts=tuple(award_id(chance) for _ in range(shape.parts)),
        expires=day + timedelta(days=chance.randint(1, 2000)) if shape.has_end else None,
    )
    file = AwardFile(
        credential=spec.id,
        version=spec.version,
        issued_on=day,
        assessed_by=_text(chance, 6),
        evidence=tuple(_evidence(chance, fields) for fields in shape.shared),
        awards=(award,),
    )
    return IssuedAward("issued/2026/random.yaml", file, award, shape.achievement)


def _hash(chance: Random) -> str:
    return f"sha256${chance.randbytes(32).hex()}"


def _holder(chance: Random) -> str:
    return chance.choice(("did:web:wallet.example:{}", "did:key:{}", "did:jwk:{}")).format(
        encode(b"\xed\x01" + chance.randbytes(32))
    )


def _evidence(chance: Random, fields: frozenset[str]) -> Evidence:
    """Return a piece that authors' rules let pass."""
    while True:
        words = {
            "narrative": _text(chance, 12, breaks=_BREAKS),
            "genre": _text(chance, 4),
            "url": f"https://measured.example/{award_id(chance)}{chance.choice(_QUERIES)}",
        }
        try:
            return Evidence(name=_text(chance, 8), **{name: words[name] for name in fields})
        except ValidationError:
            continue


def _text(chance: Random, most: int, breaks: tuple[str, ...] = ()) -> str:
    """Return a text that begins and ends with a letter: an edge of spaces is another rule's business."""
    pieces = [chance.choice(_PIECES + breaks) for _ in range(chance.randint(1, most))]
    return f"A{''.join(pieces)}z{chance.randint(0, 10**6)}"
