"""Vectors about badges that are built on others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from site_builder.assembling.addresses import award_json
from site_builder.proof.multibase import digest_multibase
from tests.scripts.core import Vector
from tests.scripts.vectors import Change, changed, fresh, resigned, vector
from tests.verifying.world import (
    EXPIRED,
    ISSUE,
    PART,
    REVOKED,
    STACK,
    THIEF,
    Json,
)


def stacks() -> Iterator[Vector]:
    """Yield stacks with each fault that one of their parts may have."""

    def part(change: Callable[[Json], object]) -> Change:
        return lambda world: world.resign(award_json(PART), change, ISSUE)

    def related(change: Callable[[list[Any]], object]) -> Change:
        return resigned(lambda d: change(d["relatedResource"]), STACK)

    revoked_part = {"id": fresh().base + award_json(REVOKED), "digestMultibase": "uEi"}
    changes: dict[str, Change] = {
        "part changed": part(lambda d: d.update(name="Other")),
        "part missing": lambda world: world.files.pop(award_json(PART)),
        "part of another": lambda world: world.files.update(
            {award_json(PART): world.files[award_json(EXPIRED)]}
        ),
        "not pinned": related(lambda parts: parts[0].pop("digestMultibase")),
        "other digest": related(lambda parts: parts[0].update(digestMultibase="zQm")),
        "revoked part": related(lambda parts: parts.append(revoked_part)),
        "no parts": resigned(lambda d: d.update(relatedResource={"id": "https://a.example/x"}), STACK),
        "many parts": related(
            lambda parts: parts.extend({"id": f"https://a.example/{n}"} for n in range(101))
        ),
        "one part": related(lambda parts: parts.pop()),
    }
    for name, change in changes.items():
        yield changed(f"stack: {name}", change, STACK)
    yield from _pinned()


def pinned(digest: str) -> Callable[[Json], object]:
    return lambda document: document["relatedResource"][0].update(digestMultibase=digest)


def _pinned() -> Iterator[Vector]:
    """Yield stacks whose pins fit, on parts that do not stand."""
    edits: dict[str, tuple[Callable[[Json], object], Any]] = {
        "part not yet valid": (lambda d: d.update(validFrom="2027-01-01T00:00:00Z"), ISSUE),
        "part revoked": (
            lambda d: d["credentialStatus"].update(
                statusListIndex="131071", id=d["credentialStatus"]["statusListCredential"] + "#131071"
            ),
            ISSUE,
        ),
        "part of a thief": (lambda d: None, THIEF),
        "part without list": (
            lambda d: d["credentialStatus"].update(statusListCredential="https://a.example/1"),
            ISSUE,
        ),
        "part with its own parts missing": (
            lambda d: d.update(relatedResource=[{"id": "https://a.example/1", "digestMultibase": "uEi"}]),
            ISSUE,
        ),
    }
    for name, (edit, key) in edits.items():
        world = fresh()
        world.resign(award_json(PART), edit, key)
        digest = digest_multibase(world.files[award_json(PART)])
        resigned(pinned(digest), STACK)(world)
        yield vector(f"stack: {name}", world, STACK)
