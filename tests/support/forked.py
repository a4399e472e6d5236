"""Commands in forked children of a process that has imported the press, as ``subprocess.run`` would run them.

Half of what a command of a small repository takes is Python's start and the imports. A forked child is a
process of its own all the same: its own folder, environment, streams and exit code. What Python reads only
where it starts cannot be given to one: ``takes`` says which environment it can.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.support.shared import REPOSITORY

_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC_")


def takes(environment: Mapping[str, str]) -> bool:
    """Return True where a child that is already running can be given this environment."""
    return not any(name.startswith(_AT_START) for name in environment)


@dataclass(frozen=True)
class Server:
    """The process that forks; one for each process of tests."""

    process: subprocess.Popen[str]

    def run(
        self, words: Sequence[str], cwd: Path, environment: Mapping[str, str], umask: int, seconds: float
    ) -> subprocess.CompletedProcess[str]:
        """Run ``badgepress WORDS`` and return what came of it; ``TimeoutExpired`` where it does not end."""
        job = {"words": list(words), "cwd": str(cwd), "env": dict(environment), "umask": umask}
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the process that forks was started without pipes")
        self.process.stdin.write(json.dumps({**job, "seconds": seconds}) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        if told["code"] is None:
            raise subprocess.TimeoutExpired(list(words), seconds, told["out"], told["err"])
        return subprocess.CompletedProcess(list(words), told["code"], told["out"], told["err"])


def begun(words: Sequence[str], cwd: Path) -> int:
    """Begin ``badgepress WORDS`` in a fork of this very process, a group of its own; return its id.

    Nobody hears what it prints. For those who wait for it, or kill it.
    """
    child = os.fork()
    if child == 0:
        job = {"words": list(words), "cwd": str(cwd), "env": dict(os.environ), "umask": -1}
        _child(job, Path(os.devnull), Path(os.devnull))
    return child


@cache
def server() -> Server:
    """Return this process' server, started when it is first asked for; it ends with this process."""
    return Server(
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.forked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
            text=True,
            encoding="utf-8",
        )
    )


def _serve() -> None:
    """Answer jobs until the standard input ends. The streams are kept from the press."""
    asked = os.fdopen(os.dup(0), "r", encoding="utf-8")
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    for line in asked:
        told.write(json.dumps(_answer(json.loads(line))) + "\n")
        told.flush()


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    # No TemporaryDirectory: each child would take it away as it ends.
    folder = Path(mkdtemp(prefix="forked-"))
    out, err = folder / "out", folder / "err"
    child = os.fork()
    if child == 0:
        _child(job, out, err)
    code = _code_of(child, float(job["seconds"]))
    told = {"code": code, "out": out.read_text("utf-8"), "err": err.read_text("utf-8")}
    shutil.rmtree(folder)
    return told


def _code_of(child: int, seconds: float) -> int | None:
    """Return the child's exit code as ``subprocess`` does; None where it had to be killed."""
    handle = os.pidfd_open(child)
    try:
        in_time = bool(select.select([handle], [], [], seconds)[0])
        if not in_time:
            os.killpg(child, signal.SIGKILL)
    finally:
        os.close(handle)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status if in_time else None


def _child(job: dict[str, Any], out: Path, err: Path) -> None:
    """Become the command, and end with its exit code."""
    code = 70
    try:
        os.setsid()
        for path, number in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.environ.clear()
        os.environ.update(job["env"])
        time.tzset()
        os.chdir(job["cwd"])
        if job["umask"] >= 0:
            os.umask(job["umask"])
        code = exit_code_of(job["words"])
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def exit_code_of(words: list[str]) -> int:
    """Run ``badgepress WORDS`` in this process and return the exit code it ends with."""
    from site_builder.cli import main

    sys.argv = ["badgepress", *words]
    try:
        main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    from tests.support.imported import import_all

    import_all()
    gc.collect()
    gc.freeze()  # what children have in common is not copied for looking through it
    _serve()
