"""The vectors by name: every state and every answer, and what decides between them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from nacl.signing import SigningKey

from site_builder.assembling.addresses import award_json
from tests.scripts.core import Vector, reach
from tests.verifying.world import (
    DID,
    EXPIRED,
    ISSUE,
    NOW,
    PART,
    REVOKED,
    STACK,
    STATUS,
    Json,
    World,
)

LIST = "status/1.json"
Change = Callable[[World], object]


_WORLD = World()


def fresh() -> World:
    """Return a world as it was made: making one takes a twentieth of a second."""
    world = copy.copy(_WORLD)
    world.files, world.asked = dict(_WORLD.files), []
    return world


def vector(name: str, world: World, award: str | bytes = PART, **more: Any) -> Vector:
    raw = award if isinstance(award, bytes) else world.files[award_json(award)]
    return Vector(name, raw, reach(world), home=world.home, **more)


def changed(name: str, change: Change, award: str = PART, **more: Any) -> Vector:
    """Return the vector of an award after ``change`` did something to its world."""
    world = fresh()
    change(world)
    return vector(name, world, award, **more)


def resigned(
    change: Callable[[Json], object], award: str = PART, key: SigningKey = ISSUE, **more: Any
) -> Change:
    return lambda world: world.resign(award_json(award), change, key, **more)


def put(path: str, raw: bytes) -> Change:
    return lambda world: world.files.update({path: raw})


def edited(path: str, change: Callable[[Json], object]) -> Change:
    """Edit a file, its signature left as it is."""
    return lambda world: world.change(path, change)


def listed(change: Callable[[Json], object], key: SigningKey = STATUS) -> Change:
    """Edit the status list, and sign it anew."""
    return lambda world: world.resign(LIST, change, key)


def states() -> Iterator[Vector]:
    """Yield each state, each answer, and what decides between them."""
    world = fresh()
    for award in (PART, EXPIRED, REVOKED, STACK):
        yield vector(f"as issued {award[0]}", world, award)
        yield vector(f"known issuer {award[0]}", world, award, trusted=frozenset({DID}))
        yield vector(f"stranger {award[0]}", world, award, trusted=frozenset({"did:web:other.example"}))
        yield changed(f"copy {award[0]}", lambda it: setattr(it, "home", False), award)
        yield changed(
            f"copy of a stranger {award[0]}",
            lambda it: setattr(it, "home", False),
            award,
            trusted=frozenset({"did:web:x.example"}),
        )
        for days in (-400, -1, 6, 7, 8, 9, 400, 2000):
            yield vector(f"{days} days later {award[0]}", world, award, now=NOW + timedelta(days=days))
    yield from _dates()


def _dates() -> Iterator[Vector]:
    for text in (
        *("2027-01-01T01:00:00+01:00", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00.0000001Z"),
        *("2026-11-22T12:00:00.001Z", "2026-11-22T12:00:00.000999Z", "2026-11-22T11:59:59.999999999Z"),
        *(
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00+00:01",
            "0000-01-01T00:00:00Z",
        ),
        *(
            "9999-12-31T23:59:59-00:01",
            "2026-02-29T00:00:00Z",
            "2024-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
        ),
        *("2026-11-22T24:00:00Z", "2026-11-22T23:59:60Z", "2026-11-22T12:00:00+24:00", "2026-11-22T12:00:00"),
        *(
            "2026-11-22T12:00:00+23:59",
            "2026-11-22T12:00:00+05:60",
            "2026-11-22T12:00:00-00:00",
            "2026-11-22",
        ),
        *("2026-11-22t12:00:00z", "2026-11-22T12:00:00Z\n", "٢٠٢٦-11-22T12:00:00Z", "2026-11-31T00:00:00Z"),
    ):
        for field in ("validFrom", "validUntil"):

            def date(document: Json, field: str = field, text: str = text) -> None:
                document[field] = text

            yield changed(f"{field} {text!r}", resigned(date))
    for moment in ("2026-10-31T23:59:59.999", "2026-11-01T00:00:00"):
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        yield changed(f"expires {moment}", lambda world: None, EXPIRED, now=now)
    end = resigned(lambda d: d.update(validUntil="2026-10-01T00:00:00Z"), REVOKED)
    yield changed("revoked and expired", end, REVOKED)
