"""A forge's repository: a bare repository with rules, its forks and pull requests, its settings and pages."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.forge.settings import Event, Settings
from tests.support.forge.workflows import Run, concerns, read_workflows
from tests.support.git import git

# Git hands this variable of the one who pushes on to the hook; over https it would be a header.
_HOOK = """#!/bin/sh
given=${GIT_CONFIG_VALUE_0#AUTHORIZATION: basic }
if [ -n "$given" ] && grep -qxF "$given" "$GIT_DIR/writers"; then exit 0; fi
echo "permission to write was denied" >&2
exit 1
"""

_NOTHING: Mapping[str, Callable[[Run], None]] = {}


@dataclass
class Forge:
    """A repository on a forge, below ``folder``; its site is served from ``live`` at ``address``."""

    folder: Path
    live: Path
    address: str
    clock: int
    settings: Settings = field(default_factory=Settings)
    runs: list[Run] = field(default_factory=list)
    _jobs: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    _admin: str = field(default_factory=lambda: f"ghp_{secrets.token_hex(18)}")

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        git(self.folder, "init", "--quiet", "--bare", str(self.bare))
        git(self.bare, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(self.bare, "config", "receive.denyNonFastForwards", "true")
        hook = self.bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(_HOOK)
        hook.chmod(0o755)
        self.revoke()

    @property
    def bare(self) -> Path:
        return self.folder / "repository.git"

    def grant(self, token: str, permissions: Mapping[str, str]) -> None:
        """Let a job's token push while the job runs, if it may write contents."""
        if permissions.get("contents") == "write":
            with (self.bare / "writers").open("a") as writers:
                writers.write(_basic(token))

    def revoke(self) -> None:
        """End the life of every job's token."""
        (self.bare / "writers").write_text(_basic(self._admin))

    def fork(self, name: str) -> Path:
        """Return a clone of main that belongs to somebody else, below the folder."""
        clone = self.folder / "forks" / name
        clone.parent.mkdir(exist_ok=True)
        git(self.folder, "clone", "--quiet", str(self.bare), str(clone))
        return clone

    def begin(self, root: Path) -> str:
        """Push the first commit of a local repository to main, as the maintainers; return its name."""
        self.as_maintainer(root, "push", "--quiet", str(self.bare), "HEAD:refs/heads/main")
        return git(self.bare, "rev-parse", "main")

    def as_maintainer(self, root: Path, *words: str) -> str:
        """Run git in ``root`` with the right to push."""
        name = "GIT_CONFIG_VALUE_0"
        os.environ[name] = f"AUTHORIZATION: basic {_basic(self._admin).strip()}"
        try:
            return git(root, *words)
        finally:
            del os.environ[name]

    def propose(self, clone: Path, number: int, *, from_fork: bool = True) -> list[Run]:
        """Open a pull request of a clone's HEAD, or push to it again: run what runs for it."""
        head = git(clone, "rev-parse", "HEAD")
        git(self.bare, "fetch", "--quiet", str(clone), f"+HEAD:refs/pull/{number}/head")
        base = git(self.bare, "rev-parse", "main")
        tree = git(self.bare, "merge-tree", "--write-tree", base, head)
        merge = git(
            self.bare, "commit-tree", tree, "-p", base, "-p", head, "-m", f"Merge pull request {number}"
        )
        git(self.bare, "update-ref", f"refs/pull/{number}/merge", merge)
        payload = {"pull_request": {"number": number, "base": {"sha": base}, "head": {"sha": head}}}
        return self.happen(Event("pull_request", merge, f"refs/pull/{number}/merge", payload, from_fork))

    def merge(self, number: int, **between: Callable[[Run], None]) -> list[Run]:
        """Merge a pull request, as a reviewer's click does: run what runs for a push to main."""
        merge = git(self.bare, "rev-parse", f"refs/pull/{number}/merge")
        git(self.bare, "update-ref", "refs/heads/main", merge)
        return self.happen(Event("push", merge, "refs/heads/main"), between)

    def night(self, **between: Callable[[Run], None]) -> list[Run]:
        """Run what runs by the clock."""
        return self.happen(self.on_main("schedule"), between)

    def dispatch(self, name: str, **between: Callable[[Run], None]) -> list[Run]:
        """Run one workflow of main by hand."""
        return self.happen(self.on_main("workflow_dispatch"), between, name)

    def on_main(self, name: str) -> Event:
        """Return an event of this name about main as it stands."""
        return Event(name, git(self.bare, "rev-parse", "main"), "refs/heads/main")

    def happen(
        self, event: Event, between: Mapping[str, Callable[[Run], None]] = _NOTHING, only: str = ""
    ) -> list[Run]:
        """Run every workflow of the event's commit that it concerns, but this project's own tests.

        ``between`` gives what somebody does right before a job: its name, with ``_`` for ``-``.
        """
        found = []
        for path, workflow in read_workflows(self.bare, event.sha).items():
            if not concerns(workflow, event) or Path(path).stem == "tests":
                continue
            if only and Path(path).stem != only:
                continue
            before = {name.replace("_", "-"): does for name, does in between.items()}
            run = Run(Path(path).stem, self, event, self.folder / "runs" / str(len(self.runs)), before)
            self._jobs[id(run)] = workflow["jobs"]
            self.runs.append(run)
            run.go(workflow)
            found.append(run)
        return found

    def jobs_of(self, run: Run) -> Mapping[str, Any]:
        """Return the jobs of a run as its file has them."""
        return self._jobs[id(run)]


def _basic(token: str) -> str:
    return base64.b64encode(f"x-access-token:{token}".encode()).decode() + "\n"
