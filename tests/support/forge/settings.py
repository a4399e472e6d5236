"""What is set up on the forge's pages, outside of every file: environments, variables, who approves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Environment:
    """A protected place: its secrets, the branches that may use it, and whether somebody must approve."""

    secrets: Mapping[str, str] = field(default_factory=dict)
    branches: tuple[str, ...] = ("main",)
    reviewed: bool = False


@dataclass
class Settings:
    """The settings of a repository. ``asked`` lists the approvals that were asked for, in order."""

    environments: dict[str, Environment] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    approves: bool = True
    asked: list[str] = field(default_factory=list)
    press: str = ""
    """OWNER/REPO of the press whose actions the workflows use, where it is not the repository itself."""


@dataclass(frozen=True)
class Event:
    """What happened: its name, the commit and the branch it is about, and whether a stranger caused it.

    ``ref`` is ``refs/heads/main`` or ``refs/pull/N/merge``.
    """

    name: str
    sha: str
    ref: str
    payload: Mapping[str, object] = field(default_factory=dict)
    from_fork: bool = False

    @property
    def branch(self) -> str:
        """The branch's name; empty for a pull request."""
        return self.ref.removeprefix("refs/heads/") if self.ref.startswith("refs/heads/") else ""
