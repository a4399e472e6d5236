"""Awards of two states of a repository: whatever changes one is told, with the award and the cure."""

from __future__ import annotations

import pytest

from site_builder.catalog.history import compared
from site_builder.models.award import Award, AwardFile
from site_builder.problems import in_order
from tests.support.repos import (
    FIRST_AWARD,
    SECOND_AWARD,
    STACKED_AWARD,
    THIRD_AWARD,
    UNKNOWN_AWARD,
    Files,
    award,
    award_file,
    changed,
    swept,
    told_of,
    valid,
)

CHARTS = "issued/2026/charts.yaml"
REVOKED = "    revoked: {date: 2026-07-03, reason: Error.}\n"
REPLACED = f"    replaced_by: {SECOND_AWARD}\n"
TOMBSTONE = f"erased:\n  - {{id: {FIRST_AWARD}, status_index: 1, date: 2026-08-01}}\n"


def told(old: Files, new: Files) -> list[str]:
    """Return what an author is told of the change, as ``code path:line: message | hint``."""
    found = in_order(compared(swept(old), swept(new)).problems)
    return [f"{problem.code} {line}" for problem, line in zip(found, told_of(found), strict=True)]


def charts(*awards: str, end: str = "", files: Files | None = None) -> Files:
    """Return the valid repository with these awards of charts."""
    return {**(files or valid()), CHARTS: award_file("charts", "2026-02-01", *awards) + end}


def cure(award_id: str) -> str:
    return (
        f"put it back; badgepress replace {award_id} makes a corrected award, "
        f"badgepress revoke {award_id} withdraws it"
    )


def test_nothing_is_told_of_the_same_state() -> None:
    assert told(valid(), valid()) == []


@pytest.mark.parametrize(
    ("more", "new", "line", "words"),
    [
        ("", award(FIRST_AWARD).replace("80", "81"), 11, "results.score was '80', is now '81'"),
        (
            "",
            award(FIRST_AWARD).replace("    results: {score: 80}\n", ""),
            6,
            "results was '80' and is gone",
        ),
        ("", award(FIRST_AWARD, "c"), 7, f"learner was '{'a' * 32}', is now '{'c' * 32}'"),
        ("", award(FIRST_AWARD).replace("index: 1", "index: 9"), 10, "status_index was '1', is now '9'"),
        (
            "    expires: 2026-12-01\n",
            award(FIRST_AWARD, more="    expires: 2026-12-31\n"),
            12,
            "expires was '2026-12-01', is now '2026-12-31'",
        ),
        (
            "",
            award(FIRST_AWARD, more="    holder: did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\n"),
            12,
            "holder is 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2…' and was not there",
        ),
        (
            "    evidence:\n      - {name: A report, genre: report}\n",
            award(FIRST_AWARD, more="    evidence:\n      - {name: A report, genre: essay}\n"),
            13,
            "evidence[0].genre was 'report', is now 'essay'",
        ),
    ],
)
def test_each_field_of_an_award_stays(more: str, new: str, line: int, words: str) -> None:
    old = charts(award(FIRST_AWARD, more=more), award(SECOND_AWARD, "b"))
    found = told(old, charts(new, award(SECOND_AWARD, "b")))
    message = f"award {FIRST_AWARD} was changed after its review: {words}"
    assert found == [f"issued-changed {CHARTS}:{line}: {message} | {cure(FIRST_AWARD)}"]


def test_a_commitment_and_a_part_stay() -> None:
    other = changed(CHARTS, "sha256$" + "1" * 64, "sha256$" + "f" * 64)
    assert "commitments.email was 'sha256$1" in told(valid(), other)[0]
    parts = changed("issued/2026/literacy.yaml", f"      - {THIRD_AWARD}\n", "")
    assert (
        f"award {STACKED_AWARD} was changed after its review: parts[1] was '{THIRD_AWARD}' and is gone"
        in (told(valid(), parts)[0])
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "issued_on: 2026-02-01",
            "issued_on: 2025-02-01",
            3,
            "issued_on was '2026-02-01', is now '2025-02-01'",
        ),
        (
            "assessed_by: Examination board",
            "assessed_by: The dean",
            4,
            "assessed_by was 'Examination board', is now 'The dean'",
        ),
        ("credential: charts", "credential: asking", 1, "credential was 'charts', is now 'asking'"),
        ('version: "1.0"', 'version: "1.1"', 2, "version was '1.0', is now '1.1'"),
    ],
)
def test_what_a_cohort_shares_is_told_once(old: str, new: str, line: int, words: str) -> None:
    found = told(valid(), changed(CHARTS, old, new))
    message = f"award {FIRST_AWARD} and 1 more award were changed after review: {words}"
    assert found == [f"issued-changed {CHARTS}:{line}: {message} | {cure(FIRST_AWARD)}"]


