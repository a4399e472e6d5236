"""An upgrade moves what the press wrote, keeps what people changed, and is done when it is done."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import group
from site_builder.starters.adopted import adopted_files, machine_files
from site_builder.starters.answers import Host
from site_builder.starters.pins import moved, without_pins
from site_builder.starters.record import (
    LAYOUT,
    PATH,
    RecordRefused,
    read_record,
    recorded,
)
from site_builder.starters.steps import STEPS
from site_builder.starters.upgrading import Aim, Upgrade, plan_upgrade
from tests.starters.sample import KEYS, LATER, PRESS, answers, made
from tests.support.git import committed, git
from tests.support.shared import REPOSITORY

URL = answers().url
CHECK = ".github/workflows/check.yml"
PUBLISH = ".github/workflows/publish.yml"


def files_of(host: Host = "github") -> dict[str, bytes]:
    """Return a repository as `init` writes it."""
    machine = machine_files(host, PRESS, URL)
    return {**adopted_files(answers(host), KEYS), **machine, PATH: recorded(host, PRESS, machine).as_bytes()}


def upgraded(files: dict[str, bytes], *, force: bool = False, host: Host = "github") -> Upgrade:
    """Upgrade ``files`` in place and return what was done."""
    done = plan_upgrade(files.get, read_record(files.get(PATH)), Aim(host, LATER, URL, force))
    files.update(done.files)
    for path in [path for path, data in files.items() if not data]:
        del files[path]
    return done


@pytest.mark.parametrize("host", ["github", "gitlab", "s3"])
def test_an_untouched_repository_moves_to_the_new_press_once(host: Host) -> None:
    files = files_of(host)
    before = dict(files)
    upgraded(files, host=host)
    machine = machine_files(host, LATER, URL)
    assert files == {**before, **machine, PATH: recorded(host, LATER, machine).as_bytes()}
    assert upgraded(files, host=host) == Upgrade()


def test_what_people_changed_stays_and_only_the_press_moves_in_it() -> None:
    files = files_of()
    theirs = files[CHECK].replace(b"timeout-minutes: 15", b"timeout-minutes: 40")
    files[CHECK] = theirs
    done = upgraded(files)
    assert files[CHECK] == theirs.replace(PRESS.commit.encode(), LATER.commit.encode())
    assert [line for line in done.left[CHECK] if line.startswith(("-  ", "+  "))] == [
        "-    timeout-minutes: 40",
        "+    timeout-minutes: 15",
    ]
    again = upgraded(files)
    assert (again.files, list(again.left)) == ({}, [CHECK])
    upgraded(files, force=True)
    assert files[CHECK] == machine_files("github", LATER, URL)[CHECK]


def test_newer_actions_of_others_are_no_change_and_stay() -> None:
    files = files_of()
    newer = b"actions/checkout@" + b"e" * 40 + b" # v9"
    files[PUBLISH] = re.sub(rb"actions/checkout@.*", newer, files[PUBLISH])
    uses = files[PUBLISH].count(newer)
    done = upgraded(files)
    assert done.left == {}
    assert files[PUBLISH].count(newer) == uses > 1
    assert PRESS.commit.encode() not in files[PUBLISH]


def test_a_file_of_an_earlier_press_is_rewritten_or_taken_away() -> None:
    files = files_of()
    earlier, gone = b"name: earlier\n", b"name: gone\n"
    files[CHECK] = earlier
    files["old.yml"] = files["older.yml"] = gone
    written = {**machine_files("github", PRESS, URL), CHECK: earlier, "old.yml": gone, "older.yml": gone}
    files[PATH] = recorded("github", PRESS, written).as_bytes()
    files["older.yml"] += b"# mine\n"
    done = upgraded(files)
    assert files[CHECK] == machine_files("github", LATER, URL)[CHECK]
    assert "old.yml" not in files
    assert files["older.yml"].endswith(b"# mine\n")
    assert "old.yml: no longer used, taken away" in done.said


def test_a_file_that_was_deleted_stays_away() -> None:
    files = files_of()
    del files[PUBLISH]
    upgraded(files)
    assert PUBLISH not in files
    upgraded(files)
    assert PUBLISH not in files


def test_steps_lead_to_the_layout_of_this_press_one_by_one() -> None:
    assert [step.to for step in STEPS] == list(range(1, LAYOUT + 1))


def test_a_repository_from_before_init_gets_what_it_lacks() -> None:
    old = {path: data for path, data in files_of().items() if not path.startswith(".") and path != PATH}
    old[".gitignore"] = b"node_modules\nsite/"
    done = upgraded(old)
    assert old[".gitignore"].startswith(b"node_modules\nsite/\n/.site-*\n")
    assert old[".gitignore"].endswith(b"/.badgepress/\n/proofs/\n")
    assert old[CHECK] == machine_files("github", LATER, URL)[CHECK]
    assert done.proofs_apart
    assert upgraded(old) == Upgrade()
    server = {".gitignore": b""}
    assert not upgraded(server, host="server").proofs_apart


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"layout": 1}', b'{"layout": 1, "host": "moon", "files": {}}'])
def test_a_damaged_record_is_refused(raw: bytes) -> None:
    with pytest.raises(RecordRefused, match="damaged"):
        read_record(raw)


def test_a_later_layout_is_refused() -> None:
    raw = json.dumps({"layout": LAYOUT + 1, "host": "github", "files": {}}).encode()
    with pytest.raises(RecordRefused, match=f"has layout '{LAYOUT + 1}', and this press knows {LAYOUT}"):
        read_record(raw)


def test_pins_are_found_in_both_kinds_of_pipeline() -> None:
    for host, path in (("github", PUBLISH), ("gitlab", ".gitlab-ci.yml")):
        first, second = (machine_files(host, press, URL)[path] for press in (PRESS, LATER))  # type: ignore[arg-type]
        assert first != second
        assert without_pins(first) == without_pins(second)
        assert moved(first, LATER, "0.1.0") == second


def test_an_action_that_others_keep_in_such_a_folder_stays_theirs() -> None:
    step = f"      - uses: others/tools/.github/actions/{{}}@{'a' * 40} # v1\n"
    theirs = step.format("setup-node").encode()
    assert moved(theirs, LATER, "0.1.0") == theirs
    for folder in (REPOSITORY / ".github/actions").iterdir():
        assert LATER.repository.encode() in moved(step.format(folder.name).encode(), LATER, "0.1.0")


def test_the_command_refuses_loose_changes_and_moves_proofs_to_their_branch(tmp_path: Path) -> None:
    root, _, _ = made(tmp_path, answers())
    for name in (PATH, ".gitignore"):
        (root / name).unlink()
    (root / "proofs").mkdir()
    (root / "proofs/status.jsonl").write_text("")
    committed(root)
    words = ["upgrade", "--root", str(root), "--press", str(LATER)]
    missing = CliRunner().invoke(group, words)
    assert (missing.exit_code, git(root, "status", "--porcelain")) == (2, "")
    (root / "loose").write_text("x")
    loose = CliRunner().invoke(group, [*words, "--host", "github"])
    assert loose.exit_code == 2
    assert "1 file is not committed; nothing was changed" in loose.stderr
    (root / "loose").unlink()
    done = CliRunner().invoke(group, [*words, "--host", "github"])
    assert done.exit_code == 0, done.output
    assert git(root, "ls-tree", "--name-only", "proofs") == "status.jsonl"
    assert git(root, "ls-files", "proofs") == ""
    assert (root / "proofs/status.jsonl").exists()
    committed(root)
    again = CliRunner().invoke(group, words)
    assert (again.exit_code, "Nothing to do" in again.output) == (0, True)
    assert git(root, "status", "--porcelain") == ""


def test_where_git_refuses_at_the_end_nobody_says_that_nothing_was_changed(tmp_path: Path) -> None:
    root, _, _ = made(tmp_path, answers())
    (root / PATH).unlink()
    (root / ".gitignore").unlink()
    (root / "proofs").mkdir()
    (root / "proofs/status.jsonl").write_text("")
    committed(root)
    (root / ".git/index.lock").write_text("")
    words = ["upgrade", "--root", str(root), "--press", str(LATER), "--host", "github"]
    refused = CliRunner().invoke(group, words)
    assert refused.exit_code == 2
    assert "the files were written, but proofs/ was not moved: git rm failed" in refused.stderr
    assert "nothing was changed" not in refused.stderr
    (root / ".git/index.lock").unlink()
    git(root, "restore", ".")
    git(root, "clean", "--quiet", "--force")
    again = CliRunner().invoke(group, words)
    assert again.exit_code == 0, again.output
    assert git(root, "ls-files", "proofs") == ""
