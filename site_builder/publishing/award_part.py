"""The award part of the site: all that verifiers need, made without MkDocs and without the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.artifact import Artifact
from site_builder.assembling.achievement import achievement
from site_builder.assembling.addresses import (
    Addresses,
    achievement_image,
    achievement_json,
    issuer_image,
    status_list,
)
from site_builder.assembling.catalog_json import catalog_json
from site_builder.assembling.profile import also_known_as, did_document
from site_builder.catalog.catalog import Catalog
from site_builder.exports import EXPORTS
from site_builder.exports.check_page import check_page
from site_builder.exports.credential_twin import shared_twins
from site_builder.exports.tombstone import tombstones
from site_builder.exports.twins import site_twins
from site_builder.pages.assets import script, static_artifacts
from site_builder.proof.contexts import CONTEXTS
from site_builder.proof.strict_json import dump
from site_builder.publishing.issuing import Signed
from site_builder.publishing.staged_files import write_changed

SCRIPTS = ("verify.js", "verifier.js", "check.js", "print.js", "holder.js", "LICENSES.txt")
"""What award pages and the page that checks badges run in the reader's browser, and whose work is in it."""


@dataclass(frozen=True, slots=True)
class SiteErrand:
    """What a worker is asked that writes the site part into ``target``; ``standing`` has files already."""

    catalog: Catalog
    at: Addresses
    lists: Mapping[int, bytes]
    target: Path
    standing: Path


def award_part(catalog: Catalog, at: Addresses, signed: Signed) -> Iterator[Artifact]:
    """Yield every file of the award part: keys and lists first, badges before their pages, the index last."""
    *first, index = site_part(catalog, at, signed.lists)
    yield from first
    writers = [export(catalog, at) for export in EXPORTS]
    for badge in signed.badges:
        for write in writers:
            yield from write(badge)
    yield index


def site_part(catalog: Catalog, at: Addresses, lists: Mapping[int, bytes]) -> Iterator[Artifact]:
    """Yield what is written once for all awards: keys and lists first, the index last."""
    yield Artifact(".nojekyll", b"")
    did = dump(did_document(catalog.issuer, at, also_known_as(catalog.issuer, at, at)))
    yield from (Artifact(path, did) for path in at.did_paths)
    yield from (Artifact(status_list(number), data) for number, data in sorted(lists.items()))
    yield from site_twins(did, lists)
    yield from _achievements(catalog, at)
    yield from static_artifacts(catalog.settings.languages)
    yield from (script(name) for name in SCRIPTS)
    yield from shared_twins(catalog, at)
    yield from tombstones(catalog)
    yield check_page(catalog, at)
    yield Artifact("catalog.json", dump(catalog_json(catalog, at)))


def write_site_part(errand: SiteErrand) -> list[str]:
    """Write what of the site part does not stand already; return the paths of all of it, in order."""
    paths = []
    for artifact in site_part(errand.catalog, errand.at, errand.lists):
        write_changed(errand.target, errand.standing, artifact.path, artifact.data)
        paths.append(artifact.path)
    return paths


def _achievements(catalog: Catalog, at: Addresses) -> Iterator[Artifact]:
    """Yield each version's hosted Achievement and its image, and the issuer's mark."""
    mark = catalog.issuer_image
    yield Artifact(issuer_image(mark.media_type), mark.published)
    for item in catalog.achievements.values():
        image = item.image
        yield Artifact(achievement_image(*item.key, image.media_type), image.published)
        document = {"@context": list(CONTEXTS), **achievement(item, at)}
        yield Artifact(achievement_json(*item.key), dump(document))