def test_shared_evidence_stays_and_may_move_to_the_award() -> None:
    piece = "  - {name: A report}\n"
    shared = changed(CHARTS, "awards:\n", f"evidence:\n{piece}awards:\n", charts(award(FIRST_AWARD)))
    own = charts(award(FIRST_AWARD, more=f"    evidence:\n    {piece}"))
    assert told(shared, own) == []
    gone = told(shared, charts(award(FIRST_AWARD)))
    assert f"award {FIRST_AWARD} was changed after review: evidence[0] was 'A report' and is gone" in gone[0]


def test_what_the_life_of_an_award_needs_is_let_through() -> None:
    new = charts(
        award(SECOND_AWARD, "b", "    listing: listed\n" + REVOKED),
        award(FIRST_AWARD, more=REPLACED),
        award(UNKNOWN_AWARD, "d"),
    )
    assert told(valid(), new) == []


def test_the_reason_of_a_revocation_stays() -> None:
    old = charts(award(FIRST_AWARD, more=REVOKED), award(SECOND_AWARD, "b"))
    (found,) = told(old, changed(CHARTS, "reason: Error.", "reason: Fraud.", old))
    message = f"award {FIRST_AWARD} was revoked for a reason that was 'Error.', is now 'Fraud.'"
    assert found.startswith(f"issued-changed {CHARTS}:12: {message} | put it back: ")
    assert f"badgepress erase {FIRST_AWARD} takes out the entry" in found


def test_a_reason_that_holds_personal_data_may_go() -> None:
    private = REVOKED.replace("Error.", "Asked for by ada@mail.example.org.")
    old = charts(award(FIRST_AWARD, more=private), award(SECOND_AWARD, "b"))
    new = charts(award(FIRST_AWARD, more=REVOKED), award(SECOND_AWARD, "b"))
    assert told(old, new) == []


def test_an_award_may_move_to_another_file_of_the_same_cohort() -> None:
    head, tail = charts(award(SECOND_AWARD, "b")), award_file("charts", "2026-02-01", award(FIRST_AWARD))
    assert told(valid(), {**head, "issued/2026/charts-2.yaml": "# moved\n" + tail}) == []
    later = tail.replace("2026-02-01", "2026-02-02")
    found = told(valid(), {**head, "issued/2026/charts-2.yaml": later})
    message = f"award {FIRST_AWARD} was changed after review: issued_on was '2026-02-01', is now '2026-02-02'"
    assert found == [f"issued-changed issued/2026/charts-2.yaml:3: {message} | {cure(FIRST_AWARD)}"]


def test_a_deleted_award_is_told_with_every_cure() -> None:
    found = told(valid(), charts(award(SECOND_AWARD, "b")))
    assert found == [
        f"issued-deleted {CHARTS}:None: award {FIRST_AWARD} of charts, made on 2026-02-01, is gone | "
        f"bring it back (if this branch is older than the revision: merge that in); badgepress revoke "
        f"{FIRST_AWARD} withdraws it, badgepress erase {FIRST_AWARD} if its holder asks for that"
    ]


def test_a_file_with_mistakes_has_lost_nothing() -> None:
    assert told(valid(), changed(CHARTS, "score: 80", "score: eighty")) == []
    assert told(valid(), changed(CHARTS, "awards:", "awards: [")) == []


