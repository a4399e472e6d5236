"""To how many learners a credential was awarded, told so that no number tells of one of them (DESIGN 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from site_builder.catalog.catalog import Catalog

K_ANONYMITY = 10
"""The least number of learners a published number may stand for, and the step between two numbers."""


def awarded(catalog: Catalog) -> dict[str, int]:
    """Return to how many learners, at least, each credential was awarded, by id; fewer than ten are missing.

    The number is cut down to whole tens, so two figures, of a part and of the stack that asks for it or of
    one credential before and after an erasure, leave ten true differences open at least: who subtracts them
    never learns of a group of one. Exact numbers would tell: 120 of a part and 119 of its stack.

    Counted are learners, all versions together; withdrawn awards are not counted. Two awards of one person do
    not hide each other, and no single person moves a figure by more than one step.
    """
    if catalog.tallies is not None:
        return dict(catalog.tallies.learners)
    learners: defaultdict[str, set[str]] = defaultdict(set)
    for issued in catalog.awards.values():
        if not issued.is_withdrawn:
            learners[issued.achievement.spec.id].add(issued.award.learner)
    return in_steps({name: len(holders) for name, holders in learners.items()})


def in_steps(learners: Mapping[str, int]) -> dict[str, int]:
    """Return numbers of learners as they may be told, by name: whole tens, and nothing below ten."""
    return {
        name: count - count % K_ANONYMITY for name, count in sorted(learners.items()) if count >= K_ANONYMITY
    }
