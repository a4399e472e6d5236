"""Renewing: a later award of the newest version continues an earlier one, which stays as it is."""

from __future__ import annotations

from dataclasses import replace as replaced
from datetime import date
from pathlib import Path

import pytest

from site_builder.registrar.renewing import renew
from site_builder.registrar.replacing import Correction, replace
from site_builder.registrar.revoking import revoke
from tests.registrar.college import (
    GRACE,
    KEY,
    catalog_in,
    college,
    contents,
    difference,
    do,
    office,
    refused,
    row,
)
from tests.support.repos import (
    FIRST_AWARD,
    NOW,
    SECOND_AWARD,
    STACKED_AWARD,
    THIRD_AWARD,
    UNKNOWN_AWARD,
    changed,
    valid,
)

BOTH = (row(score=95.0, has_score=True), row(GRACE, "Grace Hopper", 3, score=70.0, has_score=True))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path)


def test_the_old_award_is_untouched_and_the_new_one_names_it(root: Path) -> None:
    before = contents(root)
    outcome = do(root, lambda desk: renew(desk, [SECOND_AWARD, FIRST_AWARD], office(*BOTH), NOW, None))
    assert list(difference(before, contents(root))) == ["issued/2026/charts-renewed-2026-11-22.yaml"]
    catalog = catalog_in(root)
    for old_id, learner, score in ((FIRST_AWARD, BOTH[0].email, 95.0), (SECOND_AWARD, GRACE, 70.0)):
        new = catalog.awards[str(outcome.awards[old_id])]
        assert new.award.renews == old_id
        assert new.award.learner == KEY.pseudonym(learner)
        assert new.award.results is not None
        assert new.award.results.score == score
        assert new.file.issued_on == NOW
        assert new.file.assessed_by == "Examination board"
        assert catalog.awards[old_id].state_on(NOW) == "valid"
    assert outcome.meaning[0] == (
        f"Award {FIRST_AWARD} (charts 1.0, issued on 1 February 2026): it stays as it is until it expires on "
        "1 February 2027, and its page will lead to the new one. The new one is of version 1.0 and expires "
        "on 22 November 2027."
    )

    assert outcome.meaning[1] == "What it says of the result comes from the list: score 95."


def test_the_file_of_a_long_id_has_a_name_that_may_be(tmp_path: Path) -> None:
    long = "c" * 80
    files = {path.replace("asking", long): text.replace("asking", long) for path, text in valid().items()}
    root = college(tmp_path, files)
    outcome = do(root, lambda desk: renew(desk, [THIRD_AWARD], office(*BOTH), NOW, None))
    assert outcome.touched[0].path == f"issued/2026/{long[:60]}-renewed-2026-11-22.yaml"


def test_it_is_of_the_newest_version(tmp_path: Path) -> None:
    files = valid()
    files["credentials/charts/1.0.yaml"] = files["credentials/charts.yaml"]
    files = changed("credentials/charts.yaml", 'version: "1.0"', 'version: "2.0"', files)
    root = college(tmp_path, files)
    outcome = do(root, lambda desk: renew(desk, [SECOND_AWARD], office(*BOTH), NOW, "Another board"))
    new = catalog_in(root).awards[str(outcome.awards[SECOND_AWARD])]
    assert new.achievement.spec.version == "2.0"
    assert new.file.assessed_by == "Another board"


def test_what_is_renewed_already_is_not_renewed_again(root: Path) -> None:
    first = do(root, lambda desk: renew(desk, [SECOND_AWARD], office(*BOTH), date(2026, 11, 1), None))
    new = first.awards[SECOND_AWARD]
    assert refused(root, lambda desk: renew(desk, [SECOND_AWARD], office(*BOTH), NOW, None)) == [
        f"ID:None: award {SECOND_AWARD} was renewed by {new} on 1 November 2026"
        f" | badgepress show {new} tells how that one stands"
    ]
    do(root, lambda desk: revoke(desk, [str(new)], "Issued in error.", NOW))
    again = do(root, lambda desk: renew(desk, [SECOND_AWARD], office(*BOTH), NOW, None))
    assert again.awards[SECOND_AWARD] != new


def test_what_does_not_stand_is_not_renewed(root: Path) -> None:
    do(root, lambda desk: revoke(desk, [FIRST_AWARD], "Issued in error.", NOW))
    new = do(root, lambda desk: replace(desk, SECOND_AWARD, office(*BOTH), Correction(score=99.0)))
    ids = [FIRST_AWARD, SECOND_AWARD, UNKNOWN_AWARD]
    told = refused(root, lambda desk: renew(desk, ids, office(*BOTH), NOW, None))
    assert [line.partition(" | ")[0] for line in told] == [
        f"ID:None: there is no award '{UNKNOWN_AWARD}'",
        f"ID:None: award {FIRST_AWARD} was revoked on 22 November 2026",
        f"ID:None: award {SECOND_AWARD} was replaced by {new.awards[SECOND_AWARD]}",
    ]


def test_a_stack_is_built_on_parts_that_stand_on_the_day(root: Path) -> None:
    outcome = do(root, lambda desk: renew(desk, [STACKED_AWARD], office(*BOTH), NOW, None))
    new = catalog_in(root).awards[str(outcome.awards[STACKED_AWARD])]
    assert new.award.parts == (FIRST_AWARD, THIRD_AWARD)


