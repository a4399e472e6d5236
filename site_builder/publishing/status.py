"""Status lists signed again, alone, with the status key alone: what a daily run does (DESIGN 5).

The bytes are those that a whole build of the same day writes. Only what they need is read: the award files,
the issuer's keys and the site's address, so that a mistake in a credential keeps no revocation back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses, status_list
from site_builder.assembling.status import lists_of
from site_builder.catalog.awards import check_lists, check_uniqueness, check_withdrawn
from site_builder.catalog.specs import check_issuer
from site_builder.exports.twins import status_twins
from site_builder.keys import Role
from site_builder.models.award import Award, AwardFile, Erased
from site_builder.models.build import build
from site_builder.models.issuer import Issuer
from site_builder.models.settings import read_settings
from site_builder.problems import Problem, has_errors, in_order
from site_builder.publishing.former import former_artifacts, former_did, take_erased
from site_builder.publishing.issuing import list_records, prove_lists
from site_builder.publishing.ledger import Ledger, ledger, reading
from site_builder.publishing.published_lists import (
    refuse_changed_site,
    refuse_lost_bits,
    site_in,
    verify_lists,
)
from site_builder.publishing.recorded import moved_lists
from site_builder.publishing.records import STATUS_PATH, Records, read_records
from site_builder.publishing.replacing import replacing
from site_builder.publishing.signers import Signers
from site_builder.publishing.staging import held
from site_builder.reading.repository import ISSUER, SETTINGS, Repository, sweep


@dataclass(frozen=True)
class Request:
    """What is asked: sign the status lists of the site in ``output`` for the day ``now``."""

    root: Path
    output: Path
    now: date
    environment: Mapping[str, str]
    site_url: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of it: problems and nothing written, or how many lists were signed or came from proofs."""

    problems: list[Problem]
    lists: int = 0
    signed: int = 0
    recorded: int = 0
    withdrawn: int = 0
    awards: int = 0
    former: str = ""
    """The address of the site, where that is one it had before; its did.json was renewed too."""


@dataclass(frozen=True)
class _Needed:
    """All of a repository that its status lists need."""

    at: Addresses
    issuer: Issuer
    records: Records
    awards: list[Award] = field(default_factory=list)
    erased: list[Erased] = field(default_factory=list)


def sign_again(request: Request) -> Outcome:
    """Sign every status list for the day, verify it as a stranger would, and put it in its place.

    Raises ``KeyRefused``, ``LedgerRefused``, ``OutputRefused`` where the folder is not the site of this
    repository, ``StatusRefused`` where the published site knows more than the repository does, and
    ``ListsUnverified``; after each the site is as it was.
    """
    with held(request.output) as folder, _book(request) as book:
        needed, problems = _needed(sweep(request.root), request)
        if needed is None:
            return Outcome(problems)
        return _replace(folder, book, request, needed, problems)


def _book(request: Request) -> AbstractContextManager[Ledger]:
    given = any(name.startswith(Role.STATUS.variable) for name in request.environment)
    return ledger(request.root) if given else reading(request.root)


def _replace(
    folder: Path, book: Ledger, request: Request, needed: _Needed, problems: list[Problem]
) -> Outcome:
    site, now = site_in(folder), request.now
    # A site that moved is renewed at each address it had: the copies that holders keep name that one.
    is_former = site.base in needed.issuer.former_addresses
    at = Addresses(site.base) if is_former else needed.at
    did = former_did(needed.issuer, at, needed.at) if is_former else b""
    records = Records({}, {}) if is_former else needed.records
    known = {award.id for award in needed.awards} | {entry.id for entry in needed.erased}
    refuse_changed_site(site, at, known)
    unsigned = lists_of(needed.awards, needed.erased, at, now)
    refuse_lost_bits(site, unsigned, now, {entry.status_index: entry.id for entry in needed.awards})
    signers = Signers(needed.issuer, at, request.environment)
    lists, new = prove_lists(unsigned, needed.issuer, at, now, records, signers.status)
    with replacing(folder, [*former_artifacts(at, did), *_artifacts(lists)]) as replacement:
        written = {number: replacement.read(status_list(number)) for number in lists}
        verify_lists(site, at, written, unsigned, now, did)
        recorded = 0 if is_former or signers.used_demo_key else len(new)
        if recorded:
            # Before the lists take their places: after a kill in between the proofs are used again.
            book.write({STATUS_PATH: list_records(new, needed.records)})
        replacement.take_place()
    if is_former:
        take_erased(folder, [entry.id for entry in needed.erased], needed.at)
    withdrawn = sum(award.is_withdrawn for award in needed.awards) + len(needed.erased)
    awards = len(needed.awards) + len(needed.erased)
    former = at.base if is_former else ""
    return Outcome(problems, len(lists), len(new), recorded, withdrawn, awards, former)


def _artifacts(lists: Mapping[int, bytes]) -> Iterator[Artifact]:
    yield from (Artifact(status_list(number), data) for number, data in sorted(lists.items()))
    yield from status_twins(lists)


def _needed(repository: Repository, request: Request) -> tuple[_Needed | None, list[Problem]]:
    """Return what the lists need, and what is wrong with it: mistakes elsewhere keep no revocation back."""
    problems = [problem for problem in repository.problems if _concerns_lists(problem)]
    settings, found = read_settings(repository.settings, request.site_url)
    problems += found
    records, found = read_records({p: raw for p, raw in repository.proofs.items() if p == STATUS_PATH})
    problems += found
    issuer, found = _issuer(repository)
    problems += found
    files, found = _files(repository, request.now)
    problems = in_order([*problems, *found])
    if has_errors(problems) or settings is None or issuer is None:
        return None, problems
    at = Addresses(settings.site_url)
    elsewhere = moved_lists(at, records)
    if elsewhere is not None:
        return None, [*problems, elsewhere]
    awards = [award for file in files for award in file.awards]
    erased = [entry for file in files for entry in file.erased]
    return _Needed(at, issuer, records, awards, erased), problems


def _concerns_lists(problem: Problem) -> bool:
    return problem.path.startswith("issued/") or problem.path in (ISSUER, SETTINGS, STATUS_PATH)


def _issuer(repository: Repository) -> tuple[Issuer | None, list[Problem]]:
    if repository.issuer is None:
        return None, []
    issuer, problems = build(Issuer, repository.issuer)
    return issuer, [*problems, *(check_issuer(issuer, repository.issuer) if issuer else ())]


def _files(repository: Repository, now: date) -> tuple[list[AwardFile], list[Problem]]:
    told = {(problem.path, problem.field) for problem in repository.problems if problem.field}
    problems: list[Problem] = []
    files = []
    for document in repository.awards:
        file, found = build(AwardFile, document)
        problems += [problem for problem in found if (problem.path, problem.field) not in told]
        if file is not None:
            files.append((file, document))
            problems += check_withdrawn(file, document, now)
    return [file for file, _ in files], [*problems, *check_uniqueness(files), *check_lists(files)]
