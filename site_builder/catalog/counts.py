"""How many badges were awarded, told only where the number can hide each person in it (DESIGN 4)."""

from __future__ import annotations

from collections import Counter, defaultdict

from site_builder.catalog.catalog import Catalog

K_ANONYMITY = 10
"""The least number of different learners a published number may stand for."""


def awarded(catalog: Catalog) -> dict[str, int]:
    """Return the number of awards of each credential, by its id; a credential with too few is missing.

    Counted are the awards of all versions together; withdrawn ones are not. The threshold is one of learners:
    two awards of one person do not hide each other.

    There is no number by version, by level or by year, and no total of the site, and none may be shown beside
    these: who subtracts them from one another would learn the small numbers that are held back.
    """
    awards: Counter[str] = Counter()
    learners: defaultdict[str, set[str]] = defaultdict(set)
    for issued in catalog.awards.values():
        if not issued.is_withdrawn:
            awards[issued.achievement.spec.id] += 1
            learners[issued.achievement.spec.id].add(issued.award.learner)
    return {name: count for name, count in sorted(awards.items()) if len(learners[name]) >= K_ANONYMITY}
