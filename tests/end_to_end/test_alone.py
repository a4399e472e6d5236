"""The award part builds and verifies with MkDocs uninstalled and with no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.end_to_end.press import copy_of_demo, few_awards
from tests.support.demo import DEMO_DAY
from tests.support.shared import REPOSITORY

GONE = ("mkdocs", "material", "mergedeep", "pymdownx", "markdown", "ghp_import", "watchdog", "pathspec")


@pytest.fixture(scope="module")
def without_mkdocs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every installed package but MkDocs, its theme and what only they need."""
    folder = tmp_path_factory.mktemp("packages")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.lower().startswith(GONE) or entry.name.startswith("markdown_it"):
            (folder / entry.name).symlink_to(entry)
    (folder / "site_builder").symlink_to(REPOSITORY / "site_builder")
    return folder


def run(packages: Path, root: Path, *words: str, alone: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the press with only ``packages`` to import from, in a network namespace with no way out."""
    # -S leaves out the virtual environment's own packages.
    command = [sys.executable, "-S", "-m", "site_builder", *words]
    if alone:
        command = ["unshare", "--map-root-user", "--net", *command]
    env = {**os.environ, "PYTHONPATH": str(packages)}
    return subprocess.run(
        command, cwd=root, env=env, capture_output=True, text=True, timeout=300, check=False
    )


def can_unshare() -> bool:
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run(["unshare", "--map-root-user", "--net", "true"], capture_output=True, check=False)
    return done.returncode == 0


def test_mkdocs_is_really_gone(without_mkdocs: Path, tmp_path: Path) -> None:
    code = "import importlib.util as u; print([u.find_spec(n) for n in ('mkdocs', 'material')])"
    env = {**os.environ, "PYTHONPATH": str(without_mkdocs)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[None, None]"


def test_the_award_part_builds_and_verifies_alone(without_mkdocs: Path, tmp_path: Path) -> None:
    if not can_unshare():
        pytest.skip("this machine does not let us make a network namespace")
    root = few_awards(copy_of_demo(tmp_path / "repository"))
    built = run(without_mkdocs, root, "build", "--now", DEMO_DAY)
    assert built.returncode == 0, built.stderr
    assert "mkdocs is not installed" in built.stderr
    verified = run(without_mkdocs, root, "verify", "site", "--now", DEMO_DAY, "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    report = json.loads(verified.stdout)
    states = {entry["state"] for entry in report["credentials"]}
    assert report["credentials"]
    assert states <= {"valid", "expired", "revoked"}
    assert (root / "site" / "did.json").is_file()
    assert not (root / "site" / "search").exists()
