"""One site in the making: badges pressed, lists and pages added, all of it read back and put in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import Addresses
from site_builder.assembling.status import unsigned_lists
from site_builder.catalog.catalog import Catalog
from site_builder.executors import each
from site_builder.exports.tombstone import tombstones
from site_builder.keys import KeyRefused
from site_builder.pages.cards import drawings
from site_builder.problems import Problem
from site_builder.proof.records import STATUS_PATH, Record
from site_builder.publishing.award_part import SiteErrand, write_site_part
from site_builder.publishing.checking import ground_file, store_of
from site_builder.publishing.cohorts import Done, Line
from site_builder.publishing.comparing import Comparison
from site_builder.publishing.drawing import drawn
from site_builder.publishing.finishing import CatalogPages, catalog_pages
from site_builder.publishing.gone import Gone, others_gone
from site_builder.publishing.issuing import list_records, prove_lists
from site_builder.publishing.ledger import Ledger
from site_builder.publishing.memory import KEYS, Memory
from site_builder.publishing.pressing import Errand, Ground
from site_builder.publishing.preview import mark_site
from site_builder.publishing.request import Outcome, Progress, Request
from site_builder.publishing.sampling import StagedSite, read_back, states_of
from site_builder.publishing.signers import Signers
from site_builder.publishing.site_key import site_key
from site_builder.publishing.staged_files import write_changed
from site_builder.publishing.staging import OutputRefused, Staging
from site_builder.publishing.standing import AWARDS, Standing
from site_builder.survey import Survey

_APART = 2_000
"""From so many awards on the catalog's pages are made by a process of their own, while badges are pressed."""
_SAMPLE = 100
"""About how many badges, at random, are made by the library too in each build, and compared."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site's own files, those in the folder of awards left out: their key, and their paths."""

    key: str
    paths: list[str]


@dataclass(frozen=True)
class Tools:
    """What a build works with."""

    request: Request
    staged: Staging
    book: Ledger
    memory: Memory
    executor: Executor
    progress: Progress


