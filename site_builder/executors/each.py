"""Many tasks through one executor: results in order, few at a time, and an end at the first failure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, wait
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_A_LOOK = 1.0
"""Seconds between two looks at whether an executor is still there, where one can be lost in silence."""
_REMEDY = "the system may have run out of memory: use fewer workers, such as --executor local:1"


class WorkersLost(Exception):  # noqa: N818 - it says what happened
    """A process that did part of the work is gone: ``str()`` says so, ``hint`` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.hint = hint

    def __str__(self) -> str:
        return str(self.args[0])


def each(executor: Executor, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """Yield ``function(item)`` for each item, in the order of the items.

    Items are drawn as places become free, a few for each worker, so that memory stays flat however many there
    are. The first exception, in the order of the items, is raised; tasks that have not begun then never do.
    Raises ``WorkersLost`` where a worker was ended from outside.
    """
    width = getattr(executor, "width", 1)
    # A worker that is done finds its next task waiting, also while the first in order takes long.
    ahead = 1 if width == 1 else 3 * width
    left, begun = iter(items), deque[Future[R]]()
    try:
        while True:
            begun.extend(executor.submit(function, item) for item in islice(left, ahead - len(begun)))
            if not begun:
                return
            yield _result(executor, begun.popleft())
    except (BrokenExecutor, CancelledError, *getattr(executor, "lost", ())) as error:
        hint = getattr(executor, "remedy", _REMEDY)
        raise WorkersLost("a worker process ended before its work was done", hint) from error
    except BaseException as reason:
        # At an interrupt processes of this machine are ended in the middle of their work, and Python's own
        # thread for them fails over a cancelled task, with a traceback that nobody asked for.
        if not (isinstance(reason, KeyboardInterrupt) and hasattr(executor, "stop")):
            for future in begun:
                future.cancel()
        raise


def _result(executor: Executor, future: Future[R]) -> R:
    """Return what a task gave. Raises what it raised, and ``CancelledError`` where nobody will do it."""
    is_there = getattr(executor, "is_there", None)
    while is_there is not None and not future.done():
        wait([future], _A_LOOK)
        if not future.done() and not is_there():
            raise CancelledError
    return future.result()
