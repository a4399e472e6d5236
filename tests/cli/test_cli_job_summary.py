"""The job summary of a check: plain words, every problem, nothing alive; and who writes it."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner, Result

from site_builder.cli.annotations import in_work_tree
from site_builder.cli.check import command
from site_builder.cli.job_summary import LARGEST, append_summary, failure_summary, room_in, summary_of
from site_builder.problems import Problem, Severity
from tests.support.actions_runner import commands_in
from tests.support.repos import changed, valid

TOP = PurePosixPath()
WRONG = Problem(path="a.yaml", line=3, code="c", message="level must be x, not '@a|b'", hint="write x")
ODD = Problem(path="b.png", code="c", message="should be square", severity=Severity.WARNING)
HEAD = "| where | what was found, and what is expected | what to try |\n| --- | --- | --- |\n"


def test_problems_and_warnings_stand_in_tables_of_their_own() -> None:
    assert summary_of([WRONG, ODD], PurePosixPath("press"), []) == (
        "## badgepress check\n\n"
        "One problem was found. "
        "Nothing is published before it is mended; what is published stays as it is."
        f"\n\n### To be mended\n\n{HEAD}"
        "| press/a.yaml, line 3 | level must be x, not '&#64;\u200ba&#124;b' | write x |\n\n"
        f"### Warnings\n\n{HEAD}| press/b.png | should be square |  |\n\n"
    )


def test_where_nothing_is_wrong_it_says_so() -> None:
    told = summary_of([ODD], TOP, ["All good: 2 awards.", "Nothing that @x has was altered."])
    assert told.startswith(
        "## badgepress check\n\nAll good: 2 awards.\n\nNothing that `@x` has was altered.\n\n"
    )
    assert failure_summary("no revision 'x'", "fetch it") == (
        "## badgepress check\n\nThe check could not be done: no revision 'x'. Hint: fetch it.\n\n"
    )


@pytest.mark.parametrize("room", [LARGEST, 50_000, 1_000])
def test_what_github_would_refuse_is_cut_and_counted(room: int) -> None:
    problems = [WRONG] * 20_000 + [ODD] * 10
    text = summary_of(problems, TOP, [], room)
    assert len(text.encode()) <= room
    told = text.count("\n| a.yaml") + text.count("\n| b.png")
    assert f"… and {len(problems) - told} more." in text


def test_a_summary_is_added_to_what_is_there_and_never_through_a_link(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    append_summary(path, "one\n")
    append_summary(path, "two\n")
    assert path.read_text() == "one\ntwo\n"
    assert room_in(path) == LARGEST - 8
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(OSError, match="symbolic link"):
        append_summary(tmp_path / "link", "three\n")
    assert path.read_text() == "one\ntwo\n"


# The command

BROKEN = changed("credentials/charts.yaml", "level: intermediate\nsummary", "level: '::x ##[error]'\nsummary")


def check(root: Path, files: dict[str, str], *words: str, env: dict[str, str] | None = None) -> Result:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    given = ["--root", str(root), "--now", "2026-11-22", "--executor", "inline", *words]
    return CliRunner(env=env or {}).invoke(command, given, catch_exceptions=False)


def test_check_for_github_annotates_summarises_and_keeps_its_exit_code(tmp_path: Path) -> None:
    root, summary = tmp_path / "press", tmp_path / "summary.md"
    (tmp_path / ".git").mkdir()
    env = {"GITHUB_STEP_SUMMARY": str(summary)}
    done = check(root, BROKEN, "--format", "github", env=env)
    plain = check(root, BROKEN, env=env)
    assert (done.exit_code, plain.exit_code) == (1, 1)
    (annotation,) = commands_in(done.stdout)
    assert annotation.properties["file"] == "press/credentials/charts.yaml"
    assert annotation.message.startswith(
        "level must be foundational, intermediate or advanced, not '::x ## ["
    )
    assert done.stderr == plain.stderr
    assert plain.stdout == ""
    assert summary.read_text().count("| press/credentials/charts.yaml, line 6 | level must be") == 1


def test_a_good_repository_is_good_in_every_format(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    done = check(tmp_path, valid(), "--summary", str(summary))
    told = "All good: 3 credentials, 1 framework, 4 awards.\n"
    assert (done.exit_code, done.stdout, done.stderr) == (0, told, "")
    assert summary.read_text() == f"## badgepress check\n\n{told}\n"
    assert check(tmp_path, {}, "--format", "github").stdout == told
    assert json.loads(check(tmp_path, {}, "--json").stdout) == {"ok": True, "problems": []}


def test_a_check_that_cannot_be_done_is_annotated_too(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    words = ("--format", "github", "--base", "no::such", "--summary", str(summary))
    done = check(tmp_path, valid(), *words)
    assert done.exit_code == 2
    (annotation,) = commands_in(done.stdout)
    assert (annotation.name, set(annotation.properties)) == ("error", {"title"})
    assert done.stderr.startswith(f"error: {annotation.message.partition(chr(10))[0]}\n")
    assert summary.read_text().startswith("## badgepress check\n\nThe check could not be done: ")


def test_two_formats_of_one_stream_exclude_each_other(tmp_path: Path) -> None:
    done = check(tmp_path, {}, "--format", "github", "--json")
    assert done.exit_code == 2
    assert "--format github and --json both write to stdout: give one of them" in done.stderr


def test_a_summary_that_cannot_be_written_is_told_and_hides_no_problem(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone/summary.md")
    for files, code in ((BROKEN, 1), (valid(), 2)):
        done = check(tmp_path, files, "--summary", gone)
        assert done.exit_code == code
        assert "summary.md cannot be written: No such file or directory" in done.stderr
    assert in_work_tree(tmp_path) == TOP
