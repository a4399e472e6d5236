"""The small signed world of the verifier's tests as a site that a browser can open, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import achievement_image, award_json, issuer_image
from site_builder.exports import EXPORTS, Badge
from site_builder.exports.check_page import check_page
from site_builder.exports.credential_twin import shared_twins
from site_builder.exports.tombstone import tombstones
from site_builder.exports.twins import site_twins
from site_builder.models.settings import Settings
from site_builder.pages.assets import script, static_artifacts
from site_builder.publishing.award_part import SCRIPTS
from tests.verifying.world import (
    EXPIRED,
    ISSUE,
    NOW,
    PART,
    REVOKED,
    STACK,
    STATUS,
    THIEF,
    Json,
    World,
    multikey,
)

LANGUAGES = ("en", "fr", "ar")
LATER = "2027-01-15T00:00:00Z"

Damage = Callable[[World], object]


def publish(world: World, folder: Path) -> Path:
    """Write ``world`` as it is now into ``folder``: its files, their twins, and the pages that show them."""
    for artifact in _made(world):
        _write(folder / artifact.path, artifact.data)
    for path, data in world.files.items():
        if not path.endswith(".html"):
            _write(folder / path, data)
    return folder


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _made(world: World) -> Iterator[Artifact]:
    settings = Settings("Northfield badges", world.base, languages=LANGUAGES)
    catalog, at = replace(world.catalog, settings=settings), world.at
    yield from static_artifacts(LANGUAGES)
    yield from map(script, SCRIPTS)
    yield check_page(catalog, at)
    yield Artifact(issuer_image("image/svg+xml"), catalog.issuer_image.published)
    for item in catalog.achievements.values():
        yield Artifact(achievement_image(*item.key, item.image.media_type), item.image.published)
    if "did.json" in world.files:
        yield from site_twins(world.files["did.json"], {1: world.files["status/1.json"]})
    yield from shared_twins(catalog, at)
    yield from tombstones(catalog)
    for write in [export(catalog, at) for export in EXPORTS]:
        for award in catalog.awards.values():
            yield from write(Badge(award, {}, world.files[award_json(award.id)]))


# What can be wrong with a site. Each is done to the badge PART unless it says otherwise.


def with_badge(change: Callable[[Json], object], award: str = PART) -> Damage:
    """Return the damage that lets ``change`` edit a badge whose issuer then signs it anew."""
    return lambda world: world.resign(award_json(award), change, ISSUE)


def named(name: str) -> Damage:
    """Return the damage that gives a badge, rightly signed, another name."""

    def rename(document: Json) -> None:
        document["name"] = name
        document["credentialSubject"]["achievement"]["name"] = name

    return with_badge(rename)


def _not_yet(document: Json) -> None:
    document |= {"validFrom": LATER, "awardedDate": LATER}


def _tampered(document: Json) -> None:
    document["credentialSubject"]["achievement"]["name"] = "Doctor of Medicine"


def _stale(world: World) -> None:
    def older(document: Json) -> None:
        document |= {"validFrom": "2026-11-13T00:00:00Z", "validUntil": "2026-11-20T00:00:00Z"}

    world.resign("status/1.json", older, STATUS)


def _foreign_key(world: World) -> None:
    world.resign(award_json(PART), lambda _: None, THIEF, method=world.at.key_id(multikey(THIEF)))


def _withdrawn_key(world: World) -> None:
    key = world.at.key_id(multikey(ISSUE))

    def without(document: dict[str, Any]) -> None:
        document["verificationMethod"] = [m for m in document["verificationMethod"] if m["id"] != key]
        document["assertionMethod"].remove(key)

    for path in world.at.did_paths:
        world.change(path, without)


def _duplicate_key(world: World) -> None:
    path = award_json(PART)
    world.files[path] = world.files[path].replace(b'"name": "', b'"name": "Doctor", "name": "', 1)


def _another_badge(world: World) -> None:
    world.files[award_json(PART)] = world.files[award_json(EXPIRED)]


def _changed_part(world: World) -> None:
    world.files[award_json(EXPIRED)] += b"\n"


def _no_keys(world: World) -> None:
    for path in world.at.did_paths:
        del world.files[path]


def _nothing(world: World) -> None:
    """Leave the world as it is."""


DAMAGE: dict[str, tuple[str, Damage]] = {
    "valid": (PART, _nothing),
    "expired": (EXPIRED, _nothing),
    "revoked": (REVOKED, _nothing),
    "stack": (STACK, _nothing),
    "stack with a changed part": (STACK, _changed_part),
    "not yet valid": (PART, with_badge(_not_yet)),
    "stale list": (PART, _stale),
    "tampered": (PART, lambda world: world.change(award_json(PART), _tampered)),
    "foreign key": (PART, _foreign_key),
    "withdrawn key": (PART, _withdrawn_key),
    "unknown context": (
        PART,
        lambda world: world.change(award_json(PART), lambda d: d["@context"].append("https://example.org/x")),
    ),
    "duplicate key": (PART, _duplicate_key),
    "another badge": (PART, _another_badge),
    "no keys": (PART, _no_keys),
}
"""The states a page can be in: which award's page shows it, and what is done to the world before."""

__all__ = ["DAMAGE", "LANGUAGES", "NOW", "Damage", "named", "publish", "with_badge"]
