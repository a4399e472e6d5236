"""One award file on its own: its awards in their places, and what is wrong with it whatever else there is."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.catalog.awards import check_award, check_withdrawn, find_achievement
from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.models.award import AwardFile
from site_builder.problems import Problem
from site_builder.reading.document import Document

Placed = tuple[IssuedAward, Document, int]
"""An award with its achievement, the document it stands in, and its number there."""


@dataclass(frozen=True, slots=True)
class Standard:
    """What an award file is judged by: the achievements, the ids of specs with errors, the day of the build.

    A file that is right on one day is right on every later one.
    """

    achievements: Mapping[tuple[str, str], Achievement]
    in_doubt: Container[str]
    now: date


def place(file: AwardFile, document: Document, standard: Standard) -> tuple[list[Placed], list[Problem]]:
    """Return the awards of one file with their achievement, and what is wrong with the file on its own.

    There are no awards where the achievement does not exist, or may stand in a file that could not be read.
    """
    problems = list(check_withdrawn(file, document, standard.now))
    achievement, found = find_achievement(
        file, document, standard.achievements, standard.in_doubt, standard.now
    )
    problems += found
    if achievement is None:
        return [], problems
    placed: list[Placed] = []
    for index, award in enumerate(file.awards):
        issued = IssuedAward(document.path, file, award, achievement)
        placed.append((issued, document, index))
        problems += check_award(issued, document, index)
    return placed, problems
