"""What did not change is not judged again, and what the store tells is a hint."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from site_builder.catalog.catalog import IssuedAward
from site_builder.catalog.links import check_links
from site_builder.executors import workers
from site_builder.executors.inline import Inline
from site_builder.problems import Problem
from site_builder.storing import Store, key_of
from site_builder.survey import Changed, Survey, gathering, load_file, survey, suspicion
from site_builder.survey.judging import Judgement, Task, judge
from site_builder.survey.rolls import SHELVES, Rolls, entry_key
from tests.survey.faults import FAULTS
from tests.survey.populations import NOW, Population, sound, yaml_of


def _survey(root: Path, store: Store) -> Survey:
    found = survey(root, NOW, None, store, Inline())
    assert found.problems == []
    return found


@pytest.fixture
def made(tmp_path: Path) -> Population:
    population = sound(1)
    population.write(tmp_path / "root")
    return population


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all files that were judged, while the test runs."""
    paths: list[str] = []

    def noting(task: Task) -> Judgement:
        paths.extend((*task.awards, *task.proofs))
        return judge(task)

    monkeypatch.setattr(gathering, "judge", noting)
    return paths


def test_only_what_changed_is_judged(made: Population, judged: list[str], tmp_path: Path) -> None:
    root, store = tmp_path / "root", Store(tmp_path / "store")
    first = _survey(root, store)
    assert sorted(judged) == sorted([*made.awards, *(path for path in made.proofs if "status" not in path)])
    judged.clear()
    again = _survey(root, store)
    assert judged == []
    assert (again.files, again.recorded, again.catalog) == (first.files, first.recorded, first.catalog)
    path = "issued/2026/asking-1.yaml"
    (root / path).write_text(f"# Reviewed.\n{yaml_of(made.awards[path])}")
    _survey(root, store)
    assert judged == [path]
    judged.clear()
    spec = root / "credentials/charts.yaml"
    spec.write_text(spec.read_text().replace("summary: One", "summary: Another"))
    _survey(root, store)
    assert judged == [path for path, file in sorted(made.awards.items()) if file["credential"] == "charts"]


def test_a_roll_has_what_is_kept_of_each_file_and_either_will_do(
    made: Population, judged: list[str], tmp_path: Path
) -> None:
    root, store = tmp_path / "root", Store(tmp_path / "store")
    first = _survey(root, store)
    judged.clear()
    for place in _rolls(store):
        place.unlink()
    assert _survey(root, store).files == first.files
    assert _rolls(store)
    for file in first.files:
        _place(store, entry_key(file.path, file.digest)).unlink()
    assert _survey(root, store).files == first.files
    assert judged == []


@pytest.mark.parametrize("seed", range(5))
def test_a_roll_of_anything_costs_time_only(
    seed: int, made: Population, judged: list[str], tmp_path: Path
) -> None:
    """Well sealed and wrong: cut short, with the entries of other files, with what is no entry."""
    root, store, chance = tmp_path / "root", Store(tmp_path / "store"), Random(seed)
    first = _survey(root, store)
    rolls = Rolls(store, {file.path: file.digest for file in first.files})
    whole = dict(rolls.entries())
    assert whole.keys() == {file.path for file in first.files}
    judged.clear()
    for shelf in range(SHELVES):
        key = key_of("survey roll", str(shelf))
        raw = store.get(key) or b""
        odd = (raw[: chance.randrange(len(raw) + 1)], chance.randbytes(99), raw[:36] + chance.randbytes(2000))
        store.put(key, chance.choice(odd))
    again = _survey(root, store)
    assert (again.files, again.catalog, judged) == (first.files, first.catalog, [])
    assert dict(rolls.entries()) == whole


def test_one_new_file_makes_one_roll_anew(made: Population, tmp_path: Path) -> None:
    root, store = tmp_path / "root", Store(tmp_path / "store")
    _survey(root, store)
    before = {place: place.stat().st_ino for place in _rolls(store)}
    path = root / "issued/2026/asking-1.yaml"
    path.write_text(f"# Reviewed.\n{path.read_text()}")
    _survey(root, store)
    after = {place: place.stat().st_ino for place in _rolls(store)}
    assert len(after.items() - before.items()) == 1


def _place(store: Store, key: str) -> Path:
    assert store.folder is not None
    return store.folder / key[:2] / key[2:]


def _rolls(store: Store) -> list[Path]:
    places = [_place(store, key_of("survey roll", str(shelf))) for shelf in range(SHELVES)]
    return [place for place in places if place.exists()]


