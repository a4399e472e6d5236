"""What expires soon: who is on the list, who no longer is, and whom to remind."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from site_builder.assembling.addresses import Addresses
from site_builder.importers.row import RosterRow
from site_builder.registrar.expiring import expiring, reminder_table, reminders, span_end
from site_builder.registrar.holders import MOST_COMPARISONS, Holders
from site_builder.registrar.renewing import renew
from site_builder.registrar.replacing import Correction, replace
from site_builder.registrar.revoking import revoke
from tests.registrar.college import ADA, GRACE, catalog_in, college, do, office, refused, row
from tests.support.repos import FIRST_AWARD, NOW, SECOND_AWARD, STACKED_AWARD, THIRD_AWARD

BOTH = (row(GRACE, "Zoë, =Grace"), row(ADA, None, 3))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("90d", date(2027, 2, 20)),
        ("12w", date(2027, 2, 14)),
        ("3m", date(2027, 2, 22)),
        ("1y", date(2027, 11, 22)),
    ],
)
def test_a_span_ends_on_a_day(span: str, expected: date) -> None:
    assert span_end(span, NOW) == expected


@pytest.mark.parametrize("span", ["", "90", "0d", "-1d", "1.5m", "90 d", "90D", "101y", "99999y", "٣d"])
def test_what_is_no_span(span: str) -> None:
    with pytest.raises(ValueError, match="such as 90d, 12w, 6m or 1y"):
        span_end(span, NOW)


def holders(*rows: RosterRow, most: int = MOST_COMPARISONS) -> Holders:
    given = office(*rows)
    return Holders(given.roster, given.key, most)


def ids(root: Path, span: str, now: date = NOW) -> list[str]:
    return [item.issued.id for item in expiring(catalog_in(root), now, span_end(span, now))]


def test_the_soonest_come_first_up_to_the_last_day(tmp_path: Path) -> None:
    root = college(tmp_path)
    assert ids(root, "70d") == []
    assert ids(root, "71d") == [FIRST_AWARD, SECOND_AWARD]
    assert ids(root, "1y") == [FIRST_AWARD, SECOND_AWARD, THIRD_AWARD, STACKED_AWARD]
    assert [item.days_left for item in expiring(catalog_in(root), NOW, span_end("71d", NOW))] == [71, 71]


def test_what_has_expired_is_not_on_it(tmp_path: Path) -> None:
    root = college(tmp_path)
    assert ids(root, "1d", date(2027, 1, 31)) == [FIRST_AWARD, SECOND_AWARD]
    assert ids(root, "28d", date(2027, 2, 1)) == [THIRD_AWARD]


def test_what_was_revoked_or_renewed_is_not_on_it(tmp_path: Path) -> None:
    root = college(tmp_path)
    do(root, lambda desk: revoke(desk, [SECOND_AWARD], "Issued in error.", NOW))
    new = do(root, lambda desk: renew(desk, [FIRST_AWARD], office(*BOTH), NOW, None)).awards[FIRST_AWARD]
    assert ids(root, "71d") == []
    do(root, lambda desk: revoke(desk, [str(new)], "Issued in error.", NOW))
    assert ids(root, "71d") == [FIRST_AWARD]


def test_who_renewed_an_award_that_was_corrected_afterwards_is_not_on_it(tmp_path: Path) -> None:
    root, early = college(tmp_path), date(2026, 11, 1)
    new = do(root, lambda desk: renew(desk, [SECOND_AWARD], office(*BOTH), early, None)).awards[SECOND_AWARD]
    corrected = SECOND_AWARD
    for score in (99.0, 98.0):
        wrong, right = corrected, Correction(score=score)
        done = do(root, lambda desk, a=wrong, c=right: replace(desk, a, office(*BOTH), c))  # type: ignore[misc]
        corrected = str(done.awards[wrong])
    assert ids(root, "71d") == [FIRST_AWARD]
    assert refused(root, lambda desk: renew(desk, [corrected], office(*BOTH), NOW, None)) == [
        f"ID:None: award {corrected} was renewed by {new} on 1 November 2026"
        f" | badgepress show {new} tells how that one stands"
    ]
    do(root, lambda desk: revoke(desk, [str(new)], "Issued in error.", NOW))
    assert ids(root, "71d") == [FIRST_AWARD, corrected]


def test_who_moved_is_reminded_at_the_new_address(tmp_path: Path) -> None:
    root, moved = college(tmp_path), row("grace@new.example", "Grace Hopper")
    new = do(root, lambda desk: replace(desk, SECOND_AWARD, office(moved), Correction())).awards[SECOND_AWARD]
    found = expiring(catalog_in(root), NOW, span_end("71d", NOW))
    at = Addresses("https://badges.northfield.example/")
    both = [row(ADA, None, 3), moved]
    made = reminders(found, holders(*both), at)
    assert {item.expiring.issued.id: item.row.email for item in made} == {
        FIRST_AWARD: ADA,
        new: "grace@new.example",
    }
    spent = holders(*both, most=1)
    assert [item.expiring.issued.id for item in reminders(found, spent, at)] == [FIRST_AWARD]
    assert spent.is_spent


def test_reminders_have_the_page_and_no_claim_link(tmp_path: Path) -> None:
    root = college(tmp_path)
    found = expiring(catalog_in(root), NOW, span_end("71d", NOW))
    made = reminders(found, holders(*BOTH), Addresses("https://badges.northfield.example/"))
    table = list(csv.reader(io.StringIO(reminder_table(made).decode("utf-8-sig"), newline="")))
    link = "https://badges.northfield.example/issued/{}/"
    assert table == [
        ["name", "email", "credential", "expires", "link"],
        ["Zoë, =Grace", GRACE, "A Name", "1 February 2027", link.format(SECOND_AWARD)],
        ["", ADA, "A Name", "1 February 2027", link.format(FIRST_AWARD)],
    ]
    assert not any(word in repr(made) for word in (ADA, GRACE, "Zoë"))


def test_who_is_not_in_the_list_is_not_reminded(tmp_path: Path) -> None:
    root = college(tmp_path)
    found = expiring(catalog_in(root), NOW, span_end("71d", NOW))
    made = reminders(found, holders(BOTH[0]), Addresses("https://badges.northfield.example/"))
    assert [item.expiring.issued.id for item in made] == [SECOND_AWARD]
