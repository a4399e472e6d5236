"""The verifier's two doors: one badge, or a whole site. The clock is the caller's (DESIGN 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from site_builder.problems import Problem, in_order, printable
from site_builder.verifying.run import Run
from site_builder.verifying.site import folder_problems, misplaced, url_problems
from site_builder.verifying.sources import FolderSource, Source, Unavailable
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import State, Verdict

_FAILURES = frozenset({State.INVALID, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Report:
    """What a stranger finds in a site: a verdict on each badge, and what is wrong with the whole.

    ``is_copy`` says that keys and lists came from a folder, and that their issuer's host was not asked: what
    is called valid then matches whatever keys the maker of the folder put there.
    """

    site: str
    issuer: str
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]
    is_copy: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many badges are in each state; every state is named, also with 0."""
        found = Counter(verdict.state for verdict in self.verdicts)
        return {state.value: found[state] for state in State}

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The badges that cannot be relied on though the site offers them: invalid or unknown.

        A site that says of a badge that it is revoked, expired or not yet valid is an honest site. A badge of
        an issuer that the reader, who named the issuers they know, does not know is none to rely on either.
        """
        return tuple(verdict for verdict in self.verdicts if is_failure(verdict))

    @property
    def failed(self) -> bool:
        """True where something does not verify."""
        return bool(self.failing or self.problems)

    def told(self) -> list[str]:
        """Return one line for each problem and each failing badge; all of them."""
        return [
            *(f"{printable(problem.path)}: {printable(problem.message)}" for problem in self.problems),
            *(f"{printable(verdict.path)}: {printable(verdict.summary)}" for verdict in self.failing),
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the report as ``badgepress verify --json`` prints it."""
        return {
            "site": printable(self.site),
            "issuer": printable(self.issuer),
            "copy": self.is_copy,
            "counts": self.counts,
            "problems": [
                {"path": printable(item.path), "code": item.code, "message": printable(item.message)}
                for item in self.problems
            ],
            "credentials": [verdict.to_json() for verdict in self.verdicts],
        }


def is_failure(verdict: Verdict) -> bool:
    """Return True for a badge that is invalid, unknown, or of an issuer that the reader does not know."""
    return verdict.state in _FAILURES or verdict.answers["issuerKnown"].value == "no"


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
) -> Report:
    """Return the report on a site as a stranger would read it; ``step`` is called after each badge.

    Of a folder every badge is read, of a site on the web those that it lists (``load_catalog`` comes first):
    the others cannot be found by strangers, which is what unlisted means.
    """
    run = Run(source, now, trusted)
    is_copy = isinstance(source, FolderSource)
    verdicts: list[Verdict] = []
    problems = list(
        folder_problems(source, run) if isinstance(source, FolderSource) else url_problems(source, run)
    )
    for path in source.badges():
        try:
            verdict = run.judge(_bytes(source, path), path)
        except Unavailable as reason:
            problems.append(Problem(path=path, code="no-badge", message=str(reason)))
        else:
            verdicts.append(verdict)
            problems += misplaced(verdict, source)
        step()
    return Report(source.base, source.did, tuple(verdicts), tuple(in_order(problems)), is_copy)


def _bytes(source: FolderSource | UrlSource, path: str) -> bytes:
    return source.file(path) if isinstance(source, FolderSource) else source.badge(path)