def test_links_that_were_right_are_not_looked_at_again(
    made: Population, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root, store = tmp_path / "root", Store(tmp_path / "store")
    looked_at: list[str] = []

    def noting(issued: IssuedAward, *rest: Any) -> Iterator[Problem]:
        looked_at.append(issued.id)
        return check_links(issued, *rest)

    monkeypatch.setattr("site_builder.survey.link_checks.check_links", noting)
    _survey(root, store)
    every = [award for file in made.awards.values() for award in file["awards"]]
    replaced = sorted(award["id"] for award in every if "replaced_by" in award)
    linked = sorted(award["id"] for award in every if {"replaced_by", "renews", "parts"} & award.keys())
    assert sorted(looked_at) == linked
    looked_at.clear()
    _survey(root, store)
    assert sorted(looked_at) == replaced


@contextmanager
def _spoiled(store: Store, chance: Random) -> Iterator[None]:
    """Spoil every entry of a store, each in another way."""
    assert store.folder is not None
    entries = [path for path in store.folder.rglob("*") if path.is_file() and path.name != ".gitignore"]
    whole = [path.read_bytes() for path in entries]
    for path, raw in zip(entries, whole, strict=True):
        spoiled = chance.choice(
            [
                raw[: chance.randrange(len(raw))],
                bytes(byte ^ (0x40 if n == len(raw) // 2 else 0) for n, byte in enumerate(raw)),
                chance.choice(whole),
                b"",
            ]
        )
        path.chmod(0o644)
        path.write_bytes(spoiled)
        path.chmod(0o444)
    yield


@pytest.mark.parametrize("seed", range(3))
def test_a_spoiled_store_costs_time_only(seed: int, made: Population, tmp_path: Path) -> None:
    root, store = tmp_path / "root", Store(tmp_path / "store")
    first = _survey(root, store)
    with _spoiled(store, Random(seed)):
        again = _survey(root, store)
        assert (again.files, again.recorded, again.catalog) == (first.files, first.recorded, first.catalog)
        assert [load_file(store, file, root) for file in again.files] == [
            load_file(Store(None), file, root) for file in first.files
        ]


def test_workers_find_the_same(made: Population, tmp_path: Path) -> None:
    root = tmp_path / "root"
    for name in ("score too low", "proof twice", "id twice"):
        FAULTS[name](made)
    made.write(root)
    alone = survey(root, NOW, None, Store(None), Inline())
    with workers("local:2", 9) as executor:
        together = survey(root, NOW, None, Store(tmp_path / "store"), executor)
    assert (together.problems, together.files, together.recorded) == (
        alone.problems,
        alone.files,
        alone.recorded,
    )
    assert len(alone.problems) >= 3


def test_a_file_is_loaded_as_it_was_surveyed_or_not_at_all(made: Population, tmp_path: Path) -> None:
    root, store = tmp_path / "root", Store(tmp_path / "store")
    file = _survey(root, store).files[0]
    kept = load_file(store, file, root)
    assert load_file(Store(None), file, root) == kept
    store.put(file.key, b"{}")
    assert load_file(store, file, root) == kept
    (root / file.path).write_text(yaml_of(made.awards[file.path]) + "\n# Later.\n")
    with pytest.raises(Changed, match=f"{file.path} was changed while it was being read"):
        load_file(Store(None), file, root)


def test_what_is_around_a_file_reaches_another_process(made: Population, tmp_path: Path) -> None:
    found = _survey(tmp_path / "root", Store(None))
    assert found.catalog is not None
    for file in found.files:
        around = found.around(file.path)
        there = pickle.loads(pickle.dumps(around))
        assert (there.digest, there.versions) == (around.digest, around.versions)
        assert (there.erased, there.records, there.awards) == (around.erased, around.records, around.awards)
        assert around.versions == tuple(sorted({(stub.credential, stub.version) for stub in around.awards}))
        parts = {part for award in made.awards[file.path]["awards"] for part in award.get("parts", ())}
        assert found.parts(file.path) == parts
        assert bool(around.digest) == bool(around.awards)
    assert found.holding(["no id", "99999999-9999-4999-8999-999999999999"]) == {}


def test_what_is_around_a_file_changes_with_what_it_names(made: Population, tmp_path: Path) -> None:
    root = tmp_path / "root"
    before = _survey(root, Store(None))
    part = made.awards["issued/2026/literacy-0.yaml"]["awards"][0]["parts"][0]
    source = before.holding([part])[part]
    award = next(a for a in made.awards[source.path]["awards"] if a["id"] == part)
    award["listing"] = "unlisted" if award.get("listing") == "listed" else "listed"
    made.write(root)
    after = _survey(root, Store(None))
    changed = {
        file.path for file in after.files if after.around(file.path).digest != before.around(file.path).digest
    }
    assert "issued/2026/literacy-0.yaml" in changed
    assert source.path not in changed
    assert "issued/2026/literacy-1.yaml" not in changed


def test_columns_are_compared_in_parts(
    made: Population, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("id twice", "email twice", "award twice"):
        FAULTS[name](made)
    made.write(tmp_path / "root")
    at_once = survey(tmp_path / "root", NOW, None, Store(None), Inline())
    monkeypatch.setattr(suspicion, "_AT_ONCE", 7)
    in_parts = survey(tmp_path / "root", NOW, None, Store(None), Inline())
    assert in_parts.problems == at_once.problems
    assert len(at_once.problems) >= 3
