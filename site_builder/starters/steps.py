"""The way from each layout of an adopter's repository to the next: one step each, none ever changed again.

A step is given the files as they stand and returns what it changes of them. Where there is nothing left to do
it changes nothing, so that a run which was stopped can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.starters.answers import Host
from site_builder.starters.places import ignored, keeps_proofs_apart

Read = Callable[[str], bytes | None]
"""Returns the bytes of a file of the repository, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a step changes: files by path, what to tell of it, and whether ``proofs/`` gets its own branch."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    proofs_apart: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Leads to the layout ``to`` from the one before it."""

    to: int
    change: Callable[[Read, Host], Changed]


def _apart(read: Read, host: Host) -> Changed:
    """From before there was `init`: git ignores what is made, and proofs of jobs leave the main branch."""
    path = ".gitignore"
    old = (read(path) or b"").decode("utf-8", "surrogateescape")
    known = {line.strip().strip("/") for line in old.splitlines()}
    missing = [line for line in ignored(host) if line.strip("/") not in known]
    files: dict[str, bytes] = {}
    said: tuple[str, ...] = ()
    if missing:
        start = old if not old or old.endswith("\n") else old + "\n"
        text = start + "".join(f"{line}\n" for line in missing)
        files = {path: text.encode("utf-8", "surrogateescape")}
        said = (f"{path}: git ignores {', '.join(missing)}",)
    return Changed(files, said, proofs_apart=keeps_proofs_apart(host))


STEPS: tuple[Step, ...] = (Step(1, _apart),)
"""Every step, in order; the last one leads to the layout of this press."""


def steps_after(layout: int) -> Iterator[Step]:
    """Yield the steps from ``layout`` to that of this press."""
    yield from (step for step in STEPS if step.to > layout)
