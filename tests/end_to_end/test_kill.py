"""A killed build leaves whole what is published, and the next run mends it: SIGKILL at twenty moments."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.end_to_end.press import COMMAND, build, copy_of_demo, digests, few_awards, press
from tests.support.demo import DEMO_DAY
from tests.support.forked import begun
from tests.support.imported import import_all
from tests.support.shared import REPOSITORY

MOMENTS = 20


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import_all()
    return few_awards(copy_of_demo(tmp_path_factory.mktemp("kill") / "repository"))


def start(root: Path) -> int:
    """Begin a build and return its process' id. No moment is lost on Python's start and the imports."""
    return begun(["build", "--awards-only", "--now", DEMO_DAY], root)


def end(process: int) -> int:
    """Return the exit code of a process that ends by itself, or was killed (below 0)."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def rename_site(root: Path, name: str) -> None:
    """Make the next build differ in every page, and alter no badge."""
    path = root / "mkdocs.yml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(f"site_name: {name}\n" if line.startswith("site_name:") else line for line in lines), "utf-8"
    )


def check(root: Path, old: Mapping[str, str], new: Mapping[str, str], when: str) -> None:
    """The site is the old or the new one; while a journal stands each file is, and none is missing."""
    found = digests(root / "site")
    if (root / ".site-journal").exists():
        assert found.keys() == old.keys(), when
        assert all(digest in (old[path], new[path]) for path, digest in found.items()), when
    else:
        assert found in (old, new), when


def test_no_moment_breaks_the_site(repository: Path) -> None:
    rename_site(repository, "Old name")
    old = digests(build(repository, "--awards-only"))
    rename_site(repository, "New name")
    began = time.monotonic()
    assert end(start(repository)) == 0
    whole = time.monotonic() - began
    new = digests(repository / "site")
    assert old.keys() == new.keys()
    assert sum(old[path] != new[path] for path in old) > 3
    killed = 0
    for moment in range(MOMENTS):
        rename_site(repository, "Old name" if moment % 2 else "New name")
        process = start(repository)
        slept = whole * (moment + 1) / (MOMENTS + 1)
        time.sleep(slept)
        with suppress(ProcessLookupError):  # it leads a group only once it runs
            os.killpg(process, signal.SIGKILL)
        os.kill(process, signal.SIGKILL)
        if end(process) == -signal.SIGKILL:
            killed += 1
        else:
            whole = slept  # the machine has become quicker
        check(repository, old, new, f"broken after a kill at moment {moment}")
    assert killed >= MOMENTS // 2, "the builds were over before they could be killed"
    rename_site(repository, "New name")
    assert digests(build(repository, "--awards-only")) == new
    left = sorted(path.name for path in repository.iterdir() if path.name.startswith(".site"))
    assert left == []


KILLED_AMONG_RENAMES = """
import os, signal, sys
from site_builder.publishing import moving
move, moved = moving._move, []
def some(path, here, there):
    move(path, here, there)
    moved.append(path)
    if len(moved) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
moving._move = some
sys.argv = ["badgepress", "build", "--awards-only", "--now", "%s"]
from site_builder.cli import main
main()
"""


def test_a_kill_while_files_take_their_places_is_mended_by_the_next_run(repository: Path) -> None:
    """Once the new site is verified and on the disk it is published, even by a run that finds a mistake."""
    rename_site(repository, "One name")
    new = digests(build(repository, "--awards-only"))
    rename_site(repository, "Other name")
    old = digests(build(repository, "--awards-only"))
    rename_site(repository, "One name")
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    code = KILLED_AMONG_RENAMES % DEMO_DAY
    done = subprocess.run([COMMAND[0], "-c", code], cwd=repository, env=env, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (repository / ".site-journal").exists()
    assert digests(repository / "site") not in (old, new)
    (repository / "credentials" / "broken.yaml").write_text("id: [", "utf-8")
    assert press("build", "--awards-only", "--now", DEMO_DAY, root=repository).returncode == 1
    assert digests(repository / "site") == new
    (repository / "credentials" / "broken.yaml").unlink()
    assert digests(build(repository, "--awards-only")) == new
