"""Limits that hold before a stranger's document is canonicalized.

Expansion is quadratic in the values of one property, and RDFC-1.0 is factorial in blank nodes it cannot tell
apart (its section on dataset poisoning): a document of 3 kB hangs PyLD for a minute. The limits are far
above any real credential and far below what hurts.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.proof.contexts import CONTEXTS
from site_builder.proof.errors import TooComplexError, UnsignableError, pointer_to

__all__ = [
    "TooComplexError",
    "contexts_exact",
    "refuse_poison",
    "refuse_redescribed",
    "refuse_repeated_statements",
    "refuse_too_large",
]

MAX_DEPTH = 40
MAX_VALUES = 2_000
MAX_TEXT = 200_000
MAX_BLANK_NODES = 600
MAX_ALIKE = 60
#: Orderings RDFC-1.0 may have to try; 720 is six siblings nothing tells apart.
MAX_ORDERINGS = 720

Path = tuple[str | int, ...]
Quad = Mapping[str, Mapping[str, str]]


def contexts_exact(document: Mapping[str, Any]) -> bool:
    """Return True where ``@context`` is exactly the list of DESIGN 5, in its order."""
    return document.get("@context") == list(CONTEXTS)


def refuse_too_large(document: object) -> None:
    """Raise :class:`TooComplexError` where depth, values or the length of a text pass their limit."""
    stack: list[tuple[object, int]] = [(document, 1)]
    seen = 0
    while stack:
        value, depth = stack.pop()
        seen += 1
        if seen > MAX_VALUES:
            raise TooComplexError("too-many-values", f"document must hold at most {MAX_VALUES} values")
        if depth > MAX_DEPTH:
            raise TooComplexError("too-deep", f"document must be at most {MAX_DEPTH} levels deep")
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise TooComplexError("text-too-long", f"a text must have at most {MAX_TEXT} characters")
        if isinstance(value, dict):
            stack.extend((item, depth + 1) for item in value.values())
        elif isinstance(value, list):
            stack.extend((item, depth + 1) for item in value)


def refuse_redescribed(document: Mapping[str, Any]) -> None:
    """Raise :class:`UnsignableError` where the credential or its status entry is described in two places.

    A graph does not say where in the JSON a statement stood. So statements about the credential could be
    moved under another mention of its id, and a reader of the JSON would miss ``validUntil`` or
    ``credentialStatus``.
    """
    guarded = {document.get("id")} | {entry.get("id") for entry in _objects(document.get("credentialStatus"))}
    guarded = {name for name in guarded if isinstance(name, str)}
    described: Counter[str] = Counter()
    for path, node in _nodes(document, ()):
        name = node.get("id")
        if isinstance(name, str) and name in guarded and set(node) - {"id", "@context"}:
            described[name] += 1
            if described[name] > 1:
                raise UnsignableError(pointer_to(path), "describes a node that is described elsewhere too")


def refuse_repeated_statements(document: Mapping[str, Any]) -> None:
    """Raise :class:`UnsignableError` where a document to be signed says one thing of one id in two places.

    The graph holds it once, so one of the two could be removed unnoticed. For our own documents only: others
    commonly give the issuer's name again as the achievement's creator, and that misleads nobody.
    """
    said: set[tuple[str, str, str]] = set()
    for path, node in _nodes(document, ()):
        name = node.get("id")
        for key in node.keys() - {"id", "@context"} if isinstance(name, str) else ():
            for value in node[key] if isinstance(node[key], list) else [node[key]]:
                statement = (str(name), key, json.dumps(value, sort_keys=True))
                if statement in said:
                    raise UnsignableError(pointer_to((*path, key)), "says again what is said elsewhere")
                said.add(statement)


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _nodes(value: object, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from _nodes(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nodes(item, (*path, index))


def refuse_poison(quads: list[Quad]) -> None:
    """Raise :class:`TooComplexError` where blank nodes are many, or alike in a way that costs many orderings.

    ``quads`` are PyLD's: subject, predicate, object and maybe name, each a dict with type and value.
    """
    mentions: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        for name in {part["value"] for part in quad.values() if part["type"] == "blank node"}:
            mentions[name].append(quad)
    if len(mentions) > MAX_BLANK_NODES:
        raise TooComplexError(
            "too-many-blank-nodes", f"document must hold at most {MAX_BLANK_NODES} blank nodes"
        )
    looks = {name: _look(name, around) for name, around in mentions.items()}
    alike = {look for look, number in Counter(looks.values()).items() if number > 1}
    ambiguous = [name for name, look in looks.items() if look in alike]
    if len(ambiguous) > MAX_ALIKE:
        raise TooComplexError(
            "too-many-alike", f"document must hold at most {MAX_ALIKE} blank nodes that look alike"
        )
    if ambiguous and math.prod(_orderings(name, mentions[name], looks) for name in mentions) > MAX_ORDERINGS:
        raise TooComplexError("poison", "document has too many blank nodes that nothing tells apart")


def _look(name: str, around: list[Quad]) -> tuple[object, ...]:
    """Return what RDFC-1.0 4.6 (first degree) sees of a blank node: its quads, other blank nodes unnamed."""

    def part(term: Mapping[str, str]) -> tuple[str, ...]:
        if term["type"] == "blank node":
            return ("_:a" if term["value"] == name else "_:z",)
        return (term["type"], term["value"], term.get("datatype", ""), term.get("language", ""))

    return tuple(sorted(tuple((key, part(term)) for key, term in sorted(quad.items())) for quad in around))


def _orderings(name: str, around: list[Quad], looks: Mapping[str, object]) -> int:
    """Return how many orders of alike neighbours RDFC-1.0 4.8 (N-degree) may try at this blank node."""
    groups: dict[object, set[str]] = defaultdict(set)
    for quad in around:
        for key, term in quad.items():
            if term["type"] == "blank node" and term["value"] != name:
                groups[(key, quad["predicate"]["value"], looks[term["value"]])].add(term["value"])
    return math.prod(math.factorial(len(group)) for group in groups.values())
