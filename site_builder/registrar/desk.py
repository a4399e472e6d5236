"""The desk at which one command plans its change: the repository as it is, and the files as they will be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.catalog.resolve import resolve
from site_builder.editing.edits import CannotEdit, Fields, with_fields_at
from site_builder.problems import Problem, did_you_mean, has_errors, shown
from site_builder.publishing.ledger import ledger
from site_builder.reading.document import Document, read_document
from site_builder.reading.locations import Location
from site_builder.reading.repository import Repository, sweep
from site_builder.registrar.change import Change, problems_of, write
from site_builder.registrar.origins import ASKED, Origins
from site_builder.text.dates import date_in_words

REVIEW = "Look at the difference (git add --all, git diff --staged), commit it, and open a pull request."
BUILD = "It counts from the first build after the merge."


@dataclass(frozen=True, slots=True)
class Touched:
    """One place that changes, as it will stand: path, line and what is there now."""

    path: str
    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a command: what was changed, what that means for holders, what to do next.

    With an error among the problems nothing was changed. ``awards`` maps each award that was asked for to
    the one that takes its place, or to nothing.
    """

    touched: Sequence[Touched] = ()
    meaning: Sequence[str] = ()
    then: Sequence[str] = ()
    awards: dict[str, str | None] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    @property
    def refused(self) -> bool:
        """True where nothing was changed because of a problem."""
        return has_errors(self.problems)


