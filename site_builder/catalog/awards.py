"""Checks of award files: each award on its own, and against every other award of the repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from site_builder.catalog.catalog import Achievement, IssuedAward
from site_builder.models.award import AwardFile
from site_builder.models.credential import LEVELS
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document

Achievements = Mapping[tuple[str, str], Achievement]
Sourced = tuple[AwardFile, Document]


def find_achievement(
    file: AwardFile, document: Document, achievements: Achievements, now: date
) -> tuple[Achievement | None, list[Problem]]:
    """Return the achievement an award file names, and what keeps it from being awarded on that day."""
    ids = sorted({key[0] for key in achievements})
    if file.credential not in ids:
        message = f"credential {shown(file.credential)} does not exist"
        hint = did_you_mean(file.credential, ids)
        if not hint.startswith("did"):
            hint = "if its file was deleted, bring it back: an awarded credential can be retired, not deleted"
        return None, [document.problem(("credential",), "unknown-reference", message, hint)]
    achievement = achievements.get((file.credential, file.version))
    if achievement is None:
        known = [key[1] for key in achievements if key[0] == file.credential]
        message = f"credential {file.credential} has no version {shown(file.version)}"
        hint = did_you_mean(file.version, known)
        return None, [document.problem(("version",), "unknown-reference", message, hint)]
    return achievement, list(_check_file(file, document, achievement, now))


def _check_file(
    file: AwardFile, document: Document, achievement: Achievement, now: date
) -> Iterator[Problem]:
    spec, issued = achievement.spec, file.issued_on
    where = ("issued_on",)
    if issued > now:
        message = f"issued_on {issued} is in the future: today is {now} (UTC)"
        yield document.problem(where, "date-in-future", message)
    if spec.status == "draft":
        message = f"credential {spec.id} is a draft, it cannot be awarded"
        yield document.problem(("credential",), "not-awardable", message, "set its status to active first")
    if spec.retired_on and issued > spec.retired_on:
        message = f"credential {spec.id} was retired on {spec.retired_on}, before issued_on {issued}"
        yield document.problem(where, "not-awardable", message)
    if spec.published and issued < spec.published:
        message = f"issued_on {issued} is before {spec.published}, the day {spec.id} {spec.version} was published"
        yield document.problem(where, "bad-date", message)


def check_award(issued: IssuedAward, document: Document, index: int, now: date) -> Iterator[Problem]:
    """Yield what is wrong within one award: its dates and results."""
    award, file = issued.award, issued.file
    at = ("awards", index)
    if award.expires and award.expires <= file.issued_on:
        message = f"expires {award.expires} must be after issued_on {file.issued_on}"
        yield document.problem((*at, "expires"), "bad-date", message)
    if award.revoked and not file.issued_on <= award.revoked.on <= now:
        message = f"revoked on {award.revoked.on} must be from {file.issued_on} (issued) to {now} (today)"
        yield document.problem((*at, "revoked", "on"), "bad-date", message)
    yield from _check_results(issued, document, at)


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
    seen: dict[tuple[str, object], str] = {}
    for file, document in files:
        for index, award in enumerate(file.awards):
            at = ("awards", index)
            values = {
                ("id", award.id): "duplicate-id",
                ("status_index", award.status_index): "duplicate-entry",
                ("commitments", award.commitments.email): "weak-hash",
                ("commitments", award.commitments.name): "weak-hash",
            }
            for (field, value), code in values.items():
                if value is None:
                    continue
                if (field, value) in seen:
                    message = f"{field} {shown(value)} stands already in {seen[field, value]}"
                    yield document.problem((*at, field), code, message, _UNIQUE_HINT[field])
                seen[field, value] = _place(document, index)


_UNIQUE_HINT = {
    "id": "each award has an id of its own, which is never used again",
    "status_index": "each award has a status index of its own, which is never used again",
    "commitments": "each commitment has a salt of its own; two that are equal link one person's awards",
}


def _place(document: Document, index: int) -> str:
    return f"{document.path}:{document.line_of(('awards', index)) or 1}"


def check_links(
    issued: IssuedAward, document: Document, index: int, awards: Mapping[str, IssuedAward]
) -> Iterator[Problem]:
    """Yield what is wrong with an award's links to other awards: its replacement and its parts."""
    yield from _check_replacement(issued, document, ("awards", index, "replaced_by"), awards)
    yield from _check_parts(issued, document, index, awards)


def _check_replacement(
    issued: IssuedAward, document: Document, where: tuple[str | int, ...], awards: Mapping[str, IssuedAward]
) -> Iterator[Problem]:
    target = issued.award.replaced_by
    if target is None:
        return
    other = awards.get(target)
    if other is None:
        message = f"replaced_by {shown(target)}: there is no such award"
        yield document.problem(where, "unknown-reference", message)
    elif target == issued.id:
        message = "replaced_by names the award itself"
        yield document.problem(where, "bad-replacement", message)
    elif other.award.learner != issued.award.learner:
        message = f"replaced_by {shown(target)}: that award belongs to another learner"
        yield document.problem(where, "bad-replacement", message)


def _check_parts(
    issued: IssuedAward, document: Document, index: int, awards: Mapping[str, IssuedAward]
) -> Iterator[Problem]:
    """Check that each part is the learner's own earlier award, and that no required part is missing."""
    held: set[str] = set()
    required = issued.achievement.part_ids
    for number, part in enumerate(issued.award.parts):
        where = ("awards", index, "parts", number)
        other = awards.get(part)
        fault = _part_fault(issued, other, required)
        if fault:
            yield document.problem(where, fault[0], f"part {shown(part)} {fault[1]}")
        elif other is not None:
            held.add(other.achievement.spec.id)
    for missing in [name for name in required if name not in held]:
        message = f"the learner lacks part {shown(missing)}, which {issued.achievement.spec.id} stacks from"
        hint = "list the learner's own award of it under parts"
        yield document.problem(("awards", index, "parts"), "requirements-not-met", message, hint)


def _part_fault(
    issued: IssuedAward, other: IssuedAward | None, required: tuple[str, ...]
) -> tuple[str, str] | None:
    """Return code and words for what is wrong with one part, or ``None``."""
    if other is None:
        return "unknown-reference", "is not an award of this repository"
    if other.achievement.spec.id not in required:
        return "bad-part", f"is an award of {other.achievement.spec.id}, which is not required here"
    if other.award.learner != issued.award.learner:
        return "requirements-not-met", "belongs to another learner"
    if other.file.issued_on > issued.file.issued_on:
        return "bad-date", f"was issued on {other.file.issued_on}, after this award"
    until = other.valid_until
    if until and until <= issued.file.issued_on:
        return "requirements-not-met", f"had expired on {until}"
    return None
