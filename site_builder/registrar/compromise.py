"""A key whose private half got out: it leaves did.json, and what it signed is signed again (DESIGN 5).

Badges by that key stop verifying wherever they are, and so do stacks that pin their bytes. The change takes
the recorded proofs of both out of ``proofs/``; the next build signs them with the active key, at the same
addresses.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.catalog.links import stacked_on
from site_builder.keys import Role
from site_builder.models.award import AwardFile
from site_builder.models.build import build
from site_builder.models.issuer import IssuerKey
from site_builder.problems import has_errors, in_order
from site_builder.publishing.ledger import ledger
from site_builder.publishing.records import Record, Records, read_records, without_records
from site_builder.reading.repository import Repository, sweep
from site_builder.registrar.change import Change, write
from site_builder.registrar.issuer_keys import (
    IssuerFile,
    KeyChangeRefused,
    issuer_file,
    new_key,
    new_key_file,
    told_edits,
)


@dataclass(frozen=True, slots=True)
class Reissue:
    """What must be signed again: awards by id, and status lists by number.

    ``signed`` bear the key's own signature; ``stacked`` pin the bytes of one that will be signed again.
    ``recorded`` is how many proofs the repository records at all.
    """

    signed: tuple[str, ...]
    stacked: tuple[str, ...]
    lists: tuple[str, ...]
    recorded: int

    @property
    def awards(self) -> tuple[str, ...]:
        """The ids of all awards that must be signed again, in order."""
        return tuple(sorted((*self.signed, *self.stacked)))


@dataclass(frozen=True, slots=True)
class Compromised:
    """What was done: the key as it is now, its successor if one was made, and what must be signed again."""

    key: IssuerKey
    successor: IssuerKey | None
    reissue: Reissue
    paths: tuple[str, ...]


def compromise(
    root: Path, key_id: str, now: date, *, ended: date | None, out: Path | None, since: date | None
) -> Compromised:
    """Mark a key as compromised, make its successor where ``out`` names a file, and prepare the re-issue.

    ``ended`` is the day on which it was found (default: ``now``), ``since`` the successor's first day. Raises
    ``KeyChangeRefused``, ``KeyRefused``, ``ChangeRefused``; after each nothing was written.
    """
    with ledger(root), told_edits(), ExitStack() as made:
        repository = sweep(root)
        before = issuer_file(repository)
        file = _marked(before, before.key(key_id), ended, now)
        key, successor = file.key(key_id), None
        reissue, files = _reissue(repository, key)
        if out is not None:
            public_key = made.enter_context(new_key_file(out, root))
            role = Role(key.role)
            successor = new_key(file.free_id(role, since or now), role, public_key, since or now)
            file = file.added(successor)
        _refuse_pointless(before, file, key, files)
        if file != before:
            files = {**file.change.files, **files}
        write(root, Change(files))
    return Compromised(key, successor, reissue, tuple(sorted(files)))


def _marked(file: IssuerFile, key: IssuerKey, ended: date | None, now: date) -> IssuerFile:
    """Return the file with the key compromised; as it is where it says so already."""
    if ended is not None and ended > now:
        raise KeyChangeRefused(f"the day {ended} is in the future: today is {now} (UTC)")
    if key.state == "compromised" and ended in (None, key.ended):
        return file
    return file.ended(key, "compromised", ended or now)


def _refuse_pointless(
    before: IssuerFile, after: IssuerFile, key: IssuerKey, files: Mapping[str, bytes]
) -> None:
    if not after.active(key.role):
        message = f"key {key.id} is the last active {key.role} key"
        raise KeyChangeRefused(message, "make its successor at once: --out FILE, outside the repository")
    if after == before and not files:
        message = f"key {key.id} is compromised since {key.ended} already, and no recorded proof names it"
        raise KeyChangeRefused(message, "nothing is left to do: build and publish")


def _reissue(repository: Repository, key: IssuerKey) -> tuple[Reissue, dict[str, bytes]]:
    """Return what must be signed again, and the files below ``proofs/`` without the proofs of that."""
    parts, records = _read(repository)
    gone = [record for record in records.awards.values() if _is_by(record, key) and record.subject in parts]
    signed = {record.subject for record in gone}
    stacked = {award for award in stacked_on(signed, parts) if award in records.awards} - signed
    gone += [records.awards[award] for award in sorted(stacked)]
    lists = [record for record in records.lists.values() if _is_by(record, key)]
    numbers = sorted((record.subject for record in lists), key=lambda number: (len(number), number))
    reissue = Reissue(
        tuple(sorted(signed)),
        tuple(sorted(stacked)),
        tuple(numbers),
        len(records.awards) + len(records.lists),
    )
    return reissue, without_records([*gone, *lists], repository.proofs)


def _is_by(record: Record, key: IssuerKey) -> bool:
    return record.key.partition("#")[2] == key.public_key


def _read(repository: Repository) -> tuple[dict[str, tuple[str, ...]], Records]:
    """Return the parts of each award, by its id, and all recorded proofs.

    Raises ``KeyChangeRefused`` where a file cannot be read: the list would not be whole.
    """
    records, problems = read_records(repository.proofs)
    problems += [
        problem for problem in repository.problems if problem.path.startswith(("issued/", "proofs/"))
    ]
    parts: dict[str, tuple[str, ...]] = {}
    for document in repository.awards:
        file, found = build(AwardFile, document)
        problems += found
        parts |= {award.id: tuple(award.parts) for award in file.awards} if file else {}
    if has_errors(problems):
        message = "award files or recorded proofs have mistakes, so what to sign again cannot be listed"
        raise KeyChangeRefused(message, "mend these first", in_order(problems))
    return parts, records
