"""Linters that others wrote find nothing in our workflows; bad ones are in the corpus (tests/bad_inputs)."""

from __future__ import annotations

from pathlib import Path

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
