"""What may never change once it was reviewed: two states of one repository, compared. Pure.

An award is append-only after its merge, and a text that awards rest on is frozen (DESIGN 3). The earlier
state is a git revision, the later one the files as they are. Each problem names the award and the cure; it
stands at the later file and line where there is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.catalog.history_awards import award_problems
from site_builder.catalog.history_issuer import issuer_problems
from site_builder.catalog.history_raw import RawComparison
from site_builder.catalog.history_state import Reviewed, reviewed
from site_builder.catalog.history_texts import text_problems
from site_builder.problems import Problem, Severity
from site_builder.reading.repository import Repository


@dataclass(frozen=True, slots=True)
class Besides:
    """Awards that stand in both states with the same bytes, and were left out of what is compared.

    ``awards`` counts them by credential and version; ``erased`` is how many entries of erased ones there are.
    """

    awards: Mapping[tuple[str, str], int] = field(default_factory=dict)
    erased: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """The two states, what is wrong between them, and how many awards were compared in every field."""

    old: Reviewed
    new: Reviewed
    problems: tuple[Problem, ...]
    awards: int


def compared(old: Repository, new: Repository, besides: Besides | None = None) -> History:
    """Return both states as models, and a problem for each award or text that was altered or lost.

    What could not be read in the later state is not called lost: its own problems are told by ``resolve``.
    Award files that the models refuse in the earlier one are compared as they are written. What cannot even
    be compared so is told here, as a warning, for it must be possible to mend it. What rests on the awards of
    ``besides`` is compared too, and they count as compared.
    """
    before, after = reviewed(old), reviewed(new)
    raw = RawComparison(old, new, before, after)
    awards = Counter((placed.file.credential, placed.file.version) for placed in before.awards.values())
    awards.update(raw.credentials)
    besides = besides or Besides()
    awards.update(besides.awards)
    problems = [
        *award_problems(before, after),
        *raw.problems,
        *text_problems(before, after, awards),
        *issuer_problems(before, after, awards.total() + len(before.erased) + besides.erased),
        *_not_compared(old, new, before),
    ]
    every = len(before.awards) + raw.awards + sum(besides.awards.values())
    return History(before, after, tuple(problems), every)


def _not_compared(old: Repository, new: Repository, before: Reviewed) -> Iterator[Problem]:
    """Yield a problem for each file that gave nothing to compare: an error where its awards may be lost."""
    entries = {document.path for document in old.awards}
    for path in sorted(before.unread - entries):
        if path.startswith("issued/") and not _is_there(path, new):
            message = "the file could not be read in the earlier revision, and is gone: so may be its awards"
            hint = f"bring it back, and mend its mistakes: git log -- {path}"
            yield Problem(path=path, code="issued-deleted", message=message, hint=hint)
            continue
        message = "the file had mistakes in the earlier revision, so what it said then was not compared"
        hint = "compare with an earlier revision, in which it could be read: badgepress check --base REV"
        yield Problem(path=path, code="not-compared", message=message, hint=hint, severity=Severity.WARNING)


def _is_there(path: str, new: Repository) -> bool:
    told = {problem.path for problem in new.problems}
    return path in told or any(document.path == path for document in new.awards)
