"""Expansion that notices what it drops.

PyLD drops an undefined key, keeps an undefined type or reference as a relative IRI, and drops that on the way
to RDF: all silently, and so all unsigned (SIGNING, "Undefined terms"). Only expansion knows which terms are
defined where, because contexts are scoped by type and by property. So the document is expanded once, with
PyLD's handler for dropped properties and without a base IRI, and every relative IRI left over is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.proof.contexts import ContextLibrary
from site_builder.proof.errors import UndefinedTermError, UnknownContextError, UnsignableError, pointer_to
from site_builder.proof.processor import expand, pyld
from site_builder.proof.shape import is_iri

__all__ = ["expand_defined"]

Path = tuple[str | int, ...]
_MARK = "\u241f"  # a visible sign nobody's term holds


@dataclass(frozen=True)
class _Fault:
    """One undefined name: ``in_key`` for a key, else a type or a reference."""

    in_key: bool
    text: str


def expand_defined(document: Mapping[str, Any], contexts: ContextLibrary) -> list[dict[str, Any]]:
    """Return the expanded form of ``document``, in which nothing was dropped.

    Raises :class:`UndefinedTermError` with the pointer of the first undefined name,
    :class:`UnknownContextError` for a foreign context, and :class:`UnsignableError` for what PyLD refuses.
    """
    _refuse_foreign_contexts(document, contexts)
    expanded, faults = _expand(document, contexts)
    if faults:
        fault = faults[0]
        raise UndefinedTermError(_locate(document, fault, contexts), fault.text)
    return expanded


def _refuse_foreign_contexts(document: Mapping[str, Any], contexts: ContextLibrary) -> None:
    """Ask here and not in the loader, whose exceptions PyLD wraps; shapes are checked before (shape.py)."""
    named = document.get("@context")
    for url in named if isinstance(named, list) else [named]:
        if url not in contexts:
            raise UnknownContextError(str(url))


def _expand(
    document: Mapping[str, Any], contexts: ContextLibrary
) -> tuple[list[dict[str, Any]], list[_Fault]]:
    dropped: list[str | None] = []
    jsonld = pyld().jsonld
    try:
        expanded = expand(document, contexts.options(), dropped.append)
    except jsonld.JsonLdError as reason:
        raise UnsignableError("", f"not valid JSON-LD: {_first_line(reason)}") from reason
    faults = [_Fault(True, name or "") for name in dropped]
    faults += [_Fault(False, name) for name in _relative(expanded)]
    return expanded, faults


def _first_line(reason: Exception) -> str:
    cause = reason.__cause__ or reason
    return str(cause).splitlines()[0][:200]


def _relative(value: Any) -> Iterator[str]:
    """Yield each node identifier, reference and type in expanded form that RDF cannot hold."""
    if isinstance(value, list):
        for item in value:
            yield from _relative(item)
    elif isinstance(value, dict) and "@value" not in value:
        names = [value["@id"]] if "@id" in value else []
        yield from (name for name in [*names, *value.get("@type", [])] if not is_iri(name))
        for key, item in value.items():
            if key not in ("@id", "@type"):
                yield from _relative(item)


def _locate(document: Mapping[str, Any], fault: _Fault, contexts: ContextLibrary) -> str:
    """Return the pointer of the first place where ``fault.text`` is undefined; it may be defined elsewhere.

    A term can be defined in one object and not in the next, so marking decides: change the name in the first
    n places that hold it, and the smallest n that lessens the faults ends at the culprit.
    """
    places = list(_places(document, fault, ()))
    whole = _count(document, fault, contexts)
    low, high = 1, len(places)
    while low < high:
        middle = (low + high) // 2
        if _count(_marked(document, fault, (), set(places[:middle])), fault, contexts) < whole:
            high = middle
        else:
            low = middle + 1
    return pointer_to(places[low - 1]) if places else ""


def _count(document: Any, fault: _Fault, contexts: ContextLibrary) -> int:
    return _expand(document, contexts)[1].count(fault)


def _places(value: object, fault: _Fault, path: Path) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "@context":
                continue
            if fault.in_key and key == fault.text:
                yield (*path, key)
            yield from _places(item, fault, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, fault, (*path, index))
    elif not fault.in_key and value == fault.text:
        yield path


def _marked(value: object, fault: _Fault, path: Path, places: set[Path]) -> Any:
    if isinstance(value, dict):
        return {
            (key + _MARK if fault.in_key and (*path, key) in places else key): _marked(
                item, fault, (*path, key), places
            )
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_marked(item, fault, (*path, index), places) for index, item in enumerate(value)]
    return f"{value}{_MARK}" if path in places else value
