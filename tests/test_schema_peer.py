"""The official strict schema is applied in earnest: good examples pass, single faults are named."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.schemas import schema_faults

pytestmark = pytest.mark.shared


@pytest.fixture
def good() -> dict[str, Any]:
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://college.example/issued/one/credential.json",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": "did:web:college.example", "type": ["Profile"]},
        "validFrom": "2026-11-20T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://college.example/achievement.json",
                "type": ["Achievement"],
                "name": "Data literacy",
                "description": "Reads tables",
                "criteria": {"narrative": "Reads a table aloud"},
            },
        },
    }


def test_passes_a_good_credential(shared: Path, good: dict[str, Any]) -> None:
    assert schema_faults(good, shared) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("validFrom",), "2026-11-20"),
        (("validFrom",), "2026-02-30T00:00:00Z"),
        (("validFrom",), "2026-11-20T00:00:00"),
        (("issuer", "type"), "Profile"),
        (("credentialSubject", "achievement", "criteria"), None),
        (("credentialSubject", "achievement", "achievementType"), "NoSuchType"),
    ],
)
def test_names_a_single_fault(
    shared: Path, good: dict[str, Any], path: tuple[str, ...], value: object
) -> None:
    bad = copy.deepcopy(good)
    place: Any = bad
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert schema_faults(bad, shared) != []


def test_the_official_example_passes(shared: Path) -> None:
    example = shared / "standards/samples/ob3-spec-examples/basicOpenBadgeCredential.json"
    assert schema_faults(json.loads(example.read_text(encoding="utf-8")), shared) == []
