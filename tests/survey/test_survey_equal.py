"""A survey finds what ``resolve`` and ``read_records`` do, whatever is wrong and whatever the store knows."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from site_builder.assembling.addresses import Addresses
from site_builder.assembling.catalog_json import catalog_json
from site_builder.assembling.status import unsigned_lists
from site_builder.catalog.catalog import Catalog, IssuedAward, Listed
from site_builder.catalog.counts import awarded
from site_builder.catalog.resolve import resolve
from site_builder.executors.inline import Inline
from site_builder.exports.credential_twin import shared_twins
from site_builder.exports.tombstone import tombstones
from site_builder.pages.listed import listed_awards
from site_builder.problems import Problem, has_errors, in_order
from site_builder.proof.records import Records, read_records
from site_builder.publishing.kept import resting_on
from site_builder.publishing.recorded import left_behind, left_behind_in, moved, orphans, recorded_problems
from site_builder.reading.repository import sweep
from site_builder.storing import Store
from site_builder.survey import Survey, load_file, survey
from site_builder.survey.columns import each_id, unpacked
from tests.survey.faults import FAULTS, touch
from tests.survey.populations import NOW, Population, sound


def _expected(root: Path, made: Population) -> tuple[Catalog | None, Records, list[Problem]]:
    repository = sweep(root)
    catalog, problems = resolve(repository, made.now, made.site_url)
    records, more = read_records(repository.proofs)
    return catalog, records, in_order([*problems, *more])


def _surveyed(root: Path, made: Population, store: Store) -> Survey:
    return survey(root, made.now, made.site_url, store, Inline())


def _same(found: Survey, root: Path, made: Population, store: Store) -> list[tuple[object, ...]]:
    """Compare a survey with what the whole repository in memory gives; return what that tells, in order."""
    catalog, records, problems = _expected(root, made)
    assert sorted(map(repr, found.problems)) == sorted(map(repr, problems))
    assert list(map(_told, found.problems)) == list(map(_told, problems))
    if catalog is not None and not has_errors(problems):
        _same_catalog(found, catalog)
        _same_files(found, catalog, records, root, store)
    return list(map(_told, problems))


def _told(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.line, problem.code, problem.message, problem.hint


def _same_catalog(found: Survey, catalog: Catalog) -> None:
    ground = found.catalog
    assert ground is not None
    assert ground.tallies is not None
    assert (ground.issuer, ground.settings) == (catalog.issuer, catalog.settings)
    assert (ground.frameworks, ground.achievements) == (catalog.frameworks, catalog.achievements)
    assert (ground.tallies.awards, ground.awards) == (len(catalog.awards), {})
    assert dict(ground.tallies.awarded) == Counter(item.achievement.key for item in catalog.awards.values())
    assert ground.tallies.erased == catalog.erased
    at = Addresses(catalog.settings.site_url)
    assert awarded(ground) == awarded(catalog)
    assert catalog_json(ground, at) == catalog_json(catalog, at)
    assert unsigned_lists(ground, at, NOW) == unsigned_lists(catalog, at, NOW)
    assert list(shared_twins(ground, at)) == list(shared_twins(catalog, at))
    assert list(tombstones(ground)) == list(tombstones(catalog))
    assert [vars_of(entry) for entry in listed_awards(ground)] == [vars_of(e) for e in listed_awards(catalog)]
    withdrawn = {award.id for award in catalog.awards.values() if award.is_withdrawn}
    assert found.resting == resting_on(withdrawn, catalog) - withdrawn


def vars_of(entry: Listed) -> tuple[object, ...]:
    return entry.id, entry.achievement, entry.issued_on, entry.level


def _same_files(found: Survey, catalog: Catalog, records: Records, root: Path, store: Store) -> None:
    at = Addresses(catalog.settings.site_url)
    assert recorded_problems(found, at) == [*moved(at, records), *orphans(catalog, records)]
    assert left_behind_in(found) == left_behind(catalog, records)
    assert (found.recorded.count, found.recorded.records.lists) == (len(records.awards), records.lists)
    for file in found.files:
        awards = load_file(store, file, root).awards
        own = {award.id for award in awards}
        assert [unpacked(award) for award in each_id(file.ids)] == [award.id for award in awards]
        assert found.holding(own) == dict.fromkeys(own, file)
        around = found.around(file.path)
        placed = around.placed(catalog)
        assert placed.keys() == _linked(file.path, catalog)
        for name, stub in placed.items():
            _same_award(stub, catalog.awards[name])
        elsewhere = {r for r in records.awards.values() if r.subject in own and r.path != file.proofs_path}
        assert set(around.records) == elsewhere
        assert file.recorded + len(elsewhere) == len(own & records.awards.keys())


def _same_award(stub: IssuedAward, whole: IssuedAward) -> None:
    """All that a stub has is as in the award; what it has not raises an error."""
    for name in (
        "id",
        "learner",
        "status_index",
        "parts",
        "renews",
        "replaced_by",
        "expires",
        "is_withdrawn",
    ):
        assert getattr(stub.award, name) == getattr(whole.award, name)
    for name in ("path", "achievement", "valid_until", "id"):
        assert getattr(stub, name) == getattr(whole, name)
    for name in ("credential", "version", "issued_on"):
        assert getattr(stub.file, name) == getattr(whole.file, name)
    for lacking in (lambda: stub.level, lambda: stub.evidence, lambda: stub.award.revoked):
        with pytest.raises(AttributeError):
            lacking()


def _linked(path: str, catalog: Catalog) -> set[str]:
    """Return the awards of other files that those of a file name, or that name one of them."""
    links = [
        (issued, catalog.awards[target])
        for issued in catalog.awards.values()
        for target in (*issued.award.parts, issued.award.renews or "", issued.award.replaced_by or "")
        if target in catalog.awards
    ]
    both = [*links, *((other, one) for one, other in links)]
    return {other.id for one, other in both if one.path == path != other.path}


@pytest.mark.parametrize("seed", range(4))
def test_a_sound_repository(seed: int, tmp_path: Path) -> None:
    made, store = sound(seed), Store(tmp_path / "store")
    made.write(tmp_path / "root")
    for _ in range(2):
        found = _surveyed(tmp_path / "root", made, store)
        assert found.problems == []
        _same(found, tmp_path / "root", made, store)


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault(name: str, tmp_path: Path) -> None:
    """The store knows the sound repository; then what is right of the faulty one; then nothing."""
    store, root, seed = Store(tmp_path / "store"), tmp_path / "root", sorted(FAULTS).index(name)
    sound(seed).write(root)
    _surveyed(root, sound(seed), store)
    made = sound(seed)
    FAULTS[name](made)
    for kept in (store, store, Store(None)):
        shutil.rmtree(root)
        made.write(root)
        _same(_surveyed(root, made, kept), root, made, kept)
    shutil.rmtree(root)
    sound(seed).write(root)
    assert _surveyed(root, sound(seed), store).problems == []


@pytest.mark.parametrize("seed", range(25))
def test_some_faults(seed: int, tmp_path: Path) -> None:
    chance, store = Random(seed), Store(tmp_path / "store")
    for round_ in range(2):
        made, root = sound(seed), tmp_path / f"root{round_}"
        for name in chance.sample(sorted(FAULTS), chance.randint(1, 5)):
            FAULTS[name](made)
        touch(made, round_)
        made.write(root)
        found = _surveyed(root, made, store)
        assert list(map(_told, found.problems)) == _same(found, root, made, store)
