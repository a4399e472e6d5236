"""What is wrong with what a live site says: its DID, how fresh its lists are, whether its badges verify."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from site_builder.probing.headers import problem
from site_builder.probing.live import LiveSite, as_json
from site_builder.probing.resources import ACHIEVEMENTS, BADGES, KEYS, LISTS, Resource
from site_builder.problems import Problem, shown
from site_builder.verifying.files import read_below
from site_builder.verifying.instants import in_words, parse_instant
from site_builder.verifying.key_document import KeyDocumentError, read_key_document
from site_builder.verifying.run import Run
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.status_list import ListUnusable
from site_builder.verifying.verdict import State
from site_builder.verifying.web_address import normal

UNVERIFIED = ("unverified-keys", "unverified-list", "unverified-badge")
"""The codes of problems that mean that verifiers refuse what is there."""

_SOON = timedelta(days=3)
_NIGHTLY = "look at the nightly run: badgepress status signs the lists anew, and they must be published"
_ADDRESS = "site_url in mkdocs.yml must be the very address at which the site is served"


class Contents:
    """Looks at bodies of one site at one moment, as verifiers do; ``folder`` is what should be live."""

    def __init__(self, site: LiveSite, now: datetime, folder: Path | None) -> None:
        self._site, self._now, self._folder = site, now, folder
        self._run = Run(site, now)
        self._doubted = False
        self._keys: bytes | None = None

    def problems(self, item: Resource, body: bytes) -> Iterator[Problem]:
        """Yield what is wrong with the bytes that the site serves for a resource."""
        look = {KEYS: self._key_document, LISTS: self._list, BADGES: self._badge}.get(item.kind)
        if look is not None:
            yield from look(item, body)
        elif item.kind is ACHIEVEMENTS and item.path.endswith("/achievement.json"):
            yield from self._achievement(item, body)
        elif item.path == "catalog.json":
            yield from self._catalog(item, body)
        yield from self._bytes(item, body)

    def _bytes(self, item: Resource, body: bytes) -> Iterator[Problem]:
        if self._folder is None:
            return
        try:
            meant = read_below(self._folder, item.path, item.kind.largest)
        except Unavailable as reason:
            yield problem(item.path, "differs", f"cannot be compared with the folder: {reason}")
            return
        if meant != body:
            hint = "publish the folder again; a cache in front of the host may hold what was there before"
            yield problem(item.path, "differs", "is not what the folder has", hint)

    def _key_document(self, item: Resource, body: bytes) -> Iterator[Problem]:
        """Yield what is wrong with did.json: at a host's root it stands twice (did:web, 3.2 Read)."""
        found = (as_json(body) or {}).get("id")
        if found != self._site.did:
            self._doubted = True
            message = f"is of {shown(found)}, and this address is {shown(self._site.did)}"
            yield problem(item.path, "did", message, _ADDRESS)
            return
        if self._keys is not None and self._keys != body:
            yield problem(item.path, "unverified-keys", "differs from the did.json at the DID's own address")
        self._keys = body
        try:
            read_key_document(body, self._site.did)
        except KeyDocumentError as reason:
            self._doubted = True
            yield problem(item.path, "unverified-keys", f"cannot be used: {reason}")

    def _list(self, item: Resource, body: bytes) -> Iterator[Problem]:
        ends = _end_of(body)
        if ends is not None and ends <= self._now:
            self._doubted = True
            message = f"ran out on {in_words(ends)}: whether a badge was revoked is unknown since then"
            yield problem(item.path, "stale", message, _NIGHTLY)
            return
        try:
            self._run.list_at(self._site.base + item.path, self._site.did)
        except (ListUnusable, Unavailable, KeyDocumentError) as reason:
            already, self._doubted = self._doubted, True
            if not already:
                yield problem(item.path, "unverified-list", f"does not verify: {reason}")
            return
        if ends is not None and ends - self._now < _SOON:
            message = f"runs out on {in_words(ends)}: it was not signed anew for days"
            yield problem(item.path, "stale-soon", message, _NIGHTLY, is_warning=True)

    def _badge(self, item: Resource, body: bytes) -> Iterator[Problem]:
        verdict = self._run.judge(body, item.path)
        if verdict.state is State.INVALID or (verdict.state is State.UNKNOWN and not self._doubted):
            yield problem(item.path, "unverified-badge", f"does not verify: {verdict.summary}")
        elif verdict.id and normal(verdict.id) != normal(self._site.base + item.path):
            yield problem(item.path, "unverified-badge", "holds a badge whose address is another than this")

    def _achievement(self, item: Resource, body: bytes) -> Iterator[Problem]:
        if (as_json(body) or {}).get("id") != self._site.base + item.path:
            yield problem(item.path, "misplaced", "has an id that is not its own address", _ADDRESS)

    def _catalog(self, item: Resource, body: bytes) -> Iterator[Problem]:
        catalog = as_json(body)
        if catalog is None:
            hint = "does the host answer with a page for every address?"
            yield problem(item.path, "catalog", "is no JSON object", hint)
        elif normal(str(catalog.get("site"))) != self._site.base:
            said = shown(catalog.get("site"))
            yield problem(item.path, "copy", f"says that the site's home is {said}, not here", _ADDRESS)


def _end_of(body: bytes) -> datetime | None:
    """Return until when a status list says that it holds; None where it does not say."""
    try:
        return parse_instant((as_json(body) or {}).get("validUntil"))
    except ValueError:
        return None
