"""Award files: what they award, when, and what must be unique over all of them."""

from __future__ import annotations

import pytest

from tests.support.repos import FIRST_AWARD, SECOND_AWARD, changed, told

AWARDS = "issued/2026/charts.yaml"
SPEC = "credentials/charts.yaml"
FIRST_ENDS = "    results: {score: 80}\n  - id: 2"
EVIDENCE = "  - name: A report\n    url: https://example.org/report\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "credential: charts",
            "credential: chart",
            "1: credential 'chart' does not exist | did you mean 'charts'?",
        ),
        (
            "credential: charts",
            "credential: zzz",
            "1: credential 'zzz' does not exist"
            " | if its file was deleted, bring it back: an awarded credential can be retired, not deleted",
        ),
        (
            'version: "1.0"',
            'version: "1.1"',
            "2: credential charts has no version '1.1' | did you mean '1.0'?",
        ),
        (
            "issued_on: 2026-02-01",
            "issued_on: 2026-11-23",
            "3: issued_on 2026-11-23 is in the future: today is 2026-11-22 (UTC)",
        ),
        ("score: 80", "score: 59.5", "11: score 59.5 is below the pass mark 60"),
        (
            "score: 80",
            "level: foundational",
            "11: level foundational is below the credential's own level intermediate",
        ),
    ],
)
def test_what_is_awarded(old: str, new: str, expected: str) -> None:
    assert told(changed(AWARDS, old, new)) == [f"{AWARDS}:{expected}"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("expires: 2026-02-01", "12: expires 2026-02-01 must be after issued_on 2026-02-01"),
        (
            "revoked: {date: 2026-01-31, reason: An error}",
            "12: revoked on 2026-01-31 must be from 2026-02-01 (issued) to 2026-11-22 (today)",
        ),
        (
            "revoked: {date: 2026-11-23, reason: An error}",
            "12: revoked on 2026-11-23 must be from 2026-02-01 (issued) to 2026-11-22 (today)",
        ),
    ],
)
def test_dates_of_an_award(more: str, expected: str) -> None:
    files = changed(AWARDS, FIRST_ENDS, FIRST_ENDS.replace("\n", f"\n    {more}\n"))
    assert told(files) == [f"{AWARDS}:{expected}"]


def test_a_higher_level_and_a_day_of_revocation_between_are_fine() -> None:
    more = "    results: {level: advanced}\n    revoked: {date: 2026-11-22, reason: An error}\n  - id: 2"
    assert told(changed(AWARDS, FIRST_ENDS, more)) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (
            "status: draft",
            [
                "credentials/literacy.yaml:28: part 'charts' is a draft, and this credential is not"
                " | set the part's status to active first",
                f"{AWARDS}:1: credential charts is a draft, it cannot be awarded"
                " | set its status to active first",
            ],
        ),
        (
            "status: retired\nretired_on: 2026-01-31",
            [f"{AWARDS}:3: credential charts was retired on 2026-01-31, before issued_on 2026-02-01"],
        ),
        ("status: retired\nretired_on: 2026-02-01", []),
        (
            "published: 2026-05-01",
            [f"{AWARDS}:3: issued_on 2026-02-01 is before 2026-05-01, the day charts 1.0 was published"],
        ),
    ],
)
def test_status_of_the_credential(status: str, expected: list[str]) -> None:
    assert told(changed(SPEC, "language: en", f"{status}\nlanguage: en")) == expected


@pytest.mark.parametrize(
    ("path", "line", "where"),
    [
        (AWARDS, 12, "issued/2026/charts.yaml:6"),
        ("issued/2026/literacy.yaml", 6, "issued/2026/charts.yaml:12"),
    ],
)
def test_an_award_id_is_used_once(path: str, line: int, where: str) -> None:
    used = FIRST_AWARD if path == AWARDS else SECOND_AWARD
    old = SECOND_AWARD if path == AWARDS else "44444444-4444-4444-8444-444444444444"
    assert told(changed(path, old, used)) == [
        f"{path}:{line}: award id '{used}' stands already in {where}"
        " | each award has an id of its own, which is never used again"
    ]


def test_a_status_index_is_used_once_over_all_files() -> None:
    assert told(changed(AWARDS, "status_index: 2", "status_index: 3")) == [
        f"{AWARDS}:16: status_index 3 stands already in issued/2026/asking.yaml:6 | each award has a status"
        f" index of its own; if this file is new: badgepress renumber {AWARDS}"
    ]


