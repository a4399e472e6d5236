"""Addresses that a change takes away, and links in the authors' texts that lead to one of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from site_builder.assembling.addresses import (
    achievement_json,
    award_json,
    award_page,
    competency_page,
    credential_page,
    framework_page,
    issuer_page,
    version_page,
)
from site_builder.catalog.history_state import Reviewed
from site_builder.changes.events import Event
from site_builder.reading.repository import ISSUER

_INDEX = "index.html"
# A label and what stands before it keep to one line: each start would else be tried on all lines behind it.
_MARKDOWN_LINK = re.compile(
    rb"\]\(\s*<?([^)\s>]+)|^[ \t]*\[[^\]\r\n]+\]:[ \t]*(?:\r?\n[ \t]*)?<?(\S+?)>?[ \t\r]*$", re.MULTILINE
)
_IN_TEXT = rb"[^\s\"'<>()\[\]\\]*"
_DOCS = "docs/"


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link that leads to an address of the site which is gone."""

    path: str
    line: int
    target: str


def paths_of(state: Reviewed, docs: Iterable[str]) -> set[str]:
    """Return the paths of the pages and hosted texts of a state; ``docs`` are the files below ``docs/``."""
    paths = {_page_of(name) for name in docs if name.endswith(".md")}
    for spec, _ in state.specs.values():
        if spec.status != "draft":
            paths |= {credential_page(spec.id), version_page(spec.id, spec.version)}
            paths.add(achievement_json(spec.id, spec.version))
    for framework, _ in state.frameworks.values():
        paths.add(framework_page(framework.id))
        paths |= {competency_page(framework.id, one.id) for one in framework.competencies}
    if state.issuer is not None:
        paths.add(issuer_page(state.issuer[0].id))
    return paths


def paths_gone(old: Reviewed, new: Reviewed, before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that only the earlier state has; what a file with mistakes may still give is not gone.

    ``before`` and ``after`` are the files below ``docs/``.
    """
    in_doubt = tuple(
        "issuers/" if path == ISSUER else path.removesuffix(".yaml") + "/" for path in new.unread
    )
    missing = paths_of(old, before) - paths_of(new, after)
    found = (path for path in missing if not path.startswith(in_doubt))
    return tuple(sorted(found, key=lambda path: path.removesuffix(_INDEX)))


def badges_gone(found: Iterable[Event]) -> set[str]:
    """Return the paths of badges that leave the site; where one was erased a page with a note stays."""
    paths: set[str] = set()
    for event in found:
        if event.kind in ("erased", "lost"):
            paths.add(award_json(event.award))
        if event.kind == "lost":
            paths.add(award_page(event.award))
    return paths


class LinkSearch:
    """Finds links to what is gone, in the files of the later state.

    ``base`` is the address of the site, ``languages`` those of its pages: all but the first have a tree of
    their own.
    """

    def __init__(self, base: str, languages: Sequence[str], gone: Set[str]) -> None:
        self._base = base.encode()
        self._address = re.compile(re.escape(self._base) + _IN_TEXT)
        self._trees = tuple(f"{language}/" for language in languages[1:])
        self._gone = gone

    def links_in(self, path: str, raw: bytes) -> Iterator[BrokenLink]:
        """Yield each link to what is gone in one file: a full address, in a page of ``docs/`` any link."""
        found = []
        if self._base in raw:
            found += [(match.start(), match[0]) for match in self._address.finditer(raw)]
        if path.startswith(_DOCS):
            links = ((match.start(), match[1] or match[2]) for match in _MARKDOWN_LINK.finditer(raw))
            found += [(start, target) for start, target in links if not target.startswith(self._base)]
        for start, written in sorted(found):
            target = written.decode("utf-8", "replace").rstrip(".,;:!?*_`")
            if any(candidate in self._gone for candidate in self._meant(path, target)):
                yield BrokenLink(path, raw.count(b"\n", 0, start) + 1, target)

    def _meant(self, path: str, target: str) -> Iterator[str]:
        """Yield the paths in the site that a link may mean."""
        plain = unquote(re.split(r"[?#]", target)[0])
        base = self._base.decode()
        if plain.startswith(base):
            yield from self._files(plain.removeprefix(base))
        elif "://" not in plain and plain and not plain.startswith(("mailto:", "/")):
            folder = PurePosixPath(path.removeprefix(_DOCS)).parent
            page = PurePosixPath(_page_of(path)).parent
            beside = normpath(f"{folder}/{plain}")
            yield _page_of(_DOCS + beside) if beside.endswith(".md") else beside
            yield from self._files(normpath(f"{page}/{plain}").removeprefix("./"))

    def _files(self, path: str) -> Iterator[str]:
        tree = next((tree for tree in self._trees if path.startswith(tree)), "")
        inner = path.removeprefix(tree)
        yield inner
        yield f"{inner.rstrip('/')}/{_INDEX}"


def _page_of(path: str) -> str:
    """Return where MkDocs puts the page of a file below ``docs/``.

    >>> _page_of("docs/guides/designer.md"), _page_of("docs/guides/index.md")
    ('guides/designer/index.html', 'guides/index.html')
    """
    inner = PurePosixPath(path.removeprefix(_DOCS))
    if inner.stem in ("index", "README"):
        return str(inner.with_name(_INDEX))
    return str(inner.with_suffix("") / _INDEX)
