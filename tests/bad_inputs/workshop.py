"""A repository in git, on disk, with its published site: for cases that are about more than one day."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import yaml

from tests.bad_inputs import base, keyed
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.press import Job, Press, Run
from tests.bad_inputs.repository import Repo

_AUTHORS = ("credentials", "frameworks", "issued", "docs", "mkdocs.yml")
_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A registrar",
    "GIT_AUTHOR_EMAIL": "registrar@northfield.example",
    "GIT_COMMITTER_NAME": "A registrar",
    "GIT_COMMITTER_EMAIL": "registrar@northfield.example",
}


@dataclass
class Publication:
    """One publication: the runs it took, the last of them first refused, and whether the site was built."""

    runs: list[Run]
    built: bool

    @property
    def last(self) -> Run:
        """The run that decided."""
        return self.runs[-1]


@dataclass
class Workshop:
    """Where a history happens. ``repo`` is what its authors' files say, kept in step with the disk."""

    press: Press
    folder: Path
    case: Case
    repo: Repo = field(default_factory=lambda: history_repo())
    env: dict[str, str | None] = field(default_factory=keyed.key_environment)
    day: date = TODAY
    is_shallow: bool = False
    published: str = ""
    """The revision that was published last."""
    last_index: int | None = None
    """The status index of the award that was last withdrawn."""

    erased: dict[str, base.Data] = field(default_factory=dict)
    """What the erased awards were, by id."""

    def __post_init__(self) -> None:
        self.root = self.folder / "repository"
        self.site = self.folder / "out" / "site"
        if self.published:
            return  # a copy of a workshop where that was done
        self.root.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()

    def git(self, *words: str) -> str:
        """Run git in the repository and return what it printed."""
        finished = subprocess.run(
            ["git", *words],
            cwd=self.root,
            env={**os.environ, **_GIT},
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise ValueError(f"git {' '.join(words)}: {finished.stderr.strip()}")
        return finished.stdout.strip()

    def commit(self) -> None:
        """Write the authors' files as they are in memory, and commit what changed."""
        for name in _AUTHORS:
            path = self.root / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        self.repo.write_to(self.root)
        self._record("--allow-empty")

    def _record(self, *how: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change", *how)

    def change(self, change: Callable[[Repo], object]) -> None:
        """Let ``change`` edit the authors' files, and commit them."""
        change(self.repo)
        self.commit()

    def reload(self) -> None:
        """Read the authors' files again, after a command or git changed them."""
        self.repo.files = {}
        for name in _AUTHORS:
            top = self.root / name
            for path in [top, *sorted(top.rglob("*"))]:
                if path.is_file():
                    self.repo.files[str(path.relative_to(self.root))] = _read(path)

    def run(self, *words: str) -> Run:
        """Run a command of the press in the repository; to compare with an earlier revision it asks git."""
        env = {**self.env, "TMPDIR": str(self.folder)}
        job = Job(self.root, [words], [self.folder], self.case.seconds, self.case.mib, env, programs=("git",))
        return self.press.run(job)[0]

    def merge(self) -> None:
        """Review what changed as a pull request of its own: keys may not change together with content.

        What is refused stays for the next publication, which tells it.
        """
        if self.published and not self.is_shallow:
            review = self.run("check", "--base", self.published, "--now", self.day.isoformat())
            self.published = self.git("rev-parse", "HEAD") if review.exit == 0 else self.published

    def publish(self, shift: timedelta = timedelta()) -> Publication:
        """Review what changed since the last publication, as CI does, then build over the published site."""
        now = ("--now", (self.day + shift).isoformat(), "--json")
        runs = []
        if self.published and not self.is_shallow:
            runs.append(self.run("check", "--base", self.published, *now))
        if not runs or runs[-1].exit == 0:
            runs.append(self.build(*now))
        built = len(runs) > 0 and runs[-1].exit == 0
        if built:
            # The proofs are part of what was published: CI commits them with it.
            self._record("--amend", "--allow-empty")
            self.published = self.git("rev-parse", "HEAD")
        return Publication(runs, built)

    def build(self, *now: str) -> Run:
        """Build over the published site, which must not lose a badge."""
        return self.run("build", "--root", str(self.root), "--output", str(self.site), *now)


def _read(path: Path) -> base.Data | bytes:
    data = path.read_bytes()
    return dict(yaml.safe_load(data)) if path.suffix == ".yaml" else data


def history_repo() -> Repo:
    """Return the keyed repository; no award is part of another, so that each can change on its own."""
    repo = keyed.keyed_repo()
    del repo.files[base.LITERACY_AWARDS]
    return repo
