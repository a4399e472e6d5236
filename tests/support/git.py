"""Git repositories for tests, with nothing of the settings of the machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_WHO = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(root: Path, *words: str) -> str:
    """Run git in ``root`` and return what it prints; AssertionError where it fails."""
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *words]
    finished = subprocess.run(
        command, cwd=root, env={**os.environ, **_WHO}, capture_output=True, text=True, timeout=60, check=False
    )
    assert finished.returncode == 0, f"git {' '.join(words)}: {finished.stdout}{finished.stderr}"
    return finished.stdout.strip()


def committed(root: Path, message: str = "x") -> str:
    """Commit all of ``root``, which becomes a repository if it is none, and return the commit's name."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")
