"""One build: read, check, sign, write beside, verify as a stranger would, swap in (DESIGN 2 and 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from site_builder.assembling.addresses import Addresses, award_json
from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.keys import Role, is_demo_host, is_published_key
from site_builder.pages.cards import drawings
from site_builder.problems import Problem, has_errors, in_order
from site_builder.publishing.award_part import award_part
from site_builder.publishing.drawing import drawn
from site_builder.publishing.issuing import proof_files, sign_awards, sign_lists
from site_builder.publishing.kept import Kept, kept, resting_on
from site_builder.publishing.ledger import Ledger, ledger, reading
from site_builder.publishing.published import NotPublished, PublishedSite
from site_builder.publishing.recorded import left_behind
from site_builder.publishing.records import Records, read_records
from site_builder.publishing.signers import Signers
from site_builder.publishing.since import changes_since
from site_builder.publishing.staging import Staging, staging
from site_builder.reading.repository import Repository, sweep
from site_builder.reading.revision import sweep_revision
from site_builder.verifying.instants import noon
from site_builder.verifying.sources import FolderSource
from site_builder.verifying.verify import Report, verify_site

MakeCatalog = Callable[[Path, Catalog, Addresses, date, Path], None]
"""Writes the catalog's pages into a folder: MkDocs, or nothing where it is not installed."""

Progress = Callable[[str, int], Callable[[], None]]
"""Given what is done and how many steps it has, returns what is called after each step."""


@dataclass(frozen=True)
class Request:
    """What is asked of a build; the command line fills it from its flags, the environment and the clock."""

    root: Path
    output: Path
    now: date
    environment: Mapping[str, str]
    site_url: str | None = None
    make_catalog: MakeCatalog | None = None
    keep_pages: bool = False
    """Refuse to replace a site that has the catalog's pages by one without them."""
    base: str | None = None
    """A git revision that ``check`` compares with: what was reviewed there may not have changed."""
    published: Path | None = None
    """The site as last published: no badge on it may be lost or altered. The output itself may be empty."""


@dataclass
class Outcome:
    """What came of a build: problems and nothing published, or the report on what was published."""

    problems: list[Problem] = field(default_factory=list)
    catalog: Catalog | None = None
    report: Report | None = None
    signed: int = 0
    reused: int = 0
    recorded: int = 0
    compared: int | None = None
    """How many awards of the revision ``base`` were compared in every field."""

    @property
    def published(self) -> bool:
        """True where the new site was swapped in."""
        return self.report is not None and not has_errors(self.problems)


class VerificationFailed(Exception):  # noqa: N818 - it says what happened
    """The new site did not verify as a stranger would verify it: our bug. Nothing was published."""

    def __init__(self, told: list[str]) -> None:
        super().__init__("the new site does not verify; nothing was published")
        self.told = told


def check(request: Request) -> Outcome:
    """Return every problem of the repository without a key, without signing and without writing.

    What a build would refuse for an author's mistake is told here too: awards that no longer fit their
    recorded proofs, and published keys on a real site. Only dead links in docs/ need MkDocs, so the build.
    Raises ``RevisionRefused`` where ``request.base`` cannot be read.
    """
    repository = sweep(request.root)
    outcome, records = _check(repository, request)
    if request.base is not None:
        comparison = changes_since(sweep_revision(request.root, request.base), repository)
        outcome = replace(_with(outcome, comparison.problems), compared=comparison.awards)
    if outcome.catalog is None:
        return outcome
    at = Addresses(outcome.catalog.settings.site_url)
    recalled = sign_awards(outcome.catalog, at, records, None, lambda: None)
    return _with(outcome, recalled.problems)


def _check(repository: Repository, request: Request) -> tuple[Outcome, Records]:
    catalog, problems = resolve(repository, request.now, request.site_url)
    records, record_problems = read_records(repository.proofs)
    found = [*problems, *record_problems]
    if catalog is not None:
        found += [*_published_keys(repository, catalog), *left_behind(catalog, records)]
    return _with(Outcome(found, catalog), ()), records


def _with(outcome: Outcome, problems: Iterable[Problem]) -> Outcome:
    """Return the outcome with more problems; with an error among them there is no catalog to go on with."""
    found = in_order([*outcome.problems, *problems])
    return replace(outcome, problems=found, catalog=None if has_errors(found) else outcome.catalog)


