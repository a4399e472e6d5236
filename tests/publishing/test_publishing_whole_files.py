"""A file is written whole or not at all, and never through a symbolic link to somewhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.artifact import Artifact
from site_builder.publishing.ledger import LedgerRefused, ledger
from site_builder.publishing.replacing import replacing
from site_builder.publishing.whole_files import beside, write_whole


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "outside/precious"
    path.parent.mkdir()
    path.write_bytes(b"precious")
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "repository"
    path.mkdir()
    return path


def test_a_file_is_replaced_whole_with_its_mode(root: Path) -> None:
    (root / "a").write_bytes(b"old")
    write_whole(root / "a", b"new", 0o640)
    assert (root / "a").read_bytes() == b"new"
    assert (root / "a").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in root.iterdir()] == ["a"]


def test_a_link_beside_is_taken_away_and_not_followed(root: Path, outside: Path) -> None:
    beside(root / "a").symlink_to(outside)
    write_whole(root / "a", b"new")
    assert (root / "a").read_bytes() == b"new"
    assert not (root / "a").is_symlink()
    assert outside.read_bytes() == b"precious"


def test_what_cannot_take_its_place_leaves_nothing_beside(root: Path) -> None:
    (root / "a/b").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_whole(root / "a", b"new")
    assert [path.name for path in root.iterdir()] == ["a"]


def test_a_published_file_is_replaced_without_following_a_link(root: Path, outside: Path) -> None:
    (root / "status").mkdir()
    beside(root / "status/1.json").symlink_to(outside)
    with replacing(root, [Artifact("status/1.json", b"new")]) as replacement:
        replacement.take_place()
    assert (root / "status/1.json").read_bytes() == b"new"
    assert outside.read_bytes() == b"precious"


def test_a_folder_of_the_site_that_is_a_link_is_refused(root: Path, outside: Path) -> None:
    (root / "status").symlink_to(outside.parent)
    beside(outside).write_bytes(b"another's")
    with pytest.raises(OSError, match="symbolic links"), replacing(root, [Artifact("status/precious", b"")]):
        pass
    assert sorted(path.read_bytes() for path in outside.parent.iterdir()) == [b"another's", b"precious"]


def test_proofs_are_not_written_through_a_link(root: Path, outside: Path) -> None:
    (root / "proofs/2026").mkdir(parents=True)
    beside(root / "proofs/2026/spring.jsonl").symlink_to(outside)
    (root / "proofs/2027").symlink_to(outside.parent)
    with ledger(root) as book:
        book.write({"proofs/2026/spring.jsonl": b"{}\n"})
        with pytest.raises(LedgerRefused, match="symbolic links are not followed"):
            book.write({"proofs/2027/precious": b"{}\n"})
    assert outside.read_bytes() == b"precious"


def test_leftovers_behind_a_link_are_somebody_elses(root: Path, outside: Path) -> None:
    (root / "proofs").symlink_to(outside.parent)
    other = outside.with_name(".spring.jsonl.swp")
    other.write_bytes(b"another's")
    with ledger(root):
        assert other.read_bytes() == b"another's"
