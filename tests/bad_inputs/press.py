"""Runs the press: many times in forked children of one process, and once in a while as a person would."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from site_builder.storing.store import FOLDER
from tests.support.shared import REPOSITORY

_ENVIRONMENT = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONPATH": str(REPOSITORY),
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "NO_COLOR": "1",
}
_LIMITED = 'ulimit -v "$1"; shift; exec timeout --signal=KILL "$@"'


@dataclass(frozen=True)
class Run:
    """What one run did. ``exit`` is None where it was killed or ran out of memory outside the program."""

    exit: int | None
    stdout: str
    stderr: str
    seconds: float
    watched: tuple[tuple[str, str], ...] = ()
    timed_out: bool = False

    @property
    def problems(self) -> list[dict[str, Any]]:
        """The problems that ``--json`` told; empty where the run told none."""
        try:
            return list(json.loads(self.stdout)["problems"])
        except (ValueError, KeyError, TypeError):
            return []

    @property
    def refusal(self) -> str:
        """What kept the run from its work, where that was no author's file: ``no-key`` and the like."""
        try:
            return str(json.loads(self.stdout)["code"])
        except (ValueError, KeyError, TypeError):
            return ""


@dataclass(frozen=True)
class Job:
    """Runs that one child does: each a list of words behind ``badgepress``.

    A name in ``env`` whose value is None is taken away. ``clock`` (seconds since 1970) and ``order`` are read
    from the clock and from folders instead of what is there; ``forbid`` lets writes elsewhere fail.
    ``programs`` are those that it may start.
    """

    cwd: Path
    runs: Sequence[Sequence[str]]
    allowed: Sequence[Path]
    seconds: float = 30
    mib: int = 1024
    env: Mapping[str, str | None] = field(default_factory=dict)
    clock: float | None = None
    order: str = ""
    forbid: bool = False
    programs: Sequence[str] = ()


class Press:
    """The process that forks children. To be closed by its maker.

    Some settings are read only once, where Python starts: ``env`` (None takes a name away) and ``umask``.
    ``wrap`` is a command that starts the process.
    """

    def __init__(
        self, env: Mapping[str, str | None] | None = None, *, umask: int = -1, wrap: Sequence[str] = ()
    ) -> None:
        words = [*without_network(), *wrap, sys.executable, "-m", "tests.bad_inputs.zygote"]
        merged: dict[str, str | None] = {**os.environ, **_ENVIRONMENT, **(env or {})}
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
            env={name: value for name, value in merged.items() if value is not None},
            umask=umask,
            text=True,
            encoding="utf-8",
        )

    def run(self, job: Job) -> list[Run]:
        """Do the job's runs and return them in order."""
        asked = {
            "cwd": str(job.cwd),
            "runs": [list(words) for words in job.runs],
            "allowed": [str(path) for path in job.allowed],
            "seconds": job.seconds,
            "mib": job.mib,
            "env": dict(job.env),
            "clock": job.clock,
            "order": job.order,
            "forbid": job.forbid,
            "programs": list(job.programs),
        }
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the process that forks was started without pipes")
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process that forks ended with {self._process.wait()}")
        told = json.loads(line)
        return [_as_run(one, told) for one in told["runs"]]

    def close(self) -> None:
        """End the process."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(timeout=30)
        if self._process.stdout:
            self._process.stdout.close()


def _as_run(one: dict[str, Any], told: dict[str, Any]) -> Run:
    watched = tuple((kind, what) for kind, what in told["watched"])
    ended = one["exit"] is not None
    return Run(
        exit=one["exit"],
        stdout=one["stdout"],
        stderr=one["stderr"],
        seconds=one["seconds"] or 0.0,
        watched=watched,
        timed_out=told["timed_out"] and not ended,
    )


@cache
def without_network() -> tuple[str, ...]:
    """Return the words that start a command without any network, or none where the system forbids it."""
    for words in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    return ()


def run_as_person(words: Sequence[str], cwd: Path, seconds: float, mib: int) -> Run:
    """Run ``badgepress`` as a command of its own under ``ulimit -v`` and ``timeout``."""
    limited = [
        "sh",
        "-c",
        _LIMITED,
        "sh",
        str(mib * 1024),
        str(seconds),
        sys.executable,
        "-m",
        "site_builder",
    ]
    finished = subprocess.run(
        [*without_network(), *limited, *words],
        cwd=cwd,
        env={**os.environ, **_ENVIRONMENT},
        capture_output=True,
        timeout=seconds + 30,
        check=False,
    )
    stdout, stderr = (
        stream.decode("utf-8", "surrogateescape") for stream in (finished.stdout, finished.stderr)
    )
    killed = finished.returncode in (137, -9)
    return Run(None if killed else finished.returncode, stdout, stderr, 0.0, (), killed)


def digest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below ``folder``, and what is not a file by its kind.

    The press's own cache does not count: it is what a refused run may keep for the next.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if (f"/{FOLDER}/" in f"/{name}/" and not path.is_file()) or f"/{FOLDER}/" in f"/{name}":
            continue
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[name] = "folder"
    return found
