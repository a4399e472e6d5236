"""Runs the press as a person would: the command, in a repository of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.demo import DEMO_DAY
from tests.support.forked import server, takes
from tests.support.shared import REPOSITORY

CONTENT = ("credentials", "frameworks", "issued", "docs", "mkdocs.yml")
_SECONDS = 300
COMMAND = (sys.executable, "-m", "site_builder")


def copy_of_demo(folder: Path) -> Path:
    """Return a repository at ``folder`` that holds the demo content and nothing else."""
    folder.mkdir(parents=True)
    for name in CONTENT:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


def few_awards(root: Path) -> Path:
    """Keep one cohort whose credential stacks from nothing: a repository that builds in a moment."""
    files = sorted(path for path in (root / "issued").rglob("*.yaml"))
    kept = next(
        path for path in files if "parts:" not in path.read_text() and "replaced_by" not in path.read_text()
    )
    for path in files:
        if path != kept:
            path.unlink()
    return root


def press(
    *words: str, root: Path, env: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """Run ``badgepress WORDS`` with ``root`` as the working folder; return what came of it."""
    if takes(env or {}):
        return server().run(words, root, {**os.environ, **(env or {})}, umask, _SECONDS)
    return subprocess.run(
        [*COMMAND, *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        umask=umask,
        check=False,
    )


def build(
    root: Path, *words: str, env: Mapping[str, str] | None = None, umask: int = -1, drawn_anew: bool = False
) -> Path:
    """Build ``root`` for the demo's day; return the site, or fail with what the press said.

    Pictures that an earlier build of this test run drew are taken over, as the press does from the site that
    it replaces: drawing them is half of the work. ``drawn_anew`` builds into nothing.
    """
    if not drawn_anew and _PICTURES and not (root / "site").exists():
        _lay_out_pictures(root / "site")
    finished = press("build", "--now", DEMO_DAY, *words, root=root, env=env, umask=umask)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    _PICTURES.update(
        (path.relative_to(root / "site"), path.read_bytes()) for path in _pictures(root / "site")
    )
    return root / "site"


_PICTURES: dict[Path, bytes] = {}
"""What this process' builds have drawn. A picture says what it was drawn from: none is taken for another."""


def _pictures(site: Path) -> list[Path]:
    return [path for path in site.rglob("*.png") if b"badgepress" in path.read_bytes()[:400]]


def _lay_out_pictures(site: Path) -> None:
    """Make a published site that holds pictures and nothing else."""
    for path, data in {**_PICTURES, Path(".badgepress"): b""}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below ``folder``, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
