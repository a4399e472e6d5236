"""The roster key: read where it may be, refused where it must be, never shown."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from site_builder.keys import ROSTER_VARIABLE, KeyRefused, load_roster_key, write_roster_key
from site_builder.reading.leaks import leak_in

REAL = "college.edu"
DEMO = "college.example"


def given_by(path: Path, host: str = REAL) -> str:
    return load_roster_key(environment={f"{ROSTER_VARIABLE}_FILE": str(path)}, host=host).pseudonym("a@b.org")


def test_a_new_key_is_for_its_owner_alone_and_read_back(tmp_path: Path) -> None:
    write_roster_key(tmp_path / "one")
    write_roster_key(tmp_path / "two")
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o600
    assert given_by(tmp_path / "one") == given_by(tmp_path / "one") != given_by(tmp_path / "two")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    write_roster_key(tmp_path / "one")
    before = (tmp_path / "one").read_bytes()
    with pytest.raises(KeyRefused) as refused:
        write_roster_key(tmp_path / "one")
    assert (refused.value.code, (tmp_path / "one").read_bytes()) == ("key-file-exists", before)


def test_a_key_file_that_was_committed_is_found(tmp_path: Path) -> None:
    write_roster_key(tmp_path / "one")
    leak = leak_in("docs/notes.md", (tmp_path / "one").read_bytes())
    assert leak is not None
    assert leak.code == "secret-in-repo"


@pytest.mark.parametrize("spelling", ["{hex}", "badgepress-roster-key:{hex}", " {hex}\n"])
def test_a_key_may_be_given_in_the_environment(spelling: str) -> None:
    text = spelling.format(hex=bytes(range(32)).hex())
    key = load_roster_key(environment={ROSTER_VARIABLE: text}, host=REAL)
    # Written down: another derivation would no longer know the learners of awards that stand.
    assert key.pseudonym("a@b.org") == "68047320490d43d210c2dc6214b3ba92"
    assert len(key.fingerprint) == 8
    assert key.fingerprint not in bytes(range(32)).hex()
    assert bytes(range(32)).hex() not in repr(key)
    assert not key.is_demo


def test_the_demo_key_serves_demo_hosts_only() -> None:
    assert load_roster_key(environment={}, host=DEMO).is_demo
    with pytest.raises(KeyRefused) as refused:
        load_roster_key(environment={}, host=REAL)
    assert refused.value.code == "no-key"
    assert "keygen --role roster" in refused.value.hint


@pytest.mark.parametrize("text", ["0" * 62, "not a key", "z" * 64])
def test_what_is_no_key_is_refused_and_not_quoted(text: str) -> None:
    with pytest.raises(KeyRefused) as refused:
        load_roster_key(environment={ROSTER_VARIABLE: text}, host=REAL)
    assert refused.value.code == "bad-key"
    assert text not in f"{refused.value.message} {refused.value.hint}"
