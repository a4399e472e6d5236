"""The site of a cluster is that of one process, byte for byte, also where a worker is lost on the way."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench._programme import write_programme
from site_builder.publishing.checking import check
from site_builder.publishing.request import Request
from tests.publishing.histories import made, tree
from tests.support.dask import LocalCluster, dask_cluster
from tests.support.repos import NOW
from tests.support.shared import REPOSITORY


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("programme") / "repository"
    root.mkdir()
    write_programme(root, awards=240, credentials=10)
    return root


@pytest.fixture(scope="module")
def expected(repository: Path) -> dict[str, bytes]:
    output = repository.with_name("alone")
    assert made(Request(repository, output, NOW, {}, executor="inline", fresh=True)).published
    return tree(output)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Yield a cluster of two workers, of which the last test ends one."""
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def begun(repository: Path, output: Path, cluster: LocalCluster) -> subprocess.Popen[bytes]:
    words = ("build", "--root", str(repository), "--output", str(output), "--now", NOW.isoformat())
    how = ("--awards-only", "--fresh", "--executor", cluster.spec)
    return subprocess.Popen(
        [sys.executable, "-m", "site_builder", *words, *how], cwd=REPOSITORY, stdout=subprocess.PIPE
    )


def test_two_workers_give_the_same_bytes(
    repository: Path, expected: dict[str, bytes], cluster: LocalCluster, tmp_path: Path
) -> None:
    build = begun(repository, tmp_path / "site", cluster)
    said, _ = build.communicate(timeout=240)
    assert build.returncode == 0
    assert b"Compiled shapes made" in said
    assert tree(tmp_path / "site") == expected


def test_paths_are_those_of_who_asks(
    repository: Path,
    expected: dict[str, bytes],
    cluster: LocalCluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The workers stand in another folder, where the same words would lead elsewhere."""
    (tmp_path / "repository").symlink_to(repository)
    monkeypatch.chdir(tmp_path)
    request = Request(Path("repository"), Path("site"), NOW, {}, executor=cluster.spec)
    assert check(request).problems == []
    assert made(request).published
    assert tree(tmp_path / "site") == expected
    stray = next((tmp_path / "site" / "issued").iterdir()) / "stray.txt"
    stray.write_text("not ours")
    assert made(request).published
    assert tree(tmp_path / "site") == expected


def test_so_does_one_when_the_other_is_killed_in_the_middle(
    repository: Path, expected: dict[str, bytes], cluster: LocalCluster, tmp_path: Path
) -> None:
    build = begun(repository, tmp_path / "site", cluster)
    until = time.monotonic() + 120
    while not any(tmp_path.glob(".site-staged-*/issued/*")):
        assert build.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)
    cluster.workers[0].kill()
    assert build.wait(timeout=240) == 0
    assert tree(tmp_path / "site") == expected
