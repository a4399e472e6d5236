"""Every case of the corpus beside the project, in the groups that must hold now."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from tests.bad_inputs import never
from tests.bad_inputs.corpus import GROUPS, Case, read_corpus, read_side
from tests.bad_inputs.decisions import DECISIONS, decision_for
from tests.bad_inputs.runner import Runner
from tests.support.shared import REPOSITORY, shared_dir

pytestmark = pytest.mark.shared

_SHARED = shared_dir()
CASES = [case for case in read_corpus(_SHARED) if case.group in GROUPS] if _SHARED else []
BUILDS = sorted((case for case in CASES if case.is_one_build), key=lambda case: case.group)
FIRST_OF_EACH = [next(found) for _, found in groupby(BUILDS, lambda case: case.group)]
WITH_LIMITS = [case for case in BUILDS if "limits" in case.given]
NOTES = REPOSITORY / "docs" / "decisions"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, runner: Runner) -> None:
    result = runner.run(case)
    if result.skipped:
        pytest.skip(f"{case.id}: {result.skipped}")
    assert result.runs
    assert result.faults == []


@pytest.mark.parametrize("case", [*FIRST_OF_EACH, *WITH_LIMITS], ids=lambda case: case.id)
def test_a_forked_child_says_what_the_command_says(case: Case, runner: Runner) -> None:
    """``ulimit -v``, ``timeout`` and no network around the real command: the same exit, the same words."""
    forked, command = runner.run_twice(case)
    assert (command.exit, _without_folder(command.stderr)) == (forked.exit, _without_folder(forked.stderr))


def _without_folder(text: str) -> str:
    return re.sub(r"repos-\w+", "", text)


def test_at_most_one_case_in_ten_is_skipped_each_with_a_reason(runner: Runner) -> None:
    skipped = {case.id: runner.why_skipped(case) for case in CASES}
    reasons = {name: reason for name, reason in skipped.items() if reason}
    assert len(reasons) * 10 <= len(CASES), reasons


def test_each_phrase_of_what_must_never_be_seen_is_understood() -> None:
    phrases = {phrase for case in CASES for phrase in case.expect.never}
    assert [phrase for phrase in sorted(phrases) if never.check_for(phrase) is None] == []


@pytest.mark.parametrize("note", sorted({decision.note for decision in DECISIONS}))
def test_each_note_lists_exactly_the_cases_that_it_decides_otherwise(note: str, shared: Path) -> None:
    if read_side(shared) != "shared":
        pytest.skip("the notes list the cases of the shared side; the rules cover others, too")
    text = (NOTES / f"{note}.md").read_text(encoding="utf-8")
    decided = {case.id for case in CASES if (found := decision_for(case)) and found.note == note}
    assert set(re.findall(r"^- `([\w-]+)`", text, re.MULTILINE)) == decided
