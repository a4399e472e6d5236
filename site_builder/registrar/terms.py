"""What is asked for a whole class list, and where its rows contradict that or name what is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.importers.row import Roster, RosterRow
from site_builder.importers.table import Faults, quoted
from site_builder.problems import Problem, Severity, did_you_mean, shown
from site_builder.reading.leaks import leak_in
from site_builder.registrar.disclosure import People, names_its_learner
from site_builder.text.fault import Fault

Group = tuple[Achievement, date]
"""What is awarded, and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is asked for the whole list.

    Without an ``assessor`` it is the one of the credential's last cohort. ``evidence`` has
    the fields of an award file's evidence; ``name`` is what the files are to be called.
    """

    today: date
    assessor: str | None = None
    credential: str | None = None
    version: str | None = None
    issued_on: date | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    all_passed: bool = False
    """Everybody in the list has passed, though no column says so."""


def problems_of_terms(catalog: Catalog, roster: Roster, terms: Terms) -> Iterator[Problem]:
    """Yield what is wrong with what was asked on the command line; its words stand in place of a path."""
    if terms.credential is None and "credential" not in roster.columns:
        message = "the credential must be given: the list has no column for it"
        yield Problem(path="--credential", code="missing-field", message=message)
    elif terms.credential is not None:
        fault = _unknown(catalog, terms.credential, terms.version)
        if fault is not None:
            which = "--version" if catalog.versions(terms.credential) else "--credential"
            yield Problem(path=which, code=fault.code, message=fault.message, hint=fault.hint)
    yield from _unscored(catalog, roster, terms)
    people = People(roster.rows)
    texts = {"--assessor": terms.assessor or "", "--name": terms.name or ""}
    texts |= {f"--evidence-{name}": text for name, text in terms.evidence.items()}
    for option, text in texts.items():
        if people.named_in(text):
            message = "holds the name or address of someone in the list, which may not be committed"
            hint = "write a role in place of a person, such as Examination board"
            yield Problem(path=option, code="personal-data", message=message, hint=hint)


def _unscored(catalog: Catalog, roster: Roster, terms: Terms) -> Iterator[Problem]:
    """Yield a problem where results may stand in a column that was not understood: they pass nobody."""
    if "score" in roster.columns or not roster.unread or terms.all_passed:
        return
    for name in sorted(
        {terms.credential} if terms.credential else {row.credential or "" for row in roster.rows}
    ):
        mark = pass_mark(catalog, name, terms.version)
        if mark is not None:
            unread = ", ".join(quoted(header) for header in roster.unread[:8])
            message = f"no column holds scores, and {name} has a pass mark of {mark:g}; not read: {unread}"
            hint = (
                'name it with --column "score=HEADER"; if everybody in the list has passed, say --all-passed'
            )
            yield Problem(path=roster.path, line=1, code="missing-column", message=message, hint=hint)


def pass_mark(catalog: Catalog, credential_id: str, version: str | None) -> float | None:
    """Return the lowest pass mark of what is awarded; ``None`` where it has none, or is not there."""
    found = (item for item in catalog.versions(credential_id) if version in (None, item.spec.version))
    item = next(found, None)
    marks = (
        [] if item is None else [one.pass_mark for one in item.spec.assessment if one.pass_mark is not None]
    )
    return min(marks, default=None)


def check_names(roster: Roster, faults: Faults) -> None:
    """Warn of learners without a name: their badge can prove the address only."""
    hint = "the claim link can then confirm the address, but no name"
    if roster.rows and not any(row.name for row in roster.rows):
        message = "no learner in this list has a name"
        found = Problem(
            path=roster.path, code="no-name", message=message, hint=hint, severity=Severity.WARNING
        )
        faults.problems.append(found)
        return
    for row in roster.rows:
        if not row.name:
            faults.row(row.line, Fault("no-name", "has no name", hint, Severity.WARNING))


def _unknown(catalog: Catalog, credential_id: str, version: str | None) -> Fault | None:
    versions = catalog.versions(credential_id)
    if not versions:
        known = {key[0] for key in catalog.achievements}
        message = f"there is no credential {shown(credential_id)} that can be awarded"
        hint = did_you_mean(credential_id, known)
        return Fault("unknown-reference", message, hint if hint.startswith("did") else "is it a draft?")
    if version is not None and version not in {item.spec.version for item in versions}:
        message = f"credential {credential_id} has no version {shown(version)}"
        return Fault("unknown-reference", message, did_you_mean(version, {i.spec.version for i in versions}))
    return None


def grouped(catalog: Catalog, roster: Roster, terms: Terms, faults: Faults) -> dict[Group, list[RosterRow]]:
    """Return the rows by what they are awarded and when; note those that say what cannot be."""
    by_name: defaultdict[tuple[str, date], list[RosterRow]] = defaultdict(list)
    first: dict[tuple[str, str], int] = {}
    for row in roster.rows:
        _check_terms(catalog, roster, row, terms, faults)
        credential = terms.credential or row.credential
        if credential is None:
            continue
        if (credential, row.email) in first:
            words = f"is the address of row {first[credential, row.email]} too, for the same credential"
            hint = "one learner has one award of a credential; take out one of the rows"
            faults.cell(row.line, column_of(roster, "email"), Fault("duplicate-entry", words, hint))
        first.setdefault((credential, row.email), row.line)
        by_name[credential, terms.issued_on or row.issued_on or terms.today].append(row)
    found = ((_achievement(catalog, name, terms), day, rows) for (name, day), rows in by_name.items())
    return {(achievement, day): rows for achievement, day, rows in found if achievement is not None}


def _achievement(catalog: Catalog, credential_id: str, terms: Terms) -> Achievement | None:
    versions = catalog.versions(credential_id)
    return next((item for item in versions if terms.version in (None, item.spec.version)), None)


def _check_terms(catalog: Catalog, roster: Roster, row: RosterRow, terms: Terms, faults: Faults) -> None:
    """Note where a row contradicts what was asked for the whole list, or names no credential of ours."""
    column = column_of(roster, "credential")
    if terms.credential is None and row.credential is None and "credential" in roster.columns:
        faults.cell(row.line, column, Fault("missing-field", "names no credential", "or give --credential"))
    elif terms.credential is None and row.credential is not None:
        fault = _unknown(catalog, row.credential, terms.version)
        if fault is not None:
            faults.cell(row.line, column, fault)
    elif row.credential not in (None, terms.credential):
        message = f"is {shown(row.credential)}, but --credential is {terms.credential}"
        faults.cell(row.line, column, Fault("bad-choice", message, "leave --credential out, or the column"))
    if terms.issued_on is not None and row.issued_on not in (None, terms.issued_on):
        message = f"is {row.issued_on}, but --issued-on is {terms.issued_on}"
        hint = "leave --issued-on out, or the column"
        faults.cell(row.line, column_of(roster, "issued_on"), Fault("bad-date", message, hint))


def check_disclosure(roster: Roster, faults: Faults) -> None:
    """Note each text of a row, bound for the repository, that names anybody of the list."""
    people = People(roster.rows)
    for row in roster.rows:
        for name, text in texts_of(row).items():
            if names_its_learner(row, text) or people.named_in(text):
                message = "holds the name or address of someone in the list, which may not be committed"
                hint = "write the learner, or leave it out"
                faults.cell(row.line, column_of(roster, name), Fault("personal-data", message, hint))
            # Of a file only the first is told, and nothing more is read of it.
            elif leak_in(name, text.encode()) is not None:
                fault = Fault("secret-in-repo", "may hold a secret key", "take it out, and replace that key")
                faults.cell(row.line, column_of(roster, name), fault)


def texts_of(row: RosterRow) -> dict[str, str]:
    """Return the texts of a row that go into its award as they are, by column."""
    texts: dict[str, str | None] = {"holder": row.holder}
    if row.evidence is not None:
        piece = row.evidence
        fields = {"name": piece.name, "url": piece.url, "narrative": piece.narrative, "genre": piece.genre}
        texts |= {f"evidence_{name}": text for name, text in fields.items()}
    return {name: text for name, text in texts.items() if text}


def column_of(roster: Roster, field_name: str) -> str:
    """Return the header under which a field of the list stands; the field's name where it has none."""
    return roster.columns.get(field_name, field_name)
