"""Award files of the earlier state that the models refuse: their entries are compared as they are written.

Formats grow stricter, and what was reviewed under older ones is as final as the rest. Only a field that the
models refuse may be mended; what it said then is told as not compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.catalog.history_awards import reason_may_change
from site_builder.catalog.history_state import Reviewed, difference
from site_builder.models.award import Award, AwardFile
from site_builder.models.build import build
from site_builder.models.shape import Location
from site_builder.problems import Problem, Severity, printable
from site_builder.reading.document import Document
from site_builder.reading.locations import dotted
from site_builder.reading.repository import Repository

_OF_ENTRY = ("id", "listing", "revoked", "replaced_by", "evidence")  # these have rules of their own
_OF_FILE = ("awards", "erased", "evidence")
_HINT = "put it back as it was reviewed"

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as it is written. ``wrong`` has the fields that the models refuse, of entry and file."""

    fields: Fields
    file: Fields
    document: Document
    at: Location
    wrong: frozenset[str] = frozenset()
    wrong_of_file: frozenset[str] = frozenset()

    @property
    def evidence(self) -> list[Any]:
        """All evidence of the award, in the order in which it is signed."""
        own, shared = self.fields.get("evidence"), self.file.get("evidence")
        return [piece for every in (own, shared) if isinstance(every, list) for piece in every]


class RawComparison:
    """What the entries of refused files come to; ``awards`` counts those compared in every field."""

    def __init__(self, old: Repository, new: Repository, before: Reviewed, after: Reviewed) -> None:
        self.problems: list[Problem] = []
        self.credentials: list[tuple[str, str]] = []
        self.awards = 0
        self._after = after
        self._now = _every(new, "awards")
        self._erased = _every(new, "erased")
        for document in old.awards:
            if document.path in before.unread:
                self._file(document, before)

    def _file(self, document: Document, before: Reviewed) -> None:
        refused = [problem.field for problem in build(AwardFile, document)[1] if problem.is_error]
        for award_id, entry in _entries(document, "awards", refused):
            if award_id in before.awards:
                continue  # of two that claim one id the one that could be read counts
            self.credentials.append((str(entry.file.get("credential")), str(entry.file.get("version"))))
            found = list(self._award(award_id, entry))
            self.awards += not any(problem.code == "not-compared" for problem in found)
            self.problems += found
        for award_id, entry in _entries(document, "erased", refused):
            self.problems += self._erasure(award_id, entry)
        self.problems += _without_id(document)

    def _award(self, award_id: str, was: _Entry) -> Iterator[Problem]:
        is_now = self._now.get(award_id)
        if is_now is not None:
            yield from _altered(award_id, was, is_now)
            yield from _withdrawal(award_id, was, is_now)
        elif award_id in self._erased:
            yield from _same("status_index", award_id, was, self._erased[award_id])
        elif not self._after.awards_unclear:
            message = f"award {award_id}, whose file had mistakes in the earlier revision, is gone"
            hint = f"bring it back, and mend the mistakes; badgepress erase {award_id} if its holder asks"
            yield Problem(path=was.document.path, code="issued-deleted", message=message, hint=hint)

    def _erasure(self, award_id: str, was: _Entry) -> Iterator[Problem]:
        is_now, back = self._erased.get(award_id), self._now.get(award_id)
        if back is not None:
            message = f"award {award_id} was erased, and is awarded again"
            hint = "an erased award does not come back: make a new one with badgepress award"
            yield back.document.problem((*back.at, "id"), "issued-changed", message, hint)
        elif is_now is not None:
            yield from _same("status_index", award_id, was, is_now)
            yield from _same("date", award_id, was, is_now)
        elif not self._after.awards_unclear:
            path = was.document.path
            message = f"what was left of award {award_id} after its erasure is gone"
            hint = f"put it back under erased: in {path}; its id and status_index are never used again"
            yield Problem(path=path, code="issued-deleted", message=message, hint=hint)


def _every(repository: Repository, among: str) -> dict[str, _Entry]:
    """Return the entries of every file that can be taken apart, by id; the first of each counts."""
    found: dict[str, _Entry] = {}
    for document in repository.awards:
        for award_id, entry in _entries(document, among, ()):
            found.setdefault(award_id, entry)
    return found


