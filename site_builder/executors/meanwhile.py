"""One task that is begun now and asked for later."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def meanwhile(
    executor: Executor, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs
) -> Callable[[], R]:
    """Begin ``function(*args, **kwargs)`` and return what waits for it, and returns or raises what it does.

    Where its process is gone by then, the task is done by who waits: whoever needs the executor next tells.
    """
    begun = executor.submit(function, *args, **kwargs)

    def result() -> R:
        try:
            return begun.result()
        except (BrokenExecutor, CancelledError):
            return function(*args, **kwargs)

    return result
