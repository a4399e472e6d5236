"""Where a credential stands between smaller and larger ones: what its stack diagram shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.catalog.catalog import Achievement, Catalog

DEPTH = 2
"""How many steps a diagram goes each way."""


@dataclass(frozen=True, slots=True)
class Node:
    """One credential of a diagram and, one step further from the middle, what it leads to."""

    item: Achievement
    further: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """The diagram around one credential.

    ``hours`` is the work in its parts together; ``None`` where that sum would not be honest. ``shared`` is
    True where two parts need the same smaller credential, which is earned only once.
    """

    item: Achievement
    parts: tuple[Node, ...]
    wholes: tuple[Node, ...]
    hours: float | None
    shared: bool


def stack_around(item: Achievement, catalog: Catalog) -> Stack:
    """Return what ``item`` stacks from and into; an earlier version stacks into nothing by itself.

    An earlier version may name parts that are gone by now: those are left out, and so is the sum.
    """
    current = {other.spec.id: other for other in catalog.current}
    parts = _downwards(item, current, DEPTH)
    shared = _overlap([_closure(node.item, current) for node in parts])
    complete = len(parts) == len(item.part_ids)
    wholes = _upwards(item, catalog, DEPTH) if item.is_current else ()
    return Stack(item, parts, wholes, None if shared or not complete else _hours(item, parts), shared)


def _downwards(item: Achievement, current: dict[str, Achievement], depth: int) -> tuple[Node, ...]:
    if not depth:
        return ()
    found = (current[part] for part in item.part_ids if part in current)
    return tuple(Node(part, _downwards(part, current, depth - 1)) for part in found)


def _upwards(item: Achievement, catalog: Catalog, depth: int) -> tuple[Node, ...]:
    if not depth:
        return ()
    return tuple(
        Node(whole, _upwards(whole, catalog, depth - 1)) for whole in catalog.stacks_into(item.spec.id)
    )


def _closure(item: Achievement, current: dict[str, Achievement]) -> set[str]:
    """Return the ids of a credential and of everything that it stacks from, however deep."""
    found: set[str] = set()
    waiting = [item.spec.id]
    while waiting:
        name = waiting.pop()
        if name not in found and name in current:
            found.add(name)
            waiting += current[name].part_ids
    return found


def _overlap(sets: Iterable[set[str]]) -> bool:
    seen: set[str] = set()
    for names in sets:
        if seen & names:
            return True
        seen |= names
    return False


def _hours(item: Achievement, parts: tuple[Node, ...]) -> float | None:
    """Return the sum of the parts' hours where each part has some and the whole has no fewer."""
    loads = [node.item.spec.workload for node in parts]
    total = sum(load.hours for load in loads if load)
    whole = item.spec.workload
    return total if parts and all(loads) and whole and total <= whole.hours else None
