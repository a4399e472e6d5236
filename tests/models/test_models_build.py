"""What an author is told of a file that does not fit its model: whole messages, with their lines."""

from __future__ import annotations

import pytest

from tests.support.repos import FIRST_AWARD, changed, credential, told, valid

SPEC = "credentials/charts.yaml"
AWARDS = "issued/2026/charts.yaml"
USE = """\
competencies:
  - framework: data-skills
    id: interpret-data
    level: intermediate
"""
QUOTE = 'put "quotes" around it, and it stays as you wrote it'
LEVELS = "foundational, intermediate or advanced"
METHODS = (
    "assignment, test, project, portfolio, practical-exercise, workplace-demonstration, lecture-or-seminar or"
    " conference"
)
BY_ROSTER = "the registrar's tools make it; no one should invent one by hand"


def test_a_valid_repository_has_nothing_to_say() -> None:
    assert told(valid()) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: A Name\n", "", "1: field name is missing | the title"),
        (
            "    id: interpret-data\n",
            "",
            "10: field id is missing in competencies entry 1 | the competency's id in that framework",
        ),
        (
            "  hours: 8",
            "  ects: 8",
            "19: field hours is missing in workload"
            " | all hours of the learner's work: contact, practice, assessment",
        ),
    ],
)
def test_missing_field(old: str, new: str, expected: str) -> None:
    assert told(changed(SPEC, old, new)) == [f"{SPEC}:{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("competencies:", "competancies:", "9: unknown field 'competancies' | did you mean 'competencies'?"),
        ("name: A", "Name: A", "2: unknown field 'Name' | did you mean 'name'? letter case matters"),
        (
            "name: A",
            "n\u0430me: A",
            "2: unknown field 'n\u0430me' | it has the character '\u0430' (U+0430); type the name again",
        ),
        (
            "name: A Name",
            'name: A Name\n"@context": x',
            "3: unknown field '@context' | fields that start with @ are not allowed",
        ),
        (
            "  hours: 8",
            "  hours: 8\n  minutes: 3",
            "21: unknown field 'minutes' in workload | known: ects, hours",
        ),
        (
            "name: A Name",
            "name: A Name\nzzzz: 1",
            "3: unknown field 'zzzz' | known: assessment, benchmark, competencies, credit, criteria,"
            " description, enrol, id and 20 more",
        ),
    ],
)
def test_unknown_field_is_told_once_with_the_nearest_name(old: str, new: str, expected: str) -> None:
    assert told(changed(SPEC, old, new)) == [f"{SPEC}:{expected}"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("true", f"name must be text, found a boolean; quote it | {QUOTE}"),
        ("7", f"name must be text, found a number; quote it | {QUOTE}"),
        ("1.10", f"name must be text, found a number; quote it | {QUOTE}"),
        ("2024-05-01", f"name must be text, found a date; quote it | {QUOTE}"),
        ("[a, b]", "name must be text, found a list"),
        ("{a: b}", "name must be text, found a mapping"),
        (
            "null",
            'name is empty: expected text, found nothing | write a value; as text, null and ~ need "quotes"',
        ),
        (
            "",
            'name is empty: expected text, found nothing | write a value; as text, null and ~ need "quotes"',
        ),
        ("''", "name is empty | write some text"),
        ("'   '", "name is empty | write some text"),
        ("x" * 201, "name is too long: 201 characters, at most 200 are allowed"),
    ],
)
def test_text(value: str, expected: str) -> None:
    assert told(changed(SPEC, "name: A Name", f"name: {value}")) == [f"{SPEC}:2: {expected}"]


