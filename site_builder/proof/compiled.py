"""The quick way to sign, write and read credentials that differ in some texts only (see eddsa.py).

A shape is compiled once: the library canonicalizes a document with a sentinel in each slot, and its lines are
kept as templates. What the library would have done with a filled document then takes a hundredth of the time.
:class:`Uncompilable` says that the quick way may not be taken, and never that a document is at fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from site_builder.proof.admission import Admission
from site_builder.proof.canonical import canonical_nquads, canonical_quads
from site_builder.proof.contexts import library
from site_builder.proof.eddsa import HashData, attach
from site_builder.proof.errors import ProofError
from site_builder.proof.graph import GraphTemplate
from site_builder.proof.guards import refuse_too_large
from site_builder.proof.json_template import JsonTemplate
from site_builder.proof.quads import quad_templates
from site_builder.proof.slots import Apart, Path, Uncompilable, filled, kept_apart, require_slots, sentinels
from site_builder.proof.strict_json import dump

__all__ = ["CompiledShape", "Path", "Uncompilable", "compile_shape"]

_CREATED: Path = ("created",)


class CompiledShape:
    """All documents that equal one but for the texts in its slots; made by :func:`compile_shape`.

    ``paths`` are the slots, in the order of the JSON text, and the values of a document stand in that order.
    """

    def __init__(
        self, paths: tuple[Path, ...], document: _Canonical, configuration: _Canonical, text: JsonTemplate
    ) -> None:
        self.paths = paths
        self._document = document
        self._configuration = configuration
        self._text = text
        self._last = ("", b"")

    def canonical(self, values: Sequence[str]) -> str:
        """Return ``canonical_nquads`` of the document with these values; raise :class:`Uncompilable`."""
        return self._document.nquads(values).decode("utf-8")

    def hash_data(self, values: Sequence[str], created: str) -> HashData:
        """Return ``eddsa.hash_data`` of the document with these values and of its proof configuration.

        Raises :class:`Uncompilable` where the library must be asked, be it that it would refuse the document.
        ``guards.refuse_repeated_statements`` holds for every such document if it holds for the compiled one.
        """
        return HashData(
            document=sha256(self._document.nquads(values)).digest(),
            proof=self._configuration_hash(created),
        )

    def _configuration_hash(self, created: str) -> bytes:
        # Awards stand in files of one date: the last answer mostly serves again.
        last, digest = self._last
        if created != last or not digest:
            digest = sha256(self._configuration.nquads([created])).digest()
            self._last = (created, digest)
        return digest

    def data(self, values: Sequence[str], created: str, proof_value: str) -> bytes:
        """Return the published bytes of the document with these values and this proof; nothing is checked."""
        return self._text.write([*values, created, proof_value])

    def values_in(self, raw: bytes) -> tuple[tuple[str, ...], str, str] | None:
        """Return the arguments for which :meth:`data` gives exactly ``raw``; None where there are none.

        They may be values that :meth:`hash_data` does not take.
        """
        found = self._text.read(raw)
        return None if found is None else (tuple(found[:-2]), found[-2], found[-1])


class _Canonical:
    """The canonical N-Quads of a document with slots."""

    def __init__(
        self,
        document: Mapping[str, Any],
        marks: Sequence[str],
        apart: Sequence[Apart],
        extra_contexts: Mapping[str, bytes] | None,
    ) -> None:
        lines, quads = canonical_quads(document, extra_contexts=extra_contexts)
        templates, nodes = quad_templates(quads, {mark: slot for slot, mark in enumerate(marks)})
        terms = library(extra_contexts).names
        self._admission = Admission(templates, len(marks), terms, apart)
        self._graph = GraphTemplate(templates, nodes)
        if self.nquads(marks) != lines.encode("utf-8"):
            raise Uncompilable("the templates do not give what the library gives")

    def nquads(self, values: Sequence[str]) -> bytes:
        return self._graph.write(self._admission.escaped(values))


def compile_shape(
    unsigned: Mapping[str, Any],
    paths: Sequence[Path],
    options: Mapping[str, Any],
    *,
    extra_contexts: Mapping[str, bytes] | None = None,
) -> CompiledShape:
    """Return the shape of ``unsigned`` with slots at ``paths``, in the order of the JSON text.

    ``options`` are the proof without its value; their ``created`` is a slot too. Raises :class:`Uncompilable`
    where the quick way cannot be taken for any such document, and what :func:`eddsa.hash_data` raises where
    the library refuses ``unsigned`` itself.
    """
    refuse_too_large(unsigned)
    require_slots(unsigned, paths)
    require_slots(options, [_CREATED])
    *marks, created, proof_value = sentinels([dict(unsigned), dict(options)], len(paths) + 2)
    sample, sample_options = filled(unsigned, paths, marks), filled(options, [_CREATED], [created])
    try:
        canonical = _Canonical(sample, marks, list(kept_apart(unsigned, paths)), extra_contexts)
        canonical_proof = _configuration({**options, "@context": unsigned.get("@context")}, extra_contexts)
    except ProofError as reason:
        _refuse_as_the_library(unsigned, options, extra_contexts)
        raise Uncompilable(f"with other texts in its slots: {reason}") from reason
    text = JsonTemplate(dump(attach(sample, sample_options, proof_value)), [*marks, created, proof_value])
    return CompiledShape(tuple(paths), canonical, canonical_proof, text)


def _configuration(
    configuration: Mapping[str, Any], extra_contexts: Mapping[str, bytes] | None
) -> _Canonical:
    """Return the canonical form of a proof configuration, whatever its ``created``.

    All shapes of one issuer have the same, so without extra contexts the last ones are kept.
    """
    if extra_contexts is None:
        return _kept_configuration(json.dumps({**configuration, "created": "2000-01-01T00:00:00Z"}))
    return _compiled_configuration(configuration, extra_contexts)


@lru_cache(maxsize=16)
def _kept_configuration(text: str) -> _Canonical:
    return _compiled_configuration(json.loads(text), None)


def _compiled_configuration(
    configuration: Mapping[str, Any], extra_contexts: Mapping[str, bytes] | None
) -> _Canonical:
    (created,) = sentinels([dict(configuration)], 1)
    return _Canonical(filled(configuration, [_CREATED], [created]), [created], [], extra_contexts)


def _refuse_as_the_library(
    unsigned: Mapping[str, Any], options: Mapping[str, Any], extra_contexts: Mapping[str, bytes] | None
) -> None:
    """Raise what the library raises for the document itself, if it does."""
    canonical_nquads(unsigned, extra_contexts=extra_contexts)
    canonical_nquads({**options, "@context": unsigned.get("@context")}, extra_contexts=extra_contexts)
