"""The stack rule: what a credential stacks from must exist, be smaller, and never lead back to itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.catalog.specs import repeated
from site_builder.models.credential import KINDS, CredentialSpec
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document

Specs = Mapping[str, tuple[CredentialSpec, Document]]


def check_stacks(specs: Specs) -> Iterator[Problem]:
    """Yield what is wrong with the parts of each current spec."""
    cyclic = {name for cycle in _cycles(specs) for name in cycle}
    for spec, document in specs.values():
        parts = _parts(spec)
        yield from repeated(document, "requires", parts, "part")
        for index, part in enumerate(parts):
            yield from _check_part(spec, document, specs, index, part, cyclic)
    yield from _cycle_problems(specs)


def _parts(spec: CredentialSpec) -> tuple[str, ...]:
    return spec.requires.all if spec.requires else ()


def _check_part(  # noqa: PLR0913 - one part, its owner and what is known of the rest
    spec: CredentialSpec, document: Document, specs: Specs, index: int, part: str, cyclic: set[str]
) -> Iterator[Problem]:
    where = ("requires", "all", index)
    if part not in specs:
        message = f"part {shown(part)} does not exist"
        yield document.problem(where, "unknown-reference", message, did_you_mean(part, specs))
        return
    other = specs[part][0]
    in_one_cycle = part in cyclic and spec.id in cyclic
    if KINDS.index(other.kind) >= KINDS.index(spec.kind) and not in_one_cycle:
        message = f"a {spec.kind} cannot stack from {shown(part)}, which is a {other.kind}"
        yield document.problem(where, "stack-kind", message, "stack smaller credentials into larger ones")
    if other.status == "draft" and spec.status != "draft":
        message = f"part {shown(part)} is a draft, and this credential is not"
        yield document.problem(where, "unknown-reference", message, "publish the part first")


def _cycle_problems(specs: Specs) -> Iterator[Problem]:
    for cycle in _cycles(specs):
        spec, document = specs[cycle[0]]
        way = " -> ".join([*cycle, cycle[0]])
        message = f"{spec.id} contains itself" if len(cycle) == 1 else f"the parts form a circle: {way}"
        yield document.problem(("requires",), "stack-cycle", message, "remove one of these parts")


def _cycles(specs: Specs) -> list[list[str]]:
    """Return each circle of parts once, starting at its first name; iterative, so that depth is no danger."""
    state: dict[str, int] = {}
    cycles: list[list[str]] = []
    for start in sorted(specs):
        trail: list[str] = []
        todo = [(start, False)]
        while todo:
            name, leaving = todo.pop()
            if leaving:
                trail.pop()
                state[name] = 2
            elif state.get(name) == 1:
                cycles.append(_from_first(trail[trail.index(name) :]))
            elif name in specs and name not in state:
                state[name] = 1
                trail.append(name)
                todo.append((name, True))
                todo += [(part, False) for part in reversed(_parts(specs[name][0]))]
    return [list(cycle) for cycle in sorted({tuple(cycle) for cycle in cycles})]


def _from_first(cycle: list[str]) -> list[str]:
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]