def _published_keys(repository: Repository, catalog: Catalog) -> Iterator[Problem]:
    """Yield a problem for each key of a real site whose private half everyone knows."""
    at = Addresses(catalog.settings.site_url)
    if is_demo_host(at.host) or repository.issuer is None:
        return
    for index, key in enumerate(catalog.issuer.keys):
        if key.state != "compromised" and is_published_key(key.public_key):
            message = f"key {key.id} is a published test key, and {at.host} is a real host"
            hint = "make keys of your own with badgepress keygen"
            yield repository.issuer.problem(("keys", index, "public_key"), "test-key", message, hint)


def build(request: Request, progress: Progress) -> Outcome:
    """Build the site into ``request.output``, or return the problems and leave the output as it was.

    Raises ``KeyRefused``, ``OutputRefused``, ``NotPublished``, ``LedgerRefused``, ``CatalogRefused`` or
    ``VerificationFailed``; after each the output is as it was.
    """
    # Staging comes first: what a killed build left is put in order even if this one ends at a problem.
    with staging(request.output, request.root) as staged, _book(request) as book:
        if request.keep_pages:
            staged.refuse_to_lose("index.html")
        repository = sweep(request.root)
        outcome, records = _check(repository, request)
        if outcome.catalog is None:
            return outcome
        before = _compared(repository, request, outcome.catalog, records)
        if before.problems:
            return _with(outcome, before.problems)
        return _press(staged, book, request, outcome, outcome.catalog, records, before, progress)


def _compared(repository: Repository, request: Request, catalog: Catalog, records: Records) -> Kept:
    """Compare with the site as last published, before anything is signed.

    Raises ``NotPublished`` where another folder than the output was named, and holds none.
    """
    if request.published is None:
        return Kept()
    site = PublishedSite(request.published)
    if not site.is_there:
        if request.published != request.output:
            raise NotPublished(request.published)
        return Kept()
    return kept(site, repository, catalog, Addresses(catalog.settings.site_url), records, request.now)


def _book(request: Request) -> AbstractContextManager[Ledger]:
    """Return the ledger, for this build alone where a key is given, so that proofs may be recorded."""
    given = any(name.startswith(role.variable) for name in request.environment for role in Role)
    return ledger(request.root) if given else reading(request.root)


def _press(
    staged: Staging,
    book: Ledger,
    request: Request,
    outcome: Outcome,
    catalog: Catalog,
    records: Records,
    before: Kept,
    progress: Progress,
) -> Outcome:
    """Sign, write, verify and swap in what was checked."""
    at = Addresses(catalog.settings.site_url)
    signers = Signers(catalog.issuer, at, request.environment)
    signed = sign_awards(catalog, at, records, signers.issue, progress("signing", len(catalog.awards)))
    if problems := [*signed.problems, *before.other_bytes(signed.badges)]:
        return _with(outcome, problems)
    sign_lists(signed, catalog, at, request.now, records, signers.status)
    if request.make_catalog:
        request.make_catalog(request.root, catalog, at, request.now, staged.folder)
    for artifact in award_part(catalog, at, signed):
        staged.write(artifact)
    for artifact in drawn(drawings(catalog, at), staged.published):
        staged.write(artifact)
    report = _verify(staged, catalog, request.now, progress)
    new = len(signed.new)
    recorded = 0 if signers.used_demo_key else new + len(signed.new_lists)
    if recorded:
        # Before the site that needs them: after a kill in between they are used again.
        book.write(proof_files(signed, records))
    staged.swap()
    reused = len(catalog.awards) - new
    return replace(outcome, report=report, signed=new, reused=reused, recorded=recorded)


def _verify(staged: Staging, catalog: Catalog, now: date, progress: Progress) -> Report:
    """Read the new folder back as a stranger would, and compare what they would say with what we meant."""
    clock = noon(now)
    step = progress("verifying", len(catalog.awards))
    report = verify_site(FolderSource(staged.folder), clock, frozenset(), step)
    said = {verdict.path: verdict.state.value for verdict in report.verdicts}
    meant = _meant(catalog, now)
    wrong = [path for path in sorted({*said, *meant}) if said.get(path) != meant.get(path)]
    if report.problems or wrong:
        told = [f"{path}: is {said.get(path)}, meant to be {meant.get(path)}" for path in wrong]
        raise VerificationFailed([*report.told(), *told])
    return report


def _meant(catalog: Catalog, now: date) -> dict[str, str]:
    """Return what a stranger should find of each badge; a stack of a withdrawn part is none to rely on."""
    withdrawn = {award.id for award in catalog.awards.values() if award.is_withdrawn}
    unsound = resting_on(withdrawn, catalog) - withdrawn
    return {
        award_json(award.id): "unknown" if award.id in unsound else award.state_on(now)
        for award in catalog.awards.values()
    }
