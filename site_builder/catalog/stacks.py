"""The stack rule: what a credential stacks from must exist, be smaller, and never lead back to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.catalog.specs import repeated
from site_builder.models.credential import KINDS, CredentialSpec
from site_builder.problems import Problem, did_you_mean, shown
from site_builder.reading.document import Document

Sourced = tuple[CredentialSpec, Document]
_Arrow = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The credentials a part may be: with a file, published, or in a file that could not be read."""

    specs: Mapping[str, Sourced]
    published: frozenset[str]
    in_doubt: frozenset[str]


def check_stacks(every: Iterable[Sourced], known: Known) -> Iterator[Problem]:
    """Yield what is wrong with the parts of each spec, earlier versions included."""
    circles = _circles(known.specs)
    circular = {arrow for circle in circles for arrow in zip(circle, circle[1:] + circle[:1], strict=True)}
    for spec, document in every:
        yield from repeated(document, ("requires", "all"), _parts(spec), "part")
        for index, part in enumerate(_parts(spec)):
            fault = _part_fault(spec, part, known, circular)
            if fault:
                yield document.problem(("requires", "all", index), *fault)
    yield from _circle_problems(circles, known.specs)


def _parts(spec: CredentialSpec) -> tuple[str, ...]:
    return spec.requires.all if spec.requires else ()


def _part_fault(
    spec: CredentialSpec, part: str, known: Known, circular: set[_Arrow]
) -> tuple[str, str, str] | None:
    """Return code, message and hint for what is wrong with one part, or ``None``."""
    if part not in known.specs:
        message = f"part {shown(part)} does not exist"
        fault = ("unknown-reference", message, did_you_mean(part, known.specs))
        return None if part in known.in_doubt else fault
    other = known.specs[part][0]
    if (spec.id, part) in circular:
        return None
    if KINDS.index(other.kind) >= KINDS.index(spec.kind):
        message = f"a {spec.kind} cannot stack from {shown(part)}, which is a {other.kind}"
        return "stack-kind", message, "stack smaller credentials into larger ones"
    if part not in known.published and spec.status != "draft":
        message = f"part {shown(part)} is a draft, and this credential is not"
        return "not-awardable", message, "set the part's status to active first"
    return None


def _circle_problems(circles: list[list[str]], specs: Mapping[str, Sourced]) -> Iterator[Problem]:
    for circle in circles:
        spec, document = specs[circle[0]]
        if len(circle) == 1:
            index = _parts(spec).index(spec.id)
            message = f"{spec.id} lists itself as its part"
            yield document.problem(("requires", "all", index), "stack-cycle", message, "remove this part")
        else:
            index = _parts(spec).index(circle[1])
            message = f"the parts form a circle: {' -> '.join([*circle, circle[0]])}"
            yield document.problem(
                ("requires", "all", index), "stack-cycle", message, "remove one of these parts"
            )


def _circles(specs: Mapping[str, Sourced]) -> list[list[str]]:
    """Return each circle of parts once, starting at its first name; iterative, so that depth is no danger."""
    done: dict[str, bool] = {}
    circles: set[tuple[str, ...]] = set()
    for start in sorted(specs):
        trail: list[str] = []
        todo = [(start, False)]
        while todo:
            name, leaving = todo.pop()
            if leaving:
                done[trail.pop()] = True
            elif done.get(name) is False:
                circles.add(_from_first(trail[trail.index(name) :]))
            elif name in specs and name not in done:
                done[name] = False
                trail.append(name)
                todo.append((name, True))
                todo += [(part, False) for part in reversed(_parts(specs[name][0]))]
    return [list(circle) for circle in sorted(circles)]


def _from_first(circle: list[str]) -> tuple[str, ...]:
    first = circle.index(min(circle))
    return tuple(circle[first:] + circle[:first])
