"""A credential that uses every part of Open Badges 3.0 the press emits, and random variations of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from site_builder.proof.contexts import CONTEXTS

Path = tuple[str | int, ...]

BASE = "https://college.example/badges"
CREATED = "2026-02-03T00:00:00Z"


def full_credential() -> dict[str, Any]:
    return {
        "@context": list(CONTEXTS),
        "id": f"{BASE}/issued/5d3c/credential.json",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": "Data literacy",
        "issuer": issuer(),
        "validFrom": CREATED,
        "validUntil": "2029-02-03T00:00:00Z",
        "awardedDate": CREATED,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [commitment("emailAddress", "a" * 64), commitment("name", "b" * 64)],
            "achievement": achievement(),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": f"{BASE}#r1",
                    "achievedLevel": f"{BASE}#l2",
                    "status": "Completed",
                },
                {"type": ["Result"], "resultDescription": f"{BASE}#r2", "value": "87"},
            ],
            "creditsEarned": 2.5,
            "narrative": 'Done with "care".\nTwice.',
        },
        "credentialStatus": {
            "id": f"{BASE}/status/1.json#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": f"{BASE}/status/1.json",
        },
        "evidence": [
            {
                "id": f"{BASE}/e/1",
                "type": ["Evidence"],
                "name": "Report",
                "genre": "report",
                "audience": "jury",
            },
            {"type": ["Evidence"], "narrative": "A talk."},
        ],
        "relatedResource": [
            {"id": f"{BASE}/issued/77/credential.json", "digestMultibase": "uEiBZlVztZpfWHgPy"}
        ],
        "endorsement": [endorsement()],
    }


def issuer() -> dict[str, Any]:
    return {
        "id": "did:web:college.example:badges",
        "type": ["Profile"],
        "name": "Fjord Polytechnic",
        "description": "Ein Haus für alle.",
        "url": "https://college.example/",
        "email": "registrar@college.example",
        "image": {"id": f"{BASE}/logo.svg", "type": "Image", "caption": "Logo"},
        "address": {"type": ["Address"], "addressCountryCode": "NO", "addressLocality": "Bergen"},
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifier": "97", "identifierType": "sourcedId"},
        ],
    }


def commitment(kind: str, digest: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": kind,
    }


def achievement() -> dict[str, Any]:
    return {
        "id": f"{BASE}/credentials/data-literacy/1/achievement.json",
        "type": ["Achievement"],
        "name": "Data literacy",
        "description": "Reads, questions and explains data.",
        "achievementType": "ext:NanoCredential",
        "version": "1",
        "inLanguage": "en",
        "criteria": {"id": f"{BASE}/credentials/data-literacy/", "narrative": "## Assessment\nA project."},
        "image": {"id": f"{BASE}/credentials/data-literacy/badge.svg", "type": "Image", "caption": "A lens"},
        "creditsAvailable": 3,
        "tag": ["project", "performance"],
        "alignment": [alignment("d1"), alignment("d2")],
        "resultDescription": [
            {
                "id": f"{BASE}#r1",
                "type": ["ResultDescription"],
                "name": "Level",
                "resultType": "RubricCriterionLevel",
                "requiredLevel": f"{BASE}#l1",
                "rubricCriterionLevel": [rubric("l1", "foundational"), rubric("l2", "intermediate")],
            },
            {
                "id": f"{BASE}#r2",
                "type": ["ResultDescription"],
                "name": "Mark",
                "resultType": "Percent",
                "allowedValue": ["low", "middle", "high"],
                "valueMin": "0",
                "valueMax": "100",
            },
        ],
        "related": [
            {"id": f"{BASE}/credentials/statistics/1/achievement.json", "type": ["Related"], "version": "1"}
        ],
    }


def alignment(code: str) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetCode": code,
        "targetName": f"Competency {code}",
        "targetFramework": "Data and digital skills",
        "targetType": "CFItem",
        "targetUrl": f"{BASE}/frameworks/data/{code}/",
    }


def rubric(key: str, level: str) -> dict[str, Any]:
    return {
        "id": f"{BASE}#{key}",
        "type": ["RubricCriterionLevel"],
        "name": level,
        "level": level,
        "points": "1",
    }


def endorsement() -> dict[str, Any]:
    return {
        "@context": list(CONTEXTS),
        "id": "https://agency.example/e/1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement",
        "issuer": {"id": "https://agency.example/", "type": ["Profile"], "name": "Agency"},
        "validFrom": CREATED,
        "credentialSubject": {
            "id": "did:web:college.example:badges",
            "type": ["EndorsementSubject"],
            "endorsementComment": "In good standing.",
        },
        "proof": [
            {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "created": CREATED,
                "verificationMethod": "https://agency.example/#k",
                "proofPurpose": "assertionMethod",
                "proofValue": "z2ytgyoSERUFed",
            }
        ],
    }


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value inside ``value`` with its path, containers before their content, without @context."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if key != "@context":
            yield from places(item, (*path, key))


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def replaced(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """Return a copy of ``document`` with ``value`` at ``path``."""
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def without(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return a copy of ``document`` without what stands at ``path``."""
    changed = copy.deepcopy(document)
    del at(changed, path[:-1])[path[-1]]
    return changed


# Everything Unicode has, except what is refused at the door (see test_proof_canonical).
_CONTROL = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF]))
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=_CONTROL), max_size=12
) | st.sampled_from(['"', "\\", "\n", "\r\n", "\t", "\\u0041", "é", "é", "日本", "😀", "\u2028", "", " x "])
names = st.uuids().map(lambda uuid: f"urn:uuid:{uuid}")


@st.composite
def credentials(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a credential of any shape: optional parts in and out, lists of any length, texts of any kind."""
    document = full_credential()
    for key in (
        "validUntil",
        "awardedDate",
        "credentialStatus",
        "evidence",
        "relatedResource",
        "endorsement",
    ):
        if draw(st.booleans()):
            del document[key]
    document["id"], document["name"] = draw(names), draw(texts)
    subject = document["credentialSubject"]
    if draw(st.booleans()):
        subject["id"] = draw(names)
    subject["narrative"] = draw(texts)
    subject["creditsEarned"] = draw(st.integers(-(10**9), 10**9)) / draw(st.sampled_from([1, 2, 4]))
    award = subject["achievement"]
    award["tag"] = draw(st.lists(texts, min_size=1, max_size=5, unique=True))
    award["resultDescription"][1]["allowedValue"] = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
    award["alignment"] = [
        alignment("x") | {"targetName": name}
        for name in draw(st.lists(texts, min_size=1, max_size=4))  # some of them alike: N-degree hashes
    ]
    document["evidence"] = [
        {"type": ["Evidence"], "narrative": text} for text in draw(st.lists(texts, min_size=1, max_size=4))
    ]
    document["issuer"]["name"] = {
        "@value": draw(texts),
        "@language": draw(st.sampled_from(["en", "nb-no", "de"])),
    }
    return document
