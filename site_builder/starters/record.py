"""``press.json``: which press keeps a repository up to date, and what it wrote there, so that it can tell."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.problems import shown
from site_builder.starters.answers import HOSTS, Host, Press
from site_builder.starters.pins import without_pins

PATH = "press.json"
LAYOUT = 1
"""The layout that this press writes; ``starters.steps`` leads to it from every earlier one."""


class RecordRefused(Exception):  # noqa: N818 - it says what happened
    """``press.json`` cannot be used; ``str()`` says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Record:
    """What the press wrote: the layout, the host, which press, and a digest of each file, pins apart."""

    layout: int
    host: Host
    press: str
    files: Mapping[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """Return the record as a file: the same bytes for the same record."""
        files = dict(sorted(self.files.items()))
        told = {"layout": self.layout, "host": self.host, "press": self.press, "files": files}
        return (json.dumps(told, indent=2) + "\n").encode()


def recorded(host: Host, press: Press, machine: Mapping[str, bytes]) -> Record:
    """Return the record of a repository of this layout in which the press wrote ``machine``, by path."""
    return Record(LAYOUT, host, str(press), {path: digest(data) for path, data in machine.items()})


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file in which every action and the press stand without their commits."""
    return hashlib.sha256(without_pins(data)).hexdigest()


def read_record(raw: bytes | None) -> Record | None:
    """Return what ``press.json`` says; None where there is none, as in a repository of layout 0.

    Raises :class:`RecordRefused` where it is damaged, or of a layout that this press does not know.
    """
    if raw is None:
        return None
    told = _parsed(raw)
    layout, host, files = told.get("layout"), told.get("host"), told.get("files")
    if not isinstance(layout, int) or host not in HOSTS or not isinstance(files, dict):
        raise RecordRefused(f"{PATH} is damaged", f"bring it back: git restore {PATH}")
    if layout > LAYOUT:
        hint = "use the newer press; this one would undo what that one did"
        raise RecordRefused(f"{PATH} has layout {shown(layout)}, and this press knows {LAYOUT}", hint)
    return Record(
        layout, host, str(told.get("press", "")), {str(path): str(value) for path, value in files.items()}
    )


def _parsed(raw: bytes) -> dict[str, object]:
    try:
        told = json.loads(raw)
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {}
