"""What the store gives back is exactly what was put there, or nothing."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.storing import Store, fingerprint, key_of, store
from tests.support.shared import REPOSITORY

KEY, OTHER = key_of("one"), key_of("other")
DATA = b"worked out before \x00\xff" * 9


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    found = Store.at(tmp_path)
    found.put(KEY, DATA)
    return found


def entry(kept: Store, key: str = KEY) -> Path:
    assert kept.folder is not None
    return kept.folder / key[:2] / key[2:]


def spoil(path: Path, data: bytes) -> None:
    """Put other bytes into the place of an entry, as a fault of the disk would."""
    path.unlink()
    path.write_bytes(data)
    path.chmod(0o444)


def test_what_was_put_is_found(kept: Store) -> None:
    assert kept.get(KEY) == DATA
    assert kept.get(OTHER) is None
    kept.put(KEY, b"")
    assert kept.get(KEY) == b""
    assert kept.lost == 0
    assert pickle.loads(pickle.dumps(kept)).get(KEY) == b""


def test_without_a_folder_nothing_is_kept() -> None:
    none = Store(None)
    none.put(KEY, DATA)
    assert none.get(KEY) is None


@pytest.mark.parametrize("key", ["", "../../etc/passwd", KEY.upper(), KEY[:-1], KEY + "\n"])
def test_only_keys_are_names(kept: Store, key: str) -> None:
    with pytest.raises(ValueError, match="a key is 64"):
        kept.get(key)
    with pytest.raises(ValueError, match="a key is 64"):
        kept.put(key, DATA)


WHOLE = store._header(store._digest_of(KEY, DATA)) + DATA


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), bits=st.integers(1, 255))
def test_one_altered_byte_anywhere_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, at: int, bits: int
) -> None:
    kept = Store(tmp_path_factory.getbasetemp() / "altered")
    kept.put(KEY, DATA)
    assert entry(kept).read_bytes() == WHOLE
    spoil(entry(kept), WHOLE[:at] + bytes([WHOLE[at] ^ bits]) + WHOLE[at + 1 :])
    assert kept.get(KEY) is None


def test_cut_short_anywhere_or_longer_is_noticed(kept: Store) -> None:
    for length in range(len(WHOLE)):
        spoil(entry(kept), WHOLE[:length])
        assert kept.get(KEY) is None, length
    spoil(entry(kept), WHOLE + b"\0")
    assert kept.get(KEY) is None
    spoil(entry(kept), WHOLE)
    assert kept.get(KEY) == DATA


def test_an_entry_of_another_key_or_format_is_none(kept: Store) -> None:
    entry(kept, OTHER).parent.mkdir(exist_ok=True)  # with one program in 256 both have one shelf
    entry(kept).rename(entry(kept, OTHER))
    assert kept.get(OTHER) is None
    kept.put(KEY, DATA)
    spoil(entry(kept), WHOLE.replace(b"store 1", b"store 0"))
    assert kept.get(KEY) is None


def test_an_entry_that_a_commit_brought_is_not_believed(kept: Store, tmp_path: Path) -> None:
    """A checkout makes files that their owner may write: the one thing about a file that git cannot say."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", tmp_path, *words], check=True, capture_output=True)

    git("init", "-q")
    assert git_status(tmp_path) == ""
    git("add", "-f", entry(kept).relative_to(tmp_path).as_posix())
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "poison")
    assert kept.get(KEY) == DATA
    entry(kept).unlink()
    git("checkout", "-q", "--", ".")
    assert entry(kept).read_bytes() == WHOLE
    assert kept.get(KEY) is None
    kept.put(KEY, DATA)
    assert kept.get(KEY) == DATA


