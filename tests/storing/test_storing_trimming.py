"""The store stays small by itself, and looks for what is old once a day."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.storing import Store, key_of, trim

DAY = 24 * 60 * 60
KEYS = [key_of(str(number)) for number in range(5)]


def filled(root: Path) -> Store:
    """Return a store whose entries were used 0, 10, 20, 30 and 40 days ago."""
    kept = Store.at(root)
    for age, key in enumerate(KEYS):
        kept.put(key, b"x" * 1000)
        path = place(kept, key)
        then = path.stat().st_mtime - age * 10 * DAY
        os.utime(path, (then, then))
    return kept


def place(kept: Store, key: str) -> Path:
    assert kept.folder is not None
    return kept.folder / key[:2] / key[2:]


def there(kept: Store) -> list[int]:
    return [number for number, key in enumerate(KEYS) if place(kept, key).exists()]


def test_what_was_not_used_for_long_goes(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    assert trim(kept, keep_days=25) == 2
    assert there(kept) == [0, 1, 2]


def test_the_oldest_go_until_it_fits(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    assert trim(kept, keep_days=100, max_bytes=2500) == 3
    assert there(kept) == [0, 1]


def test_it_looks_once_a_day(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    assert trim(kept, keep_days=35) == 1
    assert trim(kept, keep_days=5) == 0
    stamp = tmp_path / ".badgepress/.trimmed"
    for days in (-2, 400):  # the day before yesterday, and by a clock that was wrong
        os.utime(stamp, (stamp.stat().st_mtime + days * DAY,) * 2)
        kept.put(KEYS[4], b"x")
        os.utime(place(kept, KEYS[4]), (0, 0))
        assert trim(kept, keep_days=35) == 1
    assert there(kept) == [0, 1, 2, 3]


def test_an_entry_that_was_read_lately_stays(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    written = place(kept, KEYS[4]).stat().st_mtime
    os.utime(place(kept, KEYS[4]), (written + 39 * DAY, written))
    trim(kept, keep_days=25)
    assert there(kept) == [0, 1, 2, 4]


def test_leftovers_of_a_killed_build_go_and_links_are_not_followed(tmp_path: Path) -> None:
    kept = filled(tmp_path)
    half = place(kept, KEYS[0]).with_name("half.new")
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/precious").write_bytes(b"")
    os.utime(tmp_path / "outside/precious", (0, 0))
    (tmp_path / ".badgepress/zz").symlink_to(tmp_path / "outside")
    assert trim(kept, keep_days=100) == 1
    assert not half.exists()
    assert (tmp_path / "outside/precious").exists()


def test_without_a_store_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert trim(Store(None)) == 0
    assert trim(Store.at(tmp_path)) == 0
    assert list(tmp_path.iterdir()) == []
