"""The programme that is measured: no faults, the tools' own text, the same bytes each time, little memory."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest

from bench._clerk import FOLDER, Clerk
from bench._programme import MOST_AWARDS, write_one_more, write_programme
from bench._repository import NOW, credential_specs
from site_builder.assembling.slots import shape_key
from site_builder.catalog.awards import lists_open_for
from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.editing.edits import with_fields, with_items
from site_builder.keys import Role
from site_builder.models.award import LIST_LENGTH
from site_builder.models.credential import Kind
from site_builder.reading.document import Document, read_document
from site_builder.reading.repository import sweep
from site_builder.registrar.cohorts import award_file

LATER = ("revoked", "replaced_by")


@pytest.fixture(scope="module")
def three_thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programme")
    write_programme(folder, 3000)
    return folder


@pytest.fixture(scope="module")
def catalog(three_thousand: Path) -> Catalog:
    return checked(three_thousand)


def checked(root: Path) -> Catalog:
    found, problems = resolve(sweep(root), NOW)
    assert [f"{p.path}:{p.line}: {p.message}" for p in problems] == []
    assert found is not None
    return found


def documents(root: Path) -> list[Document]:
    found = []
    for path in sorted(root.glob("issued/*/*.yaml")):
        document, problems = read_document(path.relative_to(root).as_posix(), path.read_bytes())
        assert document is not None
        assert problems == []
        found.append(document)
    return found


def test_nothing_is_wrong_with_a_small_one(tmp_path: Path) -> None:
    written = write_programme(tmp_path, 300)
    catalog = checked(tmp_path)
    assert (len(catalog.awards), len(catalog.erased)) == (written.awards, written.erased) == (300, 1)
    assert len(list(tmp_path.glob("issued/*/*.yaml"))) == written.files
    assert len({shape_key(item) for item in catalog.awards.values()}) == written.shapes


def test_it_has_everything_that_programmes_have(catalog: Catalog) -> None:
    awards = [item.award for item in catalog.awards.values()]
    assert len(awards) == 3000
    assert {item.achievement.spec.kind for item in catalog.awards.values()} == set(get_args(Kind))
    assert {item.achievement.spec.version for item in catalog.awards.values()} == {"1.0", "2.0"}
    found = Counter(
        name
        for award in awards
        for name in ("holder", "results", "evidence", "parts", "renews", "expires", "revoked", "replaced_by")
        if getattr(award, name)
    )
    found["listed"] = sum(award.listing == "listed" for award in awards)
    found["higher"] = sum(bool(award.results and award.results.level) for award in awards)
    found["erased"] = len(catalog.erased)
    found["without a name"] = sum(award.commitments.name is None for award in awards)
    assert [name for name, count in found.items() if not count] == []
    assert found["parts"] > 500
    assert {len(award.evidence) for award in awards} == {0, 1, 2}
    pieces = [piece for award in awards for piece in award.evidence]
    assert {(bool(p.narrative), bool(p.genre), bool(p.url)) for p in pieces} >= {
        (True, True, False),
        (True, False, False),
        (True, True, True),
    }
    assert any(not (piece.narrative or "").isascii() for piece in pieces)
    texts = [piece.narrative for piece in pieces if piece.narrative]
    assert len(set(texts)) > 0.99 * len(texts)


def test_wallets_are_their_learners_own(catalog: Catalog) -> None:
    whose: dict[str, set[str]] = {}
    for item in catalog.awards.values():
        if item.award.holder:
            whose.setdefault(item.award.holder, set()).add(item.award.learner)
    assert all(len(learners) == 1 for learners in whose.values())


def test_no_stack_rests_on_an_award_that_was_withdrawn(catalog: Catalog) -> None:
    parts = {part for item in catalog.awards.values() for part in item.award.parts}
    assert [part for part in parts if catalog.awards[part].is_withdrawn] == []


def test_cohorts_and_folders_have_the_size_of_real_ones(three_thousand: Path, catalog: Catalog) -> None:
    folders = Counter(path.parent.name for path in three_thousand.glob("issued/*/*.yaml"))
    assert len(folders) >= 4
    assert max(folders.values()) <= FOLDER
    days = [item.file.issued_on for item in catalog.awards.values()]
    assert min(days).year == 2020
    assert max(days) < NOW
    sizes = Counter(item.path for item in catalog.awards.values())
    cohorts = [size for path, size in sizes.items() if "-renewed-" not in path and "-corrected-" not in path]
    assert max(cohorts) <= 500
    assert sum(size < 20 for size in cohorts) <= 1  # the last is cut where the awards are complete


def test_cohorts_have_a_hundred_awards_and_use_the_open_lists() -> None:
    total = 70_000
    clerk = Clerk(Random(1), credential_specs(60), total)
    texts = list(clerk.files())
    sizes = [text.count("\n    learner:") for path, text in texts if "-corrected-" not in path]
    assert sum(sizes) + len(texts) - len(sizes) == total
    assert 80 < sum(sizes) / len(sizes) < 125
    taken = [
        int(line.split()[1]) for _, text in texts for line in text.splitlines() if "status_index:" in line
    ]
    assert len(set(taken)) == len(taken) == clerk.made + clerk.erased
    assert LIST_LENGTH < max(taken) < lists_open_for(total) * LIST_LENGTH == 2 * LIST_LENGTH
    # While one list was open, every place was in it.
    assert max(taken[:60_000]) < LIST_LENGTH


def by_the_tools(document: Document) -> bytes:
    """Return the file as award, revoke, replace and erase would have made it."""
    data: dict[str, Any] = document.data
    head = {name: value for name, value in data.items() if name not in ("awards", "erased")}
    entries = [{name: award[name] for name in award if name not in LATER} for award in data["awards"]]
    made = again(document.path, award_file(document.path, head, entries))
    for number, award in enumerate(data["awards"]):
        later = {name: award[name] for name in LATER if name in award}
        if later:
            made = again(document.path, with_fields(made, ("awards", number), later))
    return with_items(made, ("erased",), data["erased"]) if "erased" in data else made.raw


def again(path: str, raw: bytes) -> Document:
    document, problems = read_document(path, raw)
    assert document is not None
    assert problems == []
    return document


def test_the_text_is_what_the_registrars_tools_write(three_thousand: Path) -> None:
    found = documents(three_thousand)
    told = "".join(document.raw.decode() for document in found)
    assert all(f"\n{word}:" in told for word in ("    revoked", "    replaced_by", "erased", "    renews"))
    assert [document.path for document in found if by_the_tools(document) != document.raw] == []


def test_the_same_numbers_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        write_programme(tmp_path / name, 200, credentials=20)
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        made.append([(path.relative_to(tmp_path / name), path.read_bytes()) for path in files])
    assert made[0] == made[1]


def test_keys_of_its_own_stand_in_the_issuers_file(tmp_path: Path) -> None:
    public = {
        Role.ISSUE: "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        Role.STATUS: "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
    }
    write_programme(tmp_path, 60, credentials=20, keys=public)
    keys = checked(tmp_path).issuer.keys
    assert {(Role(key.role), key.public_key) for key in keys} == set(public.items())


def test_one_more_award_is_a_file_that_passes(tmp_path: Path) -> None:
    written = write_programme(tmp_path, 100)
    paths = [write_one_more(tmp_path, written, number) for number in range(3)]
    catalog = checked(tmp_path)
    assert len(catalog.awards) == 103
    assert {item.path for item in catalog.awards.values()} >= set(paths)


def test_files_are_made_one_after_another_and_forgotten() -> None:
    clerk = Clerk(Random(1), credential_specs(60), 12_000)
    tracemalloc.start()
    size = sum(len(text.encode()) for _, text in clerk.files())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < size / 2


@pytest.mark.parametrize("awards", [0, MOST_AWARDS + 1])
def test_too_few_and_too_many_are_refused(awards: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1 to 1,000,000 awards"):
        write_programme(tmp_path, awards)


def test_names_run_out_with_a_word(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are names for 1050 credentials"):
        write_programme(tmp_path, 100, credentials=2000)