class Making:
    """One site, from a survey without problems to its place."""

    def __init__(
        self, tools: Tools, found: Survey, outcome: Outcome, catalog: Catalog, site: Comparison | None
    ) -> None:
        self._tools, self._found, self._outcome, self._catalog = tools, found, outcome, catalog
        self._compared = site
        self._at = Addresses(catalog.settings.site_url)
        self._signers = Signers(catalog.issuer, self._at, tools.request.environment)
        known = None if tools.request.fresh else tools.memory.standing()
        self._standing = known or Standing()
        self._is_known = known is not None
        self._output = None if tools.staged.is_first else tools.request.output

    def run(self) -> Outcome:
        """Return what came of it; with problems the published folder is as it was."""
        tools, catalog = self._tools, self._catalog
        known, published = tools.memory.pages(), tools.staged.published
        with ground_file(catalog, tools.request.root) as ground:
            pages, ledger = ground.path.with_name("pages"), ground.path.with_name("ledger")
            ledger.mkdir()
            apart = self._outcome.awards >= _APART
            with catalog_pages(tools.request, catalog, known, published, pages, apart=apart) as made:
                return self._finished(ledger, made, self._pressed(self._errand(ground, ledger)))

    def _errand(self, ground: Ground, ledger: Path) -> Errand:
        request = self._tools.request
        keys = {name: value for name, value in request.environment.items() if name.startswith(KEYS)}
        return Errand(
            root=request.root.absolute(),
            ground=ground,
            base=self._at.base,
            batches=(),
            target=self._tools.staged.folder,
            standing=self._output,
            is_known=self._is_known,
            published=self._compared.folder if self._compared else None,
            ledger=None if request.preview else ledger,
            anew=request.preview,
            # A key never travels over a network: the workers of a cluster have their own.
            environment=None if request.on_cluster else keys,
            rate=min(1.0, _SAMPLE / max(1, self._outcome.awards)),
        )

    def _pressed(self, errand: Errand) -> Done | list[Problem]:
        """Return what came of the award files, or the problems that keep the site from being published."""
        line = Line(self._found, self._at, errand, self._signer)
        step = self._tools.progress("signing", len(self._found.files))
        try:
            done = line.run(self._standing.cohorts, self._tools.executor, step)
        except KeyRefused:
            # What the published site says against this build weighs more than that it has no key.
            if self._compared and (problems := self._compared.closely()):
                return problems
            raise
        if done.problems and self._compared:
            return self._compared.closely() or done.problems
        return done.problems or done

    def _signer(self) -> str:
        return self._at.key_id(self._signers.issue().public_key)

    def _finished(self, ledger: Path, pages: CatalogPages | None, done: Done | list[Problem]) -> Outcome:
        if isinstance(done, list):
            return self._outcome.with_problems(done)
        gone = Gone(self._tools.request, self._found, done, self._standing, is_known=self._is_known)
        if self._compared:
            used_demo = self._signers.used_demo_key
            problems = self._compared.after(done, gone.published(), self._tools.staged.folder, demo=used_demo)
            if problems:
                return self._outcome.with_problems(problems)
        lists, new_lists = self._lists()
        written, own = self._write_site(lists, pages)
        if self._tools.request.preview:
            written |= mark_site(self._tools.staged.folder)
        paths = written | (set(pages.standing) if pages else set())
        site = StagedSite(self._tools.staged.folder, self._output, self._at)
        verified = read_back(site, self._found, done, self._tools.request.now, self._tools.executor)
        recorded = self._record(ledger, done, new_lists)
        self._tools.staged.publish([*gone.paths(), *others_gone(self._output, paths)])
        states = states_of(self._found, self._tools.request.now)
        settled = not (done.total("signed") or new_lists)
        self._remember(done, own, pages, states, wrote=recorded > 0, settled=settled)
        return self._told(done, states, verified, recorded)

    def _lists(self) -> tuple[dict[int, bytes], list[Record]]:
        request, catalog = self._tools.request, self._catalog
        unsigned, records = unsigned_lists(catalog, self._at, request.now), self._found.recorded.records
        return prove_lists(unsigned, catalog.issuer, self._at, request.now, records, self._signers.status)

    def _write_site(self, lists: Mapping[int, bytes], pages: CatalogPages | None) -> tuple[set[str], Site]:
        """Write all but badges and their pages; return the paths, and what the site's own files rest on."""
        key = site_key(self._tools.request, self._found.ground, self._catalog, self._at, lists)
        if self._is_known and self._standing.ground == key:
            # Notes of erased awards stand in folders of awards, of which not every file is looked at.
            written = self._claim(self._written(tombstones(self._catalog)), self._standing.fixed)
        else:
            paths, drawings_beside = self._site_part(lists)
            written = self._claim(chain(paths, self._written(drawings_beside)), ())
        own = Site(key, sorted(path for path in written if not path.startswith(f"{AWARDS}/")))
        return self._claim(self._written(pages.artifacts() if pages else ()), written), own

    def _site_part(self, lists: Mapping[int, bytes]) -> tuple[list[str], Iterator[Artifact]]:
        """Return the paths of the site part, which is in place then, and the drawings beside it.

        A worker writes it, as it has the libraries for pages in memory already: this process, the largest of
        a build, has not.
        """
        erased = self._catalog.tallies.erased if self._catalog.tallies else {}
        catalog, tools = replace(self._catalog, erased=erased), self._tools
        errand = SiteErrand(catalog, self._at, lists, tools.staged.folder, tools.request.output)
        (paths,) = each(tools.executor, write_site_part, [errand])
        store = store_of(tools.request)
        return paths, drawn(drawings(catalog, self._at), tools.staged.published, tools.executor, store)

    def _written(self, artifacts: Iterable[Artifact]) -> Iterator[str]:
        """Yield the path of each artifact, then write it, unless it stands already."""
        for artifact in artifacts:
            yield artifact.path
            write_changed(self._tools.staged.folder, self._tools.request.output, artifact.path, artifact.data)

    def _claim(self, paths: Iterable[str], before: Iterable[str]) -> set[str]:
        """Return the paths, and those ``before``. Raises ``OutputRefused`` where one has two claimants."""
        claimed, awards = {*before}, {}
        for path in paths:
            if path in claimed:
                raise _claimed(path)
            claimed.add(path)
            folder, _, rest = path.partition("/")
            if folder == AWARDS:
                awards[rest.partition("/")[0]] = path
        for award in self._found.holding(awards):
            raise _claimed(awards[award])
        return claimed

    def _record(self, ledger: Path, done: Done, new_lists: list[Record]) -> int:
        """Write new proofs into the repository, before the site that needs them; return how many.

        After a kill in between they are used again. What a key signed that everyone knows is not worth it.
        """
        if self._signers.used_demo_key or self._tools.request.preview:
            return 0
        for path in done.recorded():
            self._tools.book.write({path: (ledger / path).read_bytes()})
        if new_lists:
            self._tools.book.write({STATUS_PATH: list_records(new_lists, self._found.recorded.records)})
        return done.total("signed") + len(new_lists)

    def _remember(
        self,
        done: Done,
        own: Site,
        pages: CatalogPages | None,
        states: dict[str, int],
        *,
        wrote: bool,
        settled: bool,
    ) -> None:
        told: dict[str, object] = {
            "credentials": self._outcome.credentials,
            "frameworks": self._outcome.frameworks,
        }
        told |= {"awards": self._outcome.awards, "states": states}
        standing = Standing(cohorts=done.cohorts, ground=own.key, fixed=own.paths, settled=settled, told=told)
        self._tools.memory.keep(standing, pages.known() if pages else b"", wrote_inputs=wrote)

    def _told(self, done: Done, states: Mapping[str, int], verified: int, recorded: int) -> Outcome:
        outcome, signed, recalled = self._outcome, done.total("signed"), done.total("recalled")
        return replace(
            outcome,
            published=True,
            states=states,
            verified=verified,
            signed=signed,
            reused=recalled,
            kept=outcome.awards - signed - recalled,
            recorded=recorded,
            fast=done.total("fast"),
            slow=done.total("slow"),
        )


def _claimed(path: str) -> OutputRefused:
    message = f"two parts of the site claim the path {path}"
    return OutputRefused(message, "rename the page in docs/ that makes it")
