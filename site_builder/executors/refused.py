"""The exception for workers that cannot be had."""

from __future__ import annotations


class ExecutorRefused(Exception):  # noqa: N818 - it says what happened
    """The workers that were asked for cannot be used: ``str()`` says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.hint = hint

    def __str__(self) -> str:
        return str(self.args[0])
