"""The canonical N-Quads of graphs that differ in some values only: RDFC-1.0 without a general processor.

It holds where every blank node has a hash of its own in the first degree (RDFC-1.0, 4.6): then the sorted
hashes give the labels (4.4, step 5), and nothing else of the algorithm is ever reached. Hashes of blank nodes
that no slot touches are found beforehand, and so is most of the order of the lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from site_builder.proof.quads import QuadTemplate
from site_builder.proof.slots import Uncompilable
from site_builder.proof.templates import Template, Write, fixed_text, writer

__all__ = ["GraphTemplate"]


class GraphTemplate:
    """A graph whose slots are given later; ``nodes`` are the numbers of its blank nodes.

    Raises :class:`Uncompilable` where two blank nodes look alike whatever the slots hold.
    """

    def __init__(self, quads: Sequence[QuadTemplate], nodes: range) -> None:
        self._labels = _Labels(quads, nodes)
        self._subjects = _Subjects(quads)

    def write(self, values: Sequence[bytes]) -> bytes:
        """Return the canonical N-Quads with the values, escaped for N-Quads, in their slots; all in UTF-8.

        Raises :class:`Uncompilable` where two blank nodes look alike with these values. That the values let
        no two nodes or statements fall together is for the caller to check.
        """
        return self._subjects.write([*values, *self._labels.given(values)])


class _Labels:
    """Finds the canonical labels of the blank nodes."""

    def __init__(self, quads: Sequence[QuadTemplate], nodes: range) -> None:
        around: dict[int, list[QuadTemplate]] = defaultdict(list)
        for quad in quads:
            for node in quad.nodes():
                around[node].append(quad)
        self._hashes: list[bytes] = []
        self._unhashed: list[tuple[int, Write]] = []
        for index, node in enumerate(nodes):
            lines = [quad.line(seen_from=node) for quad in around[node]]
            if all(fixed_text(line) is not None for line in lines):
                self._hashes.append(sha256(writer(lines)(())).digest())
            else:
                self._unhashed.append((index, writer(lines)))
                self._hashes.append(b"")
        if len(set(self._hashes) - {b""}) + len(self._unhashed) < len(nodes):
            raise Uncompilable("two blank nodes look alike")
        self._labels = [b"%d" % number for number in range(len(nodes))]

    def given(self, values: Sequence[bytes]) -> Iterable[bytes]:
        """Return the digits of each blank node's label."""
        hashes = self._hashes.copy()
        for index, write in self._unhashed:
            hashes[index] = sha256(write(values)).digest()
        labels = dict(zip(sorted(hashes), self._labels, strict=True))
        if len(labels) < len(hashes):
            raise Uncompilable("two blank nodes look alike")
        return map(labels.__getitem__, hashes)


class _Subjects:
    """Writes all lines, grouped by subject.

    What ends a subject (``>`` or a space) stands in none, so that no subject starts another one, and texts
    about different subjects are in the order of their lines.
    """

    def __init__(self, quads: Sequence[QuadTemplate]) -> None:
        about: dict[Template, list[Template]] = defaultdict(list)
        for quad in quads:
            about[quad.subject()].append(quad.line())
        self._known: list[bytes] = []
        self._writes: list[Write] = []
        for lines in about.values():
            if all(fixed_text(line) is not None for line in lines):
                self._known.append(writer(lines)(()))
            else:
                self._writes.append(writer(lines))
        self._known.sort()

    def write(self, texts: Sequence[bytes]) -> bytes:
        """Return all lines in order."""
        return b"".join(sorted([*self._known, *[write(texts) for write in self._writes]]))
