"""The whole repository: every mistake in one run, in one order, each told once."""

from __future__ import annotations

import random
from datetime import date

from tests.support.repos import FIRST_AWARD, THIRD_AWARD, catalog_of, changed, resolved, told, valid

SPEC = "credentials/charts.yaml"
FRAMEWORK = "frameworks/data-skills.yaml"
AWARDS = "issued/2026/charts.yaml"
LEVELS = "foundational, intermediate or advanced"


def test_the_catalog_is_in_order_of_ids() -> None:
    catalog = catalog_of(valid())
    assert list(catalog.achievements) == [("asking", "1.0"), ("charts", "1.0"), ("literacy", "1.0")]
    assert list(catalog.awards) == sorted(catalog.awards)
    assert catalog.achievements["charts", "1.0"].competencies[0].statement == "Compare several sources."
    assert catalog.settings.site_url == "https://badges.northfield.example/"


def test_mistakes_of_many_files_are_told_in_one_run_in_order_of_place() -> None:
    files = changed(SPEC, "level: inter", "level: x")
    files = changed("credentials/asking.yaml", "id: interpret-data", "id: interpret-dat", files)
    files = changed("credentials/literacy.yaml", "image: badge.svg", "image: bdge.svg", files)
    files = changed(FRAMEWORK, "type: soft", "type: Soft", files)
    files = changed("issued/2026/asking.yaml", "score: 80", "score: 30", files)
    files = changed("issued/2026/literacy.yaml", "score: 80", "score: 120", files)
    files = changed("credentials/issuer.yaml", "country: CA", "country: Canada", files)
    expected = [
        f"{SPEC}:6: level must be {LEVELS}, not 'xmediate'",
        "credentials/issuer.yaml:3: country must be two capital letters (ISO 3166), not 'Canada'",
        "credentials/literacy.yaml:25: image 'bdge.svg' does not exist",
        f"{FRAMEWORK}:17: type must be hard or soft, not 'Soft'",
        "issued/2026/asking.yaml:11: score 30 is below the pass mark 60",
        "issued/2026/literacy.yaml:11: score must be at most 100, not 120",
    ]
    assert [line.split(" | ")[0] for line in told(files)] == expected
    for seed in range(3):
        shuffled = list(files.items())
        random.Random(seed).shuffle(shuffled)
        assert [line.split(" | ")[0] for line in told(dict(shuffled))] == expected


def test_a_spec_with_errors_hides_only_what_may_stand_in_it() -> None:
    """Its awards, and the stack it is a part of, are not called wrong; other unknown names are."""
    broken = changed(SPEC, "\nlevel: intermediate", "\nlevel: expert")
    mistake = f"{SPEC}:6: level must be {LEVELS}, not 'expert'"
    assert told(broken) == [mistake]
    assert told(changed("credentials/literacy.yaml", "- asking", "- askin", broken)) == [
        mistake,
        "credentials/literacy.yaml:29: part 'askin' does not exist | did you mean 'asking'?",
    ]
    assert told(changed("issued/2026/asking.yaml", "credential: asking", "credential: askin", broken)) == [
        mistake,
        "issued/2026/asking.yaml:1: credential 'askin' does not exist | did you mean 'asking'?",
    ]


def test_a_spec_that_was_read_is_never_in_doubt() -> None:
    files = changed(SPEC, "workload:\n  hours: 8\n", "")
    files = changed(AWARDS, 'version: "1.0"', 'version: "3.0"', files)
    assert told(files) == [
        f"{SPEC}:1: field workload is missing: the EU elements of a microcredential ask for it"
        " | write the hours of work: workload: {hours: 25}",
        f"{AWARDS}:2: credential charts has no version '3.0' | did you mean '1.0'?",
    ]


def test_a_framework_with_errors_hides_only_its_own_competencies() -> None:
    broken = changed(FRAMEWORK, "type: soft", "type: Soft")
    mistake = (
        f"{FRAMEWORK}:17: type must be hard or soft, not 'Soft' | did you mean 'soft'? letter case matters"
    )
    assert told(broken) == [mistake]
    assert told(changed(SPEC, "framework: data-skills", "framework: other", broken)) == [
        f"{SPEC}:10: framework 'other' does not exist",
        mistake,
    ]


def test_a_file_that_is_no_yaml_hides_only_what_may_stand_in_it() -> None:
    files = {**valid(), FRAMEWORK: "id: [data-skills\n"}
    assert [line.split(":")[0] for line in told(files)] == [FRAMEWORK]
    files = {**valid(), SPEC: "id: 'charts\n"}
    assert [line.split(":")[0] for line in told(files)] == [SPEC]


def test_an_award_file_with_errors_hides_only_its_own_awards() -> None:
    broken = changed(AWARDS, "score: 80", "score: 101")
    mistake = f"{AWARDS}:11: score must be at most 100, not 101"
    assert told(broken) == [mistake]
    unknown = "99999999-9999-4999-8999-999999999999"
    assert told(changed("issued/2026/literacy.yaml", THIRD_AWARD, unknown, broken)) == [
        mistake,
        f"issued/2026/literacy.yaml:14: part '{unknown}' is not an award of this repository",
    ]


def test_an_award_file_that_is_no_yaml_may_hold_any_award() -> None:
    files = {**valid(), AWARDS: "credential: [charts\n"}
    assert [line.split(":")[0] for line in told(files)] == [AWARDS]


def test_awards_of_an_unknown_credential_are_still_awards() -> None:
    files = changed(AWARDS, "credential: charts", "credential: chart")
    assert FIRST_AWARD in files["issued/2026/literacy.yaml"]
    assert told(files) == [f"{AWARDS}:1: credential 'chart' does not exist | did you mean 'charts'?"]


def test_a_value_refused_by_the_reader_is_not_told_again_by_the_model() -> None:
    assert told(changed(SPEC, "name: A Name", "name: A\u200bName")) == [
        f"{SPEC}:2: name has an invisible character (U+200B)"
        " | delete it; it often comes along when text is copied from a web page or a PDF"
    ]


def test_the_clock_is_the_one_given() -> None:
    assert [line.split(":")[0] for line in told(valid())] == []
    _, problems = resolved(valid(), date(2026, 5, 31))
    assert [problem.message for problem in problems] == [
        "issued_on 2026-06-01 is in the future: today is 2026-05-31 (UTC)"
    ]


def test_warnings_come_beside_a_catalog() -> None:
    catalog, problems = resolved(
        changed(SPEC, "image: badge.svg", "image: badge.svg\nenrol: https://a.bc/?key=1")
    )
    assert catalog is not None
    assert [problem.code for problem in problems] == ["suspicious-url"]
