"""Work in this process and in processes of this machine comes to the same, and leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

import pytest

from site_builder.executors import ExecutorRefused, WorkersLost, each, refuse_unshared, workers
from tests.executors import tasks
from tests.support.shared import REPOSITORY

R = TypeVar("R")
SPECS = ["inline", "local:3"]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that nobody has waited for yet has ended all the same.
    return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text("utf-8")


def ended(processes: set[int], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while any(map(is_alive, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(is_alive, processes))


@pytest.mark.parametrize("spec", SPECS)
def test_results_come_in_the_order_of_the_items(spec: str) -> None:
    with workers(spec, 100) as executor:
        assert list(each(executor, tasks.double, range(100))) == [2 * n for n in range(100)]
        assert list(each(executor, tasks.double, [])) == []


def test_local_work_is_shared_out_and_ends_with_the_block() -> None:
    with workers("local:3", 100) as executor:
        found = set(each(executor, tasks.process, range(12)))
    assert len(found) == 3
    assert os.getpid() not in found
    assert ended(found)


@pytest.mark.parametrize(("spec", "count"), [("inline", 9), ("local:1", 9), ("local:3", 1), (None, 1)])
def test_little_work_starts_no_process(spec: str | None, count: int) -> None:
    with workers(spec, count) as executor:
        assert set(each(executor, tasks.process, range(count))) == {os.getpid()}


def test_without_a_word_every_processor_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 5})
    with workers(None, 9) as executor:
        assert len(set(each(executor, tasks.process, range(8)))) == 2


def test_beside_other_threads_processes_are_started_afresh() -> None:
    """A fork copies a lock that another thread holds, and nobody opens the copy."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with workers("local:2", 9) as executor:
            assert list(each(executor, tasks.double, range(3))) == [0, 2, 4]
            assert executor._mp_context.get_start_method() == "spawn"  # type: ignore[attr-defined]
    finally:
        done.set()
        other.join()


_BESIDE_A_THREAD = """\
import threading
from site_builder.executors.local import Local
if __name__ == "__main__":
    done = threading.Event()
    threading.Thread(target=done.wait, daemon=True).start()
    with Local(2) as pool:
        print(pool.submit(abs, -1).result(60))
    done.set()
"""


def test_a_process_started_afresh_runs_no_file_of_the_folder_it_is_in(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "script.py").write_text(_BESIDE_A_THREAD)
    for name in ("multiprocessing", "pickle"):
        (content / f"{name}.py").write_text("raise SystemExit('a file of the content ran')\n")
    finished = subprocess.run(
        [sys.executable, str(tmp_path / "script.py")],
        cwd=content,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (finished.returncode, finished.stdout) == (0, "1\n"), finished.stderr


@pytest.mark.parametrize("spec", SPECS)
def test_items_are_drawn_as_they_are_needed(spec: str) -> None:
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        while drawn < 1000:
            drawn += 1
            yield drawn

    with workers(spec, 1000) as executor:
        for at, _ in enumerate(each(executor, tasks.double, items()), 1):
            assert drawn - at <= 9


@pytest.mark.parametrize("spec", SPECS)
def test_the_first_failure_ends_it(spec: str, tmp_path: Path) -> None:
    places = [(str(tmp_path), number) for number in range(100)]
    found = []
    with pytest.raises(tasks.Refused, match="three is too many") as refused, workers(spec, 100) as executor:
        for number in each(executor, tasks.note, places):
            found.append(number)
    assert found == [0, 1, 2]
    assert refused.value.hint == "take two"
    assert len(list(tmp_path.iterdir())) <= (4 if spec == "inline" else 20)


def test_who_stops_asking_ends_it(tmp_path: Path) -> None:
    places = [(str(tmp_path), number) for number in range(4, 100)]
    with workers("local:2", 100) as executor:
        for number in each(executor, tasks.note, places):
            assert number == 4
            break
    assert len(list(tmp_path.iterdir())) <= 12


def test_a_worker_that_was_ended_is_told_in_words() -> None:
    with pytest.raises(WorkersLost) as lost, workers("local:2", 10) as executor:
        list(each(executor, tasks.die_at_three, range(10)))
    assert str(lost.value) == "a worker process ended before its work was done"
    assert "out of memory" in lost.value.hint


@pytest.mark.parametrize("spec", ["", "ray", "local:0", "local:x", "dask://", "dask://host", "dask://h:1/x"])
def test_what_is_no_executor_is_refused(spec: str) -> None:
    with pytest.raises(ExecutorRefused) as refused, workers(spec, 9):
        raise AssertionError("it went on")
    assert (
        str(refused.value) == f"the executor must be local, local:N, inline or dask://HOST:PORT, not {spec!r}"
    )


def test_on_this_machine_every_folder_is_shared(tmp_path: Path) -> None:
    for spec in SPECS:
        with workers(spec, 9) as executor:
            refuse_unshared(executor, tmp_path)
        assert list(tmp_path.iterdir()) == []  # nor is anything left there of having looked


# A job in the background of a shell inherits that interrupts are ignored, and so may who runs these tests.
SLEEPERS = """
import signal, sys
from site_builder.executors import each, workers
from tests.executors import tasks
signal.signal(signal.SIGINT, signal.default_int_handler)
with workers("local:2", 9) as executor:
    list(each(executor, tasks.sleep, [(sys.argv[1], number) for number in range(9)]))
"""


@pytest.fixture
def sleepers(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    """A process whose two workers are in the middle of long tasks."""
    words = [sys.executable, "-c", SLEEPERS, str(tmp_path)]
    with subprocess.Popen(
        words, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        until = time.monotonic() + 20
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        found = {int(path.name.partition("-")[2]) for path in tmp_path.iterdir()}
        assert len(found) == 2
        yield process, found
        for one in (process.pid, *found):
            if is_alive(one):
                os.kill(one, signal.SIGKILL)


@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["the parent alone", "as a terminal does"])
def test_an_interrupt_ends_the_workers_at_once(
    sleepers: tuple[subprocess.Popen[str], set[int]], send: Callable[[int, int], None]
) -> None:
    process, found = sleepers
    send(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert ended(found)
    # One report of the interrupt, the parent's: the workers say nothing.
    assert told.count("Traceback") == 1
    assert told.rstrip().endswith("KeyboardInterrupt")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_do_not_outlive_their_parent(
    sleepers: tuple[subprocess.Popen[str], set[int]], number: signal.Signals
) -> None:
    process, found = sleepers
    process.send_signal(number)
    assert process.wait(20) == -number
    assert ended(found)


class _Silent(Executor):
    """Takes every task, does none, and is soon gone."""

    def __init__(self) -> None:
        self.looks = 0

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        return Future()

    def is_there(self) -> bool:
        self.looks += 1
        return self.looks < 3


def test_who_is_gone_in_silence_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[each.__module__], "_A_LOOK", 0.01)
    silent = _Silent()
    with pytest.raises(WorkersLost):
        list(each(silent, tasks.double, range(5)))
    assert silent.looks == 3
