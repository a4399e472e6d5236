"""Claim links: each opens what its award commits to, and nothing is proved that was not awarded."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from site_builder.catalog.resolve import resolve
from site_builder.identity.commitments import opens
from site_builder.importers.row import Roster, RosterRow
from site_builder.keys import RosterKey
from site_builder.problems import Severity
from site_builder.reading.repository import sweep
from site_builder.registrar import holders
from site_builder.registrar.batch import batch
from site_builder.registrar.change import write
from site_builder.registrar.claims import Claims, claims
from site_builder.registrar.desk import carry_out
from site_builder.registrar.erasing import erase
from site_builder.registrar.minting import Mint
from site_builder.registrar.renewing import renew
from site_builder.registrar.replacing import Correction, replace
from site_builder.registrar.revoking import revoke
from site_builder.registrar.terms import Terms
from tests.registrar.college import KEY, catalog_in, college, do, office, row
from tests.support.repos import NOW

ZOE, ALAN = row("zoe@example.org", "Zoë =1+1", line=2), row("alan@example.org", "Alan", line=3)
NAMELESS = row("nobody@example.org", None, line=4)
PATH = "issued/2026/charts-2026-11-22.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository in which three learners have just been awarded."""
    folder = college(tmp_path / "repository")
    catalog = catalog_in(folder)
    terms = Terms(today=NOW, assessor="Board", credential="charts")
    mint = Mint.of(catalog, KEY, random.Random(1).randrange)
    made = batch(sweep(folder), catalog, roster(ZOE, ALAN, NAMELESS), terms, mint)
    write(folder, made.change)
    return folder


def roster(*rows: RosterRow) -> Roster:
    return Roster(path="list.csv", system="template", rows=rows, columns={"email": "Mail", "name": "Name"})


def claimed(
    root: Path, *rows: RosterRow, key: RosterKey = KEY, paths: frozenset[str] = frozenset({PATH})
) -> Claims:
    return claims(catalog_in(root), paths, roster(*rows), key)


def told(made: Claims) -> list[str]:
    assert all(problem.severity is Severity.WARNING for problem in made.warnings)
    return [f"{p.path}:{p.line or ''}:{p.field} {p.message}" for p in made.warnings]


def test_each_link_opens_what_its_award_commits_to(root: Path) -> None:
    made = claimed(root, ZOE, ALAN, NAMELESS)
    assert told(made) == []
    assert [claim.line for claim in made.found] == [2, 3, 4]
    awards = catalog_in(root).awards
    for claim, person in zip(made.found, (ZOE, ALAN, NAMELESS), strict=True):
        address = urlsplit(claim.link)
        assert address.path == f"/issued/{claim.award_id}/"
        given = {name: values[0] for name, values in parse_qs(address.fragment).items()}
        commitments = awards[claim.award_id].award.commitments
        assert opens(commitments.email, "email", given["email"], given["email.salt"])
        assert given["email"] == person.email
        if person.name is None:
            assert set(given) == {"email", "email.salt"}
            assert commitments.name is None
        else:
            assert commitments.name is not None
            assert opens(commitments.name, "name", given["name"], given["name.salt"])


def test_the_table_is_what_mail_merge_reads(root: Path) -> None:
    made = claimed(root, ZOE, row("alan@example.org", "=1+1", line=3))
    raw = made.table()
    assert raw.startswith(b"\xef\xbb\xbf")
    header, first, second = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert header == ["link", "name", "email", "credential"]
    assert first[1:] == ["Zoë =1+1", "zoe@example.org", "A Name"]
    assert second[1:] == ["'=1+1", "alan@example.org", "A Name"]


def test_nothing_secret_shows_in_a_repr(root: Path) -> None:
    shown = repr(claimed(root, ZOE))
    assert "zoe@" not in shown
    assert "salt" not in shown


def test_who_has_no_award_and_which_award_has_nobody_is_said(root: Path) -> None:
    made = claimed(root, ZOE, row("stranger@example.org", "Stranger", line=3))
    ids = {item.award.learner: item.id for item in catalog_in(root).awards.values() if item.path == PATH}
    lost = sorted(ids[KEY.pseudonym(person.email)] for person in (ALAN, NAMELESS))
    assert told(made) == [
        *(
            f"{PATH}:: award {i} belongs to nobody in the list, or was made with another roster key"
            for i in lost
        ),
        "list.csv:3:Mail row 3: no award of these files is for its address",
    ]
    assert len(made.found) == 1


