"""An incremental build, killed at any moment: the next run finishes it, and no reader meets half."""

from __future__ import annotations

import os
import signal
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.artifact import Artifact
from site_builder.publishing import staging as module
from site_builder.publishing.journal import Journal
from site_builder.publishing.moving import step_of
from site_builder.publishing.staged_files import write_file
from site_builder.publishing.staging import OutputRefused, held, staging

Files = dict[str, bytes]

MARKER: Files = {".badgepress": module._MARKER_TEXT}
OLD: Files = {
    **MARKER,
    "did.json": b"old keys",
    "status/1.json": b"old list",
    "assets/old.js": b"script",
    "assets/same.css": b"style",
    "index.html": b"home",
    "credentials/a/index.html": b"page",
    "credentials/gone/index.html": b"page",
    "credentials/gone/1/achievement.json": b"{}",
    "catalog.json": b"old index",
    "search/search_index.json": b"old index",
    **{f"issued/same/{name}": b"badge" for name in ("credential.json", "credential.js", "index.html")},
    **{f"issued/changed/{name}": b"old badge" for name in ("credential.json", "credential.js", "index.html")},
    **{f"issued/erased/{name}": b"badge" for name in ("credential.json", "credential.js", "index.html")},
    **{f"issued/gone/{name}": b"badge" for name in ("credential.json", "credential.js", "index.html")},
    "a-file": b"",
    "a-folder/inner/file": b"",
}
STAGED: Files = {
    "did.json": b"new keys",
    "status/1.json": b"new list",
    "status/2.json": b"new list",
    "assets/new.js": b"script",
    "assets/same.css": b"style",
    "index.html": b"new home",
    "credentials/a/index.html": b"new page",
    "credentials/b/index.html": b"page",
    "catalog.json": b"new index",
    "search/search_index.json": b"new index",
    **{f"issued/changed/{name}": b"new badge" for name in ("index.html", "credential.js", "credential.json")},
    **{f"issued/new/{name}": b"badge" for name in ("index.html", "credential.js", "credential.json")},
    "issued/erased/index.html": b"tombstone",
    "a-file/is/a/folder": b"",
    "a-folder": b"is a file",
}
REMOVED = [
    "assets/old.js",
    "credentials/gone/index.html",
    "credentials/gone/1/achievement.json",
    "issued/erased/credential.json",
    "issued/erased/credential.js",
    *(f"issued/gone/{name}" for name in ("credential.json", "credential.js", "index.html")),
    "a-file",
    "a-folder/inner/file",
    "never/there",
]
GONE = set(REMOVED)
NEW: Files = {**{path: data for path, data in OLD.items() if path not in GONE}, **STAGED}


def fill(folder: Path, files: Files) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def content(folder: Path) -> Files:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def publish(root: Path, staged_files: Files = STAGED, removed: list[str] = REMOVED) -> None:
    with staging(root / "site", root) as staged:
        for path, data in staged_files.items():
            write_file(staged.folder, path, data)
        staged.publish(removed)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    fill(tmp_path / "site", OLD)
    return tmp_path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here cuts the power, so nothing need wait for the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def test_what_is_staged_takes_its_place_and_what_goes_is_gone(root: Path) -> None:
    publish(root)
    assert content(root / "site") == NEW
    assert sorted(p.name for p in root.iterdir()) == ["site"]
    empty = [p for p in (root / "site").rglob("*") if p.is_dir() and not any(p.iterdir())]
    assert empty == []


@pytest.mark.parametrize("output", [None, "empty"])
def test_a_first_build_is_swapped_in(tmp_path: Path, output: str | None) -> None:
    if output:
        (tmp_path / "site").mkdir()
    with staging(tmp_path / "site", tmp_path) as staged:
        assert staged.is_first
        staged.write(Artifact("did.json", b"keys"))
        staged.publish()
    assert content(tmp_path / "site") == {"did.json": b"keys", **MARKER}


