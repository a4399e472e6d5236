"""A world of many awards in a few shapes, published as the press publishes, and the two ways to verify it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from site_builder.proof.strict_json import dump
from site_builder.verifying.compiled import Shapes
from site_builder.verifying.run import Run
from site_builder.verifying.verdict import Verdict
from tests.verifying.world import NOW, Json, World, award_of

TEXTS = (
    "Plain.",
    'She said "yes", twice.',
    "A \\ and a\nnew line,\ta tab.",
    "écouter — 聞く — استمع — 🎓 — é",
    'x","validUntil":"2999-01-01T00:00:00Z","x":"',
)
DAY = date(2026, 3, 1)


class Crowd(World):
    """Awards of one credential in several shapes, and of one that is built on two others."""

    def __init__(self) -> None:
        self.numbers = iter(range(1, 1000))
        super().__init__(cohorts=tuple(self._cohorts()), write=dump)

    def _cohorts(self) -> Iterator[Json]:
        plain = self._some(4)
        yield _cohort(plain)
        yield _cohort(self._some(3, results={"score": 88.0}), day=date(2026, 5, 2))
        yield _cohort(self._some(3, expires=date(2026, 11, 1)), by='A panel of *three*, "the board"')
        yield _cohort(self._some(2, expires=date(2027, 11, 1)))
        yield _cohort(self._some(3, revoked={"date": date(2026, 7, 3), "reason": "In error."}))
        yield _cohort(self._some(2, holder="did:web:holder.example"))
        yield _cohort(self._some(2), evidence=[{"name": "A", "url": "https://northfield.example/e/1"}])
        for text in TEXTS:
            evidence = {"name": "A recording", "narrative": text, "genre": "sound"}
            yield _cohort(self._some(1), evidence=[evidence])
        named = [award | {"commitments": _both(award)} for award in self._some(2)]
        yield _cohort(named)
        parts = [plain[:2], plain[2:], [plain[1], named[0]]]
        stacks = [self._one(parts=[part["id"] for part in pair]) for pair in parts]
        yield _cohort(stacks, credential="people")

    def _some(self, number: int, **more: Any) -> list[Json]:
        return [self._one(**more) for _ in range(number)]

    def _one(self, **more: Any) -> Json:
        number = next(self.numbers)
        mixed = UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC834 % 2**128, version=4)
        return award_of(str(mixed), number, **more)

    @property
    def badges(self) -> list[str]:
        """The path of each badge, in order."""
        return sorted(path for path in self.files if path.startswith("issued/") and path.endswith(".json"))

    def some(self, *marks: str) -> bytes:
        """Return the first badge that has all of these texts."""
        raws = (self.files[path] for path in self.badges)
        return next(raw for raw in raws if all(mark.encode() in raw for mark in marks))


def _cohort(
    awards: list[Json], *, credential: str = "listening", day: date = DAY, by: str = "Board", **more: Any
) -> Json:
    head = {"credential": credential, "version": "1.0", "issued_on": day, "assessed_by": by}
    return {**head, **more, "awards": awards}


def _both(award: Json) -> Json:
    return {**award["commitments"], "name": "sha256$" + award["learner"] * 2}


class TwoWays:
    """Asks the library, and a run that knows the crowd's shapes, the same."""

    def __init__(self, world: World, now: datetime = NOW, *trusted: str) -> None:
        self.compiled = Run(world, now, frozenset(trusted), taught())
        self.library = Run(world, now, frozenset(trusted))
        self.fast = self.slow = 0

    def both(self, raw: bytes, path: str = "badge") -> tuple[Verdict, Verdict]:
        """Return what each says of ``raw``, the run that knows shapes first."""
        fast = self.compiled.judge(raw, path, with_hash=True)
        self.fast += self.compiled.was_quick
        self.slow += not self.compiled.was_quick
        return fast, self.library.judge(raw, path, with_hash=True)

    def verdict(self, raw: bytes, path: str = "badge") -> Verdict:
        """Return what both say of ``raw``; fail where they differ in a word."""
        fast, slow = self.both(raw, path)
        assert fast == slow, (fast.to_json(), slow.to_json())
        assert fast.to_json() == slow.to_json()
        return fast


@cache
def crowd() -> Crowd:
    """Return the crowd, to be read only."""
    return Crowd()


@cache
def taught() -> Shapes:
    """Return the shapes that are learnt from the crowd."""
    shapes = Shapes()
    teacher = Run(crowd(), NOW, frozenset(), shapes)
    for path in crowd().badges:
        teacher.judge(crowd().files[path], path)
    return shapes


@cache
def two_ways() -> TwoWays:
    """Return both ways to verify what stands in the crowd's world."""
    return TwoWays(crowd())
