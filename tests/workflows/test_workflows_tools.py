"""The two tools that the actions call beside the press: the branch of proofs, and what a plan hands on."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.git import committed, git
from tests.support.shared import REPOSITORY
from tools.plan_outputs import PlanError, main, outputs, refuse_other_day

HEAD = '{"format": 1, "site": "https://a.example/b/", "now": "2026-11-22", "awards": 3, "lists": 1}\n'


def test_the_first_line_of_a_plan_is_handed_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan").write_text(HEAD + '{"award": "x"}\n')
    assert main([str(tmp_path / "plan")]) == 0
    told = capsys.readouterr().out
    assert told == "awards=3\nlists=1\nnow=2026-11-22\nsite=https://a.example/b/\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"awards": 3', '"awards": "0\\nnow=2099-01-01"'),
        ('"now": "2026-11-22"', '"now": "2026-11-22\\n"'),
        ("https://a.example/b/", "https://a.example/\\nx=1"),
        ("https://a.example/b/", "file:///etc/passwd"),
        ('"lists": 1', '"lists": true'),
        (HEAD, "[]"),
        (HEAD, ""),
    ],
)
def test_a_value_of_another_form_becomes_no_output(old: str, new: str) -> None:
    with pytest.raises(PlanError, match="this is no plan"):
        outputs(HEAD.replace(old, new).encode())


def test_nothing_is_signed_for_a_day_to_come() -> None:
    refuse_other_day(HEAD.encode(), "2026-11-22", "2026-11-22")
    refuse_other_day(HEAD.encode(), "2026-11-22", "2026-11-30")
    with pytest.raises(PlanError, match="for 2026-11-22, and today is 2026-11-21; nothing is signed"):
        refuse_other_day(HEAD.encode(), "2026-11-22", "2026-11-21")
    with pytest.raises(PlanError, match="the plan is for another day than this run"):
        refuse_other_day(HEAD.encode(), "2026-11-21", "2026-11-23")


def proofs(word: str, root: Path, code: int = 0, **env: str) -> str:
    """Run the tool in ``root``, with the settings of no machine."""
    finished = subprocess.run(
        [str(REPOSITORY / "tools/proofs.sh"), word],
        cwd=root,
        env={"PATH": os.environ["PATH"], "HOME": str(root.parent), "GIT_CONFIG_NOSYSTEM": "1", **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == code, finished.stdout + finished.stderr
    return finished.stdout + finished.stderr


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    (tmp_path / "origin").mkdir()
    (tmp_path / "origin" / ".gitignore").write_text("proofs/\n")
    committed(tmp_path / "origin")
    git(tmp_path / "origin", "push", "--quiet", "../bare.git", "HEAD:main")
    git(tmp_path, "--git-dir=bare.git", "symbolic-ref", "HEAD", "refs/heads/main")
    git(tmp_path, "clone", "--quiet", "bare.git", "clone")
    return tmp_path / "clone"


def test_proofs_come_and_go_on_a_branch_of_their_own(clone: Path, tmp_path: Path) -> None:
    proofs("fetch", clone)
    assert list((clone / "proofs").iterdir()) == []
    (clone / "proofs" / "2026").mkdir()
    (clone / "proofs" / "2026" / "a.jsonl").write_text("{}\n")
    (clone / "proofs" / "status.jsonl").write_text("{}\n")
    assert proofs("push", clone) == "Pushed the branch proofs.\n"
    assert proofs("push", clone) == "No new proofs.\n"
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "ls-tree", "-r", "--name-only", "origin/proofs") == "2026/a.jsonl\nstatus.jsonl"
    told = git(clone, "log", "-1", "--format=%an %s", "origin/proofs")
    assert told == f"badgepress Proofs of {git(clone, 'rev-parse', 'HEAD')}"
    git(tmp_path, "clone", "--quiet", "bare.git", "other")
    proofs("fetch", tmp_path / "other")
    assert (tmp_path / "other/proofs/2026/a.jsonl").read_text() == "{}\n"


def test_a_push_that_would_lose_what_another_recorded_is_refused(clone: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "bare.git", "other")
    for place in (clone, tmp_path / "other"):
        proofs("fetch", place)
        (place / "proofs" / "status.jsonl").write_text(f"{place.name}\n")
    proofs("push", clone)
    assert "rejected" in proofs("push", tmp_path / "other", code=1)
    assert git(clone, "show", "origin/proofs:status.jsonl") == "clone"


def test_a_folder_that_lacks_what_others_recorded_is_not_pushed(clone: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "bare.git", "other")
    for place in (clone, tmp_path / "other"):
        proofs("fetch", place)
        (place / "proofs" / f"{place.name}.jsonl").write_text(f"{place.name}\n")
    proofs("push", clone)
    # Git knows the newest commit now, and would take one on top of it that has not what it has.
    git(tmp_path / "other", "fetch", "--quiet")
    assert "not of the newest branch" in proofs("push", tmp_path / "other", code=2)
    proofs("fetch", tmp_path / "other")
    assert proofs("push", tmp_path / "other") == "Pushed the branch proofs.\n"
    assert git(clone, "ls-remote", "origin", "proofs") != ""
    git(clone, "fetch", "--quiet")
    assert git(clone, "ls-tree", "--name-only", "origin/proofs") == "clone.jsonl\nother.jsonl"


def test_a_folder_that_was_never_laid_out_is_not_pushed(clone: Path, tmp_path: Path) -> None:
    proofs("fetch", clone)
    (clone / "proofs" / "status.jsonl").write_text("{}\n")
    proofs("push", clone)
    git(tmp_path, "clone", "--quiet", "bare.git", "other")
    (tmp_path / "other" / "proofs").mkdir()
    assert "not of the newest branch" in proofs("push", tmp_path / "other", code=2)
    assert git(clone, "show", "origin/proofs:status.jsonl") == "{}"


def test_of_a_shallow_clone_nobody_knows_what_was_signed(clone: Path, tmp_path: Path) -> None:
    committed(clone)
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}/bare.git", "shallow")
    assert "this clone is shallow" in proofs("fetch", tmp_path / "shallow", code=2)


def test_the_token_is_given_to_git_by_its_environment(clone: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "git"
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    fake.write_text(
        f'#!/bin/sh\necho "$* | $GIT_CONFIG_KEY_0 $GIT_CONFIG_VALUE_0" >> {tmp_path}/said\nexec {real} "$@"\n'
    )
    fake.chmod(0o755)
    proofs("fetch", clone)
    (clone / "proofs" / "status.jsonl").write_text("{}\n")
    proofs("push", clone, TOKEN="sesame", PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    said = (tmp_path / "said").read_text().splitlines()
    (push,) = [line for line in said if line.startswith("push ")]
    basic = "eC1hY2Nlc3MtdG9rZW46c2VzYW1l"
    assert push.split(" | ")[1] == f"http.https://github.com/.extraheader AUTHORIZATION: basic {basic}"
    assert [line for line in said if basic in line] == [push]
    assert "sesame" not in push


def test_another_word_is_wrong_usage(clone: Path) -> None:
    assert "expected fetch or push" in proofs("drop", clone, code=2)
