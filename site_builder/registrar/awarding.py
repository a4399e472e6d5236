"""Who of a class list is awarded what: a plan that depends on nothing but what it is given.

What a row says that cannot be is a fault, and then nothing is written. Who merely does not qualify (has no
result, is below the pass mark, lacks a part, holds the credential already) is passed over, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.importers.row import Roster, RosterRow
from site_builder.importers.table import Faults
from site_builder.models.credential import KINDS
from site_builder.problems import Problem
from site_builder.registrar.minting import Mint, Minted
from site_builder.registrar.standing import Held, Holdings
from site_builder.registrar.terms import (
    Group,
    Terms,
    check_disclosure,
    check_names,
    grouped,
    problems_of_terms,
)
from site_builder.registrar.wallets import check_wallets


@dataclass(frozen=True, slots=True)
class Awarded:
    """A row that gets an award; ``parts`` are the learner's own awards, ``until`` the first invalid day."""

    row: RosterRow
    new: Minted
    parts: tuple[str, ...]
    until: date | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that gets none, and why; names nobody."""

    line: int
    why: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Cohort:
    """The awards of one version of a credential on one day, in the order of their ids.

    Ids are random, so the order says nothing about names; and the same awards are always in the same order.
    """

    achievement: Achievement
    issued_on: date
    assessor: str
    roster_key: str
    awards: tuple[Awarded, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a class list leads to. With a problem in it nothing may be written."""

    cohorts: tuple[Cohort, ...]
    passed: tuple[Passed, ...]
    problems: tuple[Problem, ...]


def planned(catalog: Catalog, roster: Roster, terms: Terms, mint: Mint) -> Plan:
    """Return who is awarded what, who is passed over and why, and every fault of the list."""
    faults = Faults(roster.path)
    problems = list(problems_of_terms(catalog, roster, terms))
    groups = grouped(catalog, roster, terms, faults)
    check_disclosure(roster, faults)
    check_names(roster, faults)
    check_wallets(catalog, roster, mint.learner, faults)
    holdings = Holdings.of(catalog)
    passed = [Passed(left.line, left.why) for left in roster.left_out]
    cohorts = []
    for (achievement, day), rows in sorted(groups.items(), key=_smaller_first):
        awards, left = _awards(achievement, day, rows, holdings, mint)
        passed += left
        if awards:
            assessor = terms.assessor or _usual_assessor(catalog, achievement)
            by_id = tuple(sorted(awards, key=lambda item: item.new.id))
            cohorts.append(Cohort(achievement, day, assessor, mint.roster_key, by_id))
    passed.sort(key=lambda item: item.line)
    return Plan(tuple(cohorts), tuple(passed), (*problems, *faults.problems))


def _usual_assessor(catalog: Catalog, achievement: Achievement) -> str:
    """Return who assessed the last cohort of this credential; the issuer where there was none."""
    files = {item.path: item.file for item in catalog.awards.values()}
    cohorts = [
        (file.issued_on, path) for path, file in files.items() if file.credential == achievement.spec.id
    ]
    return files[max(cohorts)[1]].assessed_by if cohorts else catalog.issuer.name


def _smaller_first(item: tuple[Group, object]) -> tuple[int, date, tuple[str, str]]:
    """Order cohorts so that what a credential stacks from is awarded before it, in the same run."""
    achievement, day = item[0]
    return KINDS.index(achievement.spec.kind), day, achievement.key


def _awards(
    achievement: Achievement, day: date, rows: Iterable[RosterRow], holdings: Holdings, mint: Mint
) -> tuple[list[Awarded], list[Passed]]:
    awards: list[Awarded] = []
    passed: list[Passed] = []
    for row in rows:
        learner = mint.learner(row.email)
        left = _below(achievement, row) or _holds(achievement, row, holdings, learner, day)
        parts, lacking = holdings.parts(learner, achievement, day)
        if left is None and lacking:
            left = Passed(row.line, f"lacks {_listed(lacking)}, which {achievement.spec.id} stacks from")
        if left is not None:
            passed.append(left)
            continue
        new = mint.mint(row.email, row.name or "")
        until = row.expires or achievement.until(day)
        awards.append(Awarded(row, new, tuple(parts), until))
        holdings.add(learner, achievement.spec.id, Held(new.id, day, until))
    return awards, passed


def _below(achievement: Achievement, row: RosterRow) -> Passed | None:
    """Return why a row does not pass: the lowest pass mark counts, as it does for ``catalog.awards``."""
    marks = [item.pass_mark for item in achievement.spec.assessment if item.pass_mark is not None]
    if row.score is None:
        lacks = row.has_score and (row.level is None or bool(marks))
        return Passed(row.line, "has no result") if lacks else None
    if marks and row.score < min(marks):
        return Passed(row.line, f"score {row.score:g} is below the pass mark {min(marks):g}")
    return None


def _holds(
    achievement: Achievement, row: RosterRow, holdings: Holdings, learner: str, day: date
) -> Passed | None:
    held = holdings.valid(learner, achievement.spec.id, day)
    if held is None:
        return None
    why = f"holds {achievement.spec.id} already: {held.id}, awarded on {held.issued_on}"
    hint = f"badgepress renew {held.id} continues it, badgepress replace {held.id} corrects it"
    return Passed(row.line, why, hint)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
