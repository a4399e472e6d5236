"""Same commit, same keys, same day: the same site, byte for byte, wherever and however it is built."""

from __future__ import annotations

import locale
from pathlib import Path

import pytest

from tests.end_to_end.press import build, copy_of_demo, digests, few_awards

OTHER_SURROUNDINGS = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "C",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "4242",
    "HOME": "/nonexistent",
}


def test_two_builds_in_different_surroundings_are_identical(tmp_path: Path) -> None:
    one = few_awards(copy_of_demo(tmp_path / "one"))
    other = few_awards(copy_of_demo(tmp_path / "another place" / "with spaces é"))
    first = digests(build(one, env={"TZ": "UTC", "PYTHONHASHSEED": "0"}, umask=0o022, drawn_anew=True))
    second = digests(build(other, env=OTHER_SURROUNDINGS, umask=0o077, drawn_anew=True))
    assert len(first) > 100
    assert second == first


def test_a_turkish_locale_changes_nothing(tmp_path: Path) -> None:
    """In Turkish, "I" is not the capital of "i": a classic way to break ids."""
    try:
        locale.setlocale(locale.LC_ALL, "tr_TR.UTF-8")
    except locale.Error:
        pytest.skip("no Turkish locale on this machine")
    finally:
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
    root = few_awards(copy_of_demo(tmp_path / "one"))
    first = digests(build(root, "--awards-only"))
    assert (
        digests(build(root, "--awards-only", env={"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"})) == first
    )


def test_source_date_epoch_is_the_clock_when_now_is_not_given(tmp_path: Path) -> None:
    from tests.end_to_end.press import press

    root = few_awards(copy_of_demo(tmp_path / "one"))
    first = digests(build(root, "--awards-only"))
    finished = press("build", "--awards-only", root=root, env={"SOURCE_DATE_EPOCH": "1795351000"})
    assert finished.returncode == 0, finished.stderr
    assert digests(root / "site") == first  # 1795351000 is in 2026-11-22, UTC
