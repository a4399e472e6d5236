"""How much a drawing becomes when its references are followed: ``use`` in ``use`` doubles with every step."""

from __future__ import annotations

from collections import Counter
from graphlib import CycleError, TopologicalSorter

from site_builder.images.svg_tree import DEEPEST, Node
from site_builder.problems import shown

_MOST_DRAWN = 50_000
_ROOT = ""


def check_references(root: Node) -> str | None:
    """Return what is wrong with the references of a drawing: a circle, or too many shapes; else ``None``."""
    sizes: Counter[str] = Counter()
    uses: dict[str, Counter[str]] = {_ROOT: Counter()}
    _measure(root, (_ROOT,), sizes, uses)
    graph = {name: [used for used in counts if used in uses] for name, counts in uses.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return f"the image refers to itself: {shown('#' + error.args[1][0])} is part of what it uses"
    return _growth_fault(order, sizes, uses)


def _growth_fault(order: list[str], sizes: Counter[str], uses: dict[str, Counter[str]]) -> str | None:
    drawn: dict[str, int] = {}
    depth: dict[str, int] = {}
    for name in order:
        known = {used: times for used, times in uses[name].items() if used in drawn}
        drawn[name] = sizes[name] + sum(drawn[used] * times for used, times in known.items())
        depth[name] = 1 + max((depth[used] for used in known), default=0)
        # Stop at once: the numbers of a reference bomb grow as fast as its shapes.
        if drawn[name] > _MOST_DRAWN:
            return (
                f"the image becomes too large when its references are followed: at most {_MOST_DRAWN} shapes"
            )
        if depth[name] > DEEPEST:
            return f"the image is nested too deeply: at most {DEEPEST} references inside each other"
    return None


def _measure(node: Node, inside: tuple[str, ...], sizes: Counter[str], uses: dict[str, Counter[str]]) -> None:
    """Count elements and references for the whole drawing and for every part that has an id."""
    name = node.attributes.get("id", _ROOT)
    if name not in inside:
        inside = (*inside, name)
        uses.setdefault(name, Counter())
    for holder in inside:
        sizes[holder] += 1
        uses[holder].update(node.refers_to)
    for child in node.children:
        if not isinstance(child, str):
            _measure(child, inside, sizes, uses)
