"""Files of a site in the making: any process writes them, as often as a task is done."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from site_builder.publishing.staged_files import NewFolders, write_changed, write_file, write_new

PATH = "issued/one/credential.json"


def modes(folder: Path) -> set[str]:
    return {f"{'d' if p.is_dir() else 'f'}{p.stat().st_mode & 0o777:o}" for p in folder.rglob("*")}


@pytest.mark.parametrize("umask", [0o077, 0o000, 0o022])
def test_a_file_and_its_folders_can_be_read_by_all(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_file(tmp_path, PATH, b"badge")
        write_new(str(tmp_path), "a/b.html", b"")
    finally:
        os.umask(before)
    assert modes(tmp_path) == {"d755", "f644"}
    assert (tmp_path / PATH).read_bytes() == b"badge"


@pytest.mark.parametrize("umask", [0o077, 0o000, 0o022])
def test_many_new_folders_can_be_read_by_all(tmp_path: Path, umask: int) -> None:
    (tmp_path / "issued/old").mkdir(parents=True)
    (tmp_path / "issued").chmod(0o755)
    (tmp_path / "issued/old").chmod(0o700)
    before = os.umask(umask)
    try:
        folders = NewFolders(tmp_path)
        for name in ("a", "b", "old", "c", "c/d/e"):
            folders.write(f"issued/{name}/credential.json", name.encode())
            folders.write(f"issued/{name}/index.html", b"")
        folders.write("did.json", b"key")
    finally:
        os.umask(before)
    assert (tmp_path / "issued/old").stat().st_mode & 0o777 == 0o700  # as it was before
    (tmp_path / "issued/old").chmod(0o755)
    assert modes(tmp_path) == {"d755", "f644"}
    assert (tmp_path / "issued/c/d/e/credential.json").read_bytes() == b"c/d/e"
    assert (tmp_path / "did.json").read_bytes() == b"key"


@pytest.mark.parametrize("before", [b"", b"badge", b"a longer badge", b"b"])
def test_a_task_of_many_folders_may_be_done_again(tmp_path: Path, before: bytes) -> None:
    first, second = NewFolders(tmp_path), NewFolders(str(tmp_path))
    first.write(PATH, before)
    (tmp_path / PATH).chmod(0o600)
    second.write(PATH, b"badge")
    assert (tmp_path / PATH).read_bytes() == b"badge"
    assert modes(tmp_path) == {"d755", "f644"}
    # A folder that was taken away meanwhile is made again.
    shutil.rmtree(tmp_path / "issued")
    second.write(PATH, b"badge")
    assert (tmp_path / PATH).read_bytes() == b"badge"


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "issued/one").mkdir(parents=True)
    (tmp_path / PATH).symlink_to(tmp_path / "elsewhere")
    for write in (NewFolders(tmp_path).write, partial(write_file, tmp_path)):
        with pytest.raises(OSError, match="symbolic links"):
            write(PATH, b"badge")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("before", [b"", b"badge", b"a longer badge", b"b"])
def test_a_task_may_be_done_again(tmp_path: Path, before: bytes) -> None:
    write_file(tmp_path, PATH, before)
    write_file(tmp_path, PATH, b"badge")
    assert (tmp_path / PATH).read_bytes() == b"badge"


def test_what_stands_is_never_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second worker that does the same task writes while the first one's file is read, or published."""
    folders = NewFolders(tmp_path)
    folders.write(PATH, b"badge")
    seen = []
    for name in ("open", "write", "ftruncate", "close"):
        real = getattr(os, name)

        def spied(*given: object, real: object = real) -> object:
            done = real(*given)  # type: ignore[operator]
            seen.append((tmp_path / PATH).stat().st_size)
            return done

        monkeypatch.setattr(os, name, spied)
    write_file(tmp_path, PATH, b"badge")
    assert seen == [5, 5, 5, 5]
    folders.write(PATH, b"badge")
    assert seen == [5] * 8


def test_a_straggler_of_an_ended_build_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "gone", PATH, b"badge")
    for path in (PATH, "did.json"):
        with pytest.raises(FileNotFoundError):
            NewFolders(tmp_path / "gone").write(path, b"badge")
    assert list(tmp_path.iterdir()) == []


def test_large_files_are_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:3]))
    write_file(tmp_path, PATH, b"0123456789")
    NewFolders(tmp_path).write("another", b"9876543210")
    assert (tmp_path / PATH).read_bytes() == b"0123456789"
    assert (tmp_path / "another").read_bytes() == b"9876543210"


def test_a_new_file_takes_no_ones_place(tmp_path: Path) -> None:
    write_new(tmp_path, PATH, b"badge")
    with pytest.raises(FileExistsError):
        write_new(tmp_path, PATH, b"another")
    assert (tmp_path / PATH).read_bytes() == b"badge"


@pytest.mark.parametrize("published", [None, b"", b"badg", b"badge!", b"other"])
def test_what_is_not_published_yet_is_written(tmp_path: Path, published: bytes | None) -> None:
    (tmp_path / "new").mkdir()
    if published is not None:
        write_file(tmp_path / ".", f"old/{PATH}", published)
    assert write_changed(tmp_path / "new", tmp_path / "old", PATH, b"badge")
    assert (tmp_path / "new" / PATH).read_bytes() == b"badge"


def test_what_is_published_already_is_not(tmp_path: Path) -> None:
    write_file(tmp_path, f"old/{PATH}", b"badge")
    assert not write_changed(tmp_path / "new", tmp_path / "old", PATH, b"badge")
    assert not (tmp_path / "new").exists()


def test_a_link_or_a_folder_in_its_place_is_not_what_is_published(tmp_path: Path) -> None:
    write_file(tmp_path, "elsewhere", b"badge")
    for name in ("new", "old/folder", "old/pipe"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "old/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "old/pipe").rmdir()
    os.mkfifo(tmp_path / "old/pipe")
    for name in ("link", "folder", "pipe"):
        assert write_changed(tmp_path / "new", tmp_path / "old", name, b"badge"), name
