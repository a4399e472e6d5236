"""The same work on a Dask cluster: a scheduler and two workers over TCP, one of which is lost on the way."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.executors import ExecutorRefused, WorkersLost, each, refuse_unshared, workers
from tests.executors import tasks
from tests.support.dask import LocalCluster, dask_cluster
from tests.support.shared import REPOSITORY


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def cluster_of_its_own(tmp_path: Path) -> Iterator[LocalCluster]:
    (tmp_path / "cluster").mkdir()
    with dask_cluster(tmp_path / "cluster") as found:
        yield found


def pages(folder: Path, count: int) -> dict[str, str]:
    """Return what the pages of ``tasks.page`` should be."""
    with workers("inline", count) as executor:
        places = [(str(folder), number) for number in range(count)]
        return dict(zip(names(count), each(executor, tasks.page, places), strict=True))


def names(count: int) -> list[str]:
    return [f"{number}.bin" for number in range(count)]


def written(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.bin")}


def test_the_work_is_shared_out_and_its_results_are_in_order(cluster: LocalCluster) -> None:
    with workers(cluster.spec, 100) as executor:
        assert list(each(executor, tasks.double, range(100))) == [2 * n for n in range(100)]
        found = set(each(executor, tasks.process, range(12)))
    assert found == {worker.pid for worker in cluster.workers}


def test_a_failure_comes_through_with_its_hint(cluster: LocalCluster, tmp_path: Path) -> None:
    places = [(str(tmp_path), number) for number in range(100)]
    with (
        pytest.raises(tasks.Refused, match="three is too many") as refused,
        workers(cluster.spec, 100) as executor,
    ):
        list(each(executor, tasks.note, places))
    assert refused.value.hint == "take two"
    assert len(list(tmp_path.iterdir())) < 20


def test_a_folder_that_every_worker_finds_is_shared(cluster: LocalCluster, tmp_path: Path) -> None:
    with workers(cluster.spec, 9) as executor:
        refuse_unshared(executor, tmp_path)
        assert list(tmp_path.iterdir()) == []
        assert len(executor.reach(tmp_path / "missing")) == 2  # type: ignore[attr-defined]


def test_a_worker_lost_in_the_middle_changes_nothing(
    cluster_of_its_own: LocalCluster, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    places = [(str(other), number) for number in range(60)]
    with workers(cluster_of_its_own.spec, 60) as executor:
        found = []
        for number, digest in enumerate(each(executor, tasks.page, places)):
            found.append(digest)
            if number == 10:
                os.kill(cluster_of_its_own.workers[0].pid, signal.SIGKILL)
    assert dict(zip(names(60), found, strict=True)) == pages(one, 60) == written(one) == written(other)


def test_a_task_that_ends_its_worker_is_done_by_another(
    cluster_of_its_own: LocalCluster, tmp_path: Path
) -> None:
    with workers(cluster_of_its_own.spec, 20) as executor:
        places = [(str(tmp_path), number) for number in range(20)]
        assert list(each(executor, tasks.die_once, places)) == list(range(20))


def test_a_lost_scheduler_is_told_in_words(tmp_path: Path) -> None:
    places = [(str(tmp_path), number) for number in range(200)]
    (tmp_path / "cluster").mkdir()
    with (
        dask_cluster(tmp_path / "cluster", 1) as lost,
        pytest.raises(WorkersLost),
        workers(lost.spec, 20) as executor,
    ):
        for number, _ in enumerate(each(executor, tasks.page, places)):
            if number == 3:
                os.kill(lost.scheduler.pid, signal.SIGKILL)


def test_a_worker_with_another_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    program = tmp_path / "program"
    for name in ("site_builder", "tests/executors", "tests/support"):
        left_out = shutil.ignore_patterns("node_modules", "__pycache__", "src")
        shutil.copytree(REPOSITORY / name, program / name, ignore=left_out)
    (program / "tests/__init__.py").touch()
    (program / "site_builder/artifact.py").write_text("x = 1\n", "utf-8")
    with (
        dask_cluster(tmp_path / "cluster", 1, program) as other,
        pytest.raises(ExecutorRefused) as refused,
        workers(other.spec, 9) as executor,
    ):
        list(each(executor, tasks.double, range(9)))
    assert "another badgepress" in str(refused.value)
    assert "requirements/dask.txt" in refused.value.hint


def test_a_scheduler_that_does_not_answer_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from site_builder.executors import cluster as module

    monkeypatch.setattr(module, "_PATIENCE", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ExecutorRefused) as refused, workers(f"dask://{address}", 9):
        raise AssertionError("it went on")
    assert str(refused.value) == f"no Dask scheduler answers at {address}"


def test_a_cluster_without_workers_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from site_builder.executors import cluster as module

    monkeypatch.setattr(module, "_PATIENCE", 2)
    with (
        dask_cluster(tmp_path, 0) as empty,
        pytest.raises(ExecutorRefused) as refused,
        workers(empty.spec, 9),
    ):
        raise AssertionError("it went on")
    assert str(refused.value) == f"the Dask scheduler at {empty.address} has no workers"


WITHOUT_DASK = """
import sys
sys.modules["distributed"] = None
from site_builder.executors import ExecutorRefused, each, workers
with workers("local:2", 9) as executor:
    assert list(each(executor, abs, range(-3, 0))) == [3, 2, 1]
try:
    with workers("dask://localhost:8786", 9):
        pass
except ExecutorRefused as refused:
    print(refused, "|", refused.hint)
"""


def test_without_the_extra_it_is_asked_for() -> None:
    words = [sys.executable, "-c", WITHOUT_DASK]
    told = subprocess.check_output(words, cwd=REPOSITORY, text=True, timeout=60)
    assert told == (
        "a Dask cluster needs the package distributed, which is not installed | "
        "install badgepress[dask], here and on every worker: requirements/dask.txt has the versions\n"
    )
