"""Tasks for tests of executors: importable, as every task must be."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path


class Refused(Exception):  # noqa: N818 - named as ours are
    """An exception with a hint, as ours have."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.hint = hint


def double(number: int) -> int:
    return number * 2


def process(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def refuse_three(number: int) -> int:
    if number == 3:
        raise Refused("three is too many", "take two")
    return number


def note(place: tuple[str, int]) -> int:
    """Leave a file that says that this task was begun."""
    folder, number = place
    Path(folder, str(number)).touch()
    return refuse_three(number)


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(place: tuple[str, int]) -> int:
    """End the first worker that comes here, in the middle of its work."""
    folder, number = place
    if number == 3:
        try:
            Path(folder, "died").touch(exist_ok=False)
        except FileExistsError:
            return number
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def page(place: tuple[str, int]) -> str:
    """Write a file that takes a moment; return its digest."""
    folder, number = place
    data = hashlib.sha256(str(number).encode()).digest() * 2000
    time.sleep(0.02)
    Path(folder, f"{number}.bin").write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def sleep(place: tuple[str, int]) -> None:
    folder, number = place
    Path(folder, f"{number}-{os.getpid()}").touch()
    time.sleep(600)
