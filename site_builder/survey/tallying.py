"""Counts and short lists over all awards, from their columns: what a catalog tells without the awards."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from site_builder.catalog.catalog import Achievement, ErasedAward, Listed, Tallies
from site_builder.catalog.counts import in_steps
from site_builder.models.award import Erased
from site_builder.survey.columns import LISTED, WITHDRAWN, Columns, each_id, unpacked
from site_builder.survey.suspicion import Numbered

Achievements = Mapping[tuple[str, str], Achievement]


def tallies_of(files: Numbered, paths: Mapping[int, str], achievements: Achievements) -> Tallies:
    """Return the tallies of a repository without errors."""
    awarded: Counter[tuple[str, str]] = Counter()
    for columns in files.values():
        awarded[columns.key] += columns.awards
    listed = [entry for columns in files.values() for entry in _listed(columns, achievements[columns.key])]
    return Tallies(
        awards=awarded.total(),
        learners=in_steps(_learners(files)),
        awarded={key: count for key, count in sorted(awarded.items()) if count},
        listed=tuple(sorted(listed, key=lambda entry: entry.id)),
        withdrawn=array("Q", sorted(index for columns in files.values() for index in _withdrawn(columns))),
        highest_index=max((max(columns.indexes, default=-1) for columns in files.values()), default=-1),
        erased=dict(sorted(item for number in files for item in _erased(paths[number], files[number]))),
    )


def _learners(files: Numbered) -> dict[str, int]:
    """Return to how many learners each credential was awarded, withdrawn awards not counted."""
    of_credential: defaultdict[str, list[Columns]] = defaultdict(list)
    for columns in files.values():
        of_credential[columns.credential].append(columns)
    return {
        name: len({learner for columns in every for learner in _standing_learners(columns)})
        for name, every in of_credential.items()
    }


def _standing_learners(columns: Columns) -> Iterator[bytes]:
    learners = each_id(columns.learners)
    return (learner for learner, state in zip(learners, columns.states, strict=True) if not state & WITHDRAWN)


def _listed(columns: Columns, achievement: Achievement) -> Iterator[Listed]:
    for index, state in enumerate(columns.states):
        if state & (LISTED | WITHDRAWN) == LISTED:
            level = columns.levels.get(index, achievement.spec.level)
            yield Listed(unpacked(columns.id(index)), achievement, columns.issued_on, level)


def _withdrawn(columns: Columns) -> Iterator[int]:
    yield from (
        index for index, state in zip(columns.indexes, columns.states, strict=False) if state & WITHDRAWN
    )
    yield from columns.indexes[columns.awards :]


def _erased(path: str, columns: Columns) -> Iterator[tuple[str, ErasedAward]]:
    indexes = columns.indexes[columns.awards :]
    for award_id, index, day in zip(each_id(columns.erased), indexes, columns.erased_on, strict=True):
        erased = Erased(id=unpacked(award_id), status_index=index, date=day)
        yield erased.id, ErasedAward(path, erased)
