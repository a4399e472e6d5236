"""Runs the workflow files of a commit for an event: their jobs in order, each on a machine of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.support.forge.expressions import Unsupported, condition
from tests.support.forge.jobs import Job
from tests.support.forge.machine import Machine
from tests.support.forge.settings import Event
from tests.support.git import git

if TYPE_CHECKING:
    from tests.support.forge.repository import Forge

_WORKFLOW = {"name", "on", "permissions", "concurrency", "jobs", "env"}
_JOB = {
    *("name", "needs", "if", "runs-on", "timeout-minutes", "environment"),
    *("permissions", "outputs", "steps", "env"),
}


@dataclass
class Run:
    """One run of one workflow file: its jobs by name, in the order in which they ended, and its artifacts."""

    workflow: str
    forge: Forge
    event: Event
    folder: Path
    before: Mapping[str, Any] = field(default_factory=dict)
    """What somebody does between two jobs: a function by the name of the job that it comes before."""
    jobs: dict[str, Job] = field(default_factory=dict)

    @property
    def artifacts(self) -> Path:
        return self.folder / "artifacts"

    @property
    def ended(self) -> dict[str, str]:
        """How each job ended: success, failure or skipped."""
        return {name: job.result for name, job in self.jobs.items()}

    @property
    def log(self) -> str:
        """The logs of all jobs."""
        return "\n".join(f"== {name}: {job.result}\n{job.log}" for name, job in self.jobs.items())

    def results(self, names: Sequence[str]) -> dict[str, object]:
        """Return what an expression finds under ``needs``: the jobs that are named there, and no other."""
        found = {name: self.jobs[name] for name in names}
        return {name: {"result": job.result, "outputs": job.outputs} for name, job in found.items()}

    def go(self, given: Mapping[str, Any]) -> None:
        """Run the jobs, each after those that it needs."""
        self.artifacts.mkdir(parents=True)
        waiting = dict(given["jobs"])
        while waiting:
            ready = [name for name, job in waiting.items() if set(_needs(job)) <= set(self.jobs)]
            if not ready:
                raise Unsupported(f"jobs that wait for one another: {sorted(waiting)}")
            for name in ready:
                self._job(name, waiting.pop(name), given)

    def _job(self, name: str, job: Mapping[str, Any], around: Mapping[str, Any]) -> None:
        if unknown := (set(job) - _JOB) | (set(around) - _WORKFLOW - {True}):
            raise Unsupported(f"a job with {sorted(unknown)}")
        if name in self.before:
            self.before[name](self)
        permissions = self._permissions(job.get("permissions", around.get("permissions")))
        machine = Machine(self.folder / name, self.forge.clock)
        self.jobs[name] = made = Job(name, self, machine, permissions, {}, _needs(job))
        if not self._wanted(job):
            made.result = "skipped"
        elif self._enter(made, _place(job)):
            self.forge.grant(machine.token, permissions)
            try:
                made.work({**job, "env": {**around.get("env", {}), **job.get("env", {})}})
            finally:
                self.forge.revoke()

    def _wanted(self, job: Mapping[str, Any]) -> bool:
        """Judge a job's condition: success means every job above it, and that none was left out."""
        above = set(self._above(job))
        results = [self.jobs[name].result for name in above if name in self.jobs]
        status = {
            "success": all(result == "success" for result in results),
            "failure": "failure" in results,
            "cancelled": False,
            "always": True,
        }
        named = {"event_name": self.event.name, "event": self.event.payload}
        event = {"sha": self.event.sha, "ref": self.event.ref, **named}
        contexts = {
            "github": event,
            "vars": self.forge.settings.variables,
            "needs": self.results(_needs(job)),
        }
        return condition(job.get("if", "success()"), contexts, status)

    def _above(self, job: Mapping[str, Any]) -> Iterator[str]:
        for name in _needs(job):
            yield name
            yield from self._above(self.forge.jobs_of(self)[name])

    def _permissions(self, given: object) -> Mapping[str, str]:
        """Return what a job may do: of a stranger's pull request nothing but read, whatever its file says."""
        if not isinstance(given, dict):
            raise Unsupported(f"permissions: {given}")
        if self.event.from_fork:
            return {name: "read" for name, word in given.items() if word != "none"}
        return given

    def _enter(self, job: Job, place: str) -> bool:
        """Let a job into its environment, if that is open to the branch and approved; give it the secrets."""
        if not place:
            return True
        environment = self.forge.settings.environments.get(place)
        if environment is None or self.event.branch not in environment.branches:
            job.machine.say(f"error: {self.event.ref} may not use the environment {place}")
            job.result = "failure"
            return False
        if environment.reviewed:
            self.forge.settings.asked.append(f"{self.workflow}: {place}")
            if not self.forge.settings.approves:
                job.result = "failure"
                return False
        if not self.event.from_fork:
            job.secrets = environment.secrets
        return True


def _place(job: Mapping[str, Any]) -> str:
    given = job.get("environment", "")
    return str(given["name"] if isinstance(given, dict) else given)


def _needs(job: Mapping[str, Any]) -> list[str]:
    given = job.get("needs", [])
    return [given] if isinstance(given, str) else list(given)


def read_workflows(bare: Path, sha: str) -> dict[str, dict[Any, Any]]:
    """Return each workflow file of a commit by its path; YAML reads the word ``on`` as true."""
    names = git(bare, "ls-tree", "--name-only", sha, ".github/workflows/").splitlines()
    return {name: yaml.safe_load(git(bare, "show", f"{sha}:{name}")) for name in names}


def concerns(workflow: Mapping[Any, Any], event: Event) -> bool:
    """Return whether a workflow runs for an event."""
    on = workflow[True]
    given = {on: None} if isinstance(on, str) else dict.fromkeys(on) if isinstance(on, list) else on
    if event.name not in given:
        return False
    branches = (given[event.name] or {}).get("branches") if event.name == "push" else None
    return branches is None or event.branch in branches
