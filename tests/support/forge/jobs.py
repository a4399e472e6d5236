"""Runs one job of a workflow: its steps, those of composite actions too, each with its own environment."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.support.forge.actions import ACTIONS, StepFailed
from tests.support.forge.expressions import Contexts, Unsupported, condition, filled
from tests.support.forge.machine import Machine, install_press
from tests.support.git import git
from tests.support.shared import REPOSITORY

if TYPE_CHECKING:
    from tests.support.forge.workflows import Run

# Of the repository, what an action of ours needs beside its own file.
_MACHINERY = (".github/actions", "tools", "requirements/runtime.txt", "pyproject.toml")
_STEP = {"id", "name", "if", "run", "uses", "with", "env", "shell"}


@dataclass
class Job:
    """A job while it runs and after: its machine, what it may do, how it ended and what it hands on."""

    name: str
    run: Run
    machine: Machine
    permissions: Mapping[str, str]
    secrets: Mapping[str, str]
    needs: Sequence[str] = ()
    result: str = "success"
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> str:
        """Everything that its steps printed."""
        return "\n".join(self.machine.log)

    def work(self, given: Mapping[str, Any]) -> None:
        """Run all steps of the job as its workflow file has them, and work out its outputs."""
        contexts = self._contexts(given.get("env", {}))
        with_steps = contexts | {"steps": self._steps(given["steps"], contexts, given.get("env", {}))}
        self.outputs = {
            name: filled(text, with_steps | {"runner": {"temp": str(self.machine.temp)}})
            for name, text in given.get("outputs", {}).items()
        }

    def _contexts(self, env: Mapping[str, object]) -> dict[str, object]:
        event = self.run.event
        github = {"sha": event.sha, "ref": event.ref, "event": event.payload, "event_name": event.name}
        base: dict[str, object] = {
            "github": github | {"token": self.machine.token},
            "runner": {"temp": str(self.machine.temp)},
            "secrets": self.secrets,
            "vars": self.run.forge.settings.variables,
            "needs": self.run.results(self.needs),
        }
        return base | {"env": {name: filled(text, base) for name, text in env.items()}}

    def _steps(
        self,
        steps: Sequence[Mapping[str, Any]],
        around: Contexts,
        env: Mapping[str, object],
        action: Path | None = None,
    ) -> dict[str, object]:
        """Run steps one after the other; return what each that has an id put out."""
        known: dict[str, dict[str, Mapping[str, str]]] = {}
        for step in steps:
            if unknown := set(step) - _STEP:
                raise Unsupported(f"a step with {sorted(unknown)}")
            contexts = {**around, "steps": known}
            good = self.result == "success"
            status = {"success": good, "failure": not good, "cancelled": False, "always": True}
            if not condition(step.get("if", "success()"), contexts, status):
                continue
            done, outputs = self._step(step, contexts, {**env, **step.get("env", {})}, action)
            known[str(step.get("id", ""))] = {"outputs": outputs}
            if not done:
                self.result = "failure"
        return dict(known)

    def _step(
        self, step: Mapping[str, Any], contexts: Contexts, env: Mapping[str, object], action: Path | None
    ) -> tuple[bool, dict[str, str]]:
        if "run" in step:
            if action and step.get("shell") != "bash":
                raise Unsupported("a step of a composite action names its shell: bash")
            own = {"GITHUB_ACTION_PATH": str(action)} if action else {}
            own |= {"GITHUB_SHA": self.run.event.sha, "GITHUB_REF": self.run.event.ref}
            variables = {name: filled(text, contexts) for name, text in env.items()}
            return self.machine.run(filled(step["run"], contexts), own | variables)
        given = {name: filled(text, contexts) for name, text in step.get("with", {}).items()}
        name, _, revision = str(step["uses"]).partition("@")
        ours = f"{self.run.forge.settings.press or '$'}/"
        if name.startswith(ours) and (ours == "$/" or len(revision) == 40):
            return self._composite(name.removeprefix(ours), given)
        if name not in ACTIONS or not revision:
            raise Unsupported(str(step["uses"]))
        try:
            return True, ACTIONS[name](self, given)
        except StepFailed as reason:
            self.machine.say(f"error: {reason}")
            return False, {}

    def _composite(self, path: str, given: Mapping[str, str]) -> tuple[bool, dict[str, str]]:
        """Run an action of this repository, as it stands at the event's commit, or one of the press."""
        folder = self._fetched() / path
        action = yaml.safe_load((folder / "action.yml").read_text("utf-8"))
        inputs = dict(given)
        for name, one in action.get("inputs", {}).items():
            if one.get("required") and not given.get(name):
                raise Unsupported(f"{path} without {name}")
            inputs.setdefault(name, str(one.get("default", "")))
        if unknown := set(given) - set(action.get("inputs", {})):
            raise Unsupported(f"{path} with {sorted(unknown)}")
        # An action sees what it is given; a caller's secrets and variables are not in its reach.
        github = {"token": self.machine.token, "action_path": str(folder)}
        around = {"inputs": inputs, "github": github, "runner": {"temp": str(self.machine.temp)}}
        steps = self._steps(action["runs"]["steps"], around, {}, folder)
        outputs = {
            name: filled(one["value"], around | {"steps": steps})
            for name, one in action.get("outputs", {}).items()
        }
        return self.result == "success", outputs

    def _fetched(self) -> Path:
        folder = self.machine.folder / "_actions"
        if not folder.exists():
            folder.mkdir()
            if self.run.forge.settings.press:
                _copy_machinery(folder)
                return folder
            archive = self.machine.folder / "actions.tar"
            git(self.run.forge.bare, "archive", f"--output={archive}", self.run.event.sha, *_MACHINERY)
            subprocess.run(["tar", "-x", "-f", archive, "-C", folder], check=True)
            install_press(folder)
        return folder


def _copy_machinery(folder: Path) -> None:
    for name in _MACHINERY:
        source, target = REPOSITORY / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    install_press(folder)
