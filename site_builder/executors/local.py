"""Processes of this machine, which end with this one, however it ends."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext, SpawnContext, SpawnProcess

_SAFE_PATH = "PYTHONSAFEPATH"


class Local(ProcessPoolExecutor):
    """As many processes as ``width``; they take no part in an interrupt, ``stop()`` ends them."""

    def __init__(self, width: int) -> None:
        self.width = width
        context = _context()
        stop, self._stop = context.Pipe(duplex=False)
        with _safe_path():  # Python's keeper of what they share is started here
            super().__init__(width, mp_context=context, initializer=_begin, initargs=(stop,))

    def stop(self) -> None:
        """End the processes in the middle of what they do: nobody waits for it any more."""
        # Everyone sees that there is something to read, and nobody reads it.
        self._stop.send_bytes(b"stop")


def usable() -> int:
    """Return how many processors this process may use; a container is often given fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> BaseContext:
    """Forked processes start at once and share what was read; where a fork may lock for ever, new ones do.

    That is where other threads run (a server's), whose locks nobody would open again, and in the system
    libraries of macOS.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return _Afresh()


@contextmanager
def _safe_path() -> Iterator[None]:
    """Let a Python that starts meanwhile look for no module in the folder that it is in.

    Python does so for `python -c`, as which new processes begin, and the folder is that of the content. A
    file multiprocessing.py there, which somebody proposed beside an award, would run where the keys are.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


class _AfreshProcess(SpawnProcess):
    def start(self) -> None:
        with _safe_path():
            super().start()


class _Afresh(SpawnContext):
    Process = _AfreshProcess


def _begin(stop: Connection) -> None:
    """Make a new process one that works: it does not outlive its parent, nor copy what they share."""
    # An interrupt reaches every process of a terminal. The parent decides what becomes of this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The collector marks each object it looks at, and a marked page of memory is no longer shared.
    gc.freeze()
    threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()


def _end_with_parent(stop: Connection) -> None:
    parent = multiprocessing.parent_process()
    wait([stop, *([parent.sentinel] if parent else [])])
    os._exit(1)