def test_text_keeps_words_that_older_yaml_would_take_for_booleans() -> None:
    assert told(changed(SPEC, "name: A Name", "name: NO")) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("expert", f"must be {LEVELS}, not 'expert'"),
        ("'advanced '", f"must be {LEVELS}, not 'advanced ' | remove the spaces around 'advanced'"),
        ("''", f"must be {LEVELS}, not ''"),
        ("Advanced", f"must be {LEVELS}, not 'Advanced' | did you mean 'advanced'? letter case matters"),
        ("true", f"must be {LEVELS}, found a boolean"),
        ("[advanced]", f"must be {LEVELS}, found a list"),
        ("", f"is empty: expected {LEVELS}, found nothing | write a value"),
    ],
)
def test_choice(value: str, expected: str) -> None:
    files = changed(SPEC, "\nlevel: intermediate", f"\nlevel: {value}")
    assert told(files) == [f"{SPEC}:6: level {expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "kind: nanocredential",
            "kind: mega",
            "3: kind must be nanocredential, microcredential, stacked-microcredential or certificate,"
            " not 'mega'",
        ),
        ("method: assignment", "method: telepathy", f"15: method must be {METHODS}, not 'telepathy'"),
        ("    level: inter", "    level: expert # ", f"12: level must be {LEVELS}, not 'expert'"),
    ],
)
def test_other_choices(old: str, new: str, expected: str) -> None:
    assert told(changed(SPEC, old, new)) == [f"{SPEC}:{expected}"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", "must be at most 100, not 120"),
        ("-3", "must be at least 0, not -3"),
        ("1.0e+308", "must be at most 100, not 1e+308"),
        (".nan", "must be finite | write an ordinary number, or quote the text"),
        ("true", "must be a number, found a boolean"),
        ("'60'", "must be a number, found text | write it without quotes"),
        ("sixty", "must be a number, found text"),
        ("", "is empty: expected a number, found nothing | write a value, or leave the field out"),
    ],
)
def test_number(value: str, expected: str) -> None:
    files = changed(SPEC, "pass_mark: 60", f"pass_mark: {value}")
    assert told(files) == [f"{SPEC}:17: pass_mark {expected}"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("true", "must be a whole number, found a boolean"),
        ("2.5", "must be a whole number, not 2.5"),
        ("-1", "must be at least 0, not -1"),
        ("1099511627776", "must be less than 1099511627776, not 1099511627776"),
        ("two", "must be a whole number, found text"),
    ],
)
def test_whole_number(value: str, expected: str) -> None:
    files = changed(AWARDS, "status_index: 2", f"status_index: {value}")
    assert told(files) == [f"{AWARDS}:16: status_index {expected}"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("competencies: []\n", ["9: competencies is an empty list: it must have at least one entry"]),
        (
            "competencies: one\n",
            [
                "9: competencies must be a list, found text"
                " | put each entry on a line of its own, after a dash"
            ],
        ),
        (
            "competencies:\n  - one\n  -\n",
            [
                "10: competencies entry 1 must be a mapping of fields, found text",
                "11: competencies entry 2 is empty: expected a mapping of fields, found nothing"
                " | write a value",
            ],
        ),
    ],
)
def test_list(value: str, expected: list[str]) -> None:
    assert told(changed(SPEC, USE, value)) == [f"{SPEC}:{line}" for line in expected]


def test_entries_of_a_list_are_counted_from_one() -> None:
    files = changed(SPEC, "image: badge.svg", "image: badge.svg\ntags:\n  - fine\n  - 3\n  -\n  - ''")
    assert told(files) == [
        f"{SPEC}:28: tags entry 2 must be text, found a number; quote it | {QUOTE}",
        f"{SPEC}:29: tags entry 3 is empty: expected text, found nothing"
        ' | write a value; as text, null and ~ need "quotes"',
        f"{SPEC}:30: tags entry 4 is empty | write some text",
    ]