def test_another_name_than_the_awarded_one_is_left_out_and_said(root: Path) -> None:
    made = claimed(
        root, row("zoe@example.org", "Zoe", line=2), row("alan@example.org", None, line=3), NAMELESS
    )
    assert "name" not in "".join(claim.link for claim in made.found)
    first, second, _ = (claim.award_id for claim in made.found)
    assert told(made) == [
        f"list.csv:2:Name row 2: the name is not the one that was awarded, so the link to award {first}"
        " proves the address alone",
        f"list.csv:3:Name row 3: the name is missing, so the link to award {second} proves the address alone",
    ]


def test_a_nameless_award_gets_no_name_from_a_later_list(root: Path) -> None:
    made = claimed(root, row("nobody@example.org", "Somebody Else", line=4), ZOE, ALAN)
    assert "Somebody" not in "".join(claim.link for claim in made.found)
    assert told(made) == []


def test_with_another_key_nothing_matches(root: Path) -> None:
    made = claimed(root, ZOE, ALAN, NAMELESS, key=RosterKey(False, b"x" * 32))
    assert made.found == ()
    assert len(made.warnings) == 6


def test_a_withdrawn_award_gets_no_link(root: Path) -> None:
    (claim,) = claimed(root, ZOE).found
    do(root, lambda desk: revoke(desk, [claim.award_id], "Issued in error.", NOW))
    made = claimed(root, ZOE, ALAN, NAMELESS)
    assert [found.line for found in made.found] == [3, 4]
    assert told(made) == [f"{PATH}:: award {claim.award_id} was withdrawn: it gets no link"]


def test_only_the_files_that_were_asked_for_count(root: Path) -> None:
    other = frozenset({"issued/2026/asking.yaml"})
    made = claimed(root, ZOE, paths=other)
    assert made.found == ()


def test_a_corrected_address_opens_the_award_that_replaces_the_old_one(root: Path) -> None:
    (old,) = claimed(root, ZOE).found
    moved = row("zoe@new.example.org", "Zoë Moved", line=2)
    outcome = do(root, lambda desk: replace(desk, old.award_id, office(moved), Correction()))
    new = outcome.awards[old.award_id]
    assert new is not None
    path = catalog_in(root).awards[new].path
    made = claimed(root, moved, paths=frozenset({path}))
    assert [claim.award_id for claim in made.found if claim.award_id == new] == [new]
    assert parse_qs(urlsplit(made.found[0].link).fragment)["email"] == ["zoe@new.example.org"]


def moved_to(root: Path, old_id: str, new: RosterRow, *, renewed: bool) -> str:
    """Renew or correct an award with a new address; return the new award."""
    if renewed:
        later = date(2026, 12, 1)
        outcome = carry_out(root, later, lambda desk: renew(desk, [old_id], office(new), later, None))
    else:
        outcome = carry_out(root, NOW, lambda desk: replace(desk, old_id, office(new), Correction()))
    assert not outcome.refused, outcome.problems
    return str(outcome.awards[old_id])


def claimed_later(root: Path, award_id: str, *rows: RosterRow) -> Claims:
    catalog, _ = resolve(sweep(root), date(2026, 12, 2))
    assert catalog is not None
    return claims(catalog, {catalog.awards[award_id].path}, roster(*rows), KEY)


@pytest.mark.parametrize("renewed", [True, False])
@pytest.mark.parametrize("erased", [True, False])
def test_a_new_address_opens_what_was_renewed_or_corrected_even_when_the_original_is_gone(
    root: Path, renewed: bool, erased: bool
) -> None:
    (old,) = claimed(root, ZOE).found
    moved = row("zoe@new.example.org", "Zoë Moved", line=3)
    new = moved_to(root, old.award_id, moved, renewed=renewed)
    if erased:
        gone = carry_out(root, date(2026, 12, 2), lambda desk: erase(desk, [old.award_id], desk.now))
        assert not gone.refused, gone.problems
    again = claimed_later(root, new, ALAN, moved)
    assert [(claim.award_id, claim.email) for claim in again.found] == [(new, "zoe@new.example.org")]
    # The list of before the move, in which the learner still stands, gives no link to another person's row.
    assert claimed_later(root, new, ZOE, ALAN).found == ()


def test_where_the_comparisons_do_not_last_it_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (old,) = claimed(root, ZOE).found
    moved = row("zoe@new.example.org", "Zoë Moved", line=2)
    new = moved_to(root, old.award_id, moved, renewed=True)
    monkeypatch.setattr(holders.Holders.__init__, "__defaults__", (1,))
    made = claimed_later(root, new, ALAN, moved)
    assert made.found == ()
    assert f"list.csv:: {holders.TOO_MANY}" in told(made)
