"""Linters that others wrote find nothing in our workflows, and everything in the corpus of bad ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.shared import REPOSITORY
from tests.workflows.files import ACTIONS, FILES, WORKFLOWS
from tests.workflows.linter import findings, schema_faults


def test_the_linter_as_its_strictest_reader_finds_nothing() -> None:
    assert findings([*FILES, REPOSITORY / ".github/dependabot.yml"]) == []


def test_the_files_fit_their_published_schemas() -> None:
    assert schema_faults("github-workflows", WORKFLOWS) == ""
    assert schema_faults("github-actions", ACTIONS) == ""


def test_the_schema_check_would_find_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text(WORKFLOWS[0].read_text("utf-8").replace("runs-on:", "runs-in:"))
    assert "runs-in" in schema_faults("github-workflows", [tmp_path / "bad.yml"])


@pytest.mark.shared
def test_every_bad_workflow_of_the_corpus_is_found_out(shared: Path, tmp_path: Path) -> None:
    corpus = shared / "bad-inputs"
    cases = json.loads((corpus / "manifest.json").read_text("utf-8"))["cases"]
    wanted = {one["id"]: one for one in cases if one["expect"]["outcome"] == "lint-finding"}
    assert wanted, "the corpus has no case for a linter"
    paths = []
    for name, case in wanted.items():
        (file,) = case["files"]
        path = tmp_path / f"{name}.yml"
        path.write_bytes((corpus / file["src"]).read_bytes())
        paths.append(path)
    found = {(Path(place).stem, rule) for place, rule in findings(paths)}
    missed = [name for name, case in wanted.items() if (name, case["expect"]["problem"]) not in found]
    assert missed == []
