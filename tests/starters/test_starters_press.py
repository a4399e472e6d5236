"""Which press this is: from what pip wrote down, from a clone, or unknown, and never with a token in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder.starters.answers import Press
from site_builder.starters.press import from_clone, from_direct_url
from tests.support.git import committed, git

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/acme/badgepress",
        "https://github.com/acme/badgepress.git",
        "https://x-access-token:abc@github.com/acme/badgepress.git",
        "ssh://git@github.com/acme/badgepress.git",
        "git@github.com:acme/badgepress.git",
    ],
)
def test_what_pip_installed_from_git_is_known_by_its_commit(url: str) -> None:
    recorded = json.dumps({"url": url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}})
    assert from_direct_url(recorded).press == Press("acme/badgepress", COMMIT)


@pytest.mark.parametrize(
    "recorded",
    [
        {
            "url": "https://user:token@git.college.example/press",
            "vcs_info": {"vcs": "git", "commit_id": COMMIT},
        },
        {"url": "https://github.com/acme/badgepress", "vcs_info": {"vcs": "git", "commit_id": "main"}},
        {"url": "https://evil.example/github.com/a/b", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
        {"url": "file:///tmp/badgepress.whl", "archive_info": {}},
        {"url": "file:///tmp/badgepress", "dir_info": {}},
    ],
)
def test_another_origin_is_told_without_its_address(recorded: dict[str, object]) -> None:
    found = from_direct_url(json.dumps(recorded))
    assert found.press is None
    assert found.why
    assert "token" not in found.why


def test_a_clone_is_known_by_its_origin_and_commit(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    commit = committed(tmp_path)
    assert from_clone(tmp_path).press is None
    git(tmp_path, "remote", "add", "origin", "git@github.com:acme/badgepress.git")
    recorded = json.dumps({"url": tmp_path.as_uri(), "dir_info": {"editable": True}})
    found = from_direct_url(recorded)
    assert (found.press, found.altered) == (Press("acme/badgepress", commit), "")
    (tmp_path / "file").write_text("y")
    assert "changes that its commit does not have" in from_direct_url(recorded).altered
