"""What becomes of the frameworks, and which credentials rest on the competencies that change. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Literal

from site_builder.catalog.history_state import Reviewed
from site_builder.changes.events import Key
from site_builder.changes.holders import Holders
from site_builder.models.framework import Competency, Framework


@dataclass(frozen=True, slots=True)
class FrameworkChange:
    """One framework and what became of it.

    ``added``, ``removed`` and ``reworded`` name competencies, ``fields`` other fields that differ.
    ``resting`` are the versions aligned to a competency that was removed or reworded; ``holders`` counts who
    holds one.
    """

    what: Literal["added", "removed", "changed"]
    framework: str
    name: str
    version: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    resting: tuple[Key, ...] = ()
    holders: int = 0


def framework_changes(old: Reviewed, new: Reviewed, holders: Holders) -> list[FrameworkChange]:
    """Return what became of each framework, by id; one that could not be read on either side is left out."""
    before = {name: framework for name, (framework, _) in old.frameworks.items()}
    after = {name: framework for name, (framework, _) in new.frameworks.items()}
    found = []
    for name in sorted(before.keys() | after):
        if f"frameworks/{name}.yaml" in old.unread | new.unread or before.get(name) == after.get(name):
            continue
        found.append(_change(before.get(name), after.get(name), new, holders))
    return found


def _change(
    before: Framework | None, after: Framework | None, new: Reviewed, holders: Holders
) -> FrameworkChange:
    earlier = _competencies(before)
    later = _competencies(after)
    reworded = {name for name in earlier.keys() & later if earlier[name] != later[name]}
    removed = earlier.keys() - later
    named = after or before
    if named is None:  # pragma: no cover - one of both is there
        raise ValueError("a framework that neither state has")
    resting = tuple(sorted(_resting(named.id, reworded | removed, new)))
    what: Literal["added", "removed", "changed"] = "changed"
    if before is None or after is None:
        what = "added" if before is None else "removed"
    return FrameworkChange(
        what=what,
        framework=named.id,
        name=named.name,
        version=named.version,
        added=_names(later, later.keys() - earlier),
        removed=_names(earlier, removed),
        reworded=_names(later, reworded),
        fields=_fields(before, after) if before and after else (),
        resting=resting,
        holders=holders.of_any(resting),
    )


def _competencies(framework: Framework | None) -> dict[str, Competency]:
    return {one.id: one for one in framework.competencies} if framework else {}


def _names(competencies: dict[str, Competency], ids: Set[str]) -> tuple[str, ...]:
    return tuple(one.name for name, one in competencies.items() if name in ids)


def _fields(before: Framework, after: Framework) -> tuple[str, ...]:
    names = (name for name in Framework.model_fields if name != "competencies")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _resting(framework: str, competencies: Set[str], new: Reviewed) -> Iterator[Key]:
    for key, (spec, _) in new.specs.items():
        if any(use.framework == framework and use.id in competencies for use in spec.competencies):
            yield key
