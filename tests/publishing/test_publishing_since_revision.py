"""A comparison with a revision leaves out what did not change, and tells what one of everything tells."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from site_builder.executors.inline import Inline
from site_builder.problems import in_order
from site_builder.publishing import since_revision
from site_builder.publishing.since import Comparison, changes_since
from site_builder.publishing.since_revision import changes_since_revision
from site_builder.reading.repository import Repository, sweep
from site_builder.reading.revision import sweep_revision
from site_builder.storing import Store
from site_builder.survey import Survey, survey
from tests.support.git import committed, git
from tests.survey.faults import FAULTS
from tests.survey.populations import NOW, Population, sound


def _moved(made: Population) -> None:
    """Move an award to another file of its credential."""
    _, file = made.file("charts")
    award = file["awards"].pop()
    made.awards["issued/2026/moved.yaml"] = {**file, "awards": [award], "erased": []}


def _erased(made: Population) -> None:
    _, file = made.file("closed")
    award = file["awards"].pop()
    file["erased"].append({"id": award["id"], "status_index": award["status_index"], "date": NOW})


def _back(made: Population) -> None:
    """Award again what was erased, in another file."""
    _, file = made.file("charts", "asking", "closed")
    erased = next(one["erased"][0] for one in made.awards.values() if one.get("erased"))
    file["awards"][0] = {**file["awards"][0], "id": erased["id"]}


def _renumbered(made: Population) -> None:
    made.award()["id"] = made.id()


def _unrevoked(made: Population) -> None:
    for file in made.awards.values():
        for award in file["awards"]:
            award.pop("revoked", None)


def _compromised(made: Population) -> None:
    issuer = made.others["credentials/issuer.yaml"]
    made.others["credentials/issuer.yaml"] = issuer.replace(
        "    since: 2026-01-01\n", "    since: 2026-01-01\n    state: compromised\n    ended: 2026-09-01\n", 1
    )


def _proof_lost(made: Population) -> None:
    made.proofs["proofs/2026/charts-0.jsonl"].pop()


def _proof_of_a_part_lost(made: Population) -> None:
    _compromised(made)
    _proof_lost(made)


def _text(made: Population) -> None:
    made.others["credentials/charts.yaml"] = made.others["credentials/charts.yaml"].replace("five", "six")


def _address(made: Population) -> None:
    made.others["mkdocs.yml"] = made.others["mkdocs.yml"].replace("northfield", "southfield")


CHANGES: dict[str, Callable[[Population], None]] = {
    **{name: fault for name, fault in FAULTS.items() if name != "pipe"},  # which git does not keep
    "nothing": lambda made: None,
    "moved": _moved,
    "erased": _erased,
    "back": _back,
    "renumbered": _renumbered,
    "unrevoked": _unrevoked,
    "compromised": _compromised,
    "proof lost": _proof_lost,
    "proof of a part lost": _proof_of_a_part_lost,
    "text": _text,
    "address": _address,
}


def _write(made: Population, root: Path) -> None:
    """Write it in place of what is there."""
    for name in ("credentials", "frameworks", "issued", "proofs", "docs", "mkdocs.yml"):
        if (root / name).is_dir():
            shutil.rmtree(root / name)
    made.write(root)


def _alter(sound: Population, made: Population, root: Path) -> None:
    """Write it in place of the sound one, which is there."""
    for path in {*sound.paths} - {*made.paths}:
        (root / path).unlink()
    made.write(root)


Told = tuple[list[str], int]


def _surveyed(made: Population, root: Path) -> Survey:
    return survey(root, made.now, None, Store(None), Inline())


def _told(found: Comparison) -> Told:
    return sorted(map(repr, in_order(found.problems))), found.awards


def _same(found: Survey, root: Path, revision: str, old: Repository, new: Repository) -> int:
    """Compare what the quick comparison tells with what that of everything, ``old`` and ``new``, does."""
    quick, whole = _told(changes_since_revision(found, root, revision)), _told(changes_since(old, new))
    assert quick == whole
    return len(whole[0])


@pytest.mark.parametrize("part", range(12))
def test_each_change_and_back(part: int, tmp_path: Path) -> None:
    """What is told of a change, and of one that takes it back: mistakes may stand in either state."""
    made = sound(part)
    made.write(tmp_path)
    first, told = committed(tmp_path), 0
    found, old, new = _surveyed(made, tmp_path), sweep_revision(tmp_path, first), sweep(tmp_path)
    for name in sorted(CHANGES)[part::12]:
        changed = sound(part)
        CHANGES[name](changed)
        _alter(made, changed, tmp_path)
        told += _same(_surveyed(changed, tmp_path), tmp_path, first, old, sweep(tmp_path))
        later = committed(tmp_path)
        git(tmp_path, "checkout", "--quiet", "--force", "--detach", first)
        _same(found, tmp_path, later, sweep_revision(tmp_path, later), new)
    assert told


@pytest.mark.parametrize("seed", range(6))
def test_some_changes(seed: int, tmp_path: Path) -> None:
    chance, told = Random(seed), 0
    for _ in range(2):
        revisions = []
        for _ in range(2):
            made = sound(seed)
            for name in chance.sample(sorted(CHANGES), chance.randint(1, 4)):
                CHANGES[name](made)
            _write(made, tmp_path)
            revisions.append(committed(tmp_path))
        found, old = _surveyed(made, tmp_path), sweep_revision(tmp_path, revisions[0])
        told += _same(found, tmp_path, revisions[0], old, sweep(tmp_path))
    assert told


def test_what_did_not_change_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sound(1)
    made.write(tmp_path)
    first = committed(tmp_path)
    award = made.awards["issued/2026/asking-1.yaml"]["awards"][0]
    award["listing"] = "unlisted" if award.get("listing") == "listed" else "listed"
    made.write(tmp_path)
    held: list[list[str]] = []

    def noting(old: Repository, new: Repository, *rest: object) -> object:
        held.extend([document.path for document in state.awards] for state in (old, new))
        return changes_since(old, new, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(since_revision, "changes_since", noting)
    _same(_surveyed(made, tmp_path), tmp_path, first, sweep_revision(tmp_path, first), sweep(tmp_path))
    assert held == [["issued/2026/asking-1.yaml"]] * 2
