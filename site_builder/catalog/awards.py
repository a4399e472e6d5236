"""Checks of award files: what they award, when, and that no id, index or hash is used twice."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.catalog.owners import check_owner
from site_builder.models.award import LIST_LENGTH, Award, AwardFile, Erased, Evidence
from site_builder.models.credential import LEVELS
from site_builder.models.shape import Location
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document

Achievements = Mapping[tuple[str, str], Achievement]
Sourced = tuple[AwardFile, Document]
CORRECTED = "corrected-"
"""What the name of a file that ``badgepress replace`` made holds, before the day."""


def find_achievement(
    file: AwardFile, document: Document, achievements: Achievements, in_doubt: Container[str], now: date
) -> tuple[Achievement | None, list[Problem]]:
    """Return the achievement an award file names, and what keeps it from being awarded on that day.

    ``in_doubt`` holds the credentials with a file that could not be read: they may well have that version.
    """
    ids = sorted({key[0] for key in achievements})
    achievement = achievements.get((file.credential, file.version))
    if achievement is None and file.credential in in_doubt:
        return None, []
    if file.credential not in ids:
        message = f"credential {shown(file.credential)} does not exist"
        hint = did_you_mean(file.credential, ids)
        if not hint.startswith("did"):
            hint = "if its file was deleted, bring it back: an awarded credential can be retired, not deleted"
        return None, [document.problem(("credential",), "unknown-reference", message, hint)]
    if achievement is None:
        known = [key[1] for key in achievements if key[0] == file.credential]
        message = f"credential {file.credential} has no version {shown(file.version)}"
        hint = did_you_mean(file.version, known)
        return None, [document.problem(("version",), "unknown-reference", message, hint)]
    problems = list(_check_file(file, document, achievement, now))
    return achievement, [*check_owner(file.credential, achievement.path, document), *problems]


def _check_file(
    file: AwardFile, document: Document, achievement: Achievement, now: date
) -> Iterator[Problem]:
    if not (file.awards or file.erased):
        message = "awards is an empty list: it must have at least one entry"
        yield document.problem(("awards",), "empty-list", message)
    spec, issued = achievement.spec, file.issued_on
    where = ("issued_on",)
    if issued > now:
        message = f"issued_on {issued} is in the future: today is {now} (UTC)"
        yield document.problem(where, "date-in-future", message)
    if spec.status == "draft":
        message = f"credential {spec.id} is a draft, it cannot be awarded"
        yield document.problem(("credential",), "not-awardable", message, "set its status to active first")
    if spec.status == "retired" and spec.retired_on and issued > spec.retired_on:
        message = f"credential {spec.id} was retired on {spec.retired_on}, before issued_on {issued}"
        yield document.problem(where, "not-awardable", message)
    if spec.published and issued < spec.published:
        version = f"{spec.id} {spec.version}"
        message = f"issued_on {issued} is before {spec.published}, the day {version} was published"
        yield document.problem(where, "bad-date", message)
    yield from _repeated_evidence(document, (), file.evidence, set())


def check_award(issued: IssuedAward, document: Document, index: int) -> Iterator[Problem]:
    """Yield what is wrong within one award: when it expires, its results and its evidence."""
    award, file = issued.award, issued.file
    at = ("awards", index)
    if award.expires and award.expires <= file.issued_on:
        message = f"expires {award.expires} must be after issued_on {file.issued_on}"
        yield document.problem((*at, "expires"), "bad-date", message)
    yield from _check_results(issued, document, at)
    shared = {piece.url for piece in file.evidence}
    yield from _repeated_evidence(document, at, award.evidence, shared)


def _repeated_evidence(
    document: Document, at: tuple[str | int, ...], pieces: Iterable[Evidence], seen: set[str | None]
) -> Iterator[Problem]:
    """Two pieces of evidence at one address would be one node of the signed graph, with two names."""
    for number, piece in enumerate(pieces):
        if piece.url and piece.url in seen:
            message = f"evidence url {shown(piece.url)} is given twice for one award"
            hint = "describe it once, for the award or for the whole file"
            yield document.problem((*at, "evidence", number, "url"), "duplicate-entry", message, hint)
        seen.add(piece.url)


def _check_results(issued: IssuedAward, document: Document, at: tuple[str | int, ...]) -> Iterator[Problem]:
    results, spec = issued.award.results, issued.achievement.spec
    if results is None:
        return
    if results.level and LEVELS.index(results.level) < LEVELS.index(spec.level):
        message = f"level {results.level} is below the credential's own level {spec.level}"
        yield document.problem((*at, "results", "level"), "requirements-not-met", message)
    marks = [assessment.pass_mark for assessment in spec.assessment if assessment.pass_mark is not None]
    if results.score is not None and marks and results.score < min(marks):
        message = f"score {results.score:g} is below the pass mark {min(marks):g}"
        yield document.problem((*at, "results", "score"), "requirements-not-met", message)


def check_uniqueness(files: Iterable[Sourced]) -> Iterator[Problem]:
    """Yield a problem for each award id, status index or commitment that stands in the repository twice."""
    seen: dict[tuple[str, object], tuple[Document, Location]] = {}
    for file, document in files:
        for at, entry in _entries(file):
            for where, value, (code, words, hint) in _unique_values(entry):
                if value is None:
                    continue
                if (code, value) in seen:
                    message = f"{words.format(value)} stands already in {_place(*seen[code, value])}"
                    hint = hint.format(file=document.path)
                    yield document.problem((*at, *where), code, message, hint)
                seen[code, value] = (document, at)


def check_duplicates(placed: Iterable[tuple[IssuedAward, Document, int]]) -> Iterator[Problem]:
    """Yield a problem for each award that a learner has twice: one credential, one day, none withdrawn.

    On another day it is a renewal, or another attempt, and passes.
    """
    first: dict[tuple[str, str, date], tuple[IssuedAward, Document, int]] = {}
    for issued, document, index in placed:
        if issued.is_withdrawn:
            continue
        key = (issued.award.learner, issued.achievement.spec.id, issued.file.issued_on)
        known, its_document, its_index = first.setdefault(key, (issued, document, index))
        if known.id != issued.id:
            place = _place(its_document, ("awards", its_index))
            message = (
                f"this award exists already as {known.id} in {place}: the same learner, credential and day"
            )
            stopped = [path for path in (its_document.path, document.path) if f"-{CORRECTED}" in path]
            hint = (
                f"if badgepress replace was stopped, delete {stopped[0]} and run it again"
                if len(stopped) == 1
                else "delete this one; if it corrects that one, let that one say so with replaced_by:"
                f" badgepress replace {known.id}"
            )
            yield document.problem(("awards", index), "duplicate-award", message, hint)


def _entries(file: AwardFile) -> Iterator[tuple[Location, Award | Erased]]:
    """Yield each award of a file, and what is left of each that was erased, with its place."""
    yield from ((("awards", index), award) for index, award in enumerate(file.awards))
    yield from ((("erased", index), erased) for index, erased in enumerate(file.erased))


def check_withdrawn(file: AwardFile, document: Document, now: date) -> Iterator[Problem]:
    """Yield a problem for each revocation and each erasure whose day cannot be."""
    for index, award in enumerate(file.awards):
        if award.revoked and not file.issued_on <= award.revoked.date <= now:
            message = (
                f"revoked on {award.revoked.date} must be from {file.issued_on} (issued) to {now} (today)"
            )
            yield document.problem(("awards", index, "revoked", "date"), "bad-date", message)
    for index, erased in enumerate(file.erased):
        if not file.issued_on <= erased.date <= now:
            message = f"erased on {erased.date} must be from {file.issued_on} (issued) to {now} (today)"
            yield document.problem(("erased", index, "date"), "bad-date", message)


def check_lists(files: Iterable[Sourced], total: int | None = None) -> Iterator[Problem]:
    """Yield a problem for each status index in a list that is not open yet (DESIGN 3).

    A new list opens when the last is half full. Each list up to the highest is published and signed daily, so
    one slip of the hand must not open a million of them. ``total`` is how many awards there are, erased ones
    too, where ``files`` are not all.
    """
    every = list(files)
    if total is None:
        total = sum(len(file.awards) + len(file.erased) for file, _ in every)
    open_lists = lists_open_for(total)
    for file, document in every:
        for at, entry in _entries(file):
            if entry.status_index >= open_lists * LIST_LENGTH:
                message = f"status_index must be below {open_lists * LIST_LENGTH}, not {entry.status_index}"
                hint = (
                    f"there {_lists(open_lists)} for {total} awards; another opens when the last is half full"
                )
                yield document.problem((*at, "status_index"), "bad-number", message, hint)


def lists_open_for(total: int) -> int:
    """Return how many status lists are open for that many awards, erased ones too."""
    return 1 + total // (LIST_LENGTH // 2)


def _lists(count: int) -> str:
    return "is one status list" if count == 1 else f"are {count} status lists"


_ID = ("duplicate-id", "award id '{}'", "each award has an id of its own, which is never used again")
_STATUS_INDEX = (
    "duplicate-index",
    "status_index {}",
    "each award has a status index of its own; if this file is new: badgepress renumber {file}",
)
_COMMITMENT = (
    "weak-hash",
    "commitment '{}'",
    "each commitment has a salt of its own; two that are equal link one person's awards",
)


def _unique_values(
    entry: Award | Erased,
) -> Iterator[tuple[tuple[str, ...], object, tuple[str, str, str]]]:
    """Yield where each value stands that must be unique, the value, and what is said of a second one."""
    yield ("id",), entry.id, _ID
    yield ("status_index",), entry.status_index, _STATUS_INDEX
    if isinstance(entry, Award):
        yield ("commitments", "email"), entry.commitments.email, _COMMITMENT
        yield ("commitments", "name"), entry.commitments.name, _COMMITMENT


def _place(document: Document, at: Location) -> str:
    return f"{document.path}:{document.line_of(at) or 1}"
