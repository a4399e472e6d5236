"""A check: every problem of a repository, without a key, without signing and without a site."""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.executors import workers
from site_builder.keys import is_demo_host, is_published_key
from site_builder.problems import Problem
from site_builder.publishing.cohorts import Line
from site_builder.publishing.pressing import Errand, Ground
from site_builder.publishing.recorded import left_behind_in, recorded_problems
from site_builder.publishing.request import Outcome, Request
from site_builder.publishing.since_revision import changes_since_revision
from site_builder.publishing.standing import Standing, read_standing
from site_builder.reading.repository import Repository
from site_builder.storing import Store, key_of, trim
from site_builder.storing.store import FOLDER
from site_builder.survey import Survey, survey

_A_TASK = 100_000
"""About how many bytes of award files are worth a process of their own."""


def check(request: Request) -> Outcome:
    """Return every problem of the repository without a key, without signing and without a site.

    What a build would refuse for an author's mistake is told here too: awards that no longer fit their
    recorded proofs, and published keys on a real site. Only dead links in docs/ need MkDocs, so the build.
    Raises ``RevisionRefused`` where ``request.base`` cannot be read, ``ExecutorRefused`` and ``WorkersLost``.
    """
    request = request.for_workers()
    store = store_of(request)
    with workers(request.executor, tasks_in(request.root)) as executor:
        found = survey(request.root, request.now, request.site_url, store, executor)
        outcome = judged(found)
        if request.base is not None:
            comparison = changes_since_revision(found, request.root, request.base)
            outcome = replace(outcome.with_problems(comparison.problems), compared=comparison.awards)
        trim(store)
        if outcome.catalog is None:
            return outcome
        return outcome.with_problems(_proofs(found, request, executor))


def store_of(request: Request) -> Store:
    """Return the repository's store, or where nothing kept may be believed one that keeps nothing."""
    return Store(None) if request.fresh else Store.at(request.root)


def tasks_in(root: Path) -> int:
    """Return for how many processes there is work, at most, in the award files of a repository."""
    sizes = (path.lstat().st_size for path in (root / "issued").rglob("*.yaml"))
    return 1 + sum(sizes) // _A_TASK


def judged(found: Survey) -> Outcome:
    """Return the outcome of a survey: its problems, and those that only a publication minds."""
    catalog = found.catalog
    outcome = Outcome(found.problems, catalog)
    if catalog is None:
        return outcome
    tallies = catalog.tallies
    outcome.credentials, outcome.frameworks = sum(1 for _ in catalog.current), len(catalog.frameworks)
    outcome.drafts = sum(document.data.get("status") == "draft" for document in found.ground.credentials)
    outcome.awards = tallies.awards if tallies else 0
    return outcome.with_problems([*_published_keys(found.ground, catalog), *left_behind_in(found)])


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


def _proofs(found: Survey, request: Request, executor: Executor) -> list[Problem]:
    """Return a problem for each recorded proof that no longer fits; what was found to fit is remembered."""
    if found.catalog is None:
        return []
    at = Addresses(found.catalog.settings.site_url)
    problems = recorded_problems(found, at)
    if problems or not found.recorded.count:
        return problems
    store, name = store_of(request), key_of("fitting", str(request.root.absolute()))
    known = read_standing(store.get(name)) or Standing()
    with ground_file(found.catalog, request.root) as ground:
        errand = Errand(request.root, ground, at.base, ())
        done = Line(found, at, errand, None).run(known.cohorts, executor, lambda: None)
    if not done.problems:
        store.put_all(name, Standing(cohorts=done.cohorts).pieces())
    return done.problems


@contextmanager
def ground_file(catalog: Catalog, root: Path) -> Iterator[Ground]:
    """Yield a file from which workers take everything but awards; it goes when the block ends.

    It stands below the repository, where the workers of a cluster find it too, or where nothing can be
    written there in the system's folder for such files. Only its owner may read it.
    """
    raw = pickle.dumps(replace(catalog, tallies=None), pickle.HIGHEST_PROTOCOL)
    with tempfile.TemporaryDirectory(prefix="run-", dir=_place(root)) as folder:
        path = Path(folder) / "ground"
        path.write_bytes(raw)
        yield Ground(path, hashlib.sha256(raw).hexdigest())


def _place(root: Path) -> Path | None:
    folder = root / FOLDER
    if folder.is_symlink():
        return None  # whoever committed it may have meant any folder
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None  # a repository that is only read: a cluster cannot be used then, this machine can
    return folder
