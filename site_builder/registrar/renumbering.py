"""Renumbering: two branches took the same status index, so the file that is not merged yet gets others.

Only an award that nobody has seen may change its place: a signed badge names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.catalog.awards import lists_open_for
from site_builder.editing.edits import CannotEdit, with_fields_at
from site_builder.models.award import LIST_LENGTH
from site_builder.problems import Problem, did_you_mean, has_errors, shown
from site_builder.publishing.ledger import ledger
from site_builder.publishing.records import read_records
from site_builder.reading.document import Document
from site_builder.reading.locations import Location
from site_builder.reading.repository import Repository, sweep
from site_builder.reading.revision import sweep_revision
from site_builder.registrar.change import Change, problems_of, write
from site_builder.registrar.desk import REVIEW, Outcome, Touched
from site_builder.registrar.minting import Choose


@dataclass(frozen=True, slots=True)
class _Entry:
    """An award, or what is left of one, as it is written in a file that may clash with others."""

    document: Document
    at: Location
    id: object
    index: object

    @property
    def place(self) -> str:
        """Where it stands: path and line."""
        return f"{self.document.path}:{self.document.line_of(self.at) or 1}"


def renumber(root: Path, path: str, choose: Choose, now: date, base: str | None = None) -> Outcome:
    """Give the awards of one new file other status indexes where theirs are taken, and write the file.

    A clashing id cannot be changed, as the salts of the commitments hang on it; it is told with the cure.
    Awards with a recorded proof, or that stand at the git revision ``base``, keep their index: refused.
    Raises ``ChangeRefused`` and ``RevisionRefused``.
    """
    with ledger(root):
        repository = sweep(root)
        document = next((found for found in repository.awards if found.path == path), None)
        if document is None:
            known = [found.path for found in repository.awards]
            message = "there is no such award file, or it cannot be read"
            hint = did_you_mean(path, known)
            return Outcome(problems=[Problem(path=path, code="missing-file", message=message, hint=hint)])
        try:
            outcome, change = _planned(repository, document, choose, _merged(root, base))
        except CannotEdit as refused:
            return Outcome(problems=[refused.problem])
        if outcome.refused or not change.files:
            return outcome
        found = problems_of(repository, change, now)
        if has_errors(found):
            return Outcome(problems=found)
        write(root, change)
        return outcome


def _merged(root: Path, base: str | None) -> dict[object, str]:
    """Return where each award of a revision stands there, by id."""
    if base is None:
        return {}
    documents = sweep_revision(root, base).awards
    return {entry.id: f"{entry.place} of {base}" for entry in _entries(documents)}


def _planned(
    repository: Repository, document: Document, choose: Choose, merged: Mapping[object, str]
) -> tuple[Outcome, Change]:
    own = list(_entries([document]))
    others = list(_entries(found for found in repository.awards if found.path != document.path))
    clashing = _clashing(own, others)
    problems = [*_id_clashes(own, others), *_fixed(repository, clashing, merged)]
    if problems:
        return Outcome(problems=problems), Change({})
    used = {entry.index for entry in (*own, *others)}
    places = lists_open_for(len(own) + len(others)) * LIST_LENGTH
    fields, touched = {}, []
    for entry in clashing:
        new = _free(used, places, choose)
        fields[entry.at] = {"status_index": new}
        line = document.line_of((*entry.at, "status_index")) or 1
        what = f"award {entry.id}: status_index {new} in place of {entry.index}"
        touched.append(Touched(document.path, line, what))
    if not touched:
        told = f"No status index of {document.path} is taken by another award: nothing was changed."
        return Outcome(meaning=[told]), Change({})
    change = Change({document.path: with_fields_at(document, fields)})
    meaning = "As far as is known here no badge was signed with the old numbers: nothing changes for holders."
    return Outcome(touched=touched, meaning=[meaning], then=[REVIEW]), change


def _free(used: set[object], places: int, choose: Choose) -> int:
    """Return a random place in the open lists that is not used yet, and count it as used from now on."""
    while True:
        new = choose(places)
        if new not in used:
            used.add(new)
            return new


def _entries(documents: Iterable[Document]) -> Iterator[_Entry]:
    """Yield what stands in award files as it is written there, whatever else is wrong with them."""
    for document in documents:
        for among in ("awards", "erased"):
            entries = document.data.get(among)
            for index, entry in enumerate(entries if isinstance(entries, list) else []):
                if isinstance(entry, dict):
                    yield _Entry(document, (among, index), entry.get("id"), entry.get("status_index"))


def _clashing(own: Iterable[_Entry], others: Iterable[_Entry]) -> list[_Entry]:
    """Return the entries of the file whose index is another's; of two in the file itself, the later."""
    taken = {entry.index for entry in others}
    clashing = []
    for entry in own:
        if isinstance(entry.index, int) and entry.index in taken:
            clashing.append(entry)
        taken.add(entry.index)
    return clashing


def _id_clashes(own: Iterable[_Entry], others: Iterable[_Entry]) -> Iterator[Problem]:
    places = {entry.id: entry.place for entry in others}
    for entry in own:
        if isinstance(entry.id, str) and entry.id in places:
            message = (
                f"award id {shown(entry.id)} stands already in {places[entry.id]}, and cannot be changed"
            )
            hint = (
                "the salts of its commitments hang on it: delete this copy if it is the same award, or else "
                "make it again from the class list with badgepress award"
            )
            yield entry.document.problem((*entry.at, "id"), "duplicate-id", message, hint)
        places.setdefault(entry.id, entry.place)


def _fixed(
    repository: Repository, clashing: Iterable[_Entry], merged: Mapping[object, str]
) -> Iterator[Problem]:
    """Yield a problem for each award that clashes but may not change its place any more."""
    records, unread = read_records(repository.proofs)
    yield from unread
    for entry in clashing:
        record = records.awards.get(str(entry.id))
        where = (*entry.at, "status_index")
        hint = "renumber the other file, the one that is not merged yet"
        if record is not None:
            message = f"award {entry.id} was signed with this status_index: {record.path}:{record.line}"
            yield entry.document.problem(where, "issued-changed", message, hint)
        elif entry.id in merged:
            message = f"award {entry.id} is merged with this status_index: {merged[entry.id]}"
            yield entry.document.problem(where, "issued-changed", message, hint)
        elif entry.at[0] == "erased":
            message = f"award {entry.id} was erased, and keeps its status_index for ever"
            yield entry.document.problem(where, "issued-changed", message, hint)
