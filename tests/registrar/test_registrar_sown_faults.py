"""Faults of forty kinds in one class list: every one is named with row and column, and nothing is written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench._rosters import KINDS, csv_of, people, sown
from site_builder.cli import group
from tests.end_to_end.press import copy_of_demo, digests, few_awards
from tests.support.demo import DEMO_DAY

FAULTS = 3 * len(KINDS) + 3


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few_awards(copy_of_demo(tmp_path_factory.mktemp("college") / "repository"))


def award(root: Path, roster: Path, *words: str) -> tuple[int, dict[str, object]]:
    """Run ``badgepress award --json`` and return its exit code and what it printed."""
    asked = ["award", str(roster), "--assessor", "Examination board", "--root", str(root), "--now", DEMO_DAY]
    done = CliRunner().invoke(group, [*asked, "--json", *words], catch_exceptions=False)
    return done.exit_code, json.loads(done.stdout)


def test_every_fault_is_named_with_row_and_column_and_nothing_is_written(root: Path, tmp_path: Path) -> None:
    rows, where = sown(people(600), FAULTS)
    roster = tmp_path / "list.csv"
    roster.write_bytes(csv_of(rows))
    before = digests(root)
    code, report = award(root, roster)
    assert code == 1
    assert digests(root) == before
    problems = report["problems"]
    assert isinstance(problems, list)
    found = Counter((problem["row"], problem["column"]) for problem in problems)
    assert set(found) == where
    assert {problem["path"] for problem in problems} == {str(roster)}
    assert {problem["line"] == problem["row"] for problem in problems} == {True}
    assert not [p for p in problems if f'row {p["row"]}, column "{p["column"]}"' not in p["message"]]


def test_no_message_says_who_a_row_is_about(root: Path, tmp_path: Path) -> None:
    rows, _ = sown(people(600), FAULTS)
    roster = tmp_path / "list.csv"
    roster.write_bytes(csv_of(rows))
    _, report = award(root, roster)
    words = json.dumps(report, ensure_ascii=False)
    assert [row["name"] for row in rows if len(row["name"]) > 12 and row["name"] in words] == []
    assert [row["email"] for row in people(600) if row["email"] in words] == []


def test_the_same_people_without_faults_are_all_awarded(root: Path, tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    roster.write_bytes(csv_of(people(600)))
    code, report = award(root, roster, "--dry-run")
    assert (code, report["problems"], report["passedOver"]) == (0, [], [])
    awarded = report["awarded"]
    assert isinstance(awarded, list)
    assert [row["row"] for row in awarded] == list(range(2, 602))
