"""Recorded proofs reach the repository whole, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.publishing.ledger import LedgerRefused, ledger, reading
from site_builder.publishing.records import read_records
from site_builder.reading.repository import sweep
from tests.support.shared import REPOSITORY

PATH = "proofs/2026/spring.jsonl"


def test_files_are_written_and_written_again(tmp_path: Path) -> None:
    for data in (b"one\n", b"one\ntwo\n"):
        with ledger(tmp_path) as book:
            book.write({PATH: data})
        assert (tmp_path / PATH).read_bytes() == data
    assert sorted(path.name for path in (tmp_path / "proofs/2026").iterdir()) == ["spring.jsonl"]


def test_what_a_killed_build_left_is_no_obstacle(tmp_path: Path) -> None:
    leftover = tmp_path / "proofs/2026/.spring.jsonl.swp"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half a li")
    assert read_records(sweep(tmp_path).proofs)[1] == []
    assert [p.path for p in sweep(tmp_path).problems if p.path.startswith("proofs")] == []
    with ledger(tmp_path):
        assert not leftover.exists()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / PATH).mkdir(parents=True)
    with ledger(tmp_path) as book, pytest.raises(LedgerRefused, match="new proofs cannot be recorded: "):
        book.write({PATH: b"x"})


def test_a_repository_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file stands where the folder would: the same as a disk that is read only, also for root."""
    (tmp_path / "proofs").write_bytes(b"")
    with ledger(tmp_path) as book, pytest.raises(LedgerRefused, match="cannot be recorded: Not a directory"):
        book.write({PATH: b"x"})


ADD_A_LINE = """
import sys
from pathlib import Path
from site_builder.publishing.ledger import ledger
root, name = Path(sys.argv[1]), sys.argv[2]
for number in range(20):
    with ledger(root) as book:
        path = root / "proofs/2026/spring.jsonl"
        before = path.read_bytes() if path.exists() else b""
        book.write({"proofs/2026/spring.jsonl": before + f"{name} {number}\\n".encode()})
"""


def test_builds_of_one_repository_wait_for_each_other(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    started = [
        subprocess.Popen([sys.executable, "-c", ADD_A_LINE, str(tmp_path), name], env=env) for name in "ab"
    ]
    assert [process.wait(timeout=60) for process in started] == [0, 0]
    lines = (tmp_path / PATH).read_text("ascii").splitlines()
    assert sorted(lines) == sorted(f"{name} {number}" for name in "ab" for number in range(20))


def test_a_run_that_holds_the_lock_may_take_it_again(tmp_path: Path) -> None:
    with ledger(tmp_path), ledger(tmp_path) as inner, reading(tmp_path):
        inner.write({PATH: b"one\n"})
    with ledger(tmp_path):
        assert (tmp_path / PATH).read_bytes() == b"one\n"


TRY = """
import fcntl, os, sys
folder = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(folder, getattr(fcntl, sys.argv[2]) | fcntl.LOCK_NB)
"""


def test_many_may_read_while_nobody_writes(tmp_path: Path) -> None:
    def others_may(kind: str) -> bool:
        return subprocess.run([sys.executable, "-c", TRY, tmp_path, kind], check=False).returncode == 0

    with reading(tmp_path):
        assert others_may("LOCK_SH")
        assert not others_may("LOCK_EX")
    with ledger(tmp_path):
        with ledger(tmp_path):
            pass
        assert not others_may("LOCK_SH")
    assert others_may("LOCK_EX")
