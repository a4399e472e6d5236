"""Workflows that nobody should merge: the linter that ours are held to finds out what is wrong with each."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.corpus import Case
from tests.bad_inputs.result import Result
from tests.workflows.linter import findings

OUTCOME = "lint-finding"


class Linted:
    """Runs the cases whose outcome is a finding of the linter; no press takes part."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace

    def why_skipped(self, case: Case) -> str:
        """Return an empty string; raises ``Unmapped`` for a file that is not simply copied."""
        files = case.given.get("files", [])
        if not files or not all(set(file) == {"src", "dest"} for file in files):
            raise Unmapped("a linter reads plain files")
        return ""

    def run(self, case: Case, result: Result) -> None:
        """Lint the case's files, and note in ``result`` whether the rule that it names was found."""
        with tempfile.TemporaryDirectory(dir=self._workspace, prefix="linted-") as folder:
            for file in case.given["files"]:
                target = Path(folder, file["dest"])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes((case.folder / file["src"]).read_bytes())
            rules = {rule for _, rule in findings([Path(folder)])}
        result.runs += 1
        if case.expect.problem not in rules:
            result.faults.append(f"no {case.expect.problem} was found, but {sorted(rules)}")
