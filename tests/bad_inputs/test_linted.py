"""A workflow of the corpus passes only if the rule that it names is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.linted import OUTCOME, Linted
from tests.bad_inputs.result import Result

_LOOSE = """\
name: loose
on: push
permissions: {}
jobs:
  loose:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with: {persist-credentials: false}
"""


def a_case(folder: Path, problem: str, **file: str) -> Case:
    given = {"files": [{"src": "w.yml", "dest": ".github/workflows/w.yml", **file}]}
    (folder / "w.yml").write_text(_LOOSE)
    return Case("made-up", "workflow", "file", "", Expectation(OUTCOME, problem), folder, given)


@pytest.mark.parametrize(("problem", "word"), [("unpinned-uses", "passed"), ("github-env", "missed")])
def test_the_rule_must_be_the_one_that_is_named(problem: str, word: str, tmp_path: Path) -> None:
    case = a_case(tmp_path, problem)
    result = Result(case)
    Linted(tmp_path).run(case, result)
    assert (result.word, result.runs) == (word, 1)


def test_a_file_that_is_not_simply_copied_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(Unmapped):
        Linted(tmp_path).why_skipped(a_case(tmp_path, "unpinned-uses", symlink="x"))
