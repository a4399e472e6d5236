"""The corpus' texts and file names in what a check tells GitHub: they neither command nor act there.

Every payload stands in a field that refuses it by quoting it, and every odd file name in the same repository:
one check tells them all, as annotations and as a job summary.
"""

from __future__ import annotations

import json

import pytest

from tests.bad_inputs import base
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.changes import trials
from tests.bad_inputs.corpus import Case, read_corpus
from tests.bad_inputs.press import Job, Press, Run
from tests.bad_inputs.repository import Content, Repo
from tests.support.actions_runner import commands_in
from tests.support.github_markdown import Shown
from tests.support.shared import shared_dir

pytestmark = pytest.mark.shared

_SHARED = shared_dir()
CASES = read_corpus(_SHARED) if _SHARED else []
PAYLOADS = [case for case in CASES if case.form == "payload" and case.payload and not case.is_raw]
NAMES = [case for case in CASES if case.group == "path" and case.form == "file"]
_PROPERTIES = {"file", "line", "title"}


def everything() -> Repo:
    """Return the valid repository with every payload and every odd file name in it."""
    repo, valid = Repo.valid(), Repo.valid().files
    for number, case in enumerate(PAYLOADS):
        spec = {**repo.data(base.CHARTS), "id": f"case-{number}", "level": case.payload}
        repo.files[f"credentials/case-{number}.yaml"] = spec
    for case in NAMES:
        for path, content in _files_of(case).items():
            if path not in valid:
                repo.files[path] = content
    return repo


def _files_of(case: Case) -> dict[str | bytes, Content]:
    try:
        return dict(trials(case)[0].repo.files)
    except Unmapped:
        return {}


@pytest.fixture(scope="module")
def told(press: Press, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run, str]:
    """Return a check for GitHub, the same check as JSON, and the summary of the first."""
    folder = tmp_path_factory.mktemp("annotated")
    everything().write_to(folder / "repository")
    words = ["check", "--root", str(folder / "repository"), "--now", base.TODAY.isoformat()]
    summary = folder / "summary.md"
    runs = [[*words, "--format", "github", "--summary", str(summary)], [*words, "--json"]]
    for_github, as_json = press.run(Job(folder, runs, [folder], 120))
    return for_github, as_json, summary.read_text("utf-8")


def test_each_problem_is_one_annotation_and_nothing_else_is_obeyed(told: tuple[Run, Run, str]) -> None:
    for_github, as_json, _ = told
    problems = json.loads(as_json.stdout)["problems"]
    assert for_github.exit == as_json.exit == 1
    assert len(problems) > len(PAYLOADS)
    obeyed = commands_in(for_github.stdout)
    assert [command.name for command in obeyed] == [problem["severity"] for problem in problems]
    assert {name for command in obeyed for name in command.properties} <= _PROPERTIES
    assert commands_in(for_github.stderr) + commands_in(as_json.stderr) + commands_in(as_json.stdout) == []


def test_the_summary_has_a_row_for_each_problem_and_nothing_in_it_is_alive(
    told: tuple[Run, Run, str],
) -> None:
    _, as_json, summary = told
    problems = json.loads(as_json.stdout)["problems"]
    shown = Shown(summary)
    rows = [row for row in shown.rows if row[0] != "where"]
    assert len(rows) == len(problems)
    assert {len(row) for row in rows} == {3}
    assert shown.alive == []


def test_every_payload_that_is_quoted_is_quoted_whole(told: tuple[Run, Run, str]) -> None:
    cells = [row[1] for row in Shown(told[2]).rows]
    for payload in ("::add-mask::a", "<script>xss_canary()</script>"):
        assert any(f"not '{payload}'" in cell for cell in cells), payload
