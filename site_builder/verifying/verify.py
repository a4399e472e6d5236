"""The verifier's two doors: one badge, or a whole site. The clock is the caller's (DESIGN 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from datetime import datetime

from site_builder.executors.inline import Inline
from site_builder.problems import Problem
from site_builder.verifying.batches import Job, looked_at
from site_builder.verifying.report import Findings, Report, is_failure
from site_builder.verifying.run import Run
from site_builder.verifying.site import folder_problems, listed_problems, misplaced, url_problems
from site_builder.verifying.sources import FolderSource, Source, Unavailable
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import Verdict

__all__ = ["Report", "is_failure", "verify_credential", "verify_site"]


def verify_credential(
    raw: bytes, path: str, source: Source, now: datetime, trusted: frozenset[str] = frozenset()
) -> Verdict:
    """Return the verdict on one badge's bytes; ``source`` is asked for keys, lists and parts.

    Nothing a stranger's bytes hold makes this raise; ``ContextError`` means that the installation is broken.
    """
    return Run(source, now, trusted).judge(raw, path, with_hash=True)


def verify_site(
    source: FolderSource | UrlSource,
    now: datetime,
    trusted: frozenset[str] = frozenset(),
    step: Callable[[], None] = lambda: None,
    *,
    thorough: bool = False,
    executor: Executor | None = None,
    keep: bool = True,
    tell: Callable[[int, str], None] | None = None,
) -> Report:
    """Return the report on a site as a stranger would read it; ``step`` is called for each badge.

    Of a folder every badge is read, of a site on the web those that it lists (``load_catalog`` comes first):
    the others cannot be found by strangers, which is what unlisted means.

    What many badges of a folder share is worked out once, unless ``thorough`` leaves them all to the library;
    the verdicts are the same. An ``executor`` shares the work out among processes. ``keep`` puts all verdicts
    into the report, in the order of their paths; without them its size hardly grows with the site. ``tell``
    is given each verdict as a line of JSON, as soon as it is known, with its place in that order.
    """
    is_folder = isinstance(source, FolderSource)
    run = Run(source, now, trusted)
    if isinstance(source, FolderSource):
        job = Job(source.root, source.base, now, trusted, thorough, tell is not None, keep)
        names = source.awards
        problems = list(folder_problems(source, run))
        lots = looked_at(job, names, executor or Inline())
    else:
        problems = list(url_problems(source, run))
        lots = _asked_for(source, run, texts=tell is not None, keep=keep)
    found, told = Findings(), tell or (lambda place, text: None)
    for places, lot in lots:
        found.add(lot)
        for offset, text in lot.texts:
            told(places[offset], text)
        for _ in range(lot.looks):
            step()
    if isinstance(source, FolderSource):
        absent = set(found.absent)
        problems += listed_problems(source, (name for name in names if name not in absent))
    return found.report(source.base, source.did, problems, is_copy=is_folder)


def _asked_for(
    source: UrlSource, run: Run, *, texts: bool, keep: bool
) -> Iterator[tuple[Sequence[int], Findings]]:
    """Yield what is found at the address of each badge that a site on the web lists."""
    for place, url in enumerate(source.badges()):
        found = Findings(looks=1)
        try:
            verdict = run.judge(source.badge(url), url)
        except Unavailable as reason:
            found.problems.append(Problem(path=url, code="no-badge", message=str(reason)))
        else:
            found.problems += misplaced(verdict, source)
            found.take(verdict)
            found.texts += [(0, verdict.to_text())] if texts else []
            found.verdicts += [verdict] if keep else []
        yield (place,), found
