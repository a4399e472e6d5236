"""What is shown of an award: where it stands, how it stands, and what it is linked with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from site_builder.publishing.records import Record, write_records
from site_builder.reading.repository import sweep
from site_builder.registrar.desk import Desk
from site_builder.registrar.erasing import erase
from site_builder.registrar.renewing import renew
from site_builder.registrar.replacing import Correction, replace
from site_builder.registrar.revoking import revoke
from site_builder.registrar.showing import facts_of
from tests.registrar.college import GRACE, KEY, catalog_in, college, do, office, row
from tests.support.repos import FIRST_AWARD, NOW, SECOND_AWARD, STACKED_AWARD, THIRD_AWARD

HOST = "https://badges.northfield.example/"


def shown(root: Path, award_id: str, now: date = NOW) -> dict[str, str]:
    """Return what is shown of an award, in words."""
    desk = Desk(sweep(root), catalog_in(root), now)
    return {fact.name: fact.words for fact in facts_of(desk, award_id)}


def test_everything_that_is_known(tmp_path: Path) -> None:
    root = college(tmp_path)
    assert shown(root, FIRST_AWARD) == {
        "file": "issued/2026/charts.yaml:6",
        "credential": "charts, version 1.0: A Name",
        "issuedOn": "1 February 2026",
        "assessedBy": "Examination board",
        "expires": "1 February 2027",
        "level": "intermediate",
        "score": "80 %",
        "state": "stands, and expires on 1 February 2027, in 71 days",
        "listing": "unlisted",
        "status": f"bit 1 of list 1, {HOST}status/1.json",
        "page": f"{HOST}issued/{FIRST_AWARD}/",
        "badge": f"{HOST}issued/{FIRST_AWARD}/credential.json",
        "proof": "none recorded here",
        "stacks": f"{STACKED_AWARD} (literacy, stands, and expires on 1 June 2027, in 191 days)",
    }
    assert shown(root, STACKED_AWARD)["parts"].split("\n") == [
        f"{FIRST_AWARD} (charts, stands, and expires on 1 February 2027, in 71 days)",
        f"{THIRD_AWARD} (asking, stands, and expires on 1 March 2027, in 99 days)",
    ]


def test_it_changes_with_the_day(tmp_path: Path) -> None:
    root = college(tmp_path)
    assert shown(root, FIRST_AWARD, date(2027, 1, 31))["state"].endswith("in 1 day")
    assert shown(root, FIRST_AWARD, date(2027, 2, 1))["state"] == "expired on 1 February 2027"


def test_a_recorded_proof_and_its_key(tmp_path: Path) -> None:
    root = college(tmp_path)
    path = "proofs/2026/charts.jsonl"
    made = Record(SECOND_AWARD, "did:web:x#z6Mk", "2026-02-01T00:00:00Z", "zz", path, 0)
    (root / path).parent.mkdir(parents=True)
    (root / path).write_bytes(write_records([made]))
    told = shown(root, SECOND_AWARD)["proof"]
    assert told == f"{path}:1, made 2026-02-01T00:00:00Z by did:web:x#z6Mk"


def test_the_ways_between_awards_are_told_from_both_ends(tmp_path: Path) -> None:
    root = college(tmp_path)
    given = office(row(), row(GRACE, "Grace Hopper", 3))
    renewed = str(do(root, lambda desk: renew(desk, [FIRST_AWARD], given, NOW, None)).awards[FIRST_AWARD])
    right = do(root, lambda desk: replace(desk, SECOND_AWARD, given, Correction(score=90.0)))
    corrected = str(right.awards[SECOND_AWARD])
    do(root, lambda desk: revoke(desk, [renewed], "Issued in error.", NOW))
    assert shown(root, FIRST_AWARD)["renewedBy"] == (
        f"{renewed} (charts, revoked on 22 November 2026: Issued in error.)"
    )
    assert shown(root, renewed)["renews"].startswith(FIRST_AWARD)
    assert shown(root, SECOND_AWARD)["state"] == f"replaced by {corrected}, and so revoked"
    assert shown(root, SECOND_AWARD)["replacedBy"].startswith(corrected)
    assert shown(root, corrected)["corrects"].startswith(SECOND_AWARD)
    do(root, lambda desk: erase(desk, [FIRST_AWARD, STACKED_AWARD], NOW))
    assert shown(root, renewed)["renews"] == f"{FIRST_AWARD} (erased)"


def test_what_is_left_of_an_erased_award(tmp_path: Path) -> None:
    root = college(tmp_path)
    do(root, lambda desk: erase(desk, [SECOND_AWARD], NOW))
    assert shown(root, SECOND_AWARD) == {
        "file": "issued/2026/charts.yaml:14",
        "state": "erased on 22 November 2026",
        "erasedOn": "22 November 2026",
        "status": f"bit 2 of list 1, {HOST}status/1.json",
        "page": f"{HOST}issued/{SECOND_AWARD}/",
    }


def test_no_learner_and_no_commitment_is_shown(tmp_path: Path) -> None:
    root = college(tmp_path)
    desk = Desk(sweep(root), catalog_in(root), NOW)
    for award_id in desk.catalog.awards:
        text = repr(facts_of(desk, award_id))
        assert KEY.pseudonym(GRACE) not in text
        assert "sha256$" not in text
