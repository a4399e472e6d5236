"""Whatever happens between builds, an incremental one gives what a build from nothing gives, byte for byte.

Two hundred histories: ``BADGEPRESS_HISTORIES=200 make test ARGS="-k histories"``. By default fewer are tried.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from site_builder.publishing import memory, pressing
from site_builder.storing import store as store_module
from tests.publishing.histories import History, made, tree

HISTORIES = int(os.environ.get("BADGEPRESS_HISTORIES", "12"))
EDITS = (
    *("add", "add", "new_cohort", "revoke", "remove", "erase", "move", "reword", "new_credential"),
    *("next_day", "touch", "spoil"),
)


class Histories(RuleBasedStateMachine):
    """Edits, damage and builds in any order; after each build the site is compared."""

    compared = 0
    """How many sites were compared with one that was built from nothing, in all histories."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        """Start from a small repository that was built once."""
        self.folder = TemporaryDirectory()
        self.history = History(Path(self.folder.name), seed)
        self.history.build()

    @rule(edits=st.lists(st.sampled_from(EDITS), min_size=1, max_size=4))
    def edit_and_build(self, edits: list[str]) -> None:
        """Let authors, days and accidents change something, and build again."""
        for edit in edits:
            getattr(self.history, edit)()
        self.history.build()
        assert tree(self.history.site) == self.history.expected()
        Histories.compared += 1

    @rule(edit=st.sampled_from(EDITS))
    def build_twice_at_once(self, edit: str) -> None:
        """Two builds of one repository, into two folders, share what they keep."""
        getattr(self.history, edit)()
        self.history.build_twice_at_once()
        assert tree(self.history.site) == tree(self.history.other) == self.history.expected()
        Histories.compared += 2

    @rule()
    def build_unchanged(self) -> None:
        """A build of what was built already touches no file."""
        self.history.build()
        before = {path: path.stat().st_mtime_ns for path in self.history.site.rglob("*")}
        outcome = self.history.build()
        assert {path: path.stat().st_mtime_ns for path in self.history.site.rglob("*")} == before
        assert (outcome.signed, outcome.reused) == (0, 0)

    @rule(program=st.integers(0, 9))
    def another_version(self, program: int) -> None:
        """What was kept by another version of the program is not believed."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store_module, "fingerprint", lambda: f"version {program}")
            self.history.reword()
            self.history.build()
        assert tree(self.history.site) == self.history.expected()
        Histories.compared += 1

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.folder.cleanup()


def test_incremental_equals_clean() -> None:
    """Many short histories."""
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=4,
            deadline=None,
            database=None,
            print_blob=True,
            # A shorter history is not worth the many builds that it takes to find one.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Histories.compared > HISTORIES


def test_one_more_award_makes_one_badge(tmp_path: Path) -> None:
    """Of a cohort that gained an award, only that award is signed and read back."""
    history = History(tmp_path, 1)
    assert history.build().signed == 4
    history.add()
    outcome = history.build()
    assert (outcome.signed, outcome.kept, outcome.verified) == (1, 4, 1)
    assert made(history.request(history.site)).signed == 0


def test_what_nothing_changed_for_reads_no_award(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where inputs and folder are as they were, the build is over before any file is parsed."""
    history = History(tmp_path, 2)
    history.build()
    monkeypatch.setattr(pressing, "press", lambda errand: pytest.fail("an award file was pressed"))
    assert memory.nothing_to_do(history.request(history.site)) is not None
    history.touch()
    assert memory.nothing_to_do(history.request(history.site)) is None


def test_a_note_of_an_erased_award_leaves_with_its_file(tmp_path: Path) -> None:
    """The page of an erased award stands as long as its note does, and no longer."""
    history = History(tmp_path, 3)
    history.new_cohort()
    path = next(path for path in history.award_files() if "/asking-" in path or "/charts-" in path)
    history.files[path] += (
        f"erased:\n  - {{id: {history.number + 1:08x}-1111-4111-8111-111111111111,"
        f" status_index: {history.number + 1}, date: 2026-11-20}}\n"
    )
    page = history.site / f"issued/{history.number + 1:08x}-1111-4111-8111-111111111111/index.html"
    history.build()
    assert page.is_file()
    del history.files[path]
    history.build()
    assert not page.exists()
    assert tree(history.site) == history.expected()