def test_a_salt_is_used_once() -> None:
    files = changed(AWARDS, "sha256$" + "2" * 64, "sha256$" + "1" * 64)
    assert told(files) == [
        f"{AWARDS}:15: commitment 'sha256${'1' * 64}' stands already in {AWARDS}:6"
        " | each commitment has a salt of its own; two that are equal link one person's awards"
    ]


def test_evidence_at_one_address_is_described_once() -> None:
    files = changed(AWARDS, "awards:\n", f"evidence:\n{EVIDENCE}awards:\n")
    indented = "".join(f"    {line}\n" for line in ["evidence:", *EVIDENCE.splitlines()])
    files = changed(AWARDS, FIRST_ENDS, FIRST_ENDS.replace("\n", f"\n{indented}"), files)
    message = "evidence url 'https://example.org/report' is given twice for one award"
    hint = "describe it once, for the award or for the whole file"
    assert told(files) == [f"{AWARDS}:17: {message} | {hint}"]
    files = changed(AWARDS, "awards:\n", f"evidence:\n{EVIDENCE}{EVIDENCE}awards:\n")
    assert told(files) == [f"{AWARDS}:9: {message} | {hint}"]


@pytest.mark.parametrize("index", ["131072", "2147483648", "1099511627775"])
def test_a_status_list_opens_only_when_the_last_is_half_full(index: str) -> None:
    assert told(changed(AWARDS, "status_index: 1\n", f"status_index: {index}\n")) == [
        f"{AWARDS}:10: status_index must be below 131072, not {index}"
        " | there is one status list for 4 awards; another opens when the last is half full"
    ]


@pytest.mark.parametrize(
    "address", ["a.b@example.org", "a.b&#64;example.org", "a.b&#x40;example.org", "a%40b.org"]
)
def test_an_address_of_a_person_is_refused_wherever_it_stands(address: str) -> None:
    expected = "holds an e-mail address, which may not be committed"
    hint = "write a role in place of a person, such as Examination board"
    files = changed(AWARDS, "assessed_by: Examination board", f"assessed_by: Board, {address}")
    assert told(files) == [f"{AWARDS}:4: assessed_by {expected} | {hint}"]
    evidence = FIRST_ENDS.replace("\n", f"\n    evidence: [{{name: Report, narrative: By {address}.}}]\n", 1)
    files = changed(AWARDS, FIRST_ENDS, evidence)
    assert [line.split(": ", 1)[1] for line in told(files)] == [f"narrative {expected} | {hint}"]


def test_a_sign_that_is_no_address_passes() -> None:
    assert told(changed(AWARDS, "assessed_by: Examination board", "assessed_by: Board @ work, 9@5")) == []


WALLET = "    holder: did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\n"
WALLET_HINT = "a wallet belongs to one learner; leave it out where you are not sure whose it is"
FIRST_STARTS, SECOND_STARTS = f"  - id: {FIRST_AWARD}\n", f"  - id: {SECOND_AWARD}\n"
SITE_HOLDER = "    holder: did:web:Badges.northfield.example\n"


def test_a_wallet_belongs_to_one_learner() -> None:
    files = changed(AWARDS, FIRST_STARTS, FIRST_STARTS + WALLET)
    # The same learner's other awards have it as well.
    files = changed("issued/2026/asking.yaml", "    learner", WALLET + "    learner", files)
    assert told(files) == []
    files = changed(AWARDS, SECOND_STARTS, SECOND_STARTS + WALLET, files)
    assert told(files) == [
        f"{AWARDS}:14: holder is that of another learner's award in issued/2026/asking.yaml:7 | {WALLET_HINT}"
    ]
    revoked = WALLET + "    revoked: {date: 2026-03-01, reason: The wallet was another learner's.}\n"
    assert told(changed(AWARDS, SECOND_STARTS + WALLET, SECOND_STARTS + revoked, files)) == []


def test_the_issuer_holds_no_badge() -> None:
    assert told(changed(AWARDS, FIRST_STARTS, FIRST_STARTS + SITE_HOLDER)) == [
        f"{AWARDS}:7: holder is the DID of this site, which issues the badges"
        " | write the DID that the learner's wallet shows, or leave it out"
    ]
