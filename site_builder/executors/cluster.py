"""A Dask cluster as an executor. The only module that imports Dask, which is an extra of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from site_builder.executors.refused import ExecutorRefused
from site_builder.executors.task import finds, run
from site_builder.storing import fingerprint

try:
    from distributed import Client
    from distributed import Future as DaskFuture
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise ExecutorRefused(
        "a Dask cluster needs the package distributed, which is not installed",
        "install badgepress[dask], here and on every worker: requirements/dask.txt has the versions",
    ) from error

R = TypeVar("R")

_PATIENCE = 10
"""Seconds in which the scheduler must answer, and a worker must be there."""


class Cluster(Executor):
    """The workers of a Dask cluster; each refuses to work where it runs another program than this one.

    A task whose worker is lost is done again by another.
    """

    lost = (KilledWorker,)
    remedy = "see the log of the workers: a task that took more memory than they have ends each of them"

    def __init__(self, client: Client) -> None:
        self._client = client
        self.width = sum(client.nthreads().values())

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Return the future of ``fn(*args, **kwargs)``.

        Dask's own executor reads what came of a task and then how the task stands. A worker that is lost in
        between makes that a ``ValueError`` of its own; here only what came of it is asked.
        """
        asked = self._client.submit(run, fingerprint(), fn, *args, pure=False, **kwargs)
        answer: Future[R] = Future()
        asked.add_done_callback(lambda done: _hand_on(done, answer))
        answer.add_done_callback(lambda done: asked.cancel() if done.cancelled() else None)
        return answer

    def is_there(self) -> bool:
        """Return True while the scheduler is: what was asked as its connection broke is never answered."""
        return bool(self._client.status == "running")

    def reach(self, probe: Path) -> list[str]:
        """Return the workers that do not find the file ``probe``."""
        found = self._client.run(finds, str(probe))
        return sorted(worker for worker, there in found.items() if there is not True)


def _hand_on(asked: DaskFuture[Any], answer: Future[R]) -> None:
    """Give ``answer`` what came of a task; called in a thread of Dask's own, once the task has ended."""
    if not answer.set_running_or_notify_cancel():
        return
    try:
        answer.set_result(asked.result())
    except BaseException as reason:  # noqa: BLE001 - whatever it is, it is for who waits
        answer.set_exception(reason)


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Yield the cluster whose scheduler listens at ``address``, ``HOST:PORT``.

    Raises ``ExecutorRefused`` where it does not answer or has no workers.
    """
    with _client(address) as client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            message = f"the Dask scheduler at {address} has no workers"
            raise ExecutorRefused(message, f"start some: dask worker tcp://{address} --nthreads 1") from error
        yield Cluster(client)


def _client(address: str) -> Client:
    try:
        return Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no Dask scheduler answers at {address}"
        raise ExecutorRefused(message, "start one: dask scheduler --port 8786") from error
