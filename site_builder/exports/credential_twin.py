"""The hosted badge's twin for pages that are opened from a folder: what this award shares with no other."""

from __future__ import annotations

import json
from collections.abc import Iterable

from site_builder.artifact import Artifact
from site_builder.assembling.achievement import achievement
from site_builder.assembling.addresses import (
    Addresses,
    award_json,
    award_script,
    shared_script,
    version_page,
)
from site_builder.assembling.profile import profile
from site_builder.catalog.catalog import Achievement, Catalog
from site_builder.exports.interface import Badge, Write
from site_builder.exports.twins import call, splice
from site_builder.proof.contexts import CONTEXTS

# What stands in every badge, whatever its version. A text that a badge lacks is only not used.
_EVERYWHERE = (
    ',"credentialSubject":{"type":["AchievementSubject"],"identifier":[',
    '{"type":"IdentityObject","hashed":true,"identityHash":"sha256$',
    '","identityType":"emailAddress"}',
    '","identityType":"name"}],"narrative":"Assessed by: ',
    '","type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"',
    '"proof":[{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"',
    '","proofPurpose":"assertionMethod","proofValue":"',
)


def credential_twin(catalog: Catalog, at: Addresses) -> Write:
    """Return the writer of twins; with ``shared.js`` of its version each gives the hosted bytes again."""
    shared = {item.key: shared_texts(item, catalog, at) for item in _awarded(catalog)}

    def write(badge: Badge) -> Iterable[Artifact]:
        key = badge.issued.achievement.key
        pieces = splice(badge.data.decode(), shared[key])
        yield Artifact(
            award_script(badge.issued.id), call(award_json(badge.issued.id), pieces, shared_script(*key))
        )

    return write


def shared_twins(catalog: Catalog, at: Addresses) -> Iterable[Artifact]:
    """Yield ``shared.js`` of each version that has awards."""
    for item in _awarded(catalog):
        path = shared_script(*item.key)
        yield Artifact(path, call(path, shared_texts(item, catalog, at)))


def shared_texts(item: Achievement, catalog: Catalog, at: Addresses) -> list[str]:
    """Return the texts that badges of a version share; what may hold another text comes before it."""
    named = '/credential.json","type":["VerifiableCredential","AchievementCredential"],"name":'
    return [
        f'{named}{_dump(item.spec.name)},"issuer":{_dump(profile(catalog, at))},"validFrom":"',
        _dump(achievement(item, at)),
        f'{{"@context":{_dump(list(CONTEXTS))},"id":"{at.base}issued/',
        f"{at.url(version_page(*item.key))}#",
        f"{at.did}#",
        *_EVERYWHERE,
        at.base,
    ]


def _awarded(catalog: Catalog) -> list[Achievement]:
    tallies = catalog.tallies
    awarded = set(tallies.awarded) if tallies else {a.achievement.key for a in catalog.awards.values()}
    return [item for item in catalog.achievements.values() if item.key in awarded]


def _dump(value: object) -> str:
    """Return ``value`` as it stands inside a published document (``proof.strict_json.dump``)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
