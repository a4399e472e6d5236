"""The machine that a job runs on: its folders, its few variables, and what ran on it."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.forge.expressions import Unsupported
from tests.support.shared import REPOSITORY

_SECONDS = 300
# What a hosted runner's image has, too. Nothing else of the tests' own environment reaches a job.
_LENT = ("PATH", "LANG", "LC_ALL", "TZ")


@dataclass
class Machine:
    """A fresh machine for one job, below ``folder``; it stays there, so that tests can look through it."""

    folder: Path
    clock: int
    """Seconds since 1970 at noon of the day on which the job runs."""
    token: str = field(default_factory=lambda: f"ghs_{secrets.token_hex(18)}")
    log: list[str] = field(default_factory=list)
    summary: str = ""
    seen: list[Mapping[str, str]] = field(default_factory=list)
    """The environment of each step that ran."""

    def __post_init__(self) -> None:
        for path in (self.workspace, self.temp, self.home, self.programs):
            path.mkdir(parents=True)
        _script(self.programs / "python3", f'exec "{sys.executable}" "$@"')

    @property
    def workspace(self) -> Path:
        return self.folder / "work"

    @property
    def temp(self) -> Path:
        return self.folder / "temp"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def programs(self) -> Path:
        return self.folder / "bin"

    def say(self, text: str) -> None:
        """Add lines to the job's log."""
        self.log.append(text)

    def run(self, script: str, variables: Mapping[str, str]) -> tuple[bool, dict[str, str]]:
        """Run a step's script as the forge's bash does; return whether it was good, and its outputs."""
        files = {name: self.temp / f"_{name.lower()}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        closed = {name: self.temp / f"_{name.lower()}" for name in ("GITHUB_ENV", "GITHUB_PATH")}
        for path in (*files.values(), *closed.values()):
            path.write_text("")
        own = {name: str(path) for name, path in (files | closed).items()}
        given = {**self._variables(), **own, **variables}
        self.seen.append(given)
        (self.temp / "_step.sh").write_text(script)
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(self.temp / "_step.sh")]
        finished = subprocess.run(
            command, cwd=self.workspace, env=given, capture_output=True, timeout=_SECONDS, check=False
        )
        self.say((finished.stdout + finished.stderr).decode("utf-8", "backslashreplace"))
        self.summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        if any(path.read_text() for path in closed.values()):
            raise Unsupported("GITHUB_ENV and GITHUB_PATH: a step's words would reach every later one")
        return finished.returncode == 0, _outputs(files["GITHUB_OUTPUT"].read_text("utf-8"))

    def _variables(self) -> dict[str, str]:
        lent = {name: os.environ[name] for name in _LENT if name in os.environ}
        return lent | {
            "PATH": f"{self.programs}:{lent['PATH']}",
            "HOME": str(self.home),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_SERVER_URL": "https://github.com",
            "RUNNER_TEMP": str(self.temp),
            "TMPDIR": str(self.temp),
            # A hosted runner has its own clock; this one's is set.
            "SOURCE_DATE_EPOCH": str(self.clock),
            "GIT_CONFIG_NOSYSTEM": "1",
        }


def _outputs(text: str) -> dict[str, str]:
    found = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if not equals or not re.fullmatch(r"[\w-]+", name):
            raise Unsupported(f"an output spelt {line!r}")
        found[name] = value
    return found


def install_press(folder: Path) -> None:
    """Make the environment that ``tools/bootstrap.py runtime`` would make below ``folder``, at no cost.

    The press in it is the one that is tested; bootstrap itself runs, and finds its lock installed.
    """
    environment = folder / ".venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "pyvenv.cfg").write_text(f"command = python -m venv {environment}\n")
    _script(environment / "bin" / "python", f'exec "{sys.executable}" "$@"')
    press = f'PYTHONPATH="{REPOSITORY}" exec "{sys.executable}" -m site_builder "$@"'
    _script(environment / "bin" / "badgepress", press)
    digest = hashlib.sha256()
    for name in ("requirements/runtime.txt", "pyproject.toml"):
        digest.update(b"\0" + (folder / name).read_bytes())
    (environment / ".installed-runtime").write_text(digest.hexdigest())


def _script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def copied(source: Path, target: Path, *, hidden: bool) -> int:
    """Copy a file or the files of a folder into the folder ``target``; return how many there were.

    Without ``hidden`` what has a dot before its name, or lies below such a folder, stays behind.
    """
    if source.is_file():
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target / source.name)
        return 1
    files = [path for path in sorted(source.rglob("*")) if path.is_file()]
    if not hidden:
        files = [p for p in files if not any(one.startswith(".") for one in p.relative_to(source).parts)]
    for path in files:
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    return len(files)
