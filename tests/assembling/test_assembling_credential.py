"""The unsigned credential: what goes where (DESIGN 5), and what never goes in."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.assembling.achievement import achievement
from site_builder.assembling.addresses import Addresses
from site_builder.assembling.catalog_json import catalog_json
from site_builder.assembling.credential import created, unsigned_credential
from site_builder.assembling.narrative import criteria_narrative
from site_builder.assembling.profile import did_document
from site_builder.proof.canonical import refuse_undefined
from tests.support.repos import (
    FIRST_AWARD,
    SECOND_AWARD,
    STACKED_AWARD,
    THIRD_AWARD,
    catalog_of,
    changed,
    valid,
)

AT = Addresses("https://b.example/")
DIGESTS = {FIRST_AWARD: "uEiA", THIRD_AWARD: "uEiB"}
SPEC = "credentials/charts.yaml"


def credential(award: str = FIRST_AWARD, files: dict[str, str] | None = None) -> dict[str, Any]:
    catalog = catalog_of(files or valid())
    return unsigned_credential(catalog.awards[award], catalog, AT, DIGESTS)


def test_contexts_are_exactly_the_two_in_their_order() -> None:
    assert credential()["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]


def test_every_term_is_defined_and_nothing_is_null_or_empty() -> None:
    for award in (FIRST_AWARD, STACKED_AWARD):
        document = credential(award)
        refuse_undefined(document)
        assert not [where for where, value in leaves(document) if value in (None, [], {}, "")]


def leaves(value: Any, where: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        return [leaf for key, inner in value.items() for leaf in leaves(inner, f"{where}/{key}")]
    if isinstance(value, list) and value:
        return [leaf for n, inner in enumerate(value) for leaf in leaves(inner, f"{where}/{n}")]
    return [(where, value)]


def test_dates_come_from_the_reviewed_file() -> None:
    document = credential()
    assert document["validFrom"] == document["awardedDate"] == "2026-02-01T00:00:00Z"
    assert document["validUntil"] == "2027-02-01T00:00:00Z"  # valid_for: P1Y
    catalog = catalog_of(valid())
    assert created(catalog.awards[FIRST_AWARD]) == "2026-02-01T00:00:00Z"


def test_an_award_may_expire_on_a_day_of_its_own_or_never() -> None:
    path = "issued/2026/charts.yaml"
    own = changed(path, "    results: {score: 80}\n", "    results: {score: 80}\n    expires: 2026-07-01\n")
    assert credential(files=own)["validUntil"] == "2026-07-01T00:00:00Z"
    assert "validUntil" not in credential(files=changed(SPEC, "valid_for: P1Y\n", ""))


def test_the_holder_is_there_as_hashes_only() -> None:
    subject = credential()["credentialSubject"]
    assert subject["identifier"] == [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$" + "1" * 64,
            "identityType": "emailAddress",
        }
    ]
    assert "a" * 32 not in str(credential())  # the learner's pseudonym
    assert "id" not in subject


def test_level_and_score_are_results_of_described_kinds() -> None:
    subject = credential()["credentialSubject"]
    page = "https://b.example/credentials/charts/1.0/"
    assert subject["result"] == [
        {"type": ["Result"], "resultDescription": f"{page}#level", "achievedLevel": f"{page}#intermediate"},
        {"type": ["Result"], "value": "80", "resultDescription": f"{page}#score"},
    ]
    level, score = subject["achievement"]["resultDescription"]
    assert level["requiredLevel"] == f"{page}#intermediate"
    names = [(item["name"], item["level"]) for item in level["rubricCriterionLevel"]]
    assert names == [("Foundational", "1"), ("Intermediate", "2"), ("Advanced", "3")]
    assert (score["id"], score["requiredValue"]) == (f"{page}#score", "60")


def test_competencies_are_alignments_to_pages_that_exist() -> None:
    alignment = credential()["credentialSubject"]["achievement"]["alignment"]
    assert alignment == [
        {
            "type": ["Alignment"],
            "targetType": "CFItem",
            "targetName": "Interpret data",
            "targetDescription": "Intermediate: Compare several sources.",
            "targetFramework": "Data Skills",
            "targetUrl": "https://b.example/frameworks/data-skills/interpret-data/",
        }
    ]


def test_a_stack_pins_the_bytes_of_its_parts() -> None:
    assert credential(STACKED_AWARD)["relatedResource"] == [
        {"id": f"https://b.example/issued/{part}/credential.json", "digestMultibase": DIGESTS[part]}
        for part in (FIRST_AWARD, THIRD_AWARD)
    ]
    assert "relatedResource" not in credential(SECOND_AWARD)


def test_a_part_that_was_not_signed_first_is_our_bug() -> None:
    catalog = catalog_of(valid())
    with pytest.raises(KeyError):
        unsigned_credential(catalog.awards[STACKED_AWARD], catalog, AT, {})


def test_the_status_entry_has_an_id_of_its_own_and_its_index_as_text() -> None:
    assert credential()["credentialStatus"] == {
        "id": "https://b.example/status/1.json#1",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "1",
        "statusListCredential": "https://b.example/status/1.json",
    }


def test_the_narrative_has_fixed_headings_and_shows_plain_text_as_written() -> None:
    files = changed(SPEC, "how: Explains five charts.", "how: Explains <b>5</b> *charts* & &lt;.")
    spec = catalog_of(files).newest("charts").spec
    assert criteria_narrative(spec) == (
        "## Criteria\n\nExplain five charts.\n\n"
        "## Benchmark\n\nPerformance: earned by meeting a standard.\n\n"
        "## Level\n\nIntermediate\n\n"
        "## Assessment\n\n"
        "- Assignment (pass mark 60 %): Explains \\<b>5\\</b> \\*charts\\* & \\&lt;.\n\n"
        "## Workload\n\n8 hours\n\n"
        "## Participation\n\nOnline.\n\n"
        "## Quality assurance\n\nReviewed each year."
    )


def test_whole_numbers_are_written_as_such() -> None:
    credit = "credit:\n  points: {}\n  system: ECTS\n  towards: A course.\n"
    for given, written in (("3.0", 3), ("2.5", 2.5)):
        files = changed(SPEC, "image: badge.svg\n", "image: badge.svg\n" + credit.format(given))
        found = achievement(catalog_of(files).newest("charts"), AT)["creditsAvailable"]
        assert (found, type(found)) == (written, type(written))


def test_did_json_lists_every_key_but_the_compromised_and_states_the_roles() -> None:
    third = "z6Mkfriq1MqLBoPWecGoDLjguo1sB9brj6wT3qZ5BxkKpuP6"
    extra = (
        f"  - id: old\n    role: issue\n    public_key: {third}\n    since: 2025-01-01\n"
        "    state: {}\n    ended: 2026-01-01\n"
    )
    files = valid()
    for state, listed in (("retired", True), ("compromised", False)):
        issuer = files["credentials/issuer.yaml"] + extra.format(state)
        document = did_document(catalog_of({**files, "credentials/issuer.yaml": issuer}).issuer, AT)
        keys = [method["publicKeyMultibase"] for method in document["verificationMethod"]]
        assert (third in keys) == listed
        assert document["assertionMethod"] == [f"did:web:b.example#{key}" for key in keys]
        roles = {item["type"]: item["serviceEndpoint"]["keys"] for item in document["service"]}
        status = "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"
        assert roles == {
            "StatusListKeys": [f"did:web:b.example#{status}"],
            "BadgeKeys": [f"did:web:b.example#{key}" for key in keys if key != status],
        }
        assert "expires" not in str(document)


def test_the_catalog_for_machines_names_only_listed_awards_that_stand() -> None:
    path = "issued/2026/charts.yaml"
    line = "    results: {score: 80}\n"
    listed = changed(path, line, line + "    listing: listed\n")
    assert catalog_json(catalog_of(listed), AT)["listedAwards"] == [
        f"https://b.example/issued/{FIRST_AWARD}/credential.json"
    ]
    withdrawn = changed(
        path, line, line + "    listing: listed\n    revoked: {date: 2026-07-03, reason: Error.}\n"
    )
    assert catalog_json(catalog_of(withdrawn), AT)["listedAwards"] == []


def test_the_catalog_for_machines_says_how_credentials_stack() -> None:
    entries = {entry["id"]: entry for entry in catalog_json(catalog_of(valid()), AT)["credentials"]}
    assert entries["literacy"]["stacksFrom"] == ["charts", "asking"]
    assert entries["charts"]["stacksInto"] == ["literacy"]
    assert "stacksFrom" not in entries["charts"]
    assert entries["charts"]["hours"] == 8
