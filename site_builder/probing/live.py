"""The live site: each address asked once, over the same guarded door as ``badgepress verify URL``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from site_builder.assembling.addresses import Addresses
from site_builder.probing.resources import Resource, resource
from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.verifying.did_web import is_fetchable
from site_builder.verifying.sources import MAX_CATALOG_BYTES, Kept, Unavailable, path_below
from site_builder.verifying.web import Reply, ask
from site_builder.verifying.web_address import normal

AT_ONCE = 6
"""How many addresses are asked at the same time: about as many as a browser asks."""

ORIGIN = "https://verifier.invalid"
"""Where our requests say that they come from: some hosts allow cross-origin reads only when asked so."""

MISSING = (404, 410)
"""The statuses that say plainly that nothing stands at an address."""

Heard = Reply | Unavailable


class LiveSite:
    """The site at an address that somebody typed; nothing but that site is asked.

    A source for :class:`~site_builder.verifying.run.Run`. Raises ValueError for an address that must not be
    asked.
    """

    def __init__(self, typed: str) -> None:
        parts = urlsplit(typed)._replace(query="", fragment="")
        if parts.username is not None:
            raise ValueError("address must not hold a user name or a password")
        self.base = normal(urlunsplit(parts._replace(path=parts.path.removesuffix("index.html"))))
        if not self.base.endswith("/"):
            self.base += "/"
        if not is_fetchable(self.base):
            raise ValueError("address must start with https:// (or be http on this machine)")
        self.did = Addresses(self.base).did
        self.read = Kept(self.badge)

    def hear(self, item: Resource, headers: Mapping[str, str] | None = None) -> Heard:
        """Return what the host answers for a resource, or why it answers nothing that can be used."""
        try:
            return ask(
                self.base + item.address,
                largest=item.kind.largest,
                may_be_private=True,
                headers={"Origin": ORIGIN, **(headers or {})},
            )
        except Unavailable as reason:
            return reason

    def hear_all(self, items: Iterable[Resource]) -> Iterator[tuple[Resource, Heard]]:
        """Yield what the host answers for each of ``items``, in their order, several asked at a time."""
        asked = list(items)
        with ThreadPoolExecutor(AT_ONCE) as workers:
            for start in range(0, len(asked), AT_ONCE * 10):
                # In groups: all answers to a large site at once would fill the memory.
                group = asked[start : start + AT_ONCE * 10]
                yield from zip(group, workers.map(self.hear, group), strict=True)

    def body(self, path: str) -> bytes | None:
        """Return the bytes at a path of the site; None where the host says plainly that there are none.

        Raises :class:`Unavailable` for every other answer.
        """
        heard = self.hear(resource(path))
        if isinstance(heard, Unavailable):
            raise heard
        if heard.status in MISSING:
            return None
        if heard.status != 200:
            raise Unavailable(f"it answers {heard.status} for {path}")
        return heard.body

    # The site as a source of the verifier.

    def badge(self, url: str) -> bytes:
        """Return what stands at an address of this site; raise :class:`Unavailable` also for any other."""
        path = path_below(self.base, url)
        found = self.body(path) if path is not None else None
        if found is None:
            raise Unavailable(f"{url[:200]} is not on this site")
        return found

    def is_home(self, did: str) -> bool:
        """Return True for the DID whose did.json stands on this site."""
        return did == self.did


def as_json(raw: bytes | None) -> dict[str, Any] | None:
    """Return the JSON object that ``raw`` spells; None where it spells none."""
    try:
        return None if raw is None else parse(raw, max_bytes=MAX_CATALOG_BYTES)
    except JsonRefused:
        return None
