"""The cases of the corpus, as they stand in ``bad-inputs/manifest.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = "bad-inputs"

GROUPS = (
    "yaml",
    "encoding",
    "scalar",
    "id",
    "path",
    "url",
    "text",
    "required",
    "schema",
    "reference",
    "stack",
    "date",
    "identity",
    "environment",
    "tamper",
    "history",
    "csv",
    "privacy",
    "svg",
    "png",
    "workflow",
)
"""The groups that must hold now."""

ALSO_TRIED: tuple[str, ...] = ()
"""Groups of later work that this runner can already try; nothing is promised of them."""


@dataclass(frozen=True)
class Expectation:
    """What must be said of a case: see the corpus' README."""

    outcome: str
    problem: str = "none"
    says: str = ""
    mentions: tuple[str, ...] = ()
    line: int | None = None
    never: tuple[str, ...] = ()
    policy: bool = False


@dataclass(frozen=True)
class Case:
    """One case. ``folder`` is where its files lie; ``given`` is its entry in the manifest."""

    id: str
    group: str
    form: str
    title: str
    expect: Expectation
    folder: Path
    given: dict[str, Any] = field(repr=False, compare=False)

    @property
    def seconds(self) -> float:
        """The wall time a run may take."""
        return float(self.given.get("limits", {}).get("seconds", 30))

    @property
    def mib(self) -> int:
        """The address space a run may take."""
        return int(self.given.get("limits", {}).get("mib", 1024))

    @property
    def payload(self) -> str:
        """What is put into fields; empty where the case has none."""
        return str(self.given.get("payload", ""))

    @property
    def is_one_build(self) -> bool:
        """True where one build of one repository tells what is to be told."""
        is_simple = self.form in ("file", "payload", "mutation") and "stage" not in self.given
        is_linted = self.expect.outcome == "lint-finding"
        return is_simple and not is_linted and self.given.get("op", {}).get("do") != "erase"

    @property
    def is_raw(self) -> bool:
        """True where the payload stands in the file as it is, without quotation marks."""
        return bool(self.given.get("inject", {}).get("how") == "raw-yaml")


def read_corpus(shared: Path) -> list[Case]:
    """Return every case below ``shared``; empty where that folder has no bad inputs."""
    folder = shared / FOLDER
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return []
    entries = json.loads(manifest.read_text(encoding="utf-8"))["cases"]
    return [_case(entry, folder) for entry in entries]


def read_side(shared: Path) -> str:
    """Return which side of the corpus lies below ``shared``: others have other cases of the same kinds."""
    manifest = shared / FOLDER / "manifest.json"
    return str(json.loads(manifest.read_text(encoding="utf-8"))["side"]) if manifest.is_file() else ""


def _case(entry: dict[str, Any], folder: Path) -> Case:
    told = entry["expect"]
    expect = Expectation(
        outcome=told["outcome"],
        problem=told.get("problem", "none"),
        says=told.get("says", ""),
        mentions=tuple(told.get("mentions", ())),
        line=told.get("line"),
        never=tuple(told.get("never", ())),
        policy=bool(told.get("policy")),
    )
    return Case(entry["id"], entry["group"], entry["form"], entry["title"], expect, folder, entry)
