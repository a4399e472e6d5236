"""A site, a badge or an award page on the web, as a verifier asks for it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from site_builder.proof.strict_json import JsonRefused, parse
from site_builder.verifying.did_web import did_url, is_did_web, is_fetchable
from site_builder.verifying.sources import (
    CATALOG,
    MAX_BYTES,
    MAX_CATALOG_BYTES,
    Kept,
    Unavailable,
    base_of,
    path_below,
)
from site_builder.verifying.web_address import authority, normal

_AWARD_PAGE = re.compile(r"(.*/issued/[^/]+)(?:/|/index\.html)?")


class UrlSource:
    """What stands at an address that somebody typed: that site, the issuer's did.json and lists, no more.

    ``target`` is the badge's own address, or empty where a whole site was named. ``home`` is that
    site's address as typed, ``base`` the one it says it is made for. Raises ValueError for an address that
    must not be asked.
    """

    def __init__(self, typed: str) -> None:
        # What follows '#' is for the reader's eyes: a holder's link carries their name in it.
        parts = urlsplit(typed)._replace(query="", fragment="")
        address = normal(urlunsplit(parts))
        if not is_fetchable(address):
            raise ValueError("address must start with https:// (or be http on this machine)")
        if parts.username is not None:
            raise ValueError("address must not hold a user name or a password")
        self._authority = authority(address)
        self.target = _badge_address(address)
        self.home = "" if self.target else _folder(address)
        self.base = ""
        self.did = ""
        self.catalog: dict[str, Any] = {}
        self.read = Kept(self._fetch)

    def is_home(self, did: str) -> bool:
        """Return True: a did.json is always asked for at the DID's own address."""
        return is_did_web(did) and is_fetchable(did_url(did))

    def load_catalog(self) -> None:
        """Read the site's catalog.json; raise :class:`Unavailable` where there is none that can be used."""
        try:
            raw = self._fetch(self.home + CATALOG, MAX_CATALOG_BYTES)
            self.catalog = parse(raw, max_bytes=MAX_CATALOG_BYTES)
        except JsonRefused as reason:
            raise Unavailable(f"{CATALOG} cannot be used: {reason}") from reason
        self.base = base_of(self.catalog)
        self.did = str(self.catalog.get("issuer", ""))

    def badges(self) -> list[str]:
        """Return the addresses of the badges that the site lists in public, each once."""
        listed = self.catalog.get("listedAwards", [])
        texts = (url for url in listed if isinstance(url, str)) if isinstance(listed, list) else ()
        return list(dict.fromkeys(texts))

    def badge(self, url: str) -> bytes:
        """Return a badge that this site hosts, also where it is a copy of the site the badge names."""
        path = path_below(self.base, url)
        if path is not None:
            return self.read(self.home + path)
        if authority(url) == self._authority:
            return self.read(url)
        raise Unavailable(f"{url[:200]} is not part of this site, and was not asked")

    def _fetch(self, url: str, largest: int = MAX_BYTES) -> bytes:
        # Slow to import, and most verification is of files.
        from site_builder.verifying.web import fetch

        return fetch(url, largest=largest, may_be_private=authority(url) == self._authority)


def _badge_address(address: str) -> str:
    """Return the address of the badge that ``address`` names, itself or by its page; empty for a site."""
    if address.endswith(".json") and not address.endswith("/" + CATALOG):
        return address
    page = _AWARD_PAGE.fullmatch(address)
    return f"{page[1]}/credential.json" if page else ""


def _folder(address: str) -> str:
    """Return the site's address with its final slash: the name of a file in it is left off."""
    parts = urlsplit(address)
    folder, _, name = parts.path.rpartition("/")
    path = folder if name.endswith((".html", ".json")) else parts.path.rstrip("/")
    return urlunsplit(parts._replace(path=path + "/"))
