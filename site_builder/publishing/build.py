"""One build: read, check, sign, write beside, verify as a stranger would, swap in (DESIGN 2 and 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.keys import KeyRefused, Role, Signer, is_demo_host, is_published_key, load_signer
from site_builder.problems import Problem, has_errors, in_order
from site_builder.publishing.award_part import award_part
from site_builder.publishing.issuing import proof_files, sign_awards, sign_lists
from site_builder.publishing.records import Records, read_records
from site_builder.publishing.staging import Staging, staging
from site_builder.reading.repository import Repository, sweep
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


@dataclass
class Outcome:
    """What came of a build: problems and nothing published, or the report on what was published."""

    problems: list[Problem] = field(default_factory=list)
    catalog: Catalog | None = None
    report: Report | None = None
    signed: int = 0
    reused: int = 0

    @property
    def published(self) -> bool:
        """True where the new site was swapped in."""
        return self.report is not None and not has_errors(self.problems)


class VerificationFailed(Exception):  # noqa: N818 - it says what happened
    """The new site did not verify as a stranger would verify it: our bug. Nothing was published."""

    def __init__(self, report: Report) -> None:
        super().__init__("the new site does not verify; nothing was published")
        self.report = report


class CatalogRefused(Exception):  # noqa: N818 - it says what happened
    """MkDocs warned of the site's own pages, such as of a dead link; the message lists it, a line each."""


def check(request: Request) -> Outcome:
    """Return every problem of the repository without a key, without signing and without writing."""
    return _check(sweep(request.root), request)


def _check(repository: Repository, request: Request) -> Outcome:
    catalog, problems = resolve(repository, request.now, request.site_url)
    _, record_problems = read_records(repository.proofs)
    found = in_order([*problems, *record_problems])
    return Outcome(found, None if has_errors(found) else catalog)


def build(request: Request, progress: Progress) -> Outcome:
    """Build the site into ``request.output``, or return the problems and leave the output as it was.

    Raises ``KeyRefused``, ``OutputRefused``, ``CatalogRefused`` or ``VerificationFailed``; after each the
    output is as it was.
    """
    # Staging comes first: what a killed build left is put in order even if this one ends at a problem.
    with staging(request.output, request.root) as staged:
        repository = sweep(request.root)
        outcome = _check(repository, request)
        if outcome.catalog is None:
            return outcome
        records, _ = read_records(repository.proofs)
        return _press(staged, request, outcome, outcome.catalog, records, progress)


def _press(
    staged: Staging,
    request: Request,
    outcome: Outcome,
    catalog: Catalog,
    records: Records,
    progress: Progress,
) -> Outcome:
    """Sign, write, verify and swap in what was checked."""
    at = Addresses(catalog.settings.site_url)
    _refuse_published_keys(catalog, at)
    signers = _Signers(catalog, at, request.environment)
    signed = sign_awards(catalog, at, records, signers.issue, progress("signing", len(catalog.awards)))
    if signed.problems:
        return replace(outcome, problems=in_order([*outcome.problems, *signed.problems]))
    sign_lists(signed, catalog, at, request.now, records, signers.status)
    if request.make_catalog:
        request.make_catalog(request.root, catalog, at, request.now, staged.folder)
    for artifact in award_part(catalog, at, signed):
        staged.write(artifact)
    report = _verify(staged, request.now, progress, len(catalog.awards))
    if not signers.used_demo_key:
        _record(request.root, proof_files(signed, records))
    staged.swap()
    new = len(signed.new)
    return replace(outcome, report=report, signed=new, reused=len(catalog.awards) - new)


def _verify(staged: Staging, now: date, progress: Progress, count: int) -> Report:
    """Read the new folder back as a stranger would; nothing unverified is published."""
    clock = datetime.combine(now, time(12), UTC)
    report = verify_site(FolderSource(staged.folder), clock, frozenset(), progress("verifying", count))
    if report.failed:
        raise VerificationFailed(report)
    return report


def _record(root: Path, files: Mapping[str, bytes]) -> None:
    """Write new proofs before the site that needs them: after a kill in between they are used again."""
    for path, data in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.new")
        temporary.write_bytes(data)
        temporary.replace(target)


def _refuse_published_keys(catalog: Catalog, at: Addresses) -> None:
    """A real site must not list a key whose private half everyone knows."""
    if is_demo_host(at.host):
        return
    for key in catalog.issuer.keys:
        if key.state != "compromised" and is_published_key(key.public_key):
            message = (
                f"key {key.id} in credentials/issuer.yaml is a published test key; {at.host} is a real host"
            )
            raise KeyRefused("test-key", message, "make keys of your own with badgepress keygen")


class _Signers:
    """The two private keys, each read only when something must be signed with it."""

    def __init__(self, catalog: Catalog, at: Addresses, environment: Mapping[str, str]) -> None:
        self._catalog, self._at, self._environment = catalog, at, environment
        self._loaded: dict[Role, Signer] = {}

    @property
    def used_demo_key(self) -> bool:
        """True where a key that everyone knows signed: its proofs are not worth recording."""
        return any(is_published_key(signer.public_key) for signer in self._loaded.values())

    def issue(self) -> Signer:
        """Return the key that signs badges."""
        return self._load(Role.ISSUE)

    def status(self) -> Signer:
        """Return the key that signs status lists."""
        return self._load(Role.STATUS)

    def _load(self, role: Role) -> Signer:
        if role not in self._loaded:
            signer = load_signer(role, environment=self._environment, host=self._at.host)
            self._check_listed(role, signer)
            self._loaded[role] = signer
        return self._loaded[role]

    def _check_listed(self, role: Role, signer: Signer) -> None:
        """Refuse a key that the reviewed issuer.yaml does not list as active in this role."""
        for key in self._catalog.issuer.keys:
            if key.public_key == signer.public_key and key.role == role.value:
                if key.state == "active":
                    return
                message = f"the {role.value} key {key.id} is {key.state} since {key.ended}"
                raise KeyRefused("wrong-key", message, "sign with the active key")
        message = f"the given {role.value} key {signer.public_key} is not listed in credentials/issuer.yaml"
        hint = f"add its public half there with role {role.value}, in a reviewed change"
        raise KeyRefused("wrong-key", message, hint)
