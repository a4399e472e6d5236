"""A revision is read as the sweep would read it: no checkout, no hook, nothing written, nothing followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.reading.repository import Repository
from site_builder.reading.revision import RevisionRefused, sweep_revision
from site_builder.reading.walk import LARGEST_FILE
from tests.support.git import committed, git

FILES = {
    "mkdocs.yml": "site_name: x\n",
    "credentials/a.yaml": "id: a\n",
    "credentials/a.svg": "<svg/>",
    "frameworks/f.yaml": "id: f\n",
    "issued/2026/é.txt": "x",
    "issued/2026/b.yaml": "credential: a\n",
    "proofs/2026/b.jsonl": "{}\n",
    "docs/index.md": "# Home\n",
}


def fill(root: Path, files: dict[str, str] = FILES) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def paths(repository: Repository) -> list[str]:
    documents = [*repository.credentials, *repository.frameworks, *repository.awards]
    settings = [repository.settings.path] if repository.settings else []
    return sorted([*(d.path for d in documents), *settings, *repository.images, *repository.proofs])


EVERY = [
    "credentials/a.svg", "credentials/a.yaml", "frameworks/f.yaml", "issued/2026/b.yaml", "mkdocs.yml",
    "proofs/2026/b.jsonl",
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fill(tmp_path)
    committed(tmp_path)
    return tmp_path


def test_a_revision_is_read_as_it_was(root: Path) -> None:
    (root / "credentials/a.yaml").write_text("id: changed\n")
    (root / "issued/2026/b.yaml").unlink()
    committed(root)
    (root / "mkdocs.yml").unlink()  # not committed
    before = git(root, "status", "--porcelain")
    old = sweep_revision(root, "HEAD~1")
    assert paths(old) == EVERY
    assert old.credentials[0].data == {"id": "a"}
    assert old.root == root
    assert git(root, "status", "--porcelain") == before


@pytest.mark.parametrize("name", ["main", "v1", "signed", "HEAD", "HEAD@{0}"])
def test_every_name_of_a_commit_will_do(root: Path, name: str) -> None:
    git(root, "tag", "v1")
    git(root, "tag", "--annotate", "signed", "--message", "a tag of its own")
    assert paths(sweep_revision(root, name)) == EVERY


def test_the_site_may_stand_below_the_top(tmp_path: Path) -> None:
    below = tmp_path / "a b" / ":(top)é"
    fill(below)
    committed(tmp_path)
    assert paths(sweep_revision(below, "HEAD")) == EVERY


def test_a_folder_that_came_later_was_empty(root: Path) -> None:
    fill(root / "later")
    old = sweep_revision(root / "later", "HEAD")
    assert paths(old) == []
    assert old.issuer is None


@pytest.mark.parametrize("name", ["--upload-pack=x", "-x", "", "a\nb", "a\0b"])
def test_what_is_no_name_is_never_given_to_git(root: Path, name: str) -> None:
    with pytest.raises(RevisionRefused, match="is not a git revision"):
        sweep_revision(root, name)


@pytest.mark.parametrize("name", ["nowhere", "HEAD~9", "HEAD..main", "^HEAD", "HEAD:credentials", "0" * 40])
def test_an_unknown_revision_is_refused(root: Path, name: str) -> None:
    with pytest.raises(RevisionRefused) as refused:
        sweep_revision(root, name)
    assert str(refused.value) == f"git knows no revision '{name}'"
    assert refused.value.hint == "git branch --all and git log name those that this clone has"


def test_a_shallow_clone_says_how_to_get_the_revision(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = git(root, "rev-parse", "HEAD")
    committed(root)
    clone = tmp_path_factory.mktemp("clone") / "repository"
    git(root, "clone", "--quiet", "--depth", "1", root.as_uri(), str(clone))
    for name in (first, "HEAD~1"):
        with pytest.raises(RevisionRefused) as refused:
            sweep_revision(clone, name)
        assert "this clone is shallow: fetch the revision" in refused.value.hint
    assert paths(sweep_revision(clone, "HEAD")) == EVERY


def test_a_folder_without_git_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RevisionRefused, match="is not in a git repository"):
        sweep_revision(fill(tmp_path), "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionRefused, match="git is not installed"):
        sweep_revision(tmp_path, "HEAD")


def test_links_and_submodules_are_passed_over(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = fill(tmp_path_factory.mktemp("outside"))
    committed(outside)
    git(root, "submodule", "--quiet", "add", outside.as_uri(), "credentials/sub")
    (root / "credentials/link.yaml").symlink_to(outside / "credentials/a.yaml")
    (root / "frameworks/g").symlink_to(outside / "frameworks")
    committed(root)
    assert paths(sweep_revision(root, "HEAD")) == EVERY


def test_a_file_too_large_for_the_sweep_is_passed_over(root: Path) -> None:
    (root / "credentials/huge.yaml").write_bytes(b"#" * (LARGEST_FILE + 1))
    committed(root)
    assert paths(sweep_revision(root, "HEAD")) == EVERY


def test_a_replaced_commit_is_not_believed(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    (root / "issued/2026/b.yaml").unlink()
    second = committed(root)
    git(root, "replace", first, second)
    assert paths(sweep_revision(root, first)) == EVERY


def test_nothing_of_the_repository_runs(root: Path) -> None:
    (root / ".gitattributes").write_text("* filter=evil diff=evil\n")
    script = root / "evil.sh"
    script.write_text("#!/bin/sh\ntouch " + str(root / "ran") + "\ncat\n")
    script.chmod(0o755)
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (root / ".git/hooks" / hook).write_text(script.read_text())
        (root / ".git/hooks" / hook).chmod(0o755)
    for name in ("core.fsmonitor", "filter.evil.smudge", "diff.evil.textconv", "core.pager"):
        git(root, "config", name, str(script))
    assert paths(sweep_revision(root, "HEAD")) == EVERY
    assert not (root / "ran").exists()


def test_variables_of_a_hook_do_not_mislead(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert paths(sweep_revision(root, "HEAD")) == EVERY
