"""PyLD, imported when it is first needed, and without what it would fetch contexts with.

PyLD makes a loader that fetches from the network as soon as it is imported, if the library for it is there.
Nothing of ours may ever use that (DESIGN 2), and it is most of what importing PyLD costs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

__all__ = ["SCOPED", "expand", "pyld", "to_rdf"]

SCOPED = "typeScopedContexts"
"""The option of :func:`expand` under which it keeps, in a dictionary, what it worked out before."""

_FETCHING = ("requests", "aiohttp")
_MOST_SCOPED = 1_000


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


@cache
def _expander() -> Any:
    class Expander(pyld().jsonld.JsonLdProcessor):  # type: ignore[misc]
        def _process_context(self, active: Any, local: Any, options: Any, *rest: Any, **named: Any) -> Any:
            known = options.get(SCOPED)
            if known is None or rest or named != {"propagate": False} or "_uuid" not in active:
                return super()._process_context(active, local, options, *rest, **named)
            key = active["_uuid"], id(local)
            if key not in known:
                if len(known) >= _MOST_SCOPED:
                    known.clear()
                # Kept together: while ``local`` is there, no other object has its id.
                known[key] = local, super()._process_context(active, local, options, **named)
            return known[key][1]

    return Expander


def expand(document: Any, options: dict[str, Any], on_property_dropped: Callable[[str | None], None]) -> Any:
    """Return the expanded document, as ``jsonld.expand`` does, in a third of the time.

    PyLD keeps the contexts that it has processed, but for those of a type (JSON-LD 1.1, 4.1.8), which it
    processes again for each object of that type.
    """
    return _expander()(on_property_dropped=on_property_dropped).expand(document, options)


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
