"""What the press keeps in the repository does not grow for ever."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from site_builder.executors.inline import Inline
from site_builder.publishing.build import check
from site_builder.publishing.memory import Memory
from site_builder.publishing.request import Request
from site_builder.publishing.standing import Standing
from site_builder.storing import Store, key_of
from tests.support.repos import NOW, valid

DAY = 24 * 60 * 60


def aged(root: Path) -> tuple[Store, str, str]:
    """Return a store with an entry that was used a hundred days ago, and one used yesterday."""
    kept, old, new = Store.at(root), key_of("old"), key_of("new")
    for key, days in ((old, 100), (new, 1)):
        kept.put(key, b"x")
        entry = root / ".badgepress" / key[:2] / key[2:]
        then = entry.stat().st_mtime - days * DAY
        os.utime(entry, (then, then))
    return kept, old, new


def test_a_check_takes_away_what_no_run_used_for_long(tmp_path: Path) -> None:
    for path, text in valid().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    kept, old, new = aged(tmp_path)
    outcome = check(Request(tmp_path, tmp_path / "site", NOW, {}, executor="inline"))
    assert outcome.catalog is not None
    assert (kept.get(old), kept.get(new)) == (None, b"x")


def test_so_does_a_build_when_it_remembers_what_it_wrote(tmp_path: Path) -> None:
    kept, old, new = aged(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.badgepress").write_bytes(b"")
    Memory(tmp_path, tmp_path / "site", "asked", {}).keep(Standing(), b"", wrote_inputs=False)
    assert (kept.get(old), kept.get(new)) == (None, b"x")


class _Lost(Inline):
    """An executor whose process is gone before it has answered."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor("it is gone"))
        return future


@pytest.mark.parametrize("executor", [Inline(), _Lost()])
def test_a_large_folder_is_looked_at_while_the_rest_is_read(
    executor: Executor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("site_builder.publishing.memory._MANY", 1)
    site = tmp_path / "site"
    (site / "issued/one").mkdir(parents=True)
    (site / ".badgepress").write_bytes(b"")
    memory = Memory(tmp_path, site, "asked", {})
    memory.keep(Standing(ground="known", fixed=["a"]), b"", wrote_inputs=False)
    memory.begin(executor)
    found = memory.standing()
    assert found is not None
    assert (found.ground, found.fixed, found.folders) == ("known", ["a"], 1)
    time.sleep(0.02)  # the clock of a file system moves in steps
    (site / "issued/one/index.html").write_bytes(b"")
    memory.begin(executor)
    assert memory.standing() is None
    assert memory.standing() is None
