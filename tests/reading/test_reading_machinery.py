"""What changed of workflows and their like since a revision, told by bytes, no link followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.reading.machinery import changed_machinery
from tests.support.git import committed

CHECK, OWNERS, LINK = ".github/workflows/check.yml", ".github/CODEOWNERS", ".github/link.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / CHECK).write_text("on: pull_request\n", "utf-8")
    (tmp_path / OWNERS).write_text("* @northfield/operators\n", "utf-8")
    (tmp_path / LINK).symlink_to("workflows/check.yml")
    committed(tmp_path)
    return tmp_path


def test_nothing_changed(root: Path) -> None:
    (root / CHECK).write_bytes(b"on: pull_request\r\n")  # a checkout on Windows
    (root / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    assert changed_machinery(root, "HEAD") == []


def test_new_gone_altered_and_linked_elsewhere(root: Path) -> None:
    (root / ".github/actions").mkdir()
    (root / ".github/actions/new.yml").write_text("x\n", "utf-8")
    (root / CHECK).write_text("on: push\n", "utf-8")
    (root / OWNERS).unlink()
    (root / LINK).unlink()
    (root / LINK).symlink_to("/etc/passwd")
    assert changed_machinery(root, "HEAD") == [OWNERS, ".github/actions/new.yml", LINK, CHECK]


def test_a_link_in_place_of_the_folder(root: Path) -> None:
    (root / ".github").rename(root / "elsewhere")
    (root / ".github").symlink_to("elsewhere")
    assert changed_machinery(root, "HEAD") == [".github", OWNERS, LINK, CHECK]


def test_a_folder_that_came_later(root: Path) -> None:
    below = root / "college"
    (below / ".github").mkdir(parents=True)
    (below / ".github/a.yml").write_text("x\n", "utf-8")
    assert changed_machinery(below, "HEAD") == [".github/a.yml"]
    committed(root)
    assert changed_machinery(below, "HEAD") == []


@pytest.mark.parametrize("name", [".gitlab-ci.yml", "CODEOWNERS"])
def test_what_gitlab_has_in_the_top_folder(root: Path, name: str) -> None:
    (root / name).write_text("first\n", "utf-8")
    assert changed_machinery(root, "HEAD") == [name]
    committed(root)
    assert changed_machinery(root, "HEAD") == []
    (root / name).write_text("second\n", "utf-8")
    assert changed_machinery(root, "HEAD") == [name]
    (root / name).unlink()
    assert changed_machinery(root, "HEAD") == [name]