def test_too_many_awards() -> None:
    head, _, awards = valid()[AWARDS].partition("awards:\n")
    one = awards.split("  - id")[1]
    every = "".join(
        "  - id"
        + one.replace(FIRST_AWARD, f"{number:08x}-1111-4111-8111-111111111111")
        .replace("status_index: 1", f"status_index: {number}")
        .replace("sha256$" + "1" * 64, f"sha256${number:064x}")
        for number in range(1, 502)
    )
    files = {**valid(), AWARDS: f"{head}awards:\n{every}"}
    del files["issued/2026/literacy.yaml"]
    assert told(files) == [f"{AWARDS}:5: awards has 501 entries, at most 500 are allowed"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "language: en",
            "language: english",
            "5: language must be a language tag, not 'english' | write a tag like en or en-CA",
        ),
        (
            'version: "1.0"',
            "version: 1.0",
            f"4: version must be text, found a number; quote it | {QUOTE}",
        ),
        (
            "valid_for: P1Y",
            "valid_for: 1 year",
            "24: valid_for must be a duration such as P2Y, not '1 year'"
            " | write P2Y for two years, P18M for eighteen months",
        ),
        (
            "language: en",
            "published: soon\nlanguage: en",
            "5: published must be a date, not 'soon' | write the year, the month and the day: 2026-11-22",
        ),
        (
            "language: en",
            "published: 5\nlanguage: en",
            "5: published must be a date such as 2026-11-22, found a number",
        ),
        (
            "language: en",
            "published: 2026-02-30\nlanguage: en",
            "5: published must be a date, not '2026-02-30'"
            " | write the year, the month and the day: 2026-11-22",
        ),
        ("workload:\n  hours: 8", "workload: 8", "19: workload must be a mapping of fields, found a number"),
        (
            "hours: 8",
            "hours: 8:30",
            "20: hours must be plain decimal digits, not '8:30'"
            " | some YAML readers take it for another number; write the number out",
        ),
        (
            "criteria: Explain five charts.",
            "criteria: <b>Explain</b>",
            "18: criteria has HTML, which is not allowed | use Markdown, or write \\< for the sign itself",
        ),
    ],
)
def test_rules_of_single_words(old: str, new: str, expected: str) -> None:
    assert told(changed(SPEC, old, new)) == [f"{SPEC}:{expected}"]


def test_empty_optional_field_is_not_taken_for_left_out() -> None:
    assert told(changed(SPEC, "valid_for: P1Y", "valid_for:")) == [
        f"{SPEC}:24: valid_for is empty: expected text, found nothing"
        ' | write a value, or leave the field out; as text, null and ~ need "quotes"'
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "b" * 32,
            "jane@example.org",
            "13: learner holds an e-mail address, which may not be committed"
            " | the registrar's tools make what stands here; no one should write it by hand",
        ),
        (
            "sha256$" + "2" * 64,
            "md5$abab",
            "15: email must be the word sha256$ and 64 hexadecimal digits in lower case"
            f" | a salted hash, never a name or an e-mail address; {BY_ROSTER}",
        ),
    ],
)
def test_what_may_be_personal_is_not_repeated(old: str, new: str, expected: str) -> None:
    assert told(changed(AWARDS, old, new)) == [f"{AWARDS}:{expected}"]


def test_award_id_must_be_a_random_uuid() -> None:
    files = changed(AWARDS, "22222222-2222-4222-8222-222222222222", "award-two")
    assert told(files) == [
        f"{AWARDS}:12: id must be a random UUID (version 4) in lower case, not 'award-two' | {BY_ROSTER}"
    ]


def test_place_of_a_nested_field_is_told_from_inside_out() -> None:
    evidence = "    evidence:\n      - narrative: A report.\n  - id: 22222222"
    assert told(changed(AWARDS, "  - id: 22222222", evidence)) == [
        f"{AWARDS}:13: field name is missing in evidence entry 1 of awards entry 1 | a title"
    ]


def test_what_may_be_a_private_key_is_not_repeated() -> None:
    files = changed("credentials/issuer.yaml", "z6MkpTHR8V", "zPrivateKey")
    assert told(files) == [
        "credentials/issuer.yaml:15: public_key must be an Ed25519 public key: z6Mk and 44 more characters"
        " | badgepress keygen prints it; a private key must never stand here"
    ]


def test_suspicious_addresses_are_warned_of_and_published() -> None:
    files = changed(SPEC, "image: badge.svg", "image: badge.svg\nenrol: https://example.org/?token=abc")
    assert told(files) == [
        f"{SPEC}:26: enrol has the parameter 'token', which looks like a secret that everybody could read"
        " | publish an address that opens without it, and withdraw that secret"
    ]


def test_every_mistake_of_a_file_is_told_in_one_run() -> None:
    spec = credential("charts").replace("name: A Name\n", "").replace("level: inter", "level: x")
    spec = spec.replace("pass_mark: 60", "pass_mark: 120").replace("P1Y", "1Y")
    assert [line.split(" | ")[0] for line in told({**valid(), SPEC: spec})] == [
        f"{SPEC}:1: field name is missing",
        f"{SPEC}:5: level must be {LEVELS}, not 'xmediate'",
        f"{SPEC}:11: level must be {LEVELS}, not 'xmediate'",
        f"{SPEC}:16: pass_mark must be at most 100, not 120",
        f"{SPEC}:23: valid_for must be a duration such as P2Y, not '1Y'",
    ]