def _entries(document: Document, among: str, refused: Collection[str]) -> Iterator[tuple[str, _Entry]]:
    listed = document.data.get(among)
    of_file = frozenset(_first(field) for field in refused) - {"awards", "erased"}
    for index, fields in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(fields, dict) and isinstance(fields.get("id"), str):
            at: Location = (among, index)
            begin = dotted(at) + "."
            wrong = {_first(field.removeprefix(begin)) for field in refused if field.startswith(begin)}
            yield fields["id"], _Entry(fields, document.data, document, at, frozenset(wrong), of_file)


def _first(field: str) -> str:
    """Return the outermost name of a field: ``results`` of ``results.score``, ``parts`` of ``parts[0]``."""
    return field.partition(".")[0].partition("[")[0]


def _without_id(document: Document) -> Iterator[Problem]:
    listed = document.data.get("awards")
    for index, fields in enumerate(listed if isinstance(listed, list) else []):
        if not (isinstance(fields, dict) and isinstance(fields.get("id"), str)):
            message = f"awards entry {index + 1} had no id in the earlier revision, and was not compared"
            yield _skipped(document.path, message)


def _altered(award_id: str, was: _Entry, is_now: _Entry) -> Iterator[Problem]:
    # What was not there may stand in the place of a field whose name the models do not know.
    strange, strange_in_file = (
        was.wrong - set(Award.model_fields),
        was.wrong_of_file - set(AwardFile.model_fields),
    )
    for field in _names(was.fields, is_now.fields, _OF_ENTRY):
        refused = field in was.wrong or (field not in was.fields and bool(strange))
        yield from _field(award_id, field, was, is_now, refused=refused)
    for field in _names(was.file, is_now.file, _OF_FILE):
        refused = field in was.wrong_of_file or (field not in was.file and bool(strange_in_file))
        before, after = was.file.get(field), is_now.file.get(field)
        yield from _told(award_id, (field,), (field,), before, after, is_now, refused=refused)
    refused = "evidence" in was.wrong | was.wrong_of_file
    at = (*is_now.at, "evidence")
    yield from _told(award_id, ("evidence",), at, was.evidence, is_now.evidence, is_now, refused=refused)


def _names(was: Fields, is_now: Fields, without: tuple[str, ...]) -> list[str]:
    return [name for name in dict.fromkeys((*was, *is_now)) if name not in without]


def _same(field: str, award_id: str, was: _Entry, is_now: _Entry) -> Iterator[Problem]:
    yield from _field(award_id, field, was, is_now, refused=field in was.wrong)


def _field(award_id: str, field: str, was: _Entry, is_now: _Entry, *, refused: bool) -> Iterator[Problem]:
    at = (*is_now.at, field)
    before, after = was.fields.get(field), is_now.fields.get(field)
    yield from _told(award_id, (field,), at, before, after, is_now, refused=refused)


def _told(
    award_id: str, name: Location, at: Location, was: Any, now: Any, entry: _Entry, *, refused: bool
) -> Iterator[Problem]:
    """Yield a problem where a value differs: a warning where the models refuse what it was."""
    if was == now or (was in (None, [], {}) and now in (None, [], {})):
        return
    place, words = difference(was, now)
    what = printable(dotted((*name, *place)))
    if refused:
        message = f"award {award_id} had a mistake in the earlier revision, and was not compared there: "
        yield entry.document.problem(
            (*at, *place), "not-compared", f"{message}{what} {words}", severity=Severity.WARNING
        )
        return
    message = f"award {award_id} was changed after its review: {what} {words}"
    yield entry.document.problem((*at, *place), "issued-changed", message, _HINT)


def _withdrawal(award_id: str, was: _Entry, is_now: _Entry) -> Iterator[Problem]:
    for field in ("revoked", "replaced_by"):
        before, after = was.fields.get(field), is_now.fields.get(field)
        if before and not after:
            message = f"award {award_id} was withdrawn, and its {field}: is gone"
            hint = "a withdrawal is final: put it back, and mend its mistakes"
            yield is_now.document.problem(is_now.at, "status-cleared", message, hint)
        elif before and not _only_reason_removed(before, after):
            yield from _same(field, award_id, was, is_now)


def _only_reason_removed(was: Any, is_now: Any) -> bool:
    """Return True where a revocation differs in nothing but a reason that may not stay."""
    if not (isinstance(was, dict) and isinstance(is_now, dict)):
        return False
    return {**was, "reason": 0} == {**is_now, "reason": 0} and reason_may_change(str(was.get("reason", "")))


def _skipped(path: str, message: str) -> Problem:
    return Problem(path=path, code="not-compared", message=message, severity=Severity.WARNING)