class Desk:
    """The repository, its catalog, and the files that a command has changed so far; nothing is written."""

    def __init__(self, repository: Repository, catalog: Catalog, now: date) -> None:
        self.repository = repository
        self.catalog = catalog
        self.now = now
        self.files: dict[str, bytes] = {}
        self._origins: dict[str, Origins] = {}
        self._documents = {document.path: document for document in repository.awards}

    @property
    def at(self) -> Addresses:
        """The addresses of the site."""
        return Addresses(self.catalog.settings.site_url)

    @property
    def places(self) -> list[Addresses]:
        """The addresses of the site, and those that it had before it moved: holders have links to both."""
        return [self.at, *map(Addresses, self.catalog.issuer.former_addresses)]

    def document(self, path: str) -> Document:
        """Return an award file as it will be; ``KeyError`` where there is none."""
        return self._documents[path]

    def keep(self, path: str, raw: bytes) -> None:
        """Remember what will stand at ``path``; empty bytes take the file away."""
        self.files[path] = raw
        document, _ = read_document(path, raw)
        if document is not None:
            self._documents[path] = document

    def keep_new(self, path: str, raw: bytes, origins: Origins) -> None:
        """Remember a new file, and where its values come from."""
        self.keep(path, raw)
        self._origins[path] = origins

    def told(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems without the lines of new files, which nobody will find: nothing is written."""
        return [
            self._origins[problem.path].told(problem, self.files[problem.path])
            if problem.path in self._origins
            else problem
            for problem in problems
        ]

    def place(self, path: str, award_id: str, among: str = "awards") -> Location:
        """Return where an award, or what is left of it (``erased``), stands in its file as it will be."""
        entries = self.document(path).data.get(among)
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict) and entry.get("id") == award_id:
                return among, index
        raise KeyError(award_id)

    def put_fields(self, awards: Iterable[IssuedAward], fields: Fields) -> None:
        """Remember these fields in each of the awards; a file is edited once. Raises ``CannotEdit``."""
        for path, found in by_file(awards).items():
            changes = {self.place(path, issued.id): fields for issued in found}
            self.keep(path, with_fields_at(self.document(path), changes))

    def touched(self, path: str, at: Location, what: str) -> Touched:
        """Return the place of a change, once all changes of its file are kept."""
        return Touched(path, self.document(path).line_of(at) or 1, what)

    def find(self, texts: Iterable[str]) -> tuple[list[IssuedAward], list[Problem]]:
        """Return the awards with these ids or addresses, each once, and a problem for each that is not there.

        An award that was erased is a problem as well.
        """
        found: dict[str, IssuedAward] = {}
        problems: list[Problem] = []
        for text in texts:
            name = award_id_in(text, self.places)
            if name in self.catalog.awards:
                found[name] = self.catalog.awards[name]
            else:
                problems.append(self.missing(name))
        return list(found.values()), problems

    def missing(self, name: str) -> Problem:
        """Return the problem of an id that no award has, or has any more."""
        gone = self.catalog.erased.get(name)
        if gone is not None:
            message = f"award {name} was erased on {date_in_words(gone.erased.date)}"
            return asked("already-withdrawn", message, "nothing is left of it that could be changed")
        hint = did_you_mean(name, self.catalog.awards)
        if name.startswith("https://"):
            hint = f"its pages begin with {self.at.base}issued/"
        elif not hint.startswith("did"):
            hint = "give the award's id, or the address of its page"
        return asked("unknown-reference", f"there is no award {shown(name)}", hint)


def by_file(awards: Iterable[IssuedAward]) -> dict[str, list[IssuedAward]]:
    """Return awards by the path of their file."""
    groups: defaultdict[str, list[IssuedAward]] = defaultdict(list)
    for issued in awards:
        groups[issued.path].append(issued)
    return dict(groups)


def asked(code: str, message: str, hint: str = "") -> Problem:
    """Return a problem of what was asked for, not of a file."""
    return Problem(path=ASKED, code=code, message=message, hint=hint)


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def award_id_in(text: str, places: Iterable[Addresses]) -> str:
    """Return the id that ``text`` is, or that the address of an award's page or badge at one of them holds.

    What stands behind ``#`` in a claim link says who the holder is, and is dropped at once. Text that is
    neither comes back as it is.
    """
    name = text.strip().partition("#")[0].partition("?")[0]
    pages = next((start for at in places if name.startswith(start := f"{at.base}issued/")), "")
    inside = name[len(pages) :].partition("/")[0] if pages else name
    return inside.lower() if _UUID.fullmatch(inside) else name


def carry_out(root: Path, now: date, plan: Callable[[Desk], Outcome]) -> Outcome:
    """Return what came of a change: planned, checked with the whole repository, and written if all is well.

    Builds and other commands wait from the first reading to the last writing. Raises ``ChangeRefused``.
    """
    with ledger(root):
        repository = sweep(root)
        catalog, before = resolve(repository, now)
        if catalog is None:
            return Outcome(problems=before)
        desk = Desk(repository, catalog, now)
        try:
            outcome = plan(desk)
        except CannotEdit as refused:
            return Outcome(problems=[refused.problem])
        if outcome.refused:
            return outcome
        change = Change(desk.files)
        found = problems_of(repository, change, now)
        if has_errors(found):
            return Outcome(problems=[*outcome.problems, *desk.told(found)])
        write(root, change)
        new = [problem for problem in found if problem not in before]
        return Outcome(
            touched=outcome.touched,
            meaning=outcome.meaning,
            then=outcome.then,
            awards=outcome.awards,
            problems=[*outcome.problems, *new],
        )


def title(issued: IssuedAward) -> str:
    """Return what to call an award in a sentence: its id, its credential and its day."""
    spec = issued.achievement.spec
    return f"{issued.id} ({spec.id} {spec.version}, issued on {date_in_words(issued.file.issued_on)})"


def already_withdrawn(issued: IssuedAward) -> Problem | None:
    """Return a problem where an award was revoked or replaced already."""
    award = issued.award
    if award.replaced_by is not None:
        message = f"award {issued.id} was replaced by {award.replaced_by}"
        return asked(
            "already-withdrawn", message, f"badgepress show {award.replaced_by} tells how that one stands"
        )
    if award.revoked is not None:
        message = f"award {issued.id} was revoked on {date_in_words(award.revoked.date)}"
        return asked("already-withdrawn", message, "a new award is made with badgepress award")
    return None


def wholes_of(catalog: Catalog, award_id: str) -> list[IssuedAward]:
    """Return the stacked awards that name this one among their parts, in the order of their ids."""
    return [item for item in catalog.awards.values() if award_id in item.award.parts]
