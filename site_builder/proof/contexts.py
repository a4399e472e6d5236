"""The JSON-LD contexts: bytes from a declared dependency, pinned, never the network.

The PyPI distribution ``openbadgeslib`` ships them byte-exact. It is read as data, never imported (DESIGN 5).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from site_builder.proof.errors import ContextError, UnknownContextError
from site_builder.proof.processor import SCOPED, pyld

__all__ = [
    "CONTEXTS",
    "CREDENTIALS_V2",
    "OPEN_BADGES_V3",
    "REFUSED_TERMS",
    "ContextError",
    "ContextLibrary",
    "UnknownContextError",
    "context_bytes",
    "library",
]

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_V3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
#: The exact ``@context`` of every document the press signs, in this order.
CONTEXTS = (CREDENTIALS_V2, OPEN_BADGES_V3)

#: Terms that only one of the two circulating copies of the Open Badges context defines: a credential that
#: uses one verifies with half of the world's verifiers.
REFUSED_TERMS = frozenset({"jti", "endorsementJwt"})

_DISTRIBUTION = "openbadgeslib"
_PINNED = {
    CREDENTIALS_V2: (
        "openbadgeslib/ob3/contexts/credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES_V3: (
        "openbadgeslib/ob3/contexts/ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}


@cache
def context_bytes(url: str) -> bytes:
    """Return the pinned bytes of the context named ``url``.

    Raises :class:`UnknownContextError` for any other URL, and :class:`ContextError` where the installed file
    is missing or differs from the pinned SHA-256.
    """
    if url not in _PINNED:
        raise UnknownContextError(url)
    path, digest = _PINNED[url]
    data = _installed_bytes(path)
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise ContextError(f"{path} must have SHA-256 {digest}, not {found}; {_remedy()}")
    return data


def _installed_bytes(path: str) -> bytes:
    try:
        return bytes(distribution(_DISTRIBUTION).locate_file(path).read_bytes())  # type: ignore[attr-defined]
    except (PackageNotFoundError, OSError) as reason:
        raise ContextError(f"{path} is not installed; {_remedy()}") from reason


def _remedy() -> str:
    return f"reinstall the pinned dependency: pip install --force-reinstall '{_DISTRIBUTION}>=4.6,<4.7'"


class ContextLibrary:
    """A fixed set of contexts as PyLD wants them: a document loader and a resolver with a cache of its own.

    PyLD keeps parsed contexts in one cache for the whole process, looked up by URL before the loader is
    asked. A cache per library keeps one set's contexts from answering for another's, and makes "refuses any
    other URL" true. PyLD's caches are not thread-safe: use processes.
    """

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._scoped: dict[object, object] = {}
        self._documents = {url: json.loads(data) for url, data in documents.items()}

    def __contains__(self, url: object) -> bool:
        return url in self._documents

    @cached_property
    def _resolver(self) -> Any:
        return pyld().context_resolver.ContextResolver({}, self.load)

    def load(self, url: str, _options: object = None) -> dict[str, Any]:
        """Return PyLD's remote document for ``url``; raise :class:`UnknownContextError` for a foreign one."""
        if url not in self._documents:
            raise UnknownContextError(url)
        return {
            "contextUrl": None,
            "documentUrl": url,
            "contentType": "application/ld+json",
            "document": self._documents[url],
        }

    @cached_property
    def names(self) -> frozenset[str]:
        """Every key of the contexts at any depth: all the terms, and more."""
        return frozenset(_keys(list(self._documents.values())))

    def options(self) -> dict[str, Any]:
        """Return the PyLD options that make a call use this library and nothing else.

        ``@base`` is null, so that a relative reference stays relative and is seen, where PyLD would silently
        resolve it against ``http://example.org/base/``.
        """
        return {
            "documentLoader": self.load,
            "contextResolver": self._resolver,
            "expandContext": {"@base": None},
            SCOPED: self._scoped,
        }


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(item)


@cache
def _packaged() -> ContextLibrary:
    return ContextLibrary({url: context_bytes(url) for url in CONTEXTS})


def library(extra_contexts: Mapping[str, bytes] | None = None) -> ContextLibrary:
    """Return the library of the packaged contexts, plus ``extra_contexts`` (URL to bytes; extra ones win).

    Extra contexts are for published vectors and for comparing copies; no credential can name them.
    """
    if not extra_contexts:
        return _packaged()
    return ContextLibrary({url: context_bytes(url) for url in CONTEXTS} | dict(extra_contexts))
