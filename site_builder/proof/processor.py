"""PyLD, imported when it is first needed, and without what it would fetch contexts with.

PyLD makes a loader that fetches from the network as soon as it is imported, if the library for it is there.
Nothing of ours may ever use that (DESIGN 2), and it is most of what importing PyLD costs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

__all__ = ["pyld", "to_rdf"]

_FETCHING = ("requests", "aiohttp")


@cache
def pyld() -> Any:
    """Return the package PyLD. Imported here first, it can load no context by itself."""
    with _hidden(_FETCHING):
        import pyld.canon
        import pyld.jsonld
    return pyld


@cache
def _processor() -> Any:
    class AsExpanded(pyld().jsonld.JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
        def expand(self, input_: Any, options: Any, **_: Any) -> Any:
            return input_

    return AsExpanded()


def to_rdf(expanded: list[dict[str, Any]]) -> Any:
    """Return the dataset of an expanded document, as ``jsonld.to_rdf`` does, without expanding it again.

    Expanding what is expanded changes nothing (JSON-LD 1.1 API, 5.1.2), and takes a third of the time.
    """

    def load(url: str, _options: object = None) -> Any:
        raise ValueError(f"nothing is left to be loaded from {url}")

    return _processor().to_rdf(expanded, {"documentLoader": load})


@contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    """Let modules seem not to be installed while the block runs; PyLD expects that they may be missing."""
    before = {name: sys.modules[name] for name in names if name in sys.modules}
    sys.modules.update(dict.fromkeys(names))  # type: ignore[arg-type]  # None: importing it fails
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
        sys.modules.update(before)
