"""Workers write their own output, so they must find the folder of the one who asked for it."""

from __future__ import annotations

import os
from concurrent.futures import Executor
from pathlib import Path
from typing import Protocol, runtime_checkable

from site_builder.executors.refused import ExecutorRefused


@runtime_checkable
class _Elsewhere(Protocol):
    """An executor whose workers may be on other machines."""

    def reach(self, probe: Path) -> list[str]:
        """Return the workers that do not find the file ``probe``."""


def refuse_unshared(executor: Executor, folder: Path) -> None:
    """Raise ``ExecutorRefused`` where a worker does not find ``folder``; a file is made in it and removed."""
    if not isinstance(executor, _Elsewhere):
        return
    probe = folder / f".shared-{os.urandom(8).hex()}"
    probe.touch(exist_ok=False)
    try:
        blind = executor.reach(probe)
    finally:
        probe.unlink()
    if blind:
        message = f"the worker {blind[0]} does not find the folder {folder}"
        raise ExecutorRefused(message, "every worker needs the repository and its site at the same path")
