"""What the press keeps in the repository does not grow for ever."""

from __future__ import annotations

import os
from pathlib import Path

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
