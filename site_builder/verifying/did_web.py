"""Where a did:web lives (did:web method specification, 3.2 Read)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1"})
"""The hosts that may be asked without TLS: nobody stands between a machine and itself."""

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
_FORM = re.compile(rf"did:web:({_HOST})(?:%3[Aa]([0-9]{{1,5}}))?((?::[A-Za-z0-9._~-]{{1,100}}){{0,20}})")


def is_did_web(did: str) -> bool:
    """Return True for a did:web whose did.json has an address."""
    return _parts(did) is not None


def did_url(did: str) -> str:
    """Return the address of the did.json that ``did`` names; raise ValueError if it names none.

    ``did:web:host`` lives below ``/.well-known/``; a colon after it is a slash, ``%3A`` a port's colon.

    >>> did_url("did:web:badges.example:college")
    'https://badges.example/college/did.json'
    """
    parts = _parts(did)
    if parts is None:
        raise ValueError("not a did:web with a host")
    authority, path = parts
    scheme = "http" if authority.partition(":")[0] in LOOPBACK else "https"
    return f"{scheme}://{authority}{path or '/.well-known'}/did.json"


def did_host(did: str) -> str:
    """Return the host, with its port if it names one, that must vouch for ``did``; empty for other DIDs."""
    parts = _parts(did)
    return parts[0] if parts else ""


@lru_cache(maxsize=256)
def _parts(did: str) -> tuple[str, str] | None:
    """Return authority and path; None where ``did`` is no did:web or its path climbs."""
    found = _FORM.fullmatch(did)
    if not found:
        return None
    host, port, path = found.groups()
    steps = path.split(":")[1:]
    if any(step in (".", "..") for step in steps):
        return None
    authority = host.lower() + (f":{port}" if port else "")
    return authority, "".join(f"/{step}" for step in steps)


@lru_cache(maxsize=256)
def is_fetchable(url: str) -> bool:
    """Return True for an address that may be asked: https, or http to this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))
