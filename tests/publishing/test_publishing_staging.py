"""Staging: what is new is written beside and published, or the published folder stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.artifact import Artifact
from site_builder.publishing import staging as module
from site_builder.publishing.staging import OutputRefused, staging

MARKER = {".badgepress": module._MARKER_TEXT}
OLD = {**MARKER, "did.json": b"old", "gone.html": b"old"}
NEW = {"catalog.json": b"{}", "did.json": b"new", "a/b.json": b"new"}


def fill(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fill(tmp_path, {"credentials/a.yaml": b"id: a"})
    return tmp_path


def publish(root: Path) -> None:
    with staging(root / "site", root) as staged:
        for path, data in NEW.items():
            staged.write(Artifact(path, data))
        staged.publish([] if staged.is_first else ["gone.html"])


@pytest.mark.parametrize("output", ["missing", "empty", "published"])
def test_what_is_staged_is_published(root: Path, output: str) -> None:
    if output == "empty":
        (root / "site").mkdir()
    if output == "published":
        fill(root / "site", OLD)
    publish(root)
    assert content(root / "site") == {**NEW, **MARKER}
    assert sorted(p.name for p in root.iterdir()) == ["credentials", "site"]


def test_a_first_build_takes_its_place_in_one_step(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises(PermissionError):
        publish(root)
    assert sorted(p.name for p in root.iterdir()) == ["credentials"]


def test_where_nothing_changes_nothing_is_touched(root: Path) -> None:
    fill(root / "site", OLD)
    before = (root / "site").stat().st_mtime_ns
    with staging(root / "site", root) as staged:
        assert not staged.is_first
        staged.publish(iter([]))
    assert (root / "site").stat().st_mtime_ns == before
    assert content(root / "site") == OLD


def test_a_failure_leaves_the_old_folder_and_nothing_else(root: Path) -> None:
    fill(root / "site", OLD)
    with pytest.raises(ZeroDivisionError), staging(root / "site", root) as staged:
        staged.write(Artifact("did.json", b"half"))
        raise ZeroDivisionError
    assert content(root / "site") == OLD
    assert sorted(p.name for p in root.iterdir()) == ["credentials", "site"]


def test_the_next_build_cleans_up_after_one_that_was_killed(root: Path) -> None:
    fill(root / ".site-staged", {"half": b""})
    fill(root / ".site-staged-0123456789abcdef", {"half": b""})
    fill(root / ".site-whole-0123456789abcdef", {"half": b""})
    fill(root / ".site-staged-of-mine", {"precious": b""})
    with staging(root / "site", root) as staged:
        assert content(staged.folder) == {}
    assert sorted(p.name for p in root.iterdir()) == [".site-staged-of-mine", "credentials"]


def test_published_files_have_one_mode_whatever_the_umask(root: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(root)
    finally:
        os.umask(before)
    for path in (root / "site").rglob("*"):
        assert oct(path.stat().st_mode & 0o777) == ("0o755" if path.is_dir() else "0o644"), path
    assert oct((root / "site").stat().st_mode & 0o777) == "0o755"


def test_two_parts_that_claim_one_path_are_refused(root: Path) -> None:
    with (
        pytest.raises(OutputRefused, match=r"two parts of the site claim the path did\.json"),
        staging(root / "site", root) as staged,
    ):
        staged.write(Artifact("did.json", b"1"))
        staged.write(Artifact("did.json", b"2"))


def test_two_builds_at_once_are_refused(root: Path) -> None:
    with (
        staging(root / "site", root),
        pytest.raises(OutputRefused, match="another build is writing this folder"),
        staging(root / "site", root),
    ):
        raise AssertionError("the second build went on")


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (".", "holds the repository itself"),
        ("..", "holds the repository itself"),
        ("credentials/site", "lies inside credentials/"),
        ("docs", "lies inside docs/"),
        ("credentials/a.yaml", "is not a folder"),
        ("other", "is not empty, and no build made it: nothing was changed"),
    ],
)
def test_an_output_that_would_destroy_something_is_refused(root: Path, output: str, message: str) -> None:
    fill(root / "other", {"thesis.docx": b"years of work"})
    before = content(root)
    with pytest.raises(OutputRefused) as refused, staging(root / output, root):
        raise AssertionError("the build went on")
    assert message in str(refused.value)
    assert content(root) == before


def test_a_link_as_output_is_refused(root: Path) -> None:
    fill(root / "elsewhere", OLD)
    (root / "site").symlink_to(root / "elsewhere")
    with pytest.raises(OutputRefused, match="is not a folder"), staging(root / "site", root):
        raise AssertionError("the build went on")


def test_a_git_checkout_is_never_replaced(root: Path) -> None:
    fill(root / "site", {**OLD, ".git/HEAD": b"ref: refs/heads/gh-pages"})
    with pytest.raises(OutputRefused, match="is a git checkout"), staging(root / "site", root):
        raise AssertionError("the build went on")
    assert content(root / "site") == {**OLD, ".git/HEAD": b"ref: refs/heads/gh-pages"}


def test_a_link_in_the_place_of_the_lock_is_not_followed(root: Path) -> None:
    fill(root, {"precious": b"years of work"})
    (root / ".site-lock").symlink_to(root / "precious")
    with pytest.raises(OSError, match="symbolic"), staging(root / "site", root):
        raise AssertionError("the build went on")
    assert (root / "precious").read_bytes() == b"years of work"


def test_a_site_with_pages_is_not_replaced_by_one_without(root: Path) -> None:
    fill(root / "site", {**OLD, "index.html": b"home"})
    with (
        pytest.raises(OutputRefused, match="has catalog pages, and this build would make none"),
        staging(root / "site", root) as staged,
    ):
        staged.refuse_to_lose("index.html")
    assert content(root / "site") == {**OLD, "index.html": b"home"}
