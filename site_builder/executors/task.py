"""What runs on a worker of a cluster, around each task."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from site_builder.executors.refused import ExecutorRefused
from site_builder.storing import fingerprint

R = TypeVar("R")

# A worker of a cluster may have several threads; what it compiles and keeps is made for one.
_ONE_AT_A_TIME = Lock()


def run(program: str, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> R:
    """Return ``function(*args, **kwargs)``; raises ``ExecutorRefused`` where this is not ``program``.

    Another version of the program or of a library may make other bytes, and nobody would know which.
    """
    if fingerprint() != program:
        raise ExecutorRefused(
            "a worker of the cluster runs another badgepress, or with other libraries",
            "install the same lock file on every worker and here: requirements/dask.txt",
        )
    with _ONE_AT_A_TIME:
        return function(*args, **kwargs)


def finds(path: str) -> bool:
    """Return True where this worker finds the file ``path``."""
    return Path(path).is_file()
