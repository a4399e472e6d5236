"""Signing: parts first, recorded proofs again, and what no longer fits is told without any key."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from site_builder.assembling.addresses import Addresses
from site_builder.catalog.catalog import Catalog
from site_builder.keys import Role, Signer, demo_signers
from site_builder.proof.multibase import check_digest
from site_builder.publishing.issuing import Signed, in_signing_order, sign_awards
from site_builder.publishing.records import Record, Records
from tests.support.repos import FIRST_AWARD, STACKED_AWARD, THIRD_AWARD, catalog_of, changed, valid

AT = Addresses("https://badges.northfield.example/")
FILES = changed(
    "credentials/issuer.yaml",
    "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    demo_signers()[Role.ISSUE].public_key,
)


def no_key() -> Signer:
    raise AssertionError("a key was asked for")


def signed(catalog: Catalog, records: Records | None = None) -> Signed:
    key = demo_signers()[Role.ISSUE]
    return sign_awards(catalog, AT, records or Records({}, {}), lambda: key, lambda: None)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of(FILES)


@pytest.fixture(scope="module")
def records(catalog: Catalog) -> Records:
    made = [replace(record, path="proofs/x.jsonl", line=n) for n, record in enumerate(signed(catalog).new, 1)]
    return Records({record.subject: record for record in made}, {})


def test_parts_are_signed_first_and_pinned_by_their_bytes(catalog: Catalog) -> None:
    order = [award.id for award in in_signing_order(catalog)]
    assert order[-1] == STACKED_AWARD
    badges = {badge.issued.id: badge for badge in signed(catalog).badges}
    related = json.loads(badges[STACKED_AWARD].data)["relatedResource"]
    for part, entry in zip((FIRST_AWARD, THIRD_AWARD), related, strict=True):
        assert check_digest(badges[part].data, entry["digestMultibase"])


def test_recorded_proofs_give_the_same_bytes_without_a_key(catalog: Catalog, records: Records) -> None:
    again = sign_awards(catalog, AT, records, no_key, lambda: None)
    assert [badge.data for badge in again.badges] == [badge.data for badge in signed(catalog).badges]
    assert again.new == []
    assert again.problems == []


def test_check_signs_nothing_and_asks_for_no_key(catalog: Catalog, records: Records) -> None:
    partly = Records({k: v for k, v in records.awards.items() if k != FIRST_AWARD}, {})
    found = sign_awards(catalog, AT, partly, None, lambda: None)
    # The stack rests on a badge that is not signed yet, so its own bytes are not known.
    assert FIRST_AWARD not in {badge.issued.id for badge in found.badges}
    assert STACKED_AWARD not in {badge.issued.id for badge in found.badges}
    assert found.problems == []
    assert found.new == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("issued/2026/charts.yaml", "issued_on: 2026-02-01", "issued_on: 2026-02-02"),
        ("issued/2026/charts.yaml", "score: 80", "score: 81"),
        ("credentials/charts.yaml", "criteria: Explain five charts.", "criteria: Explain four charts."),
        ("credentials/issuer.yaml", "name: Northfield Polytechnic", "name: Southfield Polytechnic"),
        ("frameworks/data-skills.yaml", "Compare several sources.", "Compare two sources."),
    ],
)
def test_a_change_of_what_was_signed_is_told(records: Records, path: str, old: str, new: str) -> None:
    found = sign_awards(catalog_of(changed(path, old, new, FILES)), AT, records, None, lambda: None)
    told = [problem.message for problem in found.problems if FIRST_AWARD in problem.message]
    place = records.awards[FIRST_AWARD]
    assert told == [f"award {FIRST_AWARD} no longer fits its recorded proof in proofs/x.jsonl:{place.line}"]


def test_revoking_changes_no_proof(records: Records) -> None:
    revoked = changed(
        "issued/2026/charts.yaml",
        "    results: {score: 80}\n",
        "    results: {score: 80}\n    revoked: {date: 2026-07-03, reason: Error.}\n",
        FILES,
    )
    assert sign_awards(catalog_of(revoked), AT, records, no_key, lambda: None).problems == []


@pytest.mark.parametrize("value", ["", "z", "z111", "nonsense", "z" + "1" * 88])
def test_a_proof_value_that_cannot_be_read_fits_nothing(
    catalog: Catalog, records: Records, value: str
) -> None:
    broken = {**records.awards, FIRST_AWARD: replace(records.awards[FIRST_AWARD], proof_value=value)}
    found = sign_awards(catalog, AT, Records(broken, {}), None, lambda: None)
    assert {problem.code for problem in found.problems} == {"issued-changed"}


def test_a_compromised_key_vouches_for_nothing(records: Records) -> None:
    other = demo_signers()[Role.STATUS].public_key
    issuer = FILES["credentials/issuer.yaml"].replace(
        "    since: 2026-01-01\n", "    since: 2026-01-01\n    state: compromised\n    ended: 2026-05-01\n", 1
    )
    issuer += f"  - id: next\n    role: issue\n    public_key: {other}\n    since: 2026-05-01\n"
    found = sign_awards(
        catalog_of({**FILES, "credentials/issuer.yaml": issuer}), AT, records, None, lambda: None
    )
    first = next(problem for problem in found.problems if FIRST_AWARD in problem.message)
    assert first.code == "key-compromised"
    assert first.message == (
        f"award {FIRST_AWARD} was signed by key issue-2026, which is compromised since 2026-05-01"
    )
    assert first.hint.startswith("badgepress compromised issue-2026 takes out proofs/x.jsonl:")


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        ("z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH", "status-2026, whose role is status"),
        ("z6Mkother", f"{AT.did}#z6Mkother, which credentials/issuer.yaml does not list"),
    ],
)
def test_a_badge_by_a_status_key_or_one_that_is_not_listed_is_refused(
    catalog: Catalog, records: Records, signer: str, words: str
) -> None:
    other = replace(records.awards[FIRST_AWARD], key=AT.key_id(signer))
    found = sign_awards(
        catalog, AT, Records({**records.awards, FIRST_AWARD: other}, {}), None, lambda: None
    ).problems
    first = next(problem for problem in found if FIRST_AWARD in problem.message)
    assert (first.code, first.message) == (
        "issued-changed",
        f"award {FIRST_AWARD} was signed by key {words}: proofs/x.jsonl:{other.line}",
    )


def test_a_proof_without_its_award_and_a_moved_site_are_told(catalog: Catalog, records: Records) -> None:
    gone = Record("gone", f"{AT.did}#z6Mk", "2026-01-01T00:00:00Z", "z1", "proofs/x.jsonl", 9)
    found = sign_awards(catalog, AT, Records({**records.awards, "gone": gone}, {}), None, lambda: None)
    assert [(p.path, p.line, p.code) for p in found.problems] == [("proofs/x.jsonl", 9, "issued-deleted")]
    elsewhere = Addresses("https://other.example/")
    moved = sign_awards(catalog, elsewhere, records, None, lambda: None)
    assert [(p.path, p.code) for p in moved.problems] == [("mkdocs.yml", "address-changed")]


def test_valid_repository_is_what_these_tests_change() -> None:
    assert FILES.keys() == valid().keys()
