"""One case from its entry in the manifest to a result."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Protocol

from tests.bad_inputs import adapter, never, rules
from tests.bad_inputs.base import TODAY
from tests.bad_inputs.changes import Trial, put_into, trials
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.decisions import decision_for
from tests.bad_inputs.elsewhere import Elsewhere
from tests.bad_inputs.histories import Histories
from tests.bad_inputs.linted import OUTCOME as LINTED
from tests.bad_inputs.linted import Linted
from tests.bad_inputs.never import Scene
from tests.bad_inputs.press import Job, Press, Run, digest, run_as_person
from tests.bad_inputs.repository import Repo
from tests.bad_inputs.result import Result, expected
from tests.bad_inputs.rosters import STAGE, Rosters
from tests.bad_inputs.site import read_site
from tests.bad_inputs.tables import tables_of
from tests.bad_inputs.tampers import Tampers
from tests.bad_inputs.verdict import JUDGES, told_about

ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago")
_NOW = ("--now", TODAY.isoformat())
_OUTPUT = "out/site"


class Form(Protocol):
    """What runs the cases of a form that one repository and one run of the press cannot tell."""

    def why_skipped(self, case: Case) -> str:
        """Return why a case cannot be run, or an empty string; raises ``Unmapped`` for the same reason."""

    def run(self, case: Case, result: Result) -> None:
        """Run a case, and note in ``result`` what came of it."""


class Runner:
    """Runs cases in a workspace of its own, against a press that is started once."""

    def __init__(self, press: Press, workspace: Path) -> None:
        self._press, self._workspace = press, workspace
        self._publish("plain", Repo.valid())
        # Without a badge: what a case changes must not be refused because it was published otherwise.
        self._publish("before", Repo.valid().without("issued"), "--awards-only")
        self._before = digest(workspace / "before")
        self._plain = read_site(workspace / "plain")
        self._forms: dict[str, Form] = {
            "environment": Elsewhere(press, workspace),
            "history": Histories(press, workspace),
            LINTED: Linted(workspace),
            STAGE: Rosters(press, workspace),
            "tamper": Tampers(press, workspace, self._plain),
        }

    def why_skipped(self, case: Case) -> str:
        """Return why a case cannot be run, or an empty string."""
        case = expected(case)
        try:
            if (form := self._form_of(case)) is not None:
                return form.why_skipped(case)
            trials(case)
        except adapter.Unmapped as reason:
            return str(reason)
        is_known = case.expect.outcome in JUDGES or case.expect.outcome == "same-in-every-timezone"
        return "" if is_known else f"the outcome {case.expect.outcome} is unknown"

    def run(self, case: Case) -> Result:
        """Return what came of one case."""
        result = Result(case, skipped=self.why_skipped(case))
        if result.skipped:
            return result
        decision, started = decision_for(case), time.monotonic()
        result.decided = decision.reason if decision else ""
        if (form := self._form_of(case)) is not None:
            form.run(expected(case), result)
        elif case.expect.outcome == "same-in-every-timezone":
            self._in_every_zone(case, result)
        else:
            self._judge(expected(case), result)
        result.seconds = time.monotonic() - started
        return result

    def _form_of(self, case: Case) -> Form | None:
        """Return what runs the case, where one run cannot tell; an erasure is a history, too."""
        if case.expect.outcome == LINTED:
            return self._forms[LINTED]
        is_erasure = case.given.get("op", {}).get("do") == "erase"
        return self._forms.get("history" if is_erasure else case.given.get("stage", case.form))

    def run_twice(self, case: Case) -> tuple[Run, Run]:
        """Return what the first trial of a case did in a forked child, and what it did as a command."""
        trial = trials(expected(case))[0]
        with self._written([trial]) as words:
            self._restore()
            forked = self._press.run(self._job(case, words))[0]
            self._restore()
            return forked, run_as_person(words[0], self._workspace, case.seconds, case.mib)

    def _judge(self, case: Case, result: Result) -> None:
        given = trials(case)
        for trial, run in zip(given, self._runs(case, given), strict=True):
            if case.expect.outcome == "safe-or-reject" and run.exit == 1 and trial.puts:
                self._judge_what_is_left(case, trial, run, result)
            else:
                self._look(case, trial, run, result)

    def _judge_what_is_left(self, case: Case, trial: Trial, run: Run, result: Result) -> None:
        """Take the payload out of the fields that were refused by name, and publish it in the others."""
        result.note(run, case.seconds)
        refused = {put for put in trial.puts if told_about(put, trial, run.problems)}
        if not refused:
            result.faults.append(f"refused without naming a field: {run.stderr[:300]!r}")
            return
        left = put_into(case, [put for put in trial.puts if put not in refused])
        if left.puts:
            self._look(case, left, self._runs(case, [left])[0], result)

    def _look(self, case: Case, trial: Trial, run: Run, result: Result) -> None:
        output = self._workspace / _OUTPUT
        site = read_site(output) if run.exit == 0 else None
        scene = Scene(
            case, run, self._workspace, output, self._plain, site, self._tables(case, trial, result)
        )
        result.note(run, case.seconds)
        result.faults += JUDGES[case.expect.outcome](case, trial, scene)
        faults, result.unchecked = never.seen(scene)
        result.faults += faults

    def _tables(self, case: Case, trial: Trial, result: Result) -> tuple[str, ...]:
        """Return the tables for spreadsheets that come of a trial, where the case is about those."""
        if not never.is_about_tables(case):
            return ()
        texts, runs = tables_of(self._press, self._workspace, case, trial.repo)
        for run in runs:
            result.note(run, case.seconds, rules.EXITS | {2})
        return tuple(texts)

    def _in_every_zone(self, case: Case, result: Result) -> None:
        """Give the same repository to the press in the zones where the day begins first and last."""
        answers = set()
        noon = int(datetime.combine(TODAY, clock_time(12), UTC).timestamp())
        for zone in ZONES:
            env = {"TZ": zone, "SOURCE_DATE_EPOCH": str(noon)}
            run = self._runs(case, trials(case), env, now=())[0]
            result.note(run, case.seconds)
            answers.add((run.exit, run.stderr))
        if len(answers) != 1:
            result.faults.append(f"the answer differs: {sorted(map(str, answers))}")

    def _runs(
        self, case: Case, given: Sequence[Trial], env: dict[str, str] | None = None, now: Sequence[str] = _NOW
    ) -> list[Run]:
        """Return what the press did with each trial, and among it what a refusal changed in the output."""
        self._restore()
        with self._written(given, now) as words:
            runs = self._press.run(self._job(case, words, env))
        if any(run.exit == 0 for run in runs):
            return runs
        changed = tuple(("changed", path) for path in self._changed())
        return [replace(run, watched=(*run.watched, *changed)) for run in runs]

    def _job(self, case: Case, words: list[list[str]], env: dict[str, str] | None = None) -> Job:
        out = self._workspace / "out"
        return Job(self._workspace, words, [out], case.seconds * len(words), case.mib, env or {})

    @contextmanager
    def _written(self, given: Sequence[Trial], now: Sequence[str] = _NOW) -> Iterator[list[list[str]]]:
        """Write the repositories, and yield the words that build each."""
        with tempfile.TemporaryDirectory(dir=self._workspace, prefix="repos-") as folder:
            words = []
            for number, trial in enumerate(given):
                root = Path(folder, str(number))
                trial.repo.write_to(root)
                words.append(["build", "--root", str(root), "--output", _OUTPUT, "--json", *now])
            yield words

    def _restore(self) -> None:
        """Publish the plain site again."""
        shutil.rmtree(self._workspace / "out", ignore_errors=True)
        shutil.copytree(self._workspace / "before", self._workspace / _OUTPUT)

    def _changed(self) -> list[str]:
        """Return what in the output folder, or beside it, is not as it was."""
        before = {"site": "folder", **{f"site/{path}": kind for path, kind in self._before.items()}}
        found = digest(self._workspace / "out")
        after = {path: kind for path, kind in found.items() if path != ".site-lock"}
        return sorted(path for path in before | after if before.get(path) != after.get(path))[:3]

    def _publish(self, name: str, repo: Repo, *more: str) -> None:
        """Build a good repository into the workspace."""
        with self._written([Trial(repo)]) as words:
            again = [name if word == _OUTPUT else word for word in words[0]]
            run = self._press.run(Job(self._workspace, [[*again, *more]], [self._workspace], 60))[0]
        if run.exit != 0:
            raise AssertionError(f"the valid repository is refused: {run.stderr}")
