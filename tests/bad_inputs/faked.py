"""Another clock and another order of folders, for a process that is about to run the press.

Python's own names are replaced, so that what is tested is the press as it is. The real programs for this
(libfaketime, disorderfs) need a Python of their own for each run, and are not on every machine.
"""

from __future__ import annotations

import datetime as clock
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

_REAL = clock.datetime


def fake_clock(moment: float) -> None:
    """From here on, this process reads ``moment`` (seconds since 1970) from the clock."""

    class AnyDateTime(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, _REAL)

    class Stopped(_REAL, metaclass=AnyDateTime):
        @classmethod
        def now(cls, tz: clock.tzinfo | None = None) -> _REAL:  # type: ignore[override]
            return _REAL.fromtimestamp(moment, tz)

        @classmethod
        def utcnow(cls) -> _REAL:  # type: ignore[override]
            return _REAL.fromtimestamp(moment, clock.UTC).replace(tzinfo=None)

    time.time = lambda: moment
    clock.datetime = Stopped  # type: ignore[misc]
    for name, module in list(sys.modules.items()):
        if name.startswith("site_builder") and getattr(module, "datetime", None) is _REAL:
            module.datetime = Stopped  # type: ignore[attr-defined]


class _Entries:
    """What ``os.scandir`` gives, in another order."""

    def __init__(self, entries: Any, order: Callable[[list[Any]], list[Any]]) -> None:
        with entries:
            self._entries = iter(order(list(entries)))

    def __enter__(self) -> _Entries:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return self._entries

    def __next__(self) -> Any:
        return next(self._entries)

    def close(self) -> None:
        """Nothing is open any more."""


def fake_order(word: str) -> None:
    """From here on, folders list their entries so: ``reversed``, ``sorted``, or ``shuffled`` in a fixed way.

    Raises KeyError for another word.
    """
    order = ORDERS[word]
    scan, listed = os.scandir, os.listdir
    os.scandir = lambda path=".": _Entries(scan(path), order)  # type: ignore[assignment]
    os.listdir = lambda path=".": order(listed(path))


def _name(entry: Any) -> str:
    return os.fsdecode(getattr(entry, "name", entry))


ORDERS: dict[str, Callable[[list[Any]], list[Any]]] = {
    "sorted": lambda entries: sorted(entries, key=_name),
    "reversed": lambda entries: sorted(entries, key=_name, reverse=True),
    "shuffled": lambda entries: sorted(entries, key=lambda entry: _name(entry)[::-1]),
}
