"""A change of the repository: all of it or none, whatever stops it on the way."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.publishing.ledger import ledger
from site_builder.reading.repository import sweep
from site_builder.registrar.change import Change, ChangeRefused, problems_of, write
from tests.registrar.college import college, contents
from tests.support.repos import FIRST_AWARD, NOW, SECOND_AWARD, STACKED_AWARD, told_of

CHARTS = "issued/2026/charts.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path)


def test_files_are_made_changed_and_taken_away(root: Path) -> None:
    (root / CHARTS).chmod(0o640)
    write(root, Change({CHARTS: b"a\n", "issued/2027/new.yaml": b"b\n", "issued/2026/asking.yaml": b""}))
    after = contents(root)
    assert (after[CHARTS], after["issued/2027/new.yaml"]) == ("a\n", "b\n")
    assert "issued/2026/asking.yaml" not in after
    assert (root / CHARTS).stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("impossible", ["mkdocs.yml/new.yaml", "issued/2026"])
def test_where_one_file_cannot_be_written_none_is(root: Path, impossible: str) -> None:
    before = contents(root)
    with pytest.raises(ChangeRefused, match="nothing was changed"):
        write(root, Change({CHARTS: b"a\n", "issued/2026/asking.yaml": b"", impossible: b"x"}))
    assert contents(root) == before
    assert not list(root.rglob("*.swp"))


def test_the_repository_is_judged_as_it_would_be_and_nothing_is_written(root: Path) -> None:
    before = contents(root)
    bad = before[CHARTS].replace("score: 80", "score: 8").encode()
    told = told_of(problems_of(sweep(root), Change({CHARTS: bad}), NOW))
    assert [line.split(": ")[1] for line in told] == ["score 8 is below the pass mark 60"] * 2
    assert contents(root) == before


def test_a_secret_in_a_new_text_is_found_before_it_is_written(root: Path) -> None:
    seed = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERIT"
    key = f"-----BEGIN PRIVATE KEY-----\n{seed}\n-----END PRIVATE KEY-----\n"
    text = contents(root)[CHARTS] + "# " + key.replace("\n", "\n# ")
    assert "secret-in-repo" in {
        p.code for p in problems_of(sweep(root), Change({CHARTS: text.encode()}), NOW)
    }


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("issued/2026/Caps Lock.yaml", "credential: charts\n", "bad-file-name"),
        (f"issued/2026/{'n' * 96}.yaml", "credential: charts\n", "bad-file-name"),
        ("issued/2026/large.yaml", "# " + "x" * 1024 * 1024, "file-too-large"),
    ],
)
def test_a_file_that_the_next_check_would_refuse_is_not_written(
    root: Path, path: str, text: str, expected: str
) -> None:
    assert expected in {p.code for p in problems_of(sweep(root), Change({path: text.encode()}), NOW)}


def test_changes_of_several_people_at_once_wait_for_each_other_and_all_stand(root: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "site_builder",
        "revoke",
        "--reason",
        "Issued in error.",
        "--now",
        str(NOW),
    ]
    with ledger(root):
        running = [
            subprocess.Popen([*words, award_id, "--root", str(root)], stdout=subprocess.PIPE)
            for award_id in (FIRST_AWARD, SECOND_AWARD, STACKED_AWARD)
        ]
        time.sleep(0.5)
        assert "revoked" not in "".join(contents(root).values())
    for process in running:
        process.communicate(timeout=120)
    assert [process.returncode for process in running] == [0, 0, 0]
    assert "".join(contents(root).values()).count("revoked:") == 3
