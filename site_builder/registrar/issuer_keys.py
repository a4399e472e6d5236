"""The issuer's public keys in ``credentials/issuer.yaml``: one is added, one ends, none leaves the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from site_builder.catalog.links import award_ids
from site_builder.catalog.specs import check_issuer
from site_builder.editing.edits import CannotEdit, with_fields, with_items
from site_builder.editing.scalars import Value
from site_builder.keys import KeyRefused, Role, generate_seed, write_key_file
from site_builder.models.build import build
from site_builder.models.issuer import Issuer, IssuerKey
from site_builder.problems import did_you_mean, has_errors, in_order, shown
from site_builder.publishing.ledger import ledger
from site_builder.publishing.records import read_records
from site_builder.reading.document import Document, read_document
from site_builder.reading.repository import ISSUER, Repository, sweep
from site_builder.registrar.change import Change, NotPlanned, write
from site_builder.registrar.tables import public_place
from site_builder.text.ids import id_fault


class KeyChangeRefused(NotPlanned):
    """A change of the issuer's keys cannot be; ``problems`` are of authors' files. Nothing was written."""


@dataclass(frozen=True, slots=True)
class IssuerFile:
    """The issuer's file and what it says; each change gives another one, and nothing is written."""

    document: Document
    issuer: Issuer

    def key(self, key_id: str) -> IssuerKey:
        """Return the key of that id; raises :class:`KeyChangeRefused` where there is none."""
        found = next((key for key in self.issuer.keys if key.id == key_id), None)
        if found is None:
            known = [key.id for key in self.issuer.keys]
            raise KeyChangeRefused(
                f"there is no key {shown(key_id)} in {ISSUER}", did_you_mean(key_id, known)
            )
        return found

    def active(self, role: str) -> list[IssuerKey]:
        """Return the active keys of a role, in the file's order."""
        return [key for key in self.issuer.keys if key.role == role and key.state == "active"]

    def free_id(self, role: str, day: date) -> str:
        """Return an id for a new key, such as issue-2026, or issue-2026-2 where that is taken."""
        taken = {key.id for key in self.issuer.keys}
        first = f"{role}-{day.year}"
        names = (first, *(f"{first}-{number}" for number in range(2, len(taken) + 2)))
        return next(name for name in names if name not in taken)

    def ended(self, key: IssuerKey, state: Literal["retired", "compromised"], day: date) -> IssuerFile:
        """Return the file in which ``key`` has that state since ``day``."""
        if day < key.since:
            message = f"key {key.id} signs from {key.since} on, so it cannot end on {day}"
            raise KeyChangeRefused(message, "give a later day")
        index = self.issuer.keys.index(key)
        return _read(with_fields(self.document, ("keys", index), {"state": state, "ended": day}))

    def added(self, key: IssuerKey) -> IssuerFile:
        """Return the file with a new active key at the end of the list."""
        if any(known.id == key.id for known in self.issuer.keys):
            raise KeyChangeRefused(f"there is a key {key.id} already", "choose another id: --id NAME")
        entry: dict[str, Value] = {
            "id": key.id,
            "role": key.role,
            "public_key": key.public_key,
            "since": key.since,
        }
        return _read(with_items(self.document, ("keys",), [entry]))

    @property
    def change(self) -> Change:
        """The change that writes this file; raises :class:`KeyChangeRefused` where a rule forbids it."""
        problems = in_order(check_issuer(self.issuer, self.document))
        if has_errors(problems):
            raise KeyChangeRefused(f"{ISSUER} would have mistakes", problems=problems)
        return Change({ISSUER: self.document.raw})


def issuer_file(repository: Repository) -> IssuerFile:
    """Return the issuer's file of a repository; raises :class:`KeyChangeRefused` where it cannot be read."""
    if repository.issuer is None:
        problems = [problem for problem in repository.problems if problem.path == ISSUER]
        raise KeyChangeRefused(f"{ISSUER} cannot be read", problems=problems)
    return _read(repository.issuer.raw)


