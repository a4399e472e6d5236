"""Quads with slots: the N-Quads lines of a graph of which some values are given later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.proof.processor import pyld
from site_builder.proof.templates import Template, template

__all__ = ["XSD_DOUBLE", "Quad", "QuadTemplate", "quad_templates"]

Quad = Mapping[str, Mapping[str, str]]
"""PyLD's: subject, predicate, object and maybe name, each a dict with type and value."""

_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
XSD_DOUBLE = "http://www.w3.org/2001/XMLSchema#double"
_LABEL = "_:c14n"


class QuadTemplate:
    """One quad, with the numbers of the slots and of the blank nodes that stand in it."""

    def __init__(self, quad: Quad, slots: Mapping[str, int], nodes: Mapping[str, int]) -> None:
        self.quad = quad
        self._slots = slots
        self._nodes = nodes

    def slot(self, part: str) -> int | None:
        """Return the slot that is this part of the quad (subject, object ...); None where it is none."""
        term = self.quad.get(part)
        return None if term is None or term["type"] == "blank node" else self._slots.get(term["value"])

    def nodes(self) -> set[int]:
        """Return the blank nodes the quad mentions."""
        return {self._nodes[term["value"]] for term in self.quad.values() if term["type"] == "blank node"}

    def subject(self) -> Template:
        """Return the subject as it starts the line; ``>`` or a space ends it, and stands nowhere in it."""
        return template(self._term("subject", None))

    def line(self, seen_from: int | None = None) -> Template:
        """Return the quad's line, as RDFC-1.0 4.6 writes it to hash the node ``seen_from``, or in full."""
        pieces: list[str | int] = []
        for part in ("subject", "predicate", "object", "name"):
            if part in self.quad:
                pieces += [*self._term(part, seen_from), " "]
        return template([*pieces, ".\n"])

    def _term(self, part: str, seen_from: int | None) -> list[str | int]:
        term = self.quad[part]
        if term["type"] == "blank node":
            node = self._nodes[term["value"]]
            return [_LABEL, node] if seen_from is None else ["_:a" if node == seen_from else "_:z"]
        slot = self.slot(part)
        if term["type"] == "IRI":
            return ["<", term["value"] if slot is None else slot, ">"]
        return ['"', pyld().nquads.escape(term["value"]) if slot is None else slot, '"', _kind(term)]


def _kind(literal: Mapping[str, str]) -> str:
    if literal["datatype"] == _LANG_STRING:
        return f"@{literal['language']}" if literal.get("language") else ""
    return "" if literal["datatype"] == _STRING else f"^^<{literal['datatype']}>"


def quad_templates(quads: Sequence[Quad], slots: Mapping[str, int]) -> tuple[list[QuadTemplate], range]:
    """Return the quads as templates, and the numbers that stand for their blank nodes.

    ``slots`` maps what stands in a slot to the slot's number. The blank nodes' numbers follow the slots', so
    that one list holds the texts of all slots and then the labels of all blank nodes.
    """
    names = dict.fromkeys(
        term["value"] for quad in quads for term in quad.values() if term["type"] == "blank node"
    )
    numbers = range(len(slots), len(slots) + len(names))
    nodes = dict(zip(names, numbers, strict=True))
    return [QuadTemplate(quad, slots, nodes) for quad in quads], numbers