NAMES = st.sampled_from(["a", "b", "issued", "search", "index.html", "credential.json", "catalog.json"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


def without_files_as_folders(files: Files) -> Files:
    return {path: data for path, data in files.items() if not any(o.startswith(f"{path}/") for o in files)}


SITES = st.dictionaries(PATHS, st.sampled_from([b"1", b"2", b"11"]), max_size=12).map(
    without_files_as_folders
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=SITES, new=SITES)
@pytest.mark.usefixtures("quick")
def test_any_site_becomes_any_other(tmp_path: Path, old: Files, new: Files) -> None:
    with TemporaryDirectory(dir=tmp_path) as name:
        fill(Path(name, "site"), {**old, **MARKER})
        changed = {path: data for path, data in new.items() if old.get(path) != data}
        publish(Path(name), changed, [path for path in old if path not in new])
        assert content(Path(name, "site")) == {**new, **MARKER}
        assert [path.name for path in Path(name).iterdir()] == ["site"]


def test_what_did_not_change_keeps_its_time(root: Path) -> None:
    for path in OLD:
        os.utime(root / "site" / path, (1, 1))
    publish(root)
    kept = {path for path in NEW if (root / "site" / path).stat().st_mtime == 1}
    assert kept == {path for path, data in NEW.items() if OLD.get(path) == data}


def test_published_files_have_one_mode_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with staging(tmp_path / "site", tmp_path) as staged:
            staged.publish()
        with staging(tmp_path / "site", tmp_path) as staged:
            fill(
                staged.folder, {path: data for path, data in STAGED.items() if not path.startswith("issued/")}
            )
            for path, data in STAGED.items():
                write_file(staged.folder, path, data)
            staged.publish()
    finally:
        os.umask(before)
    for found in (tmp_path / "site").rglob("*"):
        assert oct(found.stat().st_mode & 0o777) == ("0o755" if found.is_dir() else "0o644"), found


def test_a_path_that_stays_and_goes_is_refused(root: Path) -> None:
    for path in ("did.json", "assets/same.css", "../precious", "/etc/passwd", "a//b", "a/./b", "a\nb", ""):
        with pytest.raises(ValueError, match=r"cannot be both|is no path"):
            publish(root, {"did.json": b"new", "assets/same.css": OLD["assets/same.css"]}, [path])
        assert content(root / "site") == OLD
        assert sorted(p.name for p in root.iterdir()) == ["site"]


def test_a_failure_before_the_journal_leaves_all_as_it_was(root: Path) -> None:
    with pytest.raises(ZeroDivisionError), staging(root / "site", root) as staged:
        write_file(staged.folder, "did.json", b"half")
        raise ZeroDivisionError
    assert content(root / "site") == OLD
    assert sorted(p.name for p in root.iterdir()) == ["site"]


# --- The order -------------------------------------------------------------------------------------------


def name_of(descriptor: int) -> str:
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is moved and removed in the published folder, in order: ``("rename", "did.json")``."""
    found: list[tuple[str, str]] = []

    def spied(name: str) -> Callable[..., None]:
        real = getattr(os, name)

        def call(path: str, *rest: object, **given: int) -> None:
            real(path, *rest, **given)
            folder = given.get("dst_dir_fd", given.get("dir_fd"))
            where = name_of(folder) if folder is not None else ""
            if "/site" in where:
                below = where.partition("/site")[2].strip("/")
                found.append((name, f"{below}/{path}".strip("/")))

        return call

    for name in ("rename", "unlink"):
        monkeypatch.setattr(os, name, spied(name))
    return found


def test_what_others_rest_on_comes_first_and_goes_last(root: Path, moves: list[tuple[str, str]]) -> None:
    publish(root)
    come = [path for name, path in moves if name == "rename"]
    go = [path for name, path in moves if name == "unlink" and path in GONE and not path.startswith("a-f")]
    assert come.count("issued/new") == 1, "a new award comes whole"
    assert not any(path.startswith("issued/new/") for path in come)
    steps = [step_of(path) for path in come if not path.startswith("issued/")]
    assert steps == sorted(steps)
    changed = [path for path in come if path.startswith("issued/changed/")]
    assert [path.rpartition("/")[2] for path in changed] == ["credential.json", "credential.js", "index.html"]
    assert come.index("status/2.json") < come.index("issued/new") < come.index("credentials/b/index.html")
    assert come[-2:] == ["catalog.json", "search/search_index.json"]
    assert [step_of(path) for path in go] == sorted((step_of(path) for path in go), reverse=True)
    assert max(moves.index(("rename", path)) for path in come) < min(
        moves.index(("unlink", path)) for path in go
    )


# --- Kills -----------------------------------------------------------------------------------------------

CALLS = ("rename", "unlink", "rmdir", "mkdir", "chmod", "fsync")


def counted(left: Iterator[int], real: Callable[..., object], *given: object, **named: object) -> object:
    if next(left, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given, **named)


def killed(work: Callable[[], None], before: int) -> bool:
    """Do ``work`` in a process that is killed before its call number ``before``; return whether it was."""
    child = os.fork()
    if not child:
        left = iter(range(before))
        for name in CALLS:
            setattr(os, name, partial(counted, left, getattr(os, name)))
        try:
            work()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def put_in_order(root: Path) -> None:
    with held(root / "site"):
        pass


def check_moment(site: Path) -> None:
    """A page has its badge, a file is whole, and an index names nothing that is not there."""
    found = content(site)
    for page in site.glob("issued/*/index.html"):
        assert page.read_bytes() == b"tombstone" or page.with_name("credential.json").is_file(), page
    for path, data in found.items():
        assert data in (OLD.get(path), NEW.get(path)), path
    named = NEW if found["catalog.json"] == NEW["catalog.json"] else OLD
    assert {path for path in named if path.endswith(".html")} <= found.keys()


@pytest.mark.usefixtures("quick")
def test_a_kill_at_any_step_is_rolled_forward_or_never_was(tmp_path: Path) -> None:
    outcomes = []
    for step in range(1000):
        root = tmp_path / str(step)
        fill(root / "site", OLD)
        if not killed(partial(publish, root), step):
            break
        check_moment(root / "site")
        put_in_order(root)
        outcomes.append(content(root / "site") == NEW)
        assert content(root / "site") in (OLD, NEW), step
        assert sorted(p.name for p in root.iterdir()) == ["site"], step
    assert content(root / "site") == NEW
    # Once the journal stands it is decided: no later kill falls back behind it.
    assert outcomes == sorted(outcomes)
    assert outcomes.count(False) > 5
    assert outcomes.count(True) > 40


@pytest.mark.usefixtures("quick")
def test_kills_while_rolling_forward_are_rolled_forward(root: Path) -> None:
    interrupted(root)
    kills = 0
    while killed(partial(put_in_order, root), 6 + kills):
        check_moment(root / "site")
        kills += 1
        assert kills < 100
    assert content(root / "site") == NEW
    assert sorted(p.name for p in root.iterdir()) == ["site"]
    assert kills > 5


def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new(tmp_path: Path) -> None:
    """The same by the clock, with the disk waited for: what a kill from outside meets."""
    names = ("credential.json", "credential.js", "index.html")
    old = {f"issued/{n}/{name}": b"old" * 50 for n in range(80) for name in names}
    new = {f"issued/{n}/{name}": b"new" * 50 for n in range(40, 120) for name in names}
    gone = [f"issued/{n}/{name}" for n in range(40) for name in names]
    outcomes = {b"old": {**MARKER, **old}, b"new": {**MARKER, **new}}
    took = 0.0
    for moment in range(9):
        root = tmp_path / str(moment)
        fill(root / "site", outcomes[b"old"])
        began = time.monotonic()
        child = os.fork()
        if not child:
            try:
                publish(root, new, gone)
            finally:
                os._exit(0)
        if moment:
            time.sleep(took * moment / 9)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        took = took or time.monotonic() - began
        for page in (root / "site").glob("issued/*/index.html"):
            assert page.with_name("credential.json").is_file()
        put_in_order(root)
        assert content(root / "site") in outcomes.values()


# --- What is not ours ------------------------------------------------------------------------------------


def interrupted(root: Path) -> Path:
    """Leave a journal that stands and of which nothing was done, as a kill then does; return it."""
    whole = root / ".site-whole-0123456789abcdef"
    fill(whole, STAGED)
    journal = Journal(root / ".site-journal", root / "site")
    journal.draft(whole, REMOVED)
    journal.decide()
    return journal.path


def test_a_journal_that_a_commit_brought_is_not_followed(root: Path) -> None:
    """A checkout makes files that their owner may write; a journal is one that nobody may."""
    journal = interrupted(root)
    journal.chmod(0o644)
    put_in_order(root)
    assert content(root / "site") == OLD
    assert sorted(p.name for p in root.iterdir()) == ["site"]


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_what_is_no_file_is_no_journal(root: Path, kind: str) -> None:
    journal = interrupted(root)
    journal.rename(root / "elsewhere")
    if kind == "link":
        journal.symlink_to(root / "elsewhere")
    else:
        journal.mkdir()
    put_in_order(root)
    assert content(root / "site") == OLD
    assert sorted(p.name for p in root.iterdir()) == ["elsewhere", "site"]


def test_a_journal_of_a_folder_that_is_gone_is_not_followed(root: Path) -> None:
    interrupted(root)
    (root / "site").rename(root / "kept")
    with staging(root / "site", root) as staged:
        assert staged.is_first
    assert not (root / "site").exists()
    assert sorted(p.name for p in root.iterdir()) == ["kept"]


@pytest.mark.parametrize("harm", ["cut", "format", "path", "files"])
def test_a_journal_that_cannot_be_followed_is_told(root: Path, harm: str) -> None:
    journal = interrupted(root)
    if harm == "files":
        next(root.glob(".site-whole-*")).rename(root / "elsewhere")
    else:
        text = journal.read_text("utf-8")
        altered = {
            "cut": text[: text.index("end ")],
            "format": text.replace("journal 1", "journal 9"),
            "path": text.replace("never/there", "../elsewhere"),
        }[harm]
        journal.unlink()
        journal.write_text(altered, "utf-8")
        journal.chmod(0o444)
    with pytest.raises(OutputRefused, match="an interrupted build cannot be finished") as refused:
        put_in_order(root)
    assert refused.value.hint == f"delete {root / 'site'} and build again"
    assert content(root / "site") == OLD
    (root / "site").rename(root / "deleted")
    with staging(root / "site", root) as staged:
        assert staged.is_first


def test_links_in_the_published_folder_are_not_followed(root: Path) -> None:
    outside = root / "outside"
    fill(outside, {"precious": b"precious", "index.html": b"precious", "credential.json": b"precious"})
    before = content(outside)
    site = root / "site"
    for name in ("credentials/a", "issued/changed", "issued/new", "issued/gone", "status", "search"):
        if (site / name).exists():
            (site / name).rename(root / name.replace("/", "-"))
        (site / name).symlink_to(outside)
    (site / "did.json").unlink()
    (site / "did.json").symlink_to(outside / "precious")
    publish(root, removed=[*REMOVED, "issued/gone/precious", "search/precious"])
    assert content(outside) == before
    assert (site / "issued/gone").is_symlink()
    (site / "issued/gone").unlink()
    assert content(site) == NEW


# --- The disk and the memory -----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 600])
def test_all_is_on_the_disk_before_the_journal_stands(
    root: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    real = os.rename

    def rename(source: str, target: str, **folders: int) -> None:
        done.append(str(target))
        real(source, target, **folders)

    monkeypatch.setattr(os, "fsync", lambda file: done.append(name_of(file)))
    monkeypatch.setattr(os, "sync", lambda: done.append("everything"))
    monkeypatch.setattr(os, "rename", rename)
    publish(root, {f"issued/{number}/credential.json": b"badge" for number in range(count)}, [])
    decided = done.index(str(root / ".site-journal"))
    assert any(path.endswith("/.site-journal.swp") for path in done[:decided]), "the journal's own bytes"
    assert done[decided + 1] == str(root)
    staged = [path for path in done[:decided] if path.endswith("/credential.json")]
    assert len(staged) == (count if count == 3 else 0)
    assert done[:decided].count("everything") == (count > 3)
    assert "0" not in done[:decided]
    assert "0" in done[decided:], "the award's folder takes its place"


@pytest.mark.usefixtures("quick")
def test_memory_does_not_grow_with_what_changes(root: Path) -> None:
    def peak(count: int) -> int:
        with staging(root / "site", root) as staged:
            for number in range(count):
                write_file(staged.folder, f"issued/{count}-{number:08}-0000-0000-0000/index.html", b"page")
            tracemalloc.start()
            try:
                staged.publish(
                    f"issued/{number:08}-0000-0000-000000000000/gone" for number in range(10 * count)
                )
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(10)
    assert peak(1500) < peak(100) + 100_000
