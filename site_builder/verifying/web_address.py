"""Web addresses that mean the same though they are written differently (RFC 3986, 6.2)."""

from __future__ import annotations

_DEFAULT_PORTS = {"https": "443", "http": "80"}


def normal(url: str) -> str:
    """Return ``url`` with scheme and host in lower case, without its scheme's default port; path as it is.

    RFC 3986, 6.2.2.1 and 6.2.3. What is no web address comes back unchanged.

    >>> normal("HTTPS://Badges.example:443")
    'https://badges.example/'
    """
    scheme, authority, path = _parts(url)
    return f"{scheme}://{authority}{path}" if scheme else url


def authority(url: str) -> str:
    """Return host and port of ``url`` in their normal form; empty where it is no web address."""
    return _parts(url)[1]


def without_scheme(url: str) -> str:
    """Return ``url`` in its normal form without its scheme; empty where it is no web address."""
    scheme, authority, path = _parts(url)
    return authority + path if scheme else ""


def is_web_address(url: str) -> bool:
    """Return True where ``url`` starts as an address of the web does, in whatever letter case."""
    return bool(_parts(url)[0])


def _parts(url: str) -> tuple[str, str, str]:
    """Return scheme, authority and the rest; the first two are empty where ``url`` is no web address.

    Taken apart by hand: ``urlsplit`` drops line breaks and tabs, and would make two addresses one.
    """
    scheme, mark, rest = url.partition("://")
    scheme = scheme.lower()
    if not mark or scheme not in _DEFAULT_PORTS:
        return "", "", url
    end = min((place for sign in "/?#" if (place := rest.find(sign)) >= 0), default=len(rest))
    host = rest[:end].lower().removesuffix(":" + _DEFAULT_PORTS[scheme]).removesuffix(":")
    path = rest[end:]
    return scheme, host, path if path.startswith("/") else "/" + path
