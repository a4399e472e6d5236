"""Runs of the press in other surroundings, each beside a plain run of the same repository."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from tests.bad_inputs import rules
from tests.bad_inputs.adapter import codes_for
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.press import Job, Press, Run, digest
from tests.bad_inputs.result import Result
from tests.bad_inputs.surroundings import Surroundings, surroundings

EXITS = rules.EXITS | {2}
"""Surroundings are no author's fault: a refusal of them may be one of usage."""
_A_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}")


class Elsewhere:
    """Runs the cases of the form ``environment`` in a workspace of its own."""

    def __init__(self, press: Press, workspace: Path) -> None:
        self._press, self._workspace = press, workspace

    def why_skipped(self, case: Case) -> str:
        """Return why the runner cannot judge the outcome; raises ``Unmapped`` for unknown surroundings."""
        surroundings(case.given["environment"])
        return "" if case.expect.outcome in _JUDGES else f"the outcome {case.expect.outcome} is unknown"

    def run(self, case: Case, result: Result) -> None:
        """Build in the surroundings, over a site that was published before, and judge what came of it."""
        found = surroundings(case.given["environment"])
        with tempfile.TemporaryDirectory(dir=self._workspace, prefix="elsewhere-") as folder:
            scene = _Scene(Path(folder).resolve(), found, self.plain)
            run = self._build(scene, case)
            result.note(run, case.seconds, EXITS)
            result.faults += _JUDGES[case.expect.outcome](case, scene, run)
            result.faults += scene.shown(run)

    @cached_property
    def plain(self) -> Path:
        """The folder of a plain run: its repository, with the proofs it recorded, and its site."""
        folder = self._workspace / "elsewhere"
        folder.mkdir()
        scene = _Scene(folder.resolve(), Surroundings(), None)
        run = self._build(scene, None)
        if run.exit != 0:
            raise AssertionError(f"the valid repository is refused: {run.stderr}")
        return scene.folder

    def _build(self, scene: _Scene, case: Case | None) -> Run:
        around = scene.around
        seconds, mib = (case.seconds, case.mib) if case else (60, 1024)
        words = ["build", "--root", str(scene.root), "--output", scene.output, "--json"]
        job = Job(
            scene.root,
            [words],
            [scene.folder],
            seconds,
            mib,
            around.env,
            around.moment.timestamp(),
            around.order,
            forbid=True,
        )
        if not around.needs_a_start:
            return self._press.run(job)[0]
        press = Press(around.start, umask=around.umask, wrap=around.wrap)
        try:
            return press.run(job)[0]
        finally:
            press.close()


class _Scene:
    """A repository in its surroundings, and what stood in its folder before the run."""

    def __init__(self, folder: Path, around: Surroundings, plain: Path | None) -> None:
        self.folder, self.around, self.plain = folder, around, plain
        self.root = folder / around.place
        self.site = folder / "out" / "site"
        self.output = around.output or str(self.site)
        around.repo.write_to(self.root)
        if plain is not None:
            shutil.copytree(plain / "out", folder / "out")
        self._before = digest(folder)

    @property
    def changed(self) -> list[str]:
        """What in the folder is not as it was before the run: nothing, after a refusal."""
        return _unlike(self._before, digest(self.folder))

    @property
    def differing(self) -> list[str]:
        """What was published or recorded otherwise than by the plain run: on the site a mode counts, too."""
        if self.plain is None:
            return []
        site = _unlike(_listing(self.site), _listing(self.plain / "out/site"))
        return site + _unlike(digest(self.root / "proofs"), digest(self.plain / "repository/proofs"))

    def shown(self, run: Run) -> Iterator[str]:
        """Yield where the key that was given can be read."""
        for secret in self.around.secrets:
            if secret in run.stdout or secret in run.stderr:
                yield "the key was printed"
            for path in self.folder.rglob("*"):
                if path.is_file() and secret.encode() in path.read_bytes():
                    yield f"{path.relative_to(self.folder)} holds the key"


def _listing(folder: Path) -> dict[str, tuple[str, int]]:
    return {path: (kind, (folder / path).stat().st_mode) for path, kind in digest(folder).items()}


def _unlike(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return sorted(path for path in {**one, **other} if one.get(path) != other.get(path))


def _codes(run: Run) -> set[str]:
    told = {str(one["code"]) for one in run.problems if one["severity"] == "error"}
    return told | ({run.refusal} if run.refusal else set())


def refused(case: Case, run: Run) -> Iterator[str]:
    """Yield what is wrong with a refusal that is about the run rather than about a line of a file."""
    if run.exit == 0:
        yield "accepted"
    elif not _codes(run) & codes_for(case.expect.problem):
        yield f"no {case.expect.problem} was told, but {sorted(_codes(run))}: {run.stderr[:300]!r}"
    elif case.form == "environment" and "DATE" in case.expect.says and not _A_DATE.search(run.stderr):
        yield f"no date is told: {run.stderr[:300]!r}"
    for word in case.expect.mentions:
        if word not in run.stderr:
            yield f"the message does not mention {word!r}"


def _reject(case: Case, scene: _Scene, run: Run) -> Iterator[str]:
    yield from refused(case, run)
    yield from (f"rule 4: a refusal changed {path}" for path in scene.changed[:3])


def _accept(case: Case, scene: _Scene, run: Run) -> Iterator[str]:
    if run.exit != 0:
        yield f"refused: {run.stderr[:300]!r}"
        return
    yield from (f"not as by the plain run: {path}" for path in scene.differing[:3])
    for path in [scene.site, *scene.site.rglob("*")]:
        wanted = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
        if path.stat().st_mode & wanted != wanted:
            yield f"{path.relative_to(scene.folder)} cannot be read by all"


def _accept_or_reject(case: Case, scene: _Scene, run: Run) -> Iterator[str]:
    yield from _reject(case, scene, run) if run.exit else _accept(case, scene, run)


def _same_output(case: Case, scene: _Scene, run: Run) -> Iterator[str]:
    """A clear refusal will do where the case allows one."""
    if run.exit and "refus" in case.expect.says:
        yield from (f"rule 4: a refusal changed {path}" for path in scene.changed[:3])
    else:
        yield from _accept(case, scene, run)


def _nothing_more(case: Case, scene: _Scene, run: Run) -> Iterator[str]:
    """That no key is shown is looked for in every case; a refusal must still change nothing."""
    if run.exit:
        yield from (f"rule 4: a refusal changed {path}" for path in scene.changed[:3])


_JUDGES: dict[str, Callable[[Case, _Scene, Run], Iterator[str]]] = {
    "reject": _reject,
    "accept": _accept,
    "safe": _accept,
    "accept-or-reject": _accept_or_reject,
    "safe-or-reject": _accept_or_reject,
    "same-output": _same_output,
    "no-secret-in-output": _nothing_more,
}
