"""What must be right of a site as a whole, beyond each of its badges: keys, lists, addresses, pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.assembling.addresses import TOMBSTONE, Addresses, award_json, award_page, status_list
from site_builder.problems import Problem
from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.verifying.files import AwardFiles
from site_builder.verifying.key_document import KeyDocumentError, read_key_document
from site_builder.verifying.run import Run
from site_builder.verifying.sources import CATALOG, Copy, FolderSource, Unavailable, path_below
from site_builder.verifying.status_list import ListUnusable
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import Verdict
from site_builder.verifying.web_address import normal

# A stranger's catalog may name millions of badges that are not there: so many of them are told one by one.
_MOST_TOLD = 1000


def folder_problems(source: FolderSource, run: Run) -> Iterator[Problem]:
    """Yield what is wrong with a site's folder, its awards and their list apart."""
    if source.problem:
        yield _problem(CATALOG, "catalog", source.problem)
        return
    if not source.base:
        yield _problem(CATALOG, "site-address", "does not say at which address the site is published")
        return
    yield from identity_problems(source.base, source.did)
    yield from _key_documents(source)
    yield from _lists(source, run)
    yield from _achievements(source)


def identity_problems(base: str, did: str) -> Iterator[Problem]:
    """Yield a problem where a site's catalog names an issuer whose did.json cannot be this site's."""
    if not base or did != Addresses(base).did:
        yield _problem(CATALOG, "site-issuer", "names an issuer whose home is not at the site's own address")


def url_problems(source: UrlSource, run: Run) -> Iterator[Problem]:
    """Yield what is wrong with a site on the web: where it stands, its keys, its first status list."""
    yield from identity_problems(source.base, source.did)
    if source.base and normal(source.base) != source.home:
        yield _problem(CATALOG, "copy", f"this is a copy: the site says that its home is {source.base}")
        return
    first = status_list(1)
    try:
        run.keys_of(source.did)
        run.list_at(source.base + first, source.did)
    except (Unavailable, KeyDocumentError) as reason:
        yield _problem("did.json", "key-document", str(reason))
    except ListUnusable as reason:
        yield _problem(first, "status-list", str(reason))


def misplaced(verdict: Verdict, source: Copy | UrlSource) -> Iterator[Problem]:
    """Yield a problem where a site serves one badge at the address of another."""
    address = source.base + verdict.path if isinstance(source, Copy) else verdict.path
    if not source.base or not verdict.id or verdict.id == address:
        return
    if normal(verdict.id) != normal(address):
        yield _problem(verdict.path, "misplaced", "holds a badge whose address is another than this")


def _problem(path: str, code: str, message: str) -> Problem:
    return Problem(path=path, code=code, message=message)


def _key_documents(source: FolderSource) -> Iterator[Problem]:
    """Yield what is wrong with did.json; at a host's root it stands twice, and both must say the same."""
    found: set[bytes] = set()
    for path in Addresses(source.base).did_paths:
        try:
            raw = source.file(path)
            read_key_document(raw, source.did)
        except (Unavailable, KeyDocumentError) as reason:
            yield _problem(path, "key-document", str(reason))
        else:
            found.add(raw)
    if len(found) > 1:
        yield _problem("did.json", "key-document", "differs from .well-known/did.json")


def _lists(source: FolderSource, run: Run) -> Iterator[Problem]:
    for path in source.paths("status/*.json"):
        try:
            run.list_at(source.base + path, source.did)
        except ListUnusable as reason:
            yield _problem(path, "status-list", str(reason))


def _achievements(source: FolderSource) -> Iterator[Problem]:
    for path in source.paths("credentials/*/*/achievement.json"):
        try:
            named = parse(source.file(path)).get("id")
        except (Unavailable, JsonRefused) as reason:
            yield _problem(path, "achievement", f"cannot be read: {reason}")
            continue
        if named != source.base + path:
            yield _problem(path, "achievement", "has an id that is not its own address")


def page_problems(name: str, found: AwardFiles, source: Copy) -> Iterator[Problem]:
    """Yield a problem for an award's page without its badge, and for a badge without its page (DESIGN 7)."""
    if not source.base:
        return  # told by folder_problems: there is nothing to compare with
    if found.badge is None and found.has_page and not _is_tombstone(award_page(name), source):
        yield _problem(award_page(name), "no-badge", "is a page without its badge")
    if found.badge is not None and not found.has_page:
        yield _problem(award_json(name), "no-page", "is a badge without its page")


def _is_tombstone(path: str, source: Copy) -> bool:
    """Return True for the page of an award that was erased, which has no badge any more."""
    try:
        return TOMBSTONE.encode() in source.file(path)
    except Unavailable:
        return False


def listed_problems(source: FolderSource, awards: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each badge in the catalog that is not there; ``awards`` are those that have one."""
    if not source.base:
        return
    listed = source.catalog.get("listedAwards", [])
    if not isinstance(listed, list) or not all(isinstance(url, str) for url in listed):
        yield _problem(CATALOG, "listed-award", "must list its public badges by their addresses")
        return
    there = {award_json(name) for name in awards} if listed else set()
    missing = [url for url in dict.fromkeys(listed) if path_below(source.base, url) not in there]
    for url in missing[:_MOST_TOLD]:
        yield _problem(CATALOG, "listed-award", f"lists a badge that is not there: {url[:200]}")
    if len(missing) > _MOST_TOLD:
        yield _problem(
            CATALOG, "listed-award", f"lists {len(missing) - _MOST_TOLD} more badges that are not there"
        )