@pytest.mark.parametrize(
    "other",
    [
        award(FIRST_AWARD).replace(FIRST_AWARD, UNKNOWN_AWARD),
        award(FIRST_AWARD).replace(FIRST_AWARD, UNKNOWN_AWARD).replace("1" * 64, "f" * 64),
        award(FIRST_AWARD).replace(FIRST_AWARD, UNKNOWN_AWARD).replace("index: 1", "index: 9"),
    ],
    ids=["all else the same", "another commitment", "another index"],
)
def test_the_same_award_under_another_id_is_recognised(other: str) -> None:
    found = told(valid(), charts(other, award(SECOND_AWARD, "b")))
    assert found == [
        f"issued-deleted {CHARTS}:6: award {FIRST_AWARD} was given another id, {UNKNOWN_AWARD} | "
        "put its id back: the address that its holder was given is made from it"
    ]


def test_two_awards_cannot_exchange_their_ids() -> None:
    new = charts(award(SECOND_AWARD, "a"), award(FIRST_AWARD, "b"))
    found = told(valid(), new)
    assert [line.split(" was changed")[0] for line in found] == [
        f"issued-changed {CHARTS}:7: award {SECOND_AWARD}",
        f"issued-changed {CHARTS}:13: award {FIRST_AWARD}",
    ]


@pytest.mark.parametrize(
    ("was", "is_now", "code", "words"),
    [
        (REVOKED, "", "status-cleared", "was revoked on 2026-07-03, and its revoked: is gone"),
        (
            REVOKED,
            REVOKED.replace("07-03", "07-04"),
            "issued-changed",
            "was revoked on 2026-07-03, which is now 2026-07-04",
        ),
        (REPLACED, "", "status-cleared", f"was replaced by {SECOND_AWARD}, and its replaced_by: is gone"),
        (
            REPLACED,
            f"    replaced_by: {THIRD_AWARD}\n",
            "issued-changed",
            f"was replaced by {SECOND_AWARD}, and replaced_by now names {THIRD_AWARD}",
        ),
    ],
)
def test_a_withdrawal_stays(was: str, is_now: str, code: str, words: str) -> None:
    second = award(SECOND_AWARD, "b")
    old = charts(award(FIRST_AWARD, more=was), second)
    found = told(old, charts(award(FIRST_AWARD, more=is_now), second))
    assert [line.split(" | ")[0] for line in found] == [
        f"{code} {CHARTS}:{12 if is_now else 6}: award {FIRST_AWARD} {words}"
    ]
    assert "put " in found[0].split(" | ")[1]


def test_an_erasure_takes_the_award_and_keeps_its_index() -> None:
    second = award(SECOND_AWARD, "b")
    assert told(valid(), charts(second, end=TOMBSTONE)) == []
    found = told(valid(), charts(second, end=TOMBSTONE.replace("index: 1", "index: 8")))
    assert found == [
        f"issued-changed {CHARTS}:13: award {FIRST_AWARD} had status_index 1, and what is left of it "
        "after its erasure has 8 | write the index that it had: copies of the badge must read as revoked"
    ]


def test_what_is_left_of_an_erased_award_stays() -> None:
    second = award(SECOND_AWARD, "b")
    erased = charts(second, end=TOMBSTONE)
    assert told(erased, charts(second)) == [
        f"issued-deleted {CHARTS}:None: what was left of award {FIRST_AWARD} after its erasure on 2026-08-01 "
        f"is gone | put it back under erased: in {CHARTS}; its id and status_index are never used again"
    ]
    assert told(erased, charts(second, award(FIRST_AWARD))) == [
        f"issued-changed {CHARTS}:12: award {FIRST_AWARD} was erased on 2026-08-01, and is awarded again | "
        "an erased award does not come back: make a new one with badgepress award"
    ]
    later = charts(second, end=TOMBSTONE.replace("08-01", "09-01"))
    assert told(erased, later) == [
        f"issued-changed {CHARTS}:13: award {FIRST_AWARD} was erased on 2026-08-01, which is now 2026-09-01 "
        "| put the date back"
    ]


def test_every_field_is_either_compared_or_a_known_edit() -> None:
    from site_builder.catalog import history_awards

    free = {"id", "listing", "revoked", "replaced_by"}
    assert set(history_awards._OF_AWARD) == set(Award.model_fields) - free
    assert set(history_awards._OF_FILE) == set(AwardFile.model_fields) - {"awards", "erased"}
