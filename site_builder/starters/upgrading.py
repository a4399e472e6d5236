"""What an upgrade changes in an adopter's repository: worked out as a whole, before anything is written.

A file that is still what an earlier press wrote is written anew. One that somebody changed keeps their
changes: only the commit of the press moves in it, and the rest of the difference is shown.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from site_builder import __version__
from site_builder.models.json_schema import FOLDER
from site_builder.starters.adopted import machine_files
from site_builder.starters.answers import Host, Press
from site_builder.starters.pins import moved, with_pins_of
from site_builder.starters.record import PATH, Record, digest, recorded
from site_builder.starters.steps import Read, steps_after


@dataclass(slots=True)
class Upgrade:
    """``files`` is what will stand at each path (empty bytes take it away), ``said`` what to tell of it.

    ``left`` are the differences that were not made, by path; ``proofs_apart`` says that what git keeps in
    ``proofs/`` belongs on the branch of that name.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)
    proofs_apart: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """What an upgrade leads to: the host, the press and the site's address; `force` undoes local changes."""

    host: Host
    press: Press
    url: str
    force: bool = False


def plan_upgrade(read: Read, record: Record | None, aim: Aim) -> Upgrade:
    """Return what changes on the way from what ``record`` says to the layout and the files of this press."""
    upgrade = Upgrade()

    def now(path: str) -> bytes | None:
        return upgrade.files.get(path) or read(path)

    for step in steps_after(record.layout if record else 0):
        changed = step.change(now, aim.host)
        upgrade.files |= changed.files
        upgrade.said += changed.said
        upgrade.proofs_apart |= changed.proofs_apart
    machine = machine_files(aim.host, aim.press, aim.url)
    before = record.files if record else {}
    for path, text in machine.items():
        _renew(upgrade, path, text, read(path), before.get(path), aim)
    for path in sorted(before.keys() - machine.keys()):
        _give_up(upgrade, path, read(path), before[path], aim)
    _note(upgrade, read, _record(aim, machine, before, read))
    return upgrade


def _renew(upgrade: Upgrade, path: str, text: bytes, old: bytes | None, before: str | None, aim: Aim) -> None:
    """Write a file of the press anew if nobody changed it, else move its pins and show the rest."""
    if old is None:
        if before is None or aim.force:
            upgrade.files[path] = text
            upgrade.said.append(f"{path}: new")
        else:
            upgrade.said.append(f"{path}: was deleted here, and stays away")
        return
    wanted = with_pins_of(text, old)
    is_theirs = digest(old) not in (before, digest(text)) and not path.startswith(f"{FOLDER}/")
    if is_theirs and not aim.force:
        pinned = moved(old, aim.press, __version__)
        upgrade.left[path] = list(_difference(path, pinned, wanted))
        wanted, done = pinned, "was changed here: only the commit of the press moves"
    else:
        done = "brought up to date"
    if wanted != old:
        upgrade.files[path] = wanted
        upgrade.said.append(f"{path}: {done}")


def _give_up(upgrade: Upgrade, path: str, old: bytes | None, before: str, aim: Aim) -> None:
    """Take away a file that this press no longer writes, unless somebody changed it."""
    if old is None:
        return
    if digest(old) == before or aim.force:
        upgrade.files[path] = b""
        upgrade.said.append(f"{path}: no longer used, taken away")
    else:
        upgrade.said.append(f"{path}: no longer used, but was changed here: delete it if you can")


def _record(aim: Aim, machine: Mapping[str, bytes], before: Mapping[str, str], read: Read) -> Record:
    """Return the new record; of a file that somebody changed it keeps what was written before that."""
    fresh = recorded(aim.host, aim.press, machine)
    kept = {
        path: before[path]
        for path, data in machine.items()
        if not aim.force and path in before and digest(read(path) or b"") not in (before[path], digest(data))
    }
    return replace(fresh, files={**fresh.files, **kept})


def _note(upgrade: Upgrade, read: Read, record: Record) -> None:
    raw = record.as_bytes()
    if raw != read(PATH):
        upgrade.files[PATH] = raw
        upgrade.said.append(f"{PATH}: says layout {record.layout}, press {record.press}")


def _difference(path: str, old: bytes, new: bytes) -> Iterator[str]:
    before, after = (text.decode("utf-8", "replace").splitlines() for text in (old, new))
    yield from difflib.unified_diff(before, after, f"{path} (yours)", f"{path} (this press)", lineterm="")