def test_a_stack_and_its_parts_are_renewed_together(root: Path) -> None:
    ids = [STACKED_AWARD, FIRST_AWARD, THIRD_AWARD]
    outcome = do(root, lambda desk: renew(desk, ids, office(*BOTH), NOW, None))
    new = catalog_in(root).awards[str(outcome.awards[STACKED_AWARD])]
    assert new.award.parts == (outcome.awards[FIRST_AWARD], outcome.awards[THIRD_AWARD])
    assert len({place.path for place in outcome.touched}) == 3


def test_a_stack_whose_part_was_withdrawn_is_refused(root: Path) -> None:
    do(root, lambda desk: revoke(desk, [FIRST_AWARD], "Issued in error.", NOW))
    assert refused(root, lambda desk: renew(desk, [STACKED_AWARD], office(*BOTH), NOW, None)) == [
        f"ID:None: the holder of award {STACKED_AWARD} has no charts on 2026-11-22, which it stacks from"
        " | renew their award of charts first, or in the same command"
    ]


def test_who_has_no_result_is_not_renewed(root: Path) -> None:
    given = office(row(GRACE, "Grace Hopper", 7, has_score=True))
    assert refused(root, lambda desk: renew(desk, [SECOND_AWARD], given, NOW, None)) == [
        "list.csv:7: row 7 has no result"
    ]


def test_a_new_address_is_taken_for_one_award_alone(root: Path) -> None:
    moved = office(row("grace@new.example", "Grace Hopper"))
    told = refused(root, lambda desk: renew(desk, [FIRST_AWARD, SECOND_AWARD], moved, NOW, None))
    assert len(told) == 2
    outcome = do(root, lambda desk: renew(desk, [SECOND_AWARD], moved, NOW, None))
    new = catalog_in(root).awards[str(outcome.awards[SECOND_AWARD])]
    assert new.award.learner == KEY.pseudonym(GRACE)
    assert any("It was taken for the holder's new address" in line for line in outcome.meaning)


def test_consent_to_be_listed_is_asked_again(tmp_path: Path) -> None:
    listed = "    results: {score: 80}\n    listing: listed\n"
    files = changed("issued/2026/charts.yaml", "    results: {score: 80}\n", listed)
    root = college(tmp_path, files)
    outcome = do(root, lambda desk: renew(desk, [FIRST_AWARD], office(*BOTH), NOW, None))
    new = str(outcome.awards[FIRST_AWARD])
    assert catalog_in(root).awards[new].award.listing == "unlisted"
    assert outcome.meaning[-1] == (
        f"Award {new} is not listed: ask its holder again before you write listing: listed."
    )


def test_it_must_be_later_than_what_it_renews(root: Path) -> None:
    told = refused(root, lambda desk: renew(desk, [SECOND_AWARD], office(*BOTH), date(2026, 2, 1), None))
    assert told[0] == (
        f"--issued-on:None: renews '{SECOND_AWARD}': that award was not made before this one"
        " | the later award renews the earlier one"
    )


WALLET = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
WALLET_HINT = "a wallet belongs to one learner; leave it out where you are not sure whose it is"


def test_a_wallet_of_another_learner_is_told_at_the_row_or_the_option(tmp_path: Path) -> None:
    held = f"  - id: {FIRST_AWARD}\n"
    root = college(tmp_path, changed("issued/2026/charts.yaml", held, f"{held}    holder: {WALLET}\n"))
    given = office(row(GRACE, "Grace Hopper", 3, holder=WALLET))
    assert refused(root, lambda desk: renew(desk, [SECOND_AWARD], given, NOW, None)) == [
        f'list.csv:3: row 3, column "holder": is that of another learner, in award {FIRST_AWARD}'
        f" | {WALLET_HINT}"
    ]
    asked = Correction(holder=WALLET)
    assert refused(root, lambda desk: replace(desk, SECOND_AWARD, office(*BOTH), asked)) == [
        f"--holder:None: is that of another learner, in award {FIRST_AWARD} | {WALLET_HINT}"
    ]
    assert do(root, lambda desk: replace(desk, FIRST_AWARD, office(*BOTH), asked)).awards[FIRST_AWARD]


def test_faults_of_a_file_that_is_never_written_are_told_where_they_came_from(root: Path) -> None:
    low = office(row(GRACE, "Grace Hopper", 3, score=50.0, has_score=True))
    low = replaced(low, roster=replaced(low.roster, columns={"email": "E-Mail", "score": "Points"}))
    assert refused(root, lambda desk: renew(desk, [SECOND_AWARD], low, NOW, None)) == [
        'list.csv:3: row 3, column "Points": score 50 is below the pass mark 60'
    ]
    later = date(2026, 11, 23)
    assert refused(root, lambda desk: renew(desk, [SECOND_AWARD], office(*BOTH), later, None)) == [
        "--issued-on:None: issued_on 2026-11-23 is in the future: today is 2026-11-22 (UTC)"
    ]
    asked = Correction(score=50.0, version="7")
    told = refused(root, lambda desk: replace(desk, SECOND_AWARD, office(*BOTH), asked))
    assert "--version:None: credential charts has no version '7' | known: 1.0" in told
    asked = Correction(score=50.0, evidence={"name": "A report", "url": "http://x"})
    told = refused(root, lambda desk: replace(desk, SECOND_AWARD, office(*BOTH), asked))
    assert {line.partition(":")[0] for line in told} == {"--evidence-url"}
