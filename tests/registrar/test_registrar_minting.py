"""What a new award is made of: ids and places nobody had, spread evenly, and a holder who is not named."""

from __future__ import annotations

import random
import re
import secrets
from itertools import pairwise

from site_builder.catalog.awards import lists_open_for
from site_builder.editing.scalars import block
from site_builder.identity.commitments import opens
from site_builder.keys import RosterKey
from site_builder.models.award import LIST_LENGTH, AwardFile, Results
from site_builder.models.build import build
from site_builder.reading.document import read_document
from site_builder.registrar.minting import Mint, entry
from tests.support.repos import FIRST_AWARD, catalog_of, valid

KEY = RosterKey(False, b"k" * 32)


def mint(seed: int = 1) -> Mint:
    return Mint(KEY, random.Random(seed).randrange, (), ())


def test_an_award_is_committed_to_its_holder_who_is_not_named() -> None:
    new = mint().mint(" Ada@Example.org", "Ada Lovelace")
    assert re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", new.id)
    assert new.learner == KEY.pseudonym("ada@example.org")
    assert opens(new.commitments.email, "email", "ada@example.org", KEY.salt(new.id, "email"))
    assert new.commitments.name is not None
    assert opens(new.commitments.name, "name", "Ada Lovelace", KEY.salt(new.id, "name"))
    assert "ada" not in repr(new).lower()


def test_a_row_without_a_name_commits_to_none() -> None:
    assert mint().mint("ada@example.org").commitments.name is None


def test_the_same_key_and_chance_make_the_same_award_and_another_chance_another() -> None:
    assert mint(3).mint("ada@example.org") == mint(3).mint("ada@example.org")
    one, other = mint(3).mint("ada@example.org"), mint(4).mint("ada@example.org")
    assert one.learner == other.learner
    assert one.commitments != other.commitments


def test_what_awards_have_or_had_is_never_given_out_again() -> None:
    given = iter([7, 7, 8])
    assert Mint(KEY, lambda _: next(given), (), {7}).index() == 8
    twice = iter([5, 5, 6])
    drawn = Mint(KEY, lambda _: next(twice), (), ())
    assert drawn.award_id() != drawn.award_id()


def test_a_mint_of_a_catalog_knows_its_awards_and_what_was_erased() -> None:
    erased = (
        "erased:\n  - id: 55555555-5555-4555-8555-555555555555\n    status_index: 9\n    date: 2026-05-01\n"
    )
    files = valid()
    catalog = catalog_of({**files, "issued/2026/charts.yaml": files["issued/2026/charts.yaml"] + erased})
    first = catalog.awards[FIRST_AWARD].award.status_index
    drawn = iter([first, 9, 10])
    assert Mint.of(catalog, KEY, lambda _: next(drawn)).index() == 10


def test_another_list_opens_when_the_last_is_half_full() -> None:
    half = LIST_LENGTH // 2
    asked: list[int] = []

    def choose(places: int) -> int:
        asked.append(places)
        return places - 1

    Mint(KEY, choose, (), range(half - 2)).index()
    Mint(KEY, choose, (), range(half - 1)).index()
    assert asked == [LIST_LENGTH, 2 * LIST_LENGTH]


def test_140_000_awards_take_several_lists_evenly_and_no_place_twice() -> None:
    """Chance is the system's here: each part of a list is used as often as any other (chi-squared)."""
    drawn = Mint(KEY, secrets.randbelow, (), ())
    indexes = [drawn.index() for _ in range(140_000)]
    assert len(set(indexes)) == 140_000
    lists = lists_open_for(140_000)
    assert lists == 3
    assert max(indexes) < lists * LIST_LENGTH
    last = indexes[2 * (LIST_LENGTH // 2) :]
    assert {index // LIST_LENGTH for index in last} == {0, 1, 2}
    counts = [0] * 64
    for index in indexes[:60_000]:  # while one list is open, each part of it is as likely as any other
        counts[index * 64 // LIST_LENGTH] += 1
    expected = 60_000 / 64
    assert sum((count - expected) ** 2 / expected for count in counts) < 140  # 63 degrees: p < 1e-7


def test_indexes_cannot_be_told_from_the_order_of_awards() -> None:
    drawn = Mint(KEY, secrets.randbelow, (), ())
    indexes = [drawn.index() for _ in range(20_000)]
    rising = sum(after > before for before, after in pairwise(indexes))
    assert 9_600 < rising < 10_400  # half of them, within ten standard deviations


def test_an_entry_has_the_fields_in_their_order_and_reads_back_as_an_award() -> None:
    new = mint().mint("ada@example.org", "Ada")
    wallet = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    fields = entry(new, results={"score": 71.5}, parts=(), expires=None, holder=wallet)
    assert list(fields) == ["id", "learner", "commitments", "holder", "status_index", "results"]
    head = ["credential: charts", 'version: "1.0"', "issued_on: 2026-01-02", "assessed_by: Board", "awards:"]
    raw = "\n".join([*head, *block([fields], 2), ""]).encode()
    document, problems = read_document("issued/2026/x.yaml", raw)
    assert document is not None
    file, more = build(AwardFile, document)
    assert [*problems, *more] == []
    assert file is not None
    award = file.awards[0]
    assert (award.id, award.learner, award.status_index) == (new.id, new.learner, new.status_index)
    assert award.commitments == new.commitments
    assert award.holder == wallet
    assert award.results == Results(score=71.5)
