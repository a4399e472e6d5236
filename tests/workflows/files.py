"""The workflow and action files of this project, read for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.support.shared import REPOSITORY

WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((REPOSITORY / ".github/actions").glob("*/action.yml"))
FILES = [*WORKFLOWS, *ACTIONS]


def read(path: Path) -> dict[Any, Any]:
    """Return a file as it stands; YAML reads its word ``on`` as true."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def jobs(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the jobs of a workflow file."""
    found: Mapping[str, Mapping[str, Any]] = read(path)["jobs"]
    return found


def every_job() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield workflow, name and job for every job of every workflow."""
    for path in WORKFLOWS:
        yield from ((path.stem, name, job) for name, job in jobs(path).items())


def steps(path: Path) -> list[Mapping[str, Any]]:
    """Return all steps of a workflow or of a composite action."""
    given = read(path)
    parts = given["jobs"].values() if "jobs" in given else [given["runs"]]
    return [step for part in parts for step in part["steps"]]
