"""Signing apart from building: a plan and one key in, new proofs out (DESIGN 2 and 3).

The machine that has the key builds no site, and the one that builds has no key. What is signed is derived
from the files once more; a plan that says anything else is refused before the key is read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.status import unsigned_lists
from site_builder.catalog.catalog import Catalog
from site_builder.executors import workers
from site_builder.keys import KeyRefused, Role, is_published_key
from site_builder.problems import Problem
from site_builder.publishing.checking import ground_file, judged, store_of, tasks_in
from site_builder.publishing.cohorts import Done, Line
from site_builder.publishing.issuing import prove_lists
from site_builder.publishing.plan import Plan, make_plan
from site_builder.publishing.pressing import Errand
from site_builder.publishing.recorded import recorded_problems
from site_builder.publishing.recording import STATUS_FILE
from site_builder.publishing.records import write_records
from site_builder.publishing.request import Request
from site_builder.publishing.signers import Signers
from site_builder.survey import Survey, survey


class PlanRefused(Exception):  # noqa: N818 - it says what happened
    """The given plan is not the one that these files give; nothing was signed. ``hint`` says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.hint = "nothing was signed; make the plan anew from this very commit, for the same --now"


@dataclass(frozen=True)
class Planned:
    """The plan of a repository, or the problems that keep it from having one."""

    problems: list[Problem]
    plan: Plan | None = None


@dataclass(frozen=True)
class Signed:
    """New proofs as files, by their path below ``proofs/``, or problems and no proof; how many there are."""

    problems: list[Problem]
    files: Mapping[str, bytes] = field(default_factory=dict)
    proofs: int = 0


def planned(request: Request) -> Planned:
    """Return the plan of a repository; no key is asked for. Raises ``Changed`` and ``WorkersLost``."""
    with workers(request.executor, tasks_in(request.root)) as executor:
        found = survey(request.root, request.now, request.site_url, store_of(request), executor)
    catalog, problems = _without_problems(found)
    if catalog is None:
        return Planned(problems)
    return Planned(problems, make_plan(found, catalog, request.root, request.now, store_of(request)))


def sign_plan(request: Request, given: bytes, role: Role) -> Signed:
    """Return the proofs that the plan ``given`` asks of the key of ``role``.

    Raises ``PlanRefused``, ``KeyRefused``, ``CompiledFault``, ``Changed`` and ``WorkersLost``; then
    nothing was signed that anybody gets to see.
    """
    with workers(request.executor, tasks_in(request.root)) as executor:
        found = survey(request.root, request.now, request.site_url, store_of(request), executor)
        catalog, problems = _without_problems(found)
        if catalog is None:
            return Signed(problems)
        plan = make_plan(found, catalog, request.root, request.now, store_of(request))
        _refuse_other(plan.raw, given)
        if role is Role.STATUS:
            return _lists(found, catalog, request, plan, problems)
        return _awards(found, catalog, request, plan, executor, problems)


def _awards(
    found: Survey,
    catalog: Catalog,
    request: Request,
    plan: Plan,
    executor: Executor,
    problems: list[Problem],
) -> Signed:
    if not plan.awards:
        return Signed(problems)
    at = _at(catalog)
    public_key = Signers(catalog.issuer, at, request.environment).issue().public_key
    _refuse_published(public_key)
    with (
        ground_file(catalog, request.root) as ground,
        tempfile.TemporaryDirectory(prefix="badgepress-") as scratch,
    ):
        key = {name: v for name, v in request.environment.items() if name.startswith(Role.ISSUE.variable)}
        errand = Errand(request.root, ground, at.base, (), signs=True, ledger=Path(scratch), environment=key)
        line = Line(found, at, errand, lambda: at.key_id(public_key))
        done = line.run({}, executor, lambda: None)
        return _proofs(done, plan, Path(scratch), problems)


def _at(catalog: Catalog) -> Addresses:
    return Addresses(catalog.settings.site_url)


def _without_problems(found: Survey) -> tuple[Catalog | None, list[Problem]]:
    outcome = judged(found)
    if outcome.catalog is not None:
        outcome = outcome.with_problems(recorded_problems(found, _at(outcome.catalog)))
    return outcome.catalog, outcome.problems


def _refuse_other(made: bytes, given: bytes) -> None:
    """Raise ``PlanRefused`` unless two plans are the same; say where they differ, and quote neither."""
    if made == given:
        return
    pairs = zip_longest(made.splitlines(), given.splitlines())
    line = next((number for number, (one, other) in enumerate(pairs, start=1) if one != other), 0)
    where = f"in line {line}" if line else "in how its lines end"
    raise PlanRefused(f"the plan differs from the one that these files give, {where}")


def _refuse_published(public_key: str) -> None:
    if is_published_key(public_key):
        message = "a key that everybody knows is not worth recording its proofs"
        raise KeyRefused("test-key", message, "make keys of your own with badgepress keygen")


def _proofs(done: Done, plan: Plan, folder: Path, problems: list[Problem]) -> Signed:
    if done.problems:
        return Signed([*problems, *done.problems])
    files = {path.removeprefix("proofs/"): (folder / path).read_bytes() for path in done.recorded()}
    made = sum(raw.count(b"\n") for raw in files.values())
    if made != len(plan.awards):
        raise PlanRefused(f"the plan has {len(plan.awards)} awards to sign, and {made} proofs were made")
    return Signed(problems, files, made)


def _lists(found: Survey, catalog: Catalog, request: Request, plan: Plan, problems: list[Problem]) -> Signed:
    if not plan.lists:
        return Signed(problems)
    at, records = _at(catalog), found.recorded.records
    signers = Signers(catalog.issuer, at, request.environment)
    _refuse_published(signers.status().public_key)
    bare = unsigned_lists(catalog, at, request.now)
    _, new = prove_lists(bare, catalog.issuer, at, request.now, records, signers.status)
    return Signed(problems, {STATUS_FILE: write_records(new, "list")}, len(new))
