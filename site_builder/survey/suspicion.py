"""Which award files may be at fault with one another: found in their columns, and never one too few.

A column tells that two values are equal, or their first bytes are. Whether something is wrong then, and what
is said of it, is for the checks of ``catalog``, which read those files whole.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from site_builder.survey.columns import WITHDRAWN, Columns, each_id, holder_mark

Numbered = Mapping[int, Columns]
"""Columns by the number of their file."""

_AT_ONCE = 125_000
"""How many values are compared at once, so that memory does not grow with the repository."""


def unique_at_fault(files: Numbered) -> set[int]:
    """Return the files in which an id, a status index or a commitment stands that stands elsewhere too."""
    return (
        _sharing(files, lambda columns: _first_halves(columns.ids + columns.erased))
        | _sharing(files, lambda columns: columns.indexes)
        | _sharing(files, lambda columns: _eights(columns.commitments))
    )


def lists_at_fault(files: Numbered, limit: int) -> set[int]:
    """Return the files with a status index of ``limit`` or more."""
    return {number for number, columns in files.items() if max(columns.indexes, default=0) >= limit}


def duplicates_at_fault(placed: Numbered) -> set[int]:
    """Return the files in which a learner has an award that is not withdrawn, and another like it."""
    alike: defaultdict[tuple[str, date], dict[int, Columns]] = defaultdict(dict)
    for number, columns in placed.items():
        alike[columns.credential, columns.issued_on][number] = columns
    return {number for group in alike.values() for number in _sharing(group, _standing_learners)}


def holders_at_fault(placed: Numbered, site_did: str) -> set[int]:
    """Return the files with a wallet that is the site's own, or of more than one learner."""
    with_holders = {number: columns for number, columns in placed.items() if columns.holders}
    learner_of: dict[int, bytes] = {}
    odd = set(_eights(holder_mark(site_did)))
    for columns in with_holders.values():
        learners = each_id(columns.learners)
        for holder, state, learner in zip(_eights(columns.holders), columns.states, learners, strict=True):
            if holder and not state & WITHDRAWN and learner_of.setdefault(holder, learner) != learner:
                odd.add(holder)
    return {n for n, columns in with_holders.items() if not odd.isdisjoint(_eights(columns.holders))}


def _sharing(files: Numbered, column: Callable[[Columns], Sequence[int]]) -> set[int]:
    """Return the files with a value that stands more than once in a column of all files."""
    total = sum(len(column(columns)) for columns in files.values())
    parts = 1 + total // _AT_ONCE
    found: set[int] = set()
    for part in range(parts):
        seen: set[int] = set()
        count = 0
        for columns in files.values():
            values = _of_part(column(columns), part, parts)
            seen.update(values)
            count += len(values)
        if len(seen) < count:
            found |= _with_repeated(files, column, part, parts)
    return found


def _of_part(values: Sequence[int], part: int, parts: int) -> Sequence[int]:
    return values if parts == 1 else [value for value in values if value % parts == part]


def _with_repeated(
    files: Numbered, column: Callable[[Columns], Sequence[int]], part: int, parts: int
) -> set[int]:
    counts: Counter[int] = Counter()
    for columns in files.values():
        counts.update(_of_part(column(columns), part, parts))
    repeated = {value for value, count in counts.items() if count > 1}
    return {number for number, columns in files.items() if not repeated.isdisjoint(column(columns))}


def _first_halves(ids: bytes) -> Sequence[int]:
    return _eights(ids)[::2]


def _eights(column: bytes) -> array[int]:
    """Return each 8 bytes as a number; which one depends on the machine, and equal ones are equal."""
    return array("Q", column)


def _standing_learners(columns: Columns) -> Sequence[int]:
    learners: Iterable[int] = _first_halves(columns.learners)
    return [learner for learner, state in zip(learners, columns.states, strict=True) if not state & WITHDRAWN]
