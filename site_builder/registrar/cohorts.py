"""Cohorts as award files, and what the check of the repository says of them, told at their rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.catalog.catalog import Achievement
from site_builder.catalog.owners import folder_of_awards, owner_of_spec
from site_builder.editing.scalars import Value, block
from site_builder.importers.row import Roster, RosterRow
from site_builder.importers.table import Faults
from site_builder.models.award import MAX_AWARDS, Evidence
from site_builder.problems import Problem
from site_builder.registrar.awarding import Awarded, Cohort
from site_builder.registrar.minting import entry
from site_builder.registrar.terms import Terms, column_of
from site_builder.text.fault import Fault

_SCHEMA = "# yaml-language-server: $schema={root}docs/schemas/award.json"


@dataclass(frozen=True, slots=True)
class CohortFile:
    """One award file that will be written: at most 500 awards of one cohort."""

    path: str
    cohort: Cohort
    awards: Sequence[Awarded]


def cohort_files(cohorts: Iterable[Cohort], taken: Collection[str], name: str | None) -> list[CohortFile]:
    """Return the files of all cohorts, in their owners' folders; none has a path that is ``taken``.

    A file is called ``name``, or by its credential and its day. Where there are several, or that is taken,
    it ends with a number: ``-01``, ``-02``.
    """
    used = {path.casefold() for path in taken}
    files = []
    for cohort in cohorts:
        chunks = [cohort.awards[at : at + MAX_AWARDS] for at in range(0, len(cohort.awards), MAX_AWARDS)]
        paths = _free_paths(cohort, name, used, numbered=len(chunks) > 1)
        for chunk in chunks:
            path = next(paths)
            used.add(path)
            files.append(CohortFile(path, cohort, chunk))
    return files


def _free_paths(cohort: Cohort, name: str | None, used: set[str], *, numbered: bool) -> Iterator[str]:
    day = cohort.issued_on
    folder = folder_of_awards(owner_of_spec(cohort.achievement.path), day.year)
    stem = f"{folder}/{name or f'{cohort.achievement.spec.id}-{day}'}"
    plain = f"{stem}.yaml"
    if not numbered and plain not in used:
        yield plain
    number = 2 if plain in used else 1
    while True:
        path = f"{stem}-{number:02}.yaml"
        if path not in used:
            yield path
        number += 1


def text_of(file: CohortFile, terms: Terms) -> bytes:
    """Return an award file as registrars would write it, a blank line between awards."""
    spec = file.cohort.achievement.spec
    head: dict[str, Value] = {
        "credential": spec.id,
        "version": spec.version,
        "issued_on": file.cohort.issued_on,
        "assessed_by": file.cohort.assessor,
        "roster_key": file.cohort.roster_key,
    }
    if terms.evidence:
        head["evidence"] = [terms.evidence]
    return award_file(file.path, head, [_entry(item, file.cohort) for item in file.awards])


def award_file(path: str, head: Mapping[str, Value], entries: Iterable[Mapping[str, Value]]) -> bytes:
    """Return the text of a new award file at ``path``: what holds for all, then the awards, set apart."""
    lines = [_SCHEMA.format(root="../" * path.count("/")), *block(head, 0), "awards:"]
    for number, fields in enumerate(entries):
        lines += ["", *block([fields], 2)] if number else block([fields], 2)
    return ("\n".join(lines) + "\n").encode()


def _entry(item: Awarded, cohort: Cohort) -> dict[str, Value]:
    return entry(item.new, parts=item.parts, **earned(item.row, cohort.achievement))


def earned(row: RosterRow, achievement: Achievement) -> dict[str, Value | None]:
    """Return what a row says of its learner's award, by field of the award file."""
    # The credential's own level goes without saying.
    level = row.level if row.level != achievement.spec.level else None
    results: dict[str, Value] = {
        name: value for name, value in (("level", level), ("score", row.score)) if value is not None
    }
    return {
        "holder": row.holder,
        "results": results or None,
        "evidence": [_evidence(row)] if row.evidence else None,
        "expires": row.expires,
    }


def _evidence(row: RosterRow) -> dict[str, Value]:
    piece = row.evidence
    if piece is None:
        return {}
    fields = {"name": piece.name, "narrative": piece.narrative, "genre": piece.genre, "url": piece.url}
    return {name: text for name, text in fields.items() if text is not None}


_AWARD = re.compile(r"awards\[([0-9]+)\](?:\.(.+))?")
_EVIDENCE = re.compile(r"evidence(?:\[[0-9]+\])?(?:\.(\w+))?")
_KEY = re.compile(r" *(?:- )?(\w+):")
_OPTIONS = {
    "credential": "--credential",
    "version": "--version",
    "issued_on": "--issued-on",
    "assessed_by": "--assessor",
}


def told_at_rows(
    problems: Iterable[Problem], files: Mapping[str, CohortFile], terms: Terms, roster: Roster
) -> list[Problem]:
    """Return the problems of files that are not written yet at the rows and options that they came from.

    Those of files that are there already stay as they are.
    """
    faults = Faults(roster.path)
    others = []
    for problem in problems:
        file = files.get(problem.path)
        if file is not None and not problem.field and problem.line:
            problem = replace(problem, field=field_at(text_of(file, terms), problem.line))
        rows = [] if file is None else _rows_of(problem, file, roster)
        for row, column in rows:
            fault = Fault(problem.code, problem.message, problem.hint, problem.severity)
            faults.cell(row.line, column_of(roster, column), fault)
        if not rows:
            others.append(problem if file is None else _at_option(problem, roster))
    return [*others, *faults.problems]


def field_at(raw: bytes, line: int) -> str:
    """Return the place of a line in one of our own files: ``awards[3].evidence[0].narrative``."""
    before = raw.decode().splitlines()[:line]
    award = sum(text.startswith("  - id:") for text in before) - 1
    key = _KEY.match(before[-1])
    name = key[1] if key else ""
    place = f"evidence[0].{name}" if name in Evidence.model_fields else name
    return f"awards[{award}].{place}" if award >= 0 else place


def _rows_of(problem: Problem, file: CohortFile, roster: Roster) -> list[tuple[RosterRow, str]]:
    """Return the rows that a problem came from, each with the field of the roster."""
    found = _AWARD.fullmatch(problem.field)
    if found:
        return [(file.awards[int(found[1])].row, _field_of(found[2] or ""))]
    if problem.field in roster.columns:  # what the whole file says was said in each row
        return [(item.row, problem.field) for item in file.awards]
    return []


def award_and_field(place: str) -> tuple[int | None, str]:
    """Return which award of its file a place lies in, if in one, and the roster's field that it is of."""
    found = _AWARD.fullmatch(place)
    return (int(found[1]), _field_of(found[2] or "")) if found else (None, _field_of(place))


def _field_of(place: str) -> str:
    """Return the roster's field that a place in an award was made from."""
    evidence = _EVIDENCE.fullmatch(place)
    if evidence:
        return f"evidence_{evidence[1] or 'name'}"
    return place.rpartition(".")[2] or "email"


def _at_option(problem: Problem, roster: Roster) -> Problem:
    evidence = _EVIDENCE.fullmatch(problem.field)
    option = f"--evidence-{evidence[1] or 'name'}" if evidence else _OPTIONS.get(problem.field)
    return replace(problem, path=option or roster.path, line=None, field="" if option else problem.field)
