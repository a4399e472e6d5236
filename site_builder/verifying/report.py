"""What a stranger finds in a site: counted as it is found, so that memory does not grow with the badges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.problems import Problem, in_order, printable
from site_builder.verifying.stack import Part
from site_builder.verifying.verdict import State, Verdict

MOST_FAILING = 1000
"""How many failing badges a report keeps in full; of a site where more fail, the others are counted."""

_FAILURES = frozenset({State.INVALID, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Report:
    """What a stranger finds in a site: how many badges are in which state, and what is wrong.

    ``counts`` names every state, also with 0. ``failing`` are the first, by path, of the ``failures`` badges
    that cannot be relied on though the site offers them. ``fast`` badges were checked with compiled shapes,
    ``slow`` ones by the library. ``verdicts`` has the verdict on each badge where all were asked for, else
    none. ``is_copy`` says that keys and lists came from a folder, and that their issuer's host was not
    asked: what is called valid then matches whatever keys the maker of the folder put there.
    """

    site: str
    issuer: str
    counts: Mapping[str, int]
    failing: tuple[Verdict, ...]
    failures: int
    problems: tuple[Problem, ...]
    is_copy: bool
    fast: int = 0
    slow: int = 0
    verdicts: tuple[Verdict, ...] = ()

    @property
    def number(self) -> int:
        """How many badges were looked at."""
        return sum(self.counts.values())

    @property
    def wrong(self) -> int:
        """How many things do not verify: problems of the site, and failing badges."""
        return len(self.problems) + self.failures

    @property
    def failed(self) -> bool:
        """True where something does not verify."""
        return self.wrong > 0

    def told(self) -> list[str]:
        """Return one line for each problem and each failing badge that is kept."""
        return [
            *(f"{printable(problem.path)}: {printable(problem.message)}" for problem in self.problems),
            *(f"{printable(verdict.path)}: {printable(verdict.summary)}" for verdict in self.failing),
        ]

    def to_json(self) -> dict[str, Any]:
        """Return what ``badgepress verify --json`` prints behind the verdicts."""
        return {
            "counts": dict(self.counts),
            "checked": {"compiled": self.fast, "library": self.slow},
            "problems": [
                {"path": printable(item.path), "code": item.code, "message": printable(item.message)}
                for item in self.problems
            ],
        }


@dataclass(slots=True)
class Findings:
    """What was found in some of a site's badges; small, because it travels from one process to another.

    ``looks`` is the number of places where a badge may stand, ``absent`` are the names of award folders that
    have none. ``texts`` are verdicts as one line of JSON each, with their place among these badges,
    ``verdicts`` the verdicts themselves, both only where they are asked for. ``parts`` are badges that others
    are built on, by their place.
    """

    looks: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    fast: int = 0
    slow: int = 0
    failing: list[Verdict] = field(default_factory=list)
    failures: int = 0
    problems: list[Problem] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)

    def take(self, verdict: Verdict, *, was_quick: bool = False) -> None:
        """Take a badge's verdict into account; ``was_quick`` says that its shape was known."""
        self.counts[verdict.state.value] += 1
        self.fast += was_quick
        self.slow += not was_quick
        if is_failure(verdict):
            self.failures += 1
            self.failing.append(verdict)

    def add(self, other: Findings) -> None:
        """Take in what was found in other badges; their texts and parts are not kept."""
        self.looks += other.looks
        self.counts += other.counts
        self.fast += other.fast
        self.slow += other.slow
        self.failures += other.failures
        if other.failing:
            self.failing = sorted([*self.failing, *other.failing], key=_path)[:MOST_FAILING]
        self.problems += other.problems
        self.absent += other.absent
        self.verdicts += other.verdicts

    def report(self, site: str, issuer: str, problems: Iterable[Problem], *, is_copy: bool) -> Report:
        """Return the report on a site of which these are all badges; ``problems`` are the site's own."""
        return Report(
            site=site,
            issuer=issuer,
            counts={state.value: self.counts[state.value] for state in State},
            failing=tuple(self.failing),
            failures=self.failures,
            problems=tuple(in_order([*problems, *self.problems])),
            is_copy=is_copy,
            fast=self.fast,
            slow=self.slow,
            verdicts=tuple(sorted(self.verdicts, key=_path)),
        )


def _path(verdict: Verdict) -> str:
    return verdict.path


def is_failure(verdict: Verdict) -> bool:
    """Return True for a badge that is invalid, unknown, or of an issuer that the reader does not know.

    A site that says of a badge that it is revoked, expired or not yet valid is an honest site. A badge of an
    issuer that the reader, who named the issuers they know, does not know is none to rely on either.
    """
    return verdict.state in _FAILURES or verdict.answers["issuerKnown"].value == "no"
