"""``catalog.json``: the catalog for machines. It names an award only if its holder agreed to be listed."""

from __future__ import annotations

from site_builder.assembling.achievement import achievement_id
from site_builder.assembling.addresses import (
    Addresses,
    achievement_image,
    award_json,
    competency_page,
    credential_page,
    framework_page,
    version_page,
)
from site_builder.assembling.words import METHOD, Json, number
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.models.credential import LEVELS, CredentialSpec
from site_builder.models.framework import Framework


def catalog_json(catalog: Catalog, at: Addresses) -> Json:
    """Return the catalog: the site, the issuer, every current credential and every framework."""
    return {
        "site": at.base,
        "issuer": at.did,
        "name": catalog.settings.site_name,
        "issuerName": catalog.issuer.name,
        "statusLists": at.url("status/"),
        "credentials": [_credential(item, catalog, at) for item in catalog.current],
        "frameworks": [_framework(framework, at) for framework in catalog.frameworks.values()],
        "listedAwards": [at.url(award_json(award_id)) for award_id in _listed(catalog)],
    }


def _listed(catalog: Catalog) -> list[str]:
    """Return the ids of the awards that may be found and are not withdrawn, in order."""
    if catalog.tallies is not None:
        return [entry.id for entry in catalog.tallies.listed]
    listed = (item for item in catalog.awards.values() if item.award.listing == "listed")
    return [item.id for item in listed if not item.is_withdrawn]


def _credential(item: Achievement, catalog: Catalog, at: Addresses) -> Json:
    spec = item.spec
    entry: Json = {
        "id": spec.id,
        "name": spec.name,
        "kind": spec.kind,
        "version": spec.version,
        "status": spec.status,
        "level": spec.level,
        "language": spec.language,
        "summary": spec.summary,
        "benchmark": spec.benchmark,
        "assessment": list(dict.fromkeys(METHOD[part.method] for part in spec.assessment)),
        "competencies": [
            {
                "framework": aligned.framework.id,
                "id": aligned.competency.id,
                "name": aligned.competency.name,
                "type": aligned.competency.type,
                "level": aligned.level,
                "url": at.url(competency_page(aligned.framework.id, aligned.competency.id)),
            }
            for aligned in item.competencies
        ],
        "page": at.url(credential_page(spec.id)),
        "achievement": achievement_id(item, at),
        "image": at.url(achievement_image(*item.key, item.image.media_type)),
        "versions": [_version(version, at) for version in catalog.versions(spec.id)],
    }
    return {**entry, **_optional(spec, catalog)}


def _optional(spec: CredentialSpec, catalog: Catalog) -> Json:
    """Return what a spec may leave out; nothing is written as null."""
    optional: dict[str, object | None] = {
        "hours": number(spec.workload.hours) if spec.workload else None,
        "ects": number(spec.workload.ects) if spec.workload and spec.workload.ects else None,
        "participation": spec.participation.mode if spec.participation else None,
        "validFor": spec.valid_for,
        "stacksFrom": list(spec.requires.all) if spec.requires else None,
        "stacksInto": [item.spec.id for item in catalog.stacks_into(spec.id)] or None,
        "credit": _credit(spec),
        "enrol": spec.enrol,
        "tags": list(spec.tags) or None,
    }
    return {key: value for key, value in optional.items() if value is not None}


def _credit(spec: CredentialSpec) -> Json | None:
    credit = spec.credit
    if credit is None:
        return None
    return {"points": number(credit.points), "system": credit.system, "towards": credit.towards}


def _version(item: Achievement, at: Addresses) -> Json:
    return {
        "version": item.spec.version,
        "page": at.url(version_page(*item.key)),
        "achievement": achievement_id(item, at),
    }


def _framework(framework: Framework, at: Addresses) -> Json:
    return {
        "id": framework.id,
        "name": framework.name,
        "version": framework.version,
        "page": at.url(framework_page(framework.id)),
        "competencies": [
            {
                "id": competency.id,
                "name": competency.name,
                "type": competency.type,
                "page": at.url(competency_page(framework.id, competency.id)),
                "levels": {level: getattr(competency.levels, level) for level in LEVELS},
            }
            for competency in framework.competencies
        ],
    }
