"""What may never change once it was reviewed: two states of one repository, compared. Pure.

An award is append-only after its merge, and a text that awards rest on is frozen (DESIGN 3). The earlier
state is a git revision, the later one the files as they are. Each problem names the award and the cure; it
stands at the later file and line where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.catalog.history_awards import award_problems
from site_builder.catalog.history_issuer import issuer_problems
from site_builder.catalog.history_state import Reviewed, reviewed
from site_builder.catalog.history_texts import text_problems
from site_builder.problems import Problem, Severity
from site_builder.reading.repository import Repository


@dataclass(frozen=True, slots=True)
class History:
    """The two states, and what is wrong between them."""

    old: Reviewed
    new: Reviewed
    problems: tuple[Problem, ...]


def compared(old: Repository, new: Repository) -> History:
    """Return both states as models, and a problem for each award or text that was altered or lost.

    What could not be read in the later state is not called lost: its own problems are told by ``resolve``.
    What could not be read in the earlier one is told here, as a warning: it was not compared.
    """
    before, after = reviewed(old), reviewed(new)
    problems = [
        *award_problems(before, after),
        *text_problems(before, after, _counts(before)),
        *issuer_problems(before, after, len(before.awards)),
        *_not_compared(before),
    ]
    return History(before, after, tuple(problems))


def _counts(state: Reviewed) -> Mapping[tuple[str, str], int]:
    """Return how many awards each version of a credential has."""
    counts: dict[tuple[str, str], int] = {}
    for placed in state.awards.values():
        key = placed.file.credential, placed.file.version
        counts[key] = counts.get(key, 0) + 1
    return counts


def _not_compared(state: Reviewed) -> Iterator[Problem]:
    for path in sorted(state.unread):
        message = "the file had mistakes in the earlier revision, so what it said then was not compared"
        yield Problem(path=path, code="not-compared", message=message, severity=Severity.WARNING)