def git_status(root: Path) -> str:
    words = ["git", "-C", str(root), "status", "--porcelain", "-uall"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def test_what_is_no_file_is_none(kept: Store) -> None:
    path = entry(kept)
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert kept.get(KEY) is None
    path.unlink()
    os.mkfifo(path, 0o444)
    assert kept.get(KEY) is None
    path.unlink()
    path.mkdir()
    assert kept.get(KEY) is None
    kept.put(KEY, DATA)
    assert kept.lost == 1
    assert sorted(found.name for found in path.parent.iterdir()) == sorted([path.name, "elsewhere"])


@pytest.mark.parametrize("level", ["store", "shelf", "entry"])
def test_no_link_is_followed_when_writing(tmp_path: Path, level: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_bytes(b"precious")
    kept = Store.at(tmp_path)
    place = {"store": tmp_path / store.FOLDER, "shelf": entry(kept).parent, "entry": entry(kept)}[level]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(outside if level != "entry" else outside / "precious")
    kept.put(KEY, DATA)
    assert [path.name for path in outside.rglob("*")] == ["precious"]
    assert (outside / "precious").read_bytes() == b"precious"
    assert kept.lost == (level != "entry")
    assert kept.get(KEY) == (DATA if level == "entry" else None)


def test_a_full_disk_loses_the_hint_and_says_so(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    kept.put(OTHER, DATA)
    assert kept.lost == 1
    assert kept.get(OTHER) is None
    assert list(entry(kept, OTHER).parent.glob(f"*{store.ENDING}")) == []


def test_a_place_where_no_folder_can_be_made_loses_hints(tmp_path: Path) -> None:
    (tmp_path / store.FOLDER).write_bytes(b"a file")
    kept = Store.at(tmp_path)
    kept.put(KEY, DATA)
    assert (kept.lost, kept.get(KEY)) == (1, None)


def work(folder: Path, start: int) -> int:
    """Put and get the same keys as the other process; return how often another answer came than expected."""
    kept, wrong = Store(folder), 0
    for round_ in range(300):
        key = key_of(str((start + round_) % 7))
        kept.put(key, key.encode() * 500)
        wrong += kept.get(key) not in (None, key.encode() * 500)
    return wrong + kept.lost


def test_two_builds_may_use_it_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(work, [tmp_path / "s"] * 2, [0, 3])) == [0, 0]
    files = [path for path in (tmp_path / "s").rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == sorted(
        [".gitignore", *(key_of(str(n))[2:] for n in range(7))]
    )


def test_the_store_keeps_itself_out_of_git(kept: Store) -> None:
    assert kept.folder is not None
    assert (kept.folder / ".gitignore").read_text("utf-8") == "*\n"


TEXTS = st.lists(st.one_of(st.text(max_size=5), st.binary(max_size=5)), max_size=4)


@given(one=TEXTS, other=TEXTS)
def test_other_parts_have_another_key(one: list[str | bytes], other: list[str | bytes]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


def test_bounds_and_kinds_of_parts_count() -> None:
    keys = {key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", ""), key_of(b"abc"), key_of()}
    assert len(keys) == 6


def test_a_key_is_the_same_in_another_process() -> None:
    # In a long run of tests somebody may have worked on the program since.
    fingerprint.cache_clear()
    words = [sys.executable, "-c", "from site_builder.storing import key_of; print(key_of('one'))"]
    assert subprocess.check_output(words, cwd=REPOSITORY, text=True).strip() == key_of("one")


def test_pieces_are_written_as_they_come(kept: Store) -> None:
    kept.put_all(OTHER, (bytes([number]) * number for number in range(50)))
    assert kept.get(OTHER) == b"".join(bytes([number]) * number for number in range(50))


def test_more_pieces_than_an_entry_may_have_leave_what_was_there(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_LARGEST", 10_000)
    kept.put_all(KEY, (b"x" * 1_000 for _ in range(20)))
    assert kept.get(KEY) == DATA
    assert [path.name for path in entry(kept).parent.iterdir()] == [KEY[2:]]


def test_pieces_that_cannot_be_made_leave_what_was_there(kept: Store) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"begun"
        raise LookupError

    with pytest.raises(LookupError):
        kept.put_all(KEY, pieces())
    assert kept.get(KEY) == DATA
    assert [path.name for path in entry(kept).parent.iterdir()] == [KEY[2:]]
