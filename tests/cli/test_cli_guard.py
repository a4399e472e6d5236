"""No output commands a workflow runner, in whatever pieces it is written; JSON stays the same data."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.cli.guard import Guard, beneath, guard_output
from site_builder.cli.output import json_text, print_json
from site_builder.cli.streaming import JsonStream
from tests.support.actions_runner import commands_in
from tests.support.shared import REPOSITORY

UNSEEN = "\u200b\u00ad\ufeff\u2060\u0301\ufe0f\u034f\x1b\x00"
BLANK = " \t\u00a0\u2003\u3000\x0b\x0c\x85\u2028"
HOSTILE = st.text(st.sampled_from(":#[]\r\nxé|%" + UNSEEN + BLANK), max_size=30) | st.lists(
    st.sampled_from(["::", "##[", "\n", "\r", "error", " ", "\u200b", "#", "[", ":", "x"])
).map("".join)


def guarded(*pieces: str) -> str:
    """Return what a guard passes on."""
    below = io.StringIO(newline="")
    guard = Guard(below)
    for piece in pieces:
        assert guard.write(piece) == len(piece)
    return below.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::error::x\n", "| ::error::x\n"),
        ("a\n \t::error::x", "a\n \t| ::error::x"),
        ("a\r::set-output::x", "a\r| ::set-output::x"),
        ("\u3000\u200b::x", "\u3000\u200b| ::x"),
        ("a ##[command]b", "a ## [command]b"),
        ("###[x] #[y] ## [z]", "### [x] #[y] ## [z]"),
        ("#\u200b#\u00ad[x]", "#\u200b#\u00ad [x]"),
        ("a::b: c\n  - d: e\n", "a::b: c\n  - d: e\n"),
        ("é::b\nقال: ##é[", "é::b\nقال: ##é["),
        ("", ""),
    ],
)
def test_what_would_be_obeyed_is_broken_and_nothing_else(text: str, expected: str) -> None:
    assert guarded(text) == expected


@given(st.lists(HOSTILE, max_size=6))
def test_no_text_in_whatever_pieces_is_a_command(pieces: list[str]) -> None:
    assert commands_in(guarded(*pieces)) == []
    assert guarded(*pieces) == guarded("".join(pieces))


@given(st.text(max_size=60))
def test_what_is_passed_on_lacks_nothing_that_was_written(text: str) -> None:
    passed = guarded(text)
    assert passed.replace("| :", ":").replace("## [", "##[") == text.replace("| :", ":").replace(
        "## [", "##["
    )


@given(st.dictionaries(HOSTILE, HOSTILE | st.lists(HOSTILE, max_size=3), max_size=4))
def test_json_is_the_same_data_behind_the_guard(data: dict[str, object]) -> None:
    told = guarded(json_text(data) + "\n")
    assert json.loads(told) == data
    assert commands_in(told) == []


def test_a_streamed_list_is_the_same_data_behind_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    below = io.StringIO(newline="")
    monkeypatch.setattr(sys, "stdout", Guard(below))
    stream = JsonStream({"a##[b": "::x"}, "items")
    for place in (1, 0):
        stream.item(place, json.dumps(f"{place}##[error]"))
    stream.end({"tail": "##[x"})
    told = below.getvalue()
    data = {"a##[b": "::x", "items": ["0##[error]", "1##[error]"], "tail": "##[x"}
    assert (json.loads(told), commands_in(told)) == (data, [])


def test_a_guard_is_a_stream_like_the_one_below(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", sys.__stdout__)
    guard_output()
    assert (sys.stdout.isatty(), sys.stdout.writable(), sys.stdout.fileno()) == (False, True, 1)
    with pytest.raises(TypeError):
        click.echo(b"::error::x")
    click.echo("::error::x")
    assert capfd.readouterr().out == "| ::error::x\n"


def test_whoever_goes_beneath_begins_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    below = io.StringIO(newline="")
    monkeypatch.setattr(sys, "stdout", below)
    monkeypatch.setattr(sys, "stderr", None)  # a program without a terminal has none
    guard_output()
    guard_output()  # once is enough
    print("words", end="")
    assert beneath(sys.stdout) is below
    print_json([])
    assert below.getvalue() == "words\n[]\n"


def test_only_the_writer_of_annotations_goes_beneath() -> None:
    users = {
        path.relative_to(REPOSITORY / "site_builder").as_posix()
        for path in (REPOSITORY / "site_builder").rglob("*.py")
        if re.search(r"\bbeneath\(|\b__std(out|err)__\b|\bstd(out|err)\.buffer\b", path.read_text("utf-8"))
    }
    assert users == {"cli/annotations.py", "cli/guard.py"}


def test_the_whole_output_of_the_command_is_guarded(tmp_path: Path) -> None:
    """A wrong word, a command's own words, and what a library logs: each through a real process."""
    program = (
        "import logging, sys, warnings\n"
        "from site_builder.cli import main, group\n"
        "@group.command('say')\n"
        "def say():\n"
        "    logging.basicConfig(); logging.error('x\\n ::error::logged ##[error]l')\n"
        "    warnings.showwarning('a\\n::warn::b', UserWarning, 'f', 1)\n"
        "    print('::error::out'); print(' \\u00a0::e::', 'a##[debug]', file=sys.stderr)\n"
        "    sys.stdout.write(':'); sys.stdout.flush(); sys.stdout.write(':stop-commands::x')\n"
        "group.get_command = lambda ctx, name: group.commands.get(name)\n"
        "sys.argv = ['badgepress', *sys.argv[1:]]\n"
        "main()\n"
    )
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    for words, code, told in (
        (["say"], 0, "| ::stop-commands::x"),
        (["\n::add-mask::a ##[x]"], 2, "a ## [x]"),
        (["say", "--x\r::e::"], 2, "No such option"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", program, *words], cwd=tmp_path, env=env, capture_output=True, check=False
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert done.returncode == code, err
        assert commands_in(out) + commands_in(err) == []
        assert told in out + err
