"""The verifier's two doors: one badge, or a whole site. The clock is the caller's (DESIGN 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from datetime import datetime

from site_builder.executors.inline import Inline
from site_builder.problems import Problem
from site_builder.verifying.batches import Job, looked_at
from site_builder.verifying.compiled import Shapes
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
    tell: Callable[[str], None] | None = None,
) -> Report:
    """Return the report on a site as a stranger would read it; ``step`` is called after each badge.

    Of a folder every badge is read, of a site on the web those that it lists (``load_catalog`` comes first):
    the others cannot be found by strangers, which is what unlisted means.

    ``thorough`` leaves every signature to the library; else what many badges share is worked out once, with
    the same verdicts. An ``executor`` shares the badges of a folder out among processes. ``keep`` puts all
    verdicts into the report, whose size else does not grow with the site; ``tell`` is given each one as a
    line of JSON, in order, as soon as it is known.
    """
    texts = tell is not None
    if isinstance(source, FolderSource):
        job = Job(source.root, source.base, now, trusted, thorough, texts, keep)
        run, names = Run(source, now, trusted), source.awards()
        problems = list(folder_problems(source, run))
        batches = looked_at(job, names, executor or Inline())
    else:
        run, names = Run(source, now, trusted, None if thorough else Shapes()), []
        problems = list(url_problems(source, run))
        batches = _asked_for(source, run, texts=texts, keep=keep)
    found, told = Findings(), tell or (lambda _: None)
    for batch in batches:
        found.add(batch)
        for text in batch.texts:
            told(text)
        for _ in range(batch.looks):
            step()
    if isinstance(source, FolderSource):
        absent = set(found.absent)
        problems += listed_problems(source, (name for name in names if name not in absent))
    return found.report(source.base, source.did, problems, is_copy=isinstance(source, FolderSource))


def _asked_for(source: UrlSource, run: Run, *, texts: bool, keep: bool) -> Iterator[Findings]:
    """Yield what is found at the address of each badge that a site on the web lists."""
    for url in source.badges():
        found, fast, slow = Findings(looks=1), run.fast, run.slow
        try:
            verdict = run.judge(source.badge(url), url)
        except Unavailable as reason:
            found.problems.append(Problem(path=url, code="no-badge", message=str(reason)))
        else:
            found.problems += misplaced(verdict, source)
            found.take(verdict, text=texts, keep=keep)
        found.fast, found.slow = run.fast - fast, run.slow - slow
        yield found
