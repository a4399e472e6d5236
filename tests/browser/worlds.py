"""The small signed world of the verifier's tests as a site that a browser can open, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import achievement_image, award_json, issuer_image
from site_builder.exports import EXPORTS, Badge
from site_builder.exports.check_page import check_page
from site_builder.exports.credential_twin import shared_twins
from site_builder.exports.twins import site_twins
from site_builder.models.settings import Settings
from site_builder.pages.assets import script, static_artifacts
from site_builder.publishing.award_part import SCRIPTS
from tests.verifying.world import ISSUE, NOW, PART, THIEF, Json, World

LANGUAGES = ("en", "fr", "ar")


def publish(world: World, folder: Path) -> Path:
    """Write ``world`` as it is now into ``folder``: its files, their twins, and the pages that show them."""
    for artifact in _made(world):
        target = folder / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(artifact.data)
    # Last, so that what a test did to a file stands: the exports write the badges too.
    return world_files(world, folder)


def world_files(world: World, folder: Path) -> Path:
    """Write the files of ``world`` but its pages, which are made from its catalog."""
    for path, data in world.files.items():
        if not path.endswith(".html"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return folder


def _made(world: World) -> list[Artifact]:
    settings = Settings("Northfield badges", world.base, languages=LANGUAGES)
    catalog, at = replace(world.catalog, settings=settings), world.at
    image = catalog.issuer_image
    lists = {
        int(path[len("status/") : -len(".json")]): data
        for path, data in world.files.items()
        if path.startswith("status/")
    }
    made = [*static_artifacts(LANGUAGES), *map(script, SCRIPTS), check_page(catalog, at)]
    made += [Artifact(issuer_image(image.media_type), image.published)]
    made += [
        Artifact(achievement_image(*item.key, item.image.media_type), item.image.published)
        for item in catalog.achievements.values()
    ]
    made += [*site_twins(world.files.get("did.json", b""), lists), *shared_twins(catalog, at)]
    for write in (export(catalog, at) for export in EXPORTS):
        for award in catalog.awards.values():
            made += write(Badge(award, {}, world.files[award_json(award.id)]))
    return made


# What can be wrong with a site, by name; each is done to the badge PART unless its name says otherwise.


def stale_list(world: World) -> None:
    """Let the revocation list's last day be long past."""

    def older(document: Json) -> None:
        document |= {"validFrom": "2026-11-06T00:00:00Z", "validUntil": "2026-11-13T00:00:00Z"}

    from tests.verifying.world import STATUS

    world.resign("status/1.json", older, STATUS)


def _badge(change: Callable[[Json], object]) -> Callable[[World], None]:
    return lambda world: world.change(award_json(PART), change)


def _tamper(document: Json) -> None:
    document["credentialSubject"]["achievement"]["name"] = "Doctor of Medicine"


def _foreign_key(world: World) -> None:
    from tests.verifying.world import multikey

    world.resign(award_json(PART), lambda _: None, THIEF, method=f"{world.at.did}#{multikey(THIEF)}")


def _withdrawn_key(world: World) -> None:
    from tests.verifying.world import multikey

    key = world.at.key_id(multikey(ISSUE))

    def without(document: Json) -> None:
        document["verificationMethod"] = [m for m in document["verificationMethod"] if m["id"] != key]
        document["assertionMethod"] = [m for m in document["assertionMethod"] if m != key]

    for path in world.at.did_paths:
        world.change(path, without)


def _duplicate_key(world: World) -> None:
    path = award_json(PART)
    world.files[path] = world.files[path].replace(b'"name": "', b'"name": "Doctor", "name": "', 1)


def _another(world: World) -> None:
    from tests.verifying.world import EXPIRED

    world.files[award_json(PART)] = world.files[award_json(EXPIRED)]


DAMAGE: dict[str, Callable[[World], None]] = {
    "stale list": stale_list,
    "tampered field": _badge(_tamper),
    "foreign key": _foreign_key,
    "withdrawn key": _withdrawn_key,
    "unknown context": _badge(lambda d: d["@context"].append("https://example.org/more")),
    "duplicate key": _duplicate_key,
    "wrong badge": _another,
}
__all__ = ["DAMAGE", "LANGUAGES", "NOW", "publish", "stale_list", "world_files"]
