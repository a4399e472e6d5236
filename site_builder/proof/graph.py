"""The canonical N-Quads of graphs that differ in some values only: RDFC-1.0 without a general processor.

It holds where every blank node has a hash of its own in the first degree (RDFC-1.0, 4.6): then the sorted
hashes give the labels (4.4, step 5), and nothing else of the algorithm is ever reached. Hashes of blank nodes
that no slot touches are found beforehand, and so is most of the order of the lines.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
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
        self._subjects = _Subjects(quads, nodes)
        self._unlabelled = [""] * len(nodes)

    def write(self, values: Sequence[str]) -> str:
        """Return the canonical N-Quads with the values, escaped for N-Quads, in their slots.

        Raises :class:`Uncompilable` where two blank nodes look alike with these values. That the values let
        no two nodes or statements fall together is for the caller to check.
        """
        texts = [*values, *self._unlabelled]
        return self._subjects.write(texts, self._labels.give(texts))


class _Labels:
    """Finds the canonical labels of the blank nodes."""

    def __init__(self, quads: Sequence[QuadTemplate], nodes: range) -> None:
        around: dict[int, list[QuadTemplate]] = defaultdict(list)
        for quad in quads:
            for node in quad.nodes():
                around[node].append(quad)
        self._hashed: dict[bytes, int] = {}
        self._unhashed: list[tuple[int, Write]] = []
        for node in nodes:
            lines = [quad.line(seen_from=node) for quad in around[node]]
            if any(fixed_text(line) is None for line in lines):
                self._unhashed.append((node, writer(lines)))
            else:
                self._hashed[sha256(writer(lines)(()).encode()).digest()] = node
        if len(self._hashed) + len(self._unhashed) < len(nodes):
            raise Uncompilable("two blank nodes look alike")
        self._names = [str(number) for number in range(len(nodes))]

    def give(self, texts: list[str]) -> list[int]:
        """Write the label of each blank node into ``texts``; return the nodes in the order of labels."""
        found = self._hashed.copy()
        for node, write in self._unhashed:
            found[sha256(write(texts).encode()).digest()] = node
        if len(found) < len(self._names):
            raise Uncompilable("two blank nodes look alike")
        nodes = [found[digest] for digest in sorted(found)]
        for node, name in zip(nodes, self._names, strict=True):
            texts[node] = name
        return nodes


class _Subjects:
    """Writes all lines, grouped by subject.

    IRIs come before blank nodes, since ``<`` is smaller than ``_``. ``>`` ends an IRI and stands in none, so
    that the order of IRIs with their ``>`` is the order of their lines.
    """

    def __init__(self, quads: Sequence[QuadTemplate], nodes: range) -> None:
        about: dict[Template, list[Template]] = defaultdict(list)
        for quad in quads:
            about[quad.subject()].append(quad.line())
        self._known: list[str] = []
        self._about_known: list[str] = []
        self._to_fill: list[tuple[int, Write]] = []
        self._about_slots: list[tuple[int, Write]] = []
        about_nodes: dict[int, Write] = {}
        for subject, lines in sorted(about.items(), key=lambda item: fixed_text(item[0]) or ""):
            write = writer(lines, nodes)
            if len(subject) == 1:
                self._add_known(str(subject[0]), lines, write)
            elif subject[1] in nodes:
                about_nodes[int(subject[1])] = write
            else:
                self._about_slots.append((int(subject[1]), write))
        self._about_nodes = about_nodes
        self._label_order = sorted(range(len(nodes)), key=str)

    def _add_known(self, subject: str, lines: Sequence[Template], write: Write) -> None:
        self._known.append(subject)
        if any(fixed_text(line) is None for line in lines):
            self._to_fill.append((len(self._about_known), write))
            self._about_known.append("")
        else:
            self._about_known.append(write(()))

    def write(self, texts: Sequence[str], nodes: Sequence[int]) -> str:
        """Return all lines in order; ``nodes`` are the blank nodes in the order of their labels."""
        blocks = self._about_known.copy()
        for index, write in self._to_fill:
            blocks[index] = write(texts)
        # From the last to the first, so that what is put in moves no place that is still to be used.
        for subject, write in sorted(
            [(f"<{texts[slot]}>", write) for slot, write in self._about_slots], reverse=True
        ):
            blocks.insert(bisect(self._known, subject), write(texts))
        about = self._about_nodes
        blocks += [about[nodes[label]](texts) for label in self._label_order if nodes[label] in about]
        return "".join(blocks)
