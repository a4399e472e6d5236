"""A process that has imported the press and forks a child for each run, under limits and watched.

A Python that starts, imports MkDocs and PyLD and builds a page takes more than a second; a fork takes ten
milliseconds. The child is a process of its own all the same: its own memory limit (``ulimit -v``), clock,
standard streams and exit code. This process has one thread, so that forking it is safe. It reads one JSON
object a line from its standard input and answers with one.

Python's audit events tell what the press tries even where it would fail: a look-up of a name, a connection, a
process, a file outside the folder it may write to.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import re
import resource
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from site_builder.storing.store import FOLDER
from tests.bad_inputs.faked import fake_clock, fake_order
from tests.support.forked import exit_code_of
from tests.support.imported import import_all

_NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"}
_PROCESS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"}
# Where in an event's details a path stands, and the folder it is relative to (-1: where the process stands).
_WRITES: dict[str, tuple[tuple[int, int | None], ...]] = {
    "os.mkdir": ((0, 2),),
    "os.rename": ((0, 2), (1, 3)),
    "os.symlink": ((1, 2),),
    "os.link": ((1, 3),),
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.truncate": ((0, None),),
    "os.chmod": ((0, 2),),
}
# An entry of the press's own cache, opened relative to its folder, which Python does not tell the hook.
_KEPT = re.compile(r"[0-9a-f]{62}|[0-9a-f]{32}[.]new|[.]gitignore")
_SHOWN = 4 * 1024 * 1024
_MOST_WATCHED = 50


def _watch(path: str, allowed: list[str], programs: list[str], *, forbid: bool) -> None:
    """From here on, write what this process tries into the file at ``path``, one JSON list a line.

    With ``forbid`` a write outside the ``allowed`` folders fails, too: some cases ask for one into ``/``.
    """
    note = _notes(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), forbid=forbid)

    def hook(event: str, details: tuple[Any, ...]) -> None:
        if event in _NETWORK and not _is_local(event, details):
            note("network", details[-1] if event == "socket.connect" else details)
        elif event in _PROCESS and not (details and Path(str(details[0])).name in programs):
            note("process", details[0] if details else event)
        elif event == "open" and _is_write(details) and not _may_write(details[0], allowed):
            note("write", details[0])
        elif event in _WRITES:
            for path in _paths(event, details):
                if not _may_write(path, allowed):
                    note("write", path)

    sys.addaudithook(hook)


def _notes(log: int, *, forbid: bool) -> Callable[[str, object], None]:
    told = [0]

    def note(kind: str, what: object) -> None:
        told[0] += 1
        if told[0] <= _MOST_WATCHED:
            os.write(log, json.dumps([kind, str(what)[:300]]).encode() + b"\n")
        if forbid and kind == "write":
            raise PermissionError(errno.EACCES, "the runner forbids it", str(what))

    return note


def _paths(event: str, details: tuple[Any, ...]) -> Iterator[object]:
    for place, folder in _WRITES[event]:
        name, handle = details[place], -1 if folder is None else details[folder]
        inside = isinstance(handle, int) and handle >= 0 and not isinstance(name, int)
        yield Path(f"/proc/self/fd/{handle}").readlink() / os.fsdecode(name) if inside else name


def _is_local(event: str, details: tuple[Any, ...]) -> bool:
    return event in ("socket.connect", "socket.bind") and isinstance(details[-1], str | bytes)


def _is_write(details: tuple[Any, ...]) -> bool:
    _, mode, flags = details
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return bool(int(flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


def _may_write(name: object, allowed: list[str]) -> bool:
    if isinstance(name, int):
        return True
    given = os.fsdecode(name)  # type: ignore[arg-type]
    if _KEPT.fullmatch(given):
        return True
    path = os.path.abspath(given)  # noqa: PTH100 - follows no link
    if f"/{FOLDER}/" in f"{path}/":
        return True  # the press's own cache, where no site and no author's file stands
    return path == os.devnull or any(path == one or path.startswith(one + "/") for one in allowed)


def _child(job: dict[str, Any], folder: str) -> None:
    """Do the job's runs one after the other, each with its own streams, and end this process."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.chdir(job["cwd"])
    for name, value in job["env"].items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    time.tzset()
    size = job["mib"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    if job["clock"] is not None:
        fake_clock(job["clock"])
    if job["order"]:
        fake_order(job["order"])
    if "TMPDIR" in job["env"]:
        tempfile.tempdir = None  # asked for anew
    _watch(f"{folder}/watched", job["allowed"], job["programs"], forbid=job["forbid"])
    for number, words in enumerate(job["runs"]):
        started = time.monotonic()
        _onto(f"{folder}/{number}.out", 1)
        _onto(f"{folder}/{number}.err", 2)
        code = exit_code_of(words)
        sys.stdout.flush()
        sys.stderr.flush()
        _note_end(f"{folder}/{number}.end", code, time.monotonic() - started)
    os._exit(0)


def _note_end(path: str, code: int, seconds: float) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.write(handle, json.dumps([code, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]).encode())
    os.close(handle)


def _onto(path: str, number: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(handle, number)
    os.close(handle)


def _run(job: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="bad-inputs-") as folder:
        child = os.fork()
        if child == 0:
            try:
                _child({**job, "allowed": [*job["allowed"], folder]}, folder)
            finally:
                os._exit(81)
        status, timed_out = _wait(child, job["seconds"])
        runs = [_told(folder, number) for number in range(len(job["runs"]))]
        watched = [json.loads(line) for line in _read(f"{folder}/watched").splitlines()]
    return {
        "runs": runs,
        "watched": watched,
        "timed_out": timed_out,
        "status": os.waitstatus_to_exitcode(status),
    }


def _wait(child: int, seconds: float) -> tuple[int, bool]:
    handle = os.pidfd_open(child)
    try:
        ready, _, _ = select.select([handle], [], [], seconds)
        if not ready:
            os.killpg(child, signal.SIGKILL)
    finally:
        os.close(handle)
    return os.waitpid(child, 0)[1], not ready


def _told(folder: str, number: int) -> dict[str, Any]:
    end = _read(f"{folder}/{number}.end")
    code, seconds, peak = json.loads(end) if end else (None, None, None)
    streams = {"stdout": _read(f"{folder}/{number}.out"), "stderr": _read(f"{folder}/{number}.err")}
    return {"exit": code, "seconds": seconds, "peak_kib": peak, **streams}


def _read(path: str) -> str:
    file = Path(path)
    return file.read_bytes()[:_SHOWN].decode("utf-8", "surrogateescape") if file.exists() else ""


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]] = _run) -> None:
    """Answer jobs until the standard input ends. The streams are kept from the press."""
    asked = os.fdopen(os.dup(0), "r", encoding="utf-8")
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    for line in asked:
        told.write(json.dumps(answer(json.loads(line))) + "\n")
        told.flush()


if __name__ == "__main__":
    import_all()
    gc.collect()
    gc.freeze()  # what children have in common is not copied for looking through it
    serve()
