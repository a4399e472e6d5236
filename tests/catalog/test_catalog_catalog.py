"""What the Catalog answers."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.catalog.catalog import version_order
from tests.support.repos import FIRST_AWARD, SECOND_AWARD, catalog_of, changed, valid

AWARDS = "issued/2026/charts.yaml"


def test_versions_sort_by_number() -> None:
    versions = ["1.10", "1.9", "2", "1.9.1", "10.0"]
    assert sorted(versions, key=version_order) == ["1.9", "1.9.1", "1.10", "2", "10.0"]
    assert version_order("1") == version_order("1.0.0")


def test_an_award_lives_as_long_as_its_credential_says_unless_it_says_otherwise() -> None:
    files = changed(AWARDS, "    results: {score: 80}\n  - id: 2", "    expires: 2026-12-31\n  - id: 2")
    awards = catalog_of(files).awards
    assert awards[FIRST_AWARD].valid_until == date(2026, 12, 31)
    assert awards[SECOND_AWARD].valid_until == date(2027, 2, 1)


def test_an_award_without_end() -> None:
    files = changed("credentials/charts.yaml", "valid_for: P1Y\n", "")
    assert catalog_of(files).awards[FIRST_AWARD].valid_until is None


def test_the_level_achieved_is_the_credentials_own_unless_higher() -> None:
    awards = catalog_of(changed(AWARDS, "{score: 80}", "{level: advanced}")).awards
    assert [awards[FIRST_AWARD].level, awards[SECOND_AWARD].level] == ["advanced", "intermediate"]


def test_an_awards_own_evidence_comes_before_its_cohorts() -> None:
    files = changed(AWARDS, "awards:\n", "evidence:\n  - name: Shared\nawards:\n")
    files = changed(
        AWARDS, "{score: 80}\n  - id: 2", "{score: 80}\n    evidence:\n      - name: Own\n  - id: 2", files
    )
    awards = catalog_of(files).awards
    assert [piece.name for piece in awards[FIRST_AWARD].evidence] == ["Own", "Shared"]
    assert [piece.name for piece in awards[SECOND_AWARD].evidence] == ["Shared"]


def test_a_draft_is_not_in_the_catalog() -> None:
    files = {
        **valid(),
        "credentials/new.yaml": valid()["credentials/charts.yaml"].replace("charts", "new", 1),
    }
    files = changed("credentials/new.yaml", "language: en", "status: draft\nlanguage: en", files)
    catalog = catalog_of(files)
    assert ("new", "1.0") not in catalog.achievements
    with pytest.raises(KeyError):
        catalog.newest("new")