def _read(raw: bytes) -> IssuerFile:
    document, problems = read_document(ISSUER, raw)
    issuer, found = build(Issuer, document) if document else (None, [])
    if document is None or issuer is None or has_errors(problems):
        raise KeyChangeRefused(f"{ISSUER} has mistakes", problems=in_order([*problems, *found]))
    return IssuerFile(document, issuer)


@contextmanager
def new_key_file(out: Path, root: Path) -> Iterator[str]:
    """Write a new private key to ``out``, and yield its public half; the file goes again if the block fails.

    Raises ``KeyRefused`` where ``out`` lies in a repository or a site, exists, or cannot be written.
    """
    where = public_place(out, root)
    if where:
        message = f"key file {str(out)!r} lies in {where}"
        raise KeyRefused(
            "key-file", message, "keep private keys outside: one commit, or one upload, would publish them"
        )
    public_key = write_key_file(out, generate_seed())
    try:
        yield public_key
    except BaseException:
        out.unlink()
        raise


@dataclass(frozen=True, slots=True)
class Rotated:
    """A new active key, and the ids of those it follows, which are retired.

    ``unrecorded`` counts the awards that only a retired key can sign as they are published.
    """

    key: IssuerKey
    retired: tuple[str, ...]
    unrecorded: int = 0


def rotate(root: Path, role: Role, out: Path, key_id: str | None, day: date) -> Rotated:
    """Make a key for ``role``, active from ``day`` on, and retire those that were: in both files, or in none.

    Raises :class:`KeyChangeRefused`, ``KeyRefused``, ``ChangeRefused``.
    """
    with ledger(root), told_edits():
        repository = sweep(root)
        file = issuer_file(repository)
        old = file.active(role)
        for key in old:
            file = file.ended(file.key(key.id), "retired", day)
        name = file.free_id(role, day) if key_id is None else _good_id(key_id)
        with new_key_file(out, root) as public_key:
            new = new_key(name, role, public_key, day)
            write(root, file.added(new).change)
    unrecorded = _without_record(repository) if role is Role.ISSUE and old else 0
    return Rotated(new, tuple(key.id for key in old), unrecorded)


def _without_record(repository: Repository) -> int:
    """Return how many awards have no recorded proof: only their old key signs them as they are published."""
    records, _ = read_records(repository.proofs)
    ids = {award_id for document in repository.awards for award_id in award_ids(document)}
    return len(ids - records.awards.keys())


def retire(root: Path, key_id: str, day: date) -> IssuerKey:
    """Retire a key without a successor, and return it; raises as :func:`rotate` does.

    A retired key stays in did.json for ever: what it signed goes on verifying.
    """
    with ledger(root), told_edits():
        file = issuer_file(sweep(root))
        key = file.key(key_id)
        if key.state != "active":
            raise KeyChangeRefused(f"key {key.id} is {key.state} since {key.ended} already")
        if file.active(key.role) == [key]:
            message = f"key {key.id} is the last active {key.role} key"
            raise KeyChangeRefused(message, f"badgepress rotate --role {key.role} makes its successor too")
        after = file.ended(key, "retired", day)
        write(root, after.change)
    return after.key(key_id)


def _good_id(key_id: str) -> str:
    fault = id_fault(key_id)
    if fault is not None:
        raise KeyChangeRefused(f"the id of the new key {fault.message}", fault.hint)
    return key_id


def new_key(key_id: str, role: Role, public_key: str, since: date) -> IssuerKey:
    """Return a new active key as the issuer's file lists it."""
    return IssuerKey(id=key_id, role=role.value, public_key=public_key, since=since)


@contextmanager
def told_edits() -> Iterator[None]:
    """Tell an edit that cannot be done line by line as a refusal."""
    try:
        yield
    except CannotEdit as error:
        raise KeyChangeRefused(f"{ISSUER} cannot be changed", problems=[error.problem]) from error
