"""The canonical form of a document: RDFC-1.0 N-Quads, of a document that is covered whole.

PyLD calls the algorithm by its former name URDNA2015; RDFC-1.0 differs from it in nothing but the escaping of
control characters, which are refused at the door (shape.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from site_builder.proof.contexts import ContextLibrary, library
from site_builder.proof.errors import UndefinedTermError, UnsignableError, UnsignableTextError
from site_builder.proof.guards import Quad, refuse_poison, refuse_redescribed, refuse_too_large
from site_builder.proof.processor import pyld, to_rdf
from site_builder.proof.shape import refuse_unsigned_shapes
from site_builder.proof.terms import expand_defined

__all__ = [
    "UndefinedTermError",
    "UnsignableError",
    "UnsignableTextError",
    "canonical_nquads",
    "canonical_quads",
    "refuse_undefined",
]


def canonical_nquads(
    document: Mapping[str, Any], *, extra_contexts: Mapping[str, bytes] | None = None
) -> str:
    """Return the RDFC-1.0 canonical N-Quads of ``document``, one statement a line, each ended by LF.

    Raises :class:`UndefinedTermError`, :class:`UnsignableTextError` or another :class:`UnsignableError` where
    a part of the document would not be covered, :class:`UnknownContextError` for a foreign context, and
    :class:`TooComplexError` where canonicalizing would cost more than a credential may.
    """
    return canonical_quads(document, extra_contexts=extra_contexts)[0]


def canonical_quads(
    document: Mapping[str, Any], *, extra_contexts: Mapping[str, bytes] | None = None
) -> tuple[str, list[Quad]]:
    """Return the canonical N-Quads of ``document`` and, in no order, the quads they were written from.

    The quads are PyLD's, with canonical labels. Raises what :func:`canonical_nquads` raises.
    """
    expanded = _covered(document, library(extra_contexts))
    dataset = to_rdf(expanded)
    refuse_poison(_quads(dataset))
    algorithm = pyld().canon.URDNA2015()
    lines = str(algorithm.main(dataset, {"format": "application/n-quads"}))
    if not lines:
        raise UnsignableError("", "document makes no statement, so nothing would be signed")
    statements = lines.removesuffix("\n").split("\n")
    if len(set(statements)) < len(statements):
        # "1" and 1 where a number is meant: PyLD writes both, processors that hold a graph as a set only one.
        raise UnsignableError("", "document makes one statement twice, in two spellings")
    return lines, algorithm.quads


def refuse_undefined(
    document: Mapping[str, Any], *, extra_contexts: Mapping[str, bytes] | None = None
) -> None:
    """Raise an :class:`UnsignableError` where a part of ``document`` would not be covered by a proof.

    :class:`UndefinedTermError` names the key, type or reference that does not become an absolute IRI.
    """
    _covered(document, library(extra_contexts))


def _covered(document: Mapping[str, Any], contexts: ContextLibrary) -> list[dict[str, Any]]:
    refuse_too_large(document)
    refuse_unsigned_shapes(document)
    refuse_redescribed(document)
    return expand_defined(document, contexts)


def _quads(dataset: Mapping[str, list[dict[str, Any]]]) -> list[Quad]:
    quads: list[Quad] = []
    for graph, triples in dataset.items():
        kind = "blank node" if graph.startswith("_:") else "IRI"
        name = {} if graph == "@default" else {"name": {"type": kind, "value": graph}}
        quads.extend(triple | name for triple in triples)
    return quads
