"""Specs, frameworks and the issuer against the rest of the repository: whole messages, with their lines."""

from __future__ import annotations

import pytest

from tests.support.repos import changed, credential, told, valid

SPEC = "credentials/asking.yaml"
FRAMEWORK = "frameworks/data-skills.yaml"
ISSUER = "credentials/issuer.yaml"
FIRST_KEY = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
SECOND_KEY = "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH"
SINCE = "    since: 2026-01-01"
NO_ACTIVE = "8: there is no active key with role {0} | make one with badgepress rotate --role {0} --out FILE"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "id: interpret-data",
            "id: interpret-dta",
            "11: competency 'interpret-dta' does not exist in framework data-skills"
            " | did you mean 'interpret-data'?",
        ),
        (
            "id: interpret-data",
            "id: INTERPRET-DATA",
            "11: competency 'INTERPRET-DATA' does not exist in framework data-skills"
            " | did you mean 'interpret-data'? letter case matters",
        ),
        (
            "id: interpret-data",
            "id: zzz",
            "11: competency 'zzz' does not exist in framework data-skills"
            " | known: ask-questions, interpret-data",
        ),
        (
            "framework: data-skills",
            "framework: data-skill",
            "10: framework 'data-skill' does not exist | did you mean 'data-skills'?",
        ),
        (
            "    level: intermediate",
            "    level: intermediate\n  - {framework: data-skills, id: interpret-data, level: advanced}",
            "13: competency 'data-skills/interpret-data' is listed twice | remove one of the two",
        ),
    ],
)
def test_competencies(old: str, new: str, expected: str) -> None:
    assert told(changed(SPEC, old, new)) == [f"{SPEC}:{expected}"]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            "    weight: 90",
            ["14: the weights of the assessments make 90 percent, not 100 | change them until they make 100"],
        ),
        (
            "    weight: 60\n  - method: test\n    how: A test.",
            ["14: weight is given for some assessments only | give it for all of them or for none"],
        ),
        ("    weight: 33.3\n  - {method: test, how: A test., weight: 66.7}", []),
    ],
)
def test_weights(new: str, expected: list[str]) -> None:
    assert told(changed(SPEC, "    pass_mark: 60", new)) == [f"{SPEC}:{line}" for line in expected]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            "status: retired",
            ["5: field retired_on is missing: a retired credential has one | write the last day of awarding"],
        ),
        (
            "retired_on: 2026-05-01",
            [
                "5: retired_on belongs to a retired credential, but status is active"
                " | remove it, or write status: retired"
            ],
        ),
        ("status: retired\nretired_on: 2026-05-01", []),
        (
            "status: retired\npublished: 2026-02-01\nretired_on: 2026-01-01",
            ["7: retired_on 2026-01-01 is before published 2026-02-01"],
        ),
    ],
)
def test_lifetime(new: str, expected: list[str]) -> None:
    files = {**valid(), "credentials/lonely.yaml": credential("lonely")}
    files = changed("credentials/lonely.yaml", "language: en", f"{new}\nlanguage: en", files)
    assert told(files) == [f"credentials/lonely.yaml:{line}" for line in expected]


def test_the_id_is_the_name_of_the_file() -> None:
    files = {**valid(), "credentials/lonely.yaml": credential("lonesome")}
    assert told(files) == [
        "credentials/lonely.yaml:1: id must be the file's name 'lonely', not 'lonesome'"
        " | rename the file or mend the id"
    ]


def test_an_id_that_two_files_claim_is_told_once() -> None:
    files = {**valid(), "credentials/lonely.yaml": credential("charts")}
    assert told(files) == [
        "credentials/lonely.yaml:1: id must be the file's name 'lonely', not 'charts'"
        " | rename the file or mend the id"
    ]


def test_a_framework_with_another_id_than_its_file_is_told_once() -> None:
    files = changed(FRAMEWORK, "id: data-skills", "id: data-skill")
    assert told(files) == [
        f"{FRAMEWORK}:1: id must be the file's name 'data-skills', not 'data-skill'"
        " | rename the file or mend the id"
    ]


def test_a_competency_stands_once_in_its_framework() -> None:
    files = changed(FRAMEWORK, "id: ask-questions", "id: interpret-data")
    assert told(files) == [
        f"{FRAMEWORK}:15: competency 'interpret-data' is listed twice | remove one of the two"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "role: status",
            "role: issue",
            [NO_ACTIVE.format("status")],
        ),
        (SECOND_KEY, FIRST_KEY, [f"13: public key '{FIRST_KEY}' is listed twice | remove one of the two"]),
        (
            "id: status-2026",
            "id: issue-2026",
            ["13: key 'issue-2026' is listed twice | remove one of the two"],
        ),
        (
            SINCE,
            f"{SINCE}\n    ended: 2026-02-01",
            ["13: key 'issue-2026': an active key has not ended | remove ended, or write state: retired"],
        ),
        (
            SINCE,
            f"{SINCE}\n    state: retired\n    ended: 2025-02-01",
            [
                NO_ACTIVE.format("issue"),
                "14: key 'issue-2026': ended 2025-02-01 is before since 2026-01-01",
            ],
        ),
        (
            SINCE,
            f"{SINCE}\n    state: compromised",
            [
                NO_ACTIVE.format("issue"),
                "13: key 'issue-2026': field ended is missing: the key is compromised | write since when",
            ],
        ),
        (
            "country: CA",
            "country: Canada",
            [
                "3: country must be two capital letters (ISO 3166), not 'Canada'"
                " | for instance CA for Canada, KE for Kenya"
            ],
        ),
    ],
)
def test_issuer(old: str, new: str, expected: list[str]) -> None:
    assert told(changed(ISSUER, old, new)) == [f"{ISSUER}:{line}" for line in expected]
