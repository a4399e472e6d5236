"""A Dask cluster on this machine: a scheduler and workers, each a process, over TCP on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from site_builder.storing import fingerprint
from tests.support.shared import REPOSITORY

_PATIENCE = 60


@dataclass
class LocalCluster:
    """The address of the scheduler, ``HOST:PORT``, and the processes."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def spec(self) -> str:
        """What ``--executor`` takes."""
        return f"dask://{self.address}"


@contextmanager
def dask_cluster(folder: Path, workers: int = 2, program: Path = REPOSITORY) -> Iterator[LocalCluster]:
    """Yield a cluster that writes its logs into ``folder``; in the end every process of it is gone.

    Its workers import this program from ``program``.
    """
    # The workers look at the program now; in a long run of tests somebody may have worked on it since.
    fingerprint.cache_clear()
    with ExitStack() as stack:
        words: tuple[str, ...] = (
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--no-show",
        )
        scheduler = _started(stack, folder, "scheduler", words, program)
        address = _said(folder / "scheduler.log", scheduler, r"Scheduler at:\s+tcp://(\S+)")
        cluster = LocalCluster(address, scheduler)
        for number in range(workers):
            name = f"worker-{number}"
            given = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--death-timeout", "60")
            words = ("worker", f"tcp://{address}", *given, "--local-directory", str(folder / name))
            cluster.workers.append(_started(stack, folder, name, words, program))
        for number, worker in enumerate(cluster.workers):
            _said(folder / f"worker-{number}.log", worker, r"Registered to:\s+(tcp://\S+)")
        yield cluster


def _started(
    stack: ExitStack, folder: Path, name: str, words: tuple[str, ...], program: Path
) -> subprocess.Popen[bytes]:
    log: IO[bytes] = stack.enter_context((folder / f"{name}.log").open("wb"))
    env = {**os.environ, "PYTHONPATH": str(program), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        cwd=folder,
        env=env,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # the test may have ended it
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_PATIENCE)


def _said(log: Path, process: subprocess.Popen[bytes], pattern: str) -> str:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(pattern, log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"{log.name} never said {pattern}:\n{log.read_text('utf-8', 'replace')}")
