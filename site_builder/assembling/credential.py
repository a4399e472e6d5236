"""The unsigned credential: one award as an AchievementCredential (OB 3.0, B.1.2; VC Data Model 2.0)."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.assembling.achievement import achievement, has_score, result_id
from site_builder.assembling.addresses import Addresses, award_json, bit_number, list_number, status_list
from site_builder.assembling.profile import profile
from site_builder.assembling.words import Json, instant
from site_builder.catalog.catalog import Catalog, IssuedAward
from site_builder.identity.values import IDENTITY_TYPES, Field
from site_builder.models.award import Award, Evidence
from site_builder.proof.contexts import CONTEXTS
from site_builder.text.markdown import escape_markdown, without_blank_edges


def unsigned_credential(
    issued: IssuedAward, catalog: Catalog, at: Addresses, part_digests: Mapping[str, str]
) -> Json:
    """Return the credential without its proof; every value comes from reviewed files.

    ``part_digests`` maps the award id of each part to the multibase digest of its hosted bytes; a missing one
    is a ``KeyError``: parts must be signed before what stacks from them.
    """
    spec = issued.achievement.spec
    start = instant(issued.file.issued_on)
    document: Json = {
        "@context": list(CONTEXTS),
        "id": at.url(award_json(issued.id)),
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": spec.name,
        "issuer": profile(catalog, at),
        "validFrom": start,
        "awardedDate": start,
    }
    if issued.valid_until:
        document["validUntil"] = instant(issued.valid_until)
    document["credentialSubject"] = _subject(issued, at)
    if issued.evidence:
        document["evidence"] = [_evidence(item) for item in issued.evidence]
    if issued.award.parts:
        document["relatedResource"] = [_part(part, at, part_digests) for part in issued.award.parts]
    document["credentialStatus"] = _status(issued.award.status_index, at)
    return document


def created(issued: IssuedAward) -> str:
    """Return the proof's ``created``: from the reviewed file, so that a rebuild gives the same bytes."""
    return instant(issued.file.issued_on)


def _subject(issued: IssuedAward, at: Addresses) -> Json:
    """Return the AchievementSubject (OB 3.0, B.1.3): salted hashes of the holder, and a DID if given."""
    assessors = escape_markdown(issued.file.assessed_by)
    subject: Json = {"id": issued.award.holder} if issued.award.holder else {}
    return {
        **subject,
        "type": ["AchievementSubject"],
        "identifier": _identities(issued.award),
        "narrative": f"Assessed by: {assessors}",
        "result": _results(issued, at),
        "achievement": achievement(issued.achievement, at),
    }


def _identities(award: Award) -> list[Json]:
    """Return the IdentityObjects (OB 3.0, B.1.10) without their salts, which only the holder has."""
    hashes: dict[Field, str | None] = {"email": award.commitments.email, "name": award.commitments.name}
    return [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": value,
            "identityType": IDENTITY_TYPES[field],
        }
        for field, value in hashes.items()
        if value
    ]


def _results(issued: IssuedAward, at: Addresses) -> list[Json]:
    item = issued.achievement
    results: list[Json] = [
        {
            "type": ["Result"],
            "resultDescription": result_id(item, "level", at),
            "achievedLevel": result_id(item, issued.level, at),
        }
    ]
    given = issued.award.results
    if given and given.score is not None:
        score: Json = {"type": ["Result"], "value": f"{given.score:g}"}
        if has_score(item.spec):
            score["resultDescription"] = result_id(item, "score", at)
        results.append(score)
    return results


def _evidence(item: Evidence) -> Json:
    document: Json = {"type": ["Evidence"], "name": item.name}
    if item.url:
        document = {"id": item.url, **document}
    if item.narrative:
        document["narrative"] = without_blank_edges(item.narrative)
    if item.genre:
        document["genre"] = item.genre
    return document


def _part(part: str, at: Addresses, digests: Mapping[str, str]) -> Json:
    """Return the RelatedResource (VC Data Model 2.0, 5.3) that pins a part's hosted bytes."""
    return {"id": at.url(award_json(part)), "digestMultibase": digests[part]}


def _status(index: int, at: Addresses) -> Json:
    """Return the BitstringStatusListEntry (Bitstring Status List 1.0, 2.1); its id is not the list's URL."""
    url = at.url(status_list(list_number(index)))
    bit = str(bit_number(index))
    return {
        "id": f"{url}#{bit}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": bit,
        "statusListCredential": url,
    }
