"""An executor without processes: a task is done, in this one, while it is handed in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Inline(Executor):
    """Does each task at once; what it raises is found in its future, as with any executor."""

    width = 1

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Return the finished future of ``fn(*args, **kwargs)``."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is raised again by who asks the future
            future.set_exception(error)
        return future
