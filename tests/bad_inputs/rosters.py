"""Class lists: each is given to ``badgepress award`` in a repository that knows the credentials it names."""

from __future__ import annotations

import codecs
import copy
import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.bad_inputs import base
from tests.bad_inputs.adapter import Unmapped, codes_for
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.press import Job, Press, Run, digest
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.result import Result

STAGE = "roster-import"
_NOW = ("--now", TODAY.isoformat())
_LONG_AGO = date(2001, 1, 1)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


@dataclass(frozen=True)
class _Scene:
    """A run, and what stood around it before and stands there after."""

    run: Run
    roster: str
    raw: bytes
    root: Path
    before: dict[str, str]

    @property
    def changed(self) -> list[str]:
        """What in the repository is not as it was."""
        after = digest(self.root)
        return sorted(path for path in {**self.before, **after} if self.before.get(path) != after.get(path))


class Rosters:
    """Runs the cases whose file is a class list to import.

    A class list never lies in the repository (DESIGN 4): the file stands beside it.
    """

    def __init__(self, press: Press, workspace: Path) -> None:
        self._press, self._workspace = press, workspace

    def why_skipped(self, case: Case) -> str:
        """Return why the runner cannot judge the outcome; raises ``Unmapped`` for what is no single file."""
        roster_of(case)
        return "" if case.expect.outcome in _JUDGES else f"the outcome {case.expect.outcome} is unknown"

    def run(self, case: Case, result: Result) -> None:
        """Import the list, and judge what came of it."""
        name, raw = roster_of(case)
        with tempfile.TemporaryDirectory(dir=self._workspace, prefix="roster-") as folder:
            root, roster = Path(folder, "repository"), Path(folder, name)
            repo_for(raw).write_to(root)
            roster.write_bytes(raw)
            before = digest(root)
            words = [
                "award",
                str(roster),
                "--assessor",
                "Examination board",
                "--now",
                TODAY.isoformat(),
                "--json",
            ]
            more = () if _column(raw, "credential") else ("--credential", "charts")
            run = self._press.run(Job(root, [[*words, *more]], [root], case.seconds, case.mib))[0]
            result.note(run, case.seconds)
            scene = _Scene(run, str(roster), raw, root, before)
            result.faults += _JUDGES[case.expect.outcome](case, scene)
            result.faults += _told(case, scene)


def roster_of(case: Case) -> tuple[str, bytes]:
    """Return name and bytes of the case's class list; raises ``Unmapped`` where it is no plain file."""
    files = [entry for entry in case.given["files"] if "src" in entry and "dest" in entry]
    if len(files) != 1 or len(case.given["files"]) != 1:
        raise Unmapped("a class list is one file")
    return Path(files[0]["dest"]).name, (case.folder / files[0]["src"]).read_bytes()


def repo_for(raw: bytes) -> Repo:
    """Return the base repository with every credential that the list names, for as long as anybody awards."""
    repo = Repo.valid()
    for name in sorted(set(_column(raw, "credential"))):
        if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name) and f"credentials/{name}.yaml" not in repo.files:
            spec = copy.deepcopy(repo.data(base.ASKING))
            repo.files[f"credentials/{name}.yaml"] = {**spec, "id": name, "name": name.capitalize()}
    for path, content in repo.files.items():
        if str(path).startswith("credentials/") and isinstance(content, dict) and "published" in content:
            content["published"] = _LONG_AGO
    return repo


def _column(raw: bytes, name: str) -> list[str]:
    """Return what stands under a header, read as simply as can be: to know what the list is about."""
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = raw.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\0", "")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if name not in names:
        return []
    place = names.index(name)
    return [row[place].strip() for row in rows[1:] if len(row) > place]


def _errors(case: Case, scene: _Scene) -> Iterator[str]:
    told = [one for one in scene.run.problems if one["severity"] == "error"]
    right = [
        one for one in told if one["path"] == scene.roster and one["code"] in codes_for(case.expect.problem)
    ]
    if not right:
        yield f"no {case.expect.problem} was told, but: {[(one['code'], one['message']) for one in told[:3]]}"
        return
    lines = {one["line"] for one in right}
    if case.expect.line is not None and case.expect.line not in lines:
        yield f"rule 2: line {case.expect.line} is expected, told was {sorted(lines)}"
    if not any(scene.roster in line for line in scene.run.stderr.splitlines()):
        yield "rule 2: stderr does not name the file"


def _reject(case: Case, scene: _Scene) -> Iterator[str]:
    if scene.run.exit != 1:
        yield f"accepted (exit code {scene.run.exit}): {scene.run.stderr[:300]!r}"
    else:
        yield from _errors(case, scene)
    yield from (f"rule 4: a refusal changed {path}" for path in scene.changed[:3])


def _accept(case: Case, scene: _Scene) -> Iterator[str]:
    if scene.run.exit != 0:
        yield f"refused: {scene.run.stderr[:300]!r}"
    elif not any(path.startswith("issued/") and path.endswith(".yaml") for path in scene.changed):
        yield f"nobody was awarded: {scene.run.stdout[:300]!r}"


def _accept_or_reject(case: Case, scene: _Scene) -> Iterator[str]:
    yield from _reject(case, scene) if scene.run.exit else _accept(case, scene)


def _safe(case: Case, scene: _Scene) -> Iterator[str]:
    if scene.run.exit != 0:
        yield f"refused: {scene.run.stderr[:300]!r}"


def _warn(case: Case, scene: _Scene) -> Iterator[str]:
    codes = {one["code"] for one in scene.run.problems if one["path"] == scene.roster}
    if not codes & codes_for(case.expect.problem):
        yield f"no {case.expect.problem} was told, but {sorted(codes)}"


def _told(case: Case, scene: _Scene) -> Iterator[str]:
    """Yield what no import may do: publish an address, misread a mark, leave out a word that is asked for."""
    addresses = {found.casefold().encode() for found in _ADDRESS.findall(scene.raw.decode("utf-8", "ignore"))}
    for path in sorted(scene.root.rglob("*")):
        data = path.read_bytes().lower() if path.is_file() else b""
        yield from (f"{path.name} holds an address of the list" for address in addresses if address in data)
    if "\ufeff" in scene.run.stderr + scene.run.stdout:
        yield "a byte order mark is taken for a letter"
    yield from (
        f"the message does not mention {word!r}"
        for word in case.expect.mentions
        if word not in scene.run.stderr
    )


_JUDGES: dict[str, Callable[[Case, _Scene], Iterator[str]]] = {
    "reject": _reject,
    "accept": _accept,
    "accept-or-reject": _accept_or_reject,
    "safe": _safe,
    "safe-or-reject": _accept_or_reject,
    "warn": _warn,
    "warn-or-reject": _warn,
}
