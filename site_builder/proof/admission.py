"""Which values may fill the slots of a compiled document, so that the library would read just that graph.

A template has the quads of one document. Another document has the same quads but for the values exactly where
no value is read in another way (as a term, a prefix, a relative reference, text the library refuses), and
where no two nodes, statements or array items fall together. Where that is in doubt, the library decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import itemgetter

from site_builder.proof.guards import MAX_TEXT
from site_builder.proof.processor import pyld
from site_builder.proof.quads import XSD_DOUBLE, QuadTemplate
from site_builder.proof.shape import is_iri, is_signable
from site_builder.proof.slots import Apart, Uncompilable

__all__ = ["Admission"]

_NOT_PLAIN = bytes([*range(32), *b'"\\', 127])
_SCHEMES = ("https", "http", "did", "urn", "mailto")


class Admission:
    """The rules for the slots of one graph. Raises :class:`Uncompilable` where no rule could be enough."""

    def __init__(
        self,
        quads: Sequence[QuadTemplate],
        count: int,
        terms: Collection[str],
        apart: Iterable[Apart] = (),
    ) -> None:
        self._count = count
        self._terms = terms
        self._iris = _iri_slots(quads, count)
        self._pick_iris = _picker(self._iris)
        self._are_ordinary = _ordinary(terms)
        self._apart = [
            (_picker(slots), fixed, len(slots)) for slots, fixed in _needed([*apart, *_kept_apart(quads)])
        ]

    def escaped(self, values: Sequence[str]) -> list[bytes]:
        """Return the values as N-Quads writes them, in UTF-8.

        Raises :class:`Uncompilable` where the library might read them otherwise or refuse them, and
        ValueError where there are more or fewer than slots.
        """
        if len(values) != self._count:
            raise ValueError(f"there must be {self._count} values, not {len(values)}")
        plain = _plain(values)
        for pick, fixed, number in self._apart:
            found = set(pick(values))
            if len(found) < number or not fixed.isdisjoint(found):
                raise Uncompilable("two values fall together")
        if plain is None:
            return self._one_by_one(values)
        # No line feed is left in a value, so none can pass for two.
        if self._iris and not self._are_ordinary("\n".join(self._pick_iris(values))):
            self._check_iris(values)
        return plain

    def _one_by_one(self, values: Sequence[str]) -> list[bytes]:
        self._check_iris(values)
        return [(value if _plain([value]) else _escaped(value)).encode("utf-8") for value in values]

    def _check_iris(self, values: Sequence[str]) -> None:
        for slot in self._iris:
            value = values[slot]
            # A term of the contexts before the colon might be a prefix; those of a processor are not asked.
            if not is_iri(value) or value in self._terms or value.partition(":")[0] in self._terms:
                raise Uncompilable("a value may not be read as the IRI it is")


def _plain(values: Sequence[str]) -> list[bytes] | None:
    """Return texts in UTF-8 if they are short, may be signed, and N-Quads writes them as they are; else None.

    Raises Uncompilable where one is no text.
    """
    try:
        text = "\n".join(values)
    except TypeError as reason:
        raise Uncompilable("a value is no text") from reason
    if len(text) > MAX_TEXT:
        return None
    if text.isascii():  # most are, and then this is the quickest way to ask
        raw = text.encode()
        # What is to be taken out has the line feeds in it that part the values, and nothing else.
        is_plain = len(raw) - len(raw.translate(None, _NOT_PLAIN)) == len(values) - 1
    else:
        is_one_line_each = text.count("\n") == len(values) - 1
        is_plain = (
            is_one_line_each and text.replace("\n", "").isprintable() and '"' not in text and "\\" not in text
        )
        raw = text.encode("utf-8") if is_plain else b""
    return raw.split(b"\n") if is_plain else None


def _escaped(value: str) -> str:
    if len(value) > MAX_TEXT or not is_signable(value):
        raise Uncompilable("a value is no text that can be signed")
    return str(pyld().nquads.escape(value))


def _picker(slots: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    if len(slots) > 1:
        return itemgetter(*slots)
    return lambda values: tuple(values[slot] for slot in slots)


def _ordinary(terms: Collection[str]) -> Callable[[str], object]:
    """Return what tells of printable texts, a line each, whether all are IRIs as most are.

    What it does not know may still be an IRI: it only saves asking for each.
    """
    schemes = "|".join(scheme for scheme in _SCHEMES if scheme not in terms)
    if not schemes or any(":" in term for term in terms):
        return lambda text: None
    one = rf"(?:{schemes}):[^\n <>\"{{}}|^`\\]*"
    return re.compile(rf"{one}(?:\n{one})*").fullmatch


def _iri_slots(quads: Sequence[QuadTemplate], count: int) -> list[int]:
    """Return the slots that hold IRIs; raise where a slot stands in no quad, or where it cannot be judged."""
    found: set[int] = set()
    iris: set[int] = set()
    for quad in quads:
        if quad.slot("predicate") is not None or quad.slot("name") is not None:
            raise Uncompilable("a slot names a predicate or a graph")
        for part in ("subject", "object"):
            slot = quad.slot(part)
            if slot is None:
                continue
            found.add(slot)
            if quad.quad[part]["type"] == "IRI":
                iris.add(slot)
            elif quad.quad[part]["datatype"] == XSD_DOUBLE:
                raise Uncompilable("a slot holds a number, which the library rewrites")
    if len(found) < count:
        raise Uncompilable("a slot leaves no statement")
    return sorted(iris)


def _kept_apart(quads: Sequence[QuadTemplate]) -> Iterable[Apart]:
    """Yield which values must differ: subjects, and objects of one kind under one subject and predicate.

    With all subjects different no two nodes merge, and no node is described in two places (refuse_redescribed
    and refuse_repeated_statements see nothing that they did not see in the compiled document).
    """
    groups: dict[object, list[tuple[QuadTemplate, str]]] = defaultdict(list)
    for quad in quads:
        terms = quad.quad
        if terms["subject"]["type"] == "IRI":
            groups["subjects"].append((quad, "subject"))
        kind = {key: value for key, value in terms["object"].items() if key != "value"}
        rest = [terms[part]["value"] for part in ("subject", "predicate", "name") if part in terms]
        groups[(*rest, *sorted(kind.items()))].append((quad, "object"))
    for places in groups.values():
        slots = {quad.slot(part) for quad, part in places}
        fixed = {quad.quad[part]["value"] for quad, part in places if quad.slot(part) is None}
        yield tuple(sorted(slot for slot in slots if slot is not None)), frozenset(fixed)


def _needed(groups: Iterable[Apart]) -> list[Apart]:
    """Return the groups without those that ask for nothing, or for no more than another one asks."""
    kept: list[Apart] = []
    for slots, fixed in sorted(groups, key=lambda group: (len(group[0]), len(group[1])), reverse=True):
        if not slots or len(slots) + len(fixed) < 2:
            continue
        if not any(set(slots) <= set(others) and fixed <= texts for others, texts in kept):
            kept.append((slots, fixed))
    return kept
