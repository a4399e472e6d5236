"""One build: read, check, sign, write beside, verify as a stranger would, put in place (DESIGN 2 and 7).

What stands already as it would be made is left alone (:mod:`.standing`), and award files are pressed by
worker processes (:mod:`.pressing`). The bytes are those of a build from nothing, on one processor, by the
library.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from site_builder.assembling.addresses import Addresses
from site_builder.executors import refuse_unshared, workers
from site_builder.keys import Role
from site_builder.publishing.catalog_pages import CatalogRefused
from site_builder.publishing.checking import check, judged, store_of, tasks_in
from site_builder.publishing.comparing import Comparison, published_site
from site_builder.publishing.ledger import Ledger, ledger, reading
from site_builder.publishing.making import Making, Tools
from site_builder.publishing.memory import memory_of
from site_builder.publishing.preview import as_preview, refuse_other_site
from site_builder.publishing.recorded import recorded_problems
from site_builder.publishing.request import Outcome, Progress, Request, VerificationFailed
from site_builder.publishing.staging import staging
from site_builder.survey import survey

__all__ = ["CatalogRefused", "Outcome", "Request", "VerificationFailed", "build", "check"]


def build(request: Request, progress: Progress) -> Outcome:
    """Build the site into ``request.output``, or return the problems and leave the output as it was.

    Raises ``KeyRefused``, ``OutputRefused``, ``NotPublished``, ``LedgerRefused``, ``CatalogRefused``,
    ``ExecutorRefused``, ``WorkersLost``, ``CompiledFault`` or ``VerificationFailed``; after each the output
    is as it was.
    """
    request = request.for_workers()
    # Staging comes first: what a killed build left is put in order even if this one ends at a problem.
    with staging(request.output, request.root) as staged, _book(request) as book:
        if request.preview:
            refuse_other_site(request.output)
        if request.keep_pages:
            staged.refuse_to_lose("index.html")
        memory = memory_of(request)
        # Before anything is read, so that what an author changes meanwhile is seen by the next build.
        memory.look()
        with workers(request.executor, tasks_in(request.root)) as executor:
            refuse_unshared(executor, staged.folder)
            if not (request.on_cluster or request.fresh):
                memory.begin(executor)
            return _made(Tools(request, staged, book, memory, executor, progress))


def _book(request: Request) -> AbstractContextManager[Ledger]:
    """Return the ledger, for this build alone where a key is given, so that proofs may be recorded."""
    if request.preview:
        return reading(request.root)  # its keys are known to nobody, and what they sign is not recorded
    given = any(name.startswith(role.variable) for name in request.environment for role in Role)
    return ledger(request.root) if given else reading(request.root)


def _made(tools: Tools) -> Outcome:
    """Return what came of it: nothing is signed before all that can be told without a key is told."""
    request = tools.request
    found = survey(request.root, request.now, request.site_url, store_of(request), tools.executor)
    if request.preview:
        found = as_preview(found, request)
    outcome = judged(found)
    if outcome.catalog is None:
        return outcome
    at = Addresses(outcome.catalog.settings.site_url)
    if problems := recorded_problems(found, at):
        return outcome.with_problems(problems)
    site = published_site(request)
    compared = Comparison(site, found, outcome.catalog, request) if site else None
    if compared and (problems := compared.before()):
        return outcome.with_problems(problems)
    return Making(tools, found, outcome, outcome.catalog, compared).run()
