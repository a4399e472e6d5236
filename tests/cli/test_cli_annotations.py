"""Problems as annotations: one command each, and nothing in it that its author could add."""

from __future__ import annotations

import io
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.cli.annotations import annotate, annotate_failure, annotation, in_work_tree
from site_builder.cli.guard import Guard
from site_builder.problems import Problem, Severity, printable
from tests.support.actions_runner import Command, commands_in

TOP = PurePosixPath()
HOSTILE = st.text(max_size=30) | st.lists(
    st.sampled_from(["::", "%", "%0A", "%25", "\n", "\r", ",", "=", "##[", "#", "[", "]", "line=1", "a", " "])
).map("".join)


@pytest.mark.parametrize(
    ("problem", "folder", "expected"),
    [
        (
            Problem(
                path="a.yaml", line=3, code="bad-choice", field="level", message="must be x", hint="try y"
            ),
            TOP,
            "::error file=a.yaml,line=3,title=level%3A bad choice::must be x%0Atry y",
        ),
        (
            Problem(path="b.png", code="image-size", message="is 100% small", severity=Severity.WARNING),
            PurePosixPath("press/site"),
            "::warning file=press/site/b.png,title=image size::is 100%25 small",
        ),
        (
            Problem(path="a,b:c\n.yaml", line=1, code="x", message="y\r\n::stop::z ##[error]"),
            TOP,
            "::error file=a%2Cb%3Ac<U+000A>.yaml,line=1,title=x::y<U+000D><U+000A>::stop::z ## [error]",
        ),
        (Problem(path="", code="x", message="y"), TOP, "::error title=x::y"),
    ],
)
def test_an_annotation_names_the_place_and_says_the_whole(
    problem: Problem, folder: PurePosixPath, expected: str
) -> None:
    assert annotation(problem, folder) == expected


@settings(max_examples=60)
@example("", "0" * 8 + "\x1f" * 8 + "\U00012544\U00018cd6\U0002ebe1\U0002ebe1\U00100000", "", "")
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_whatever_the_words_a_runner_sees_one_command_and_those_words(
    path: str, field: str, message: str, hint: str
) -> None:
    told = annotation(Problem(path=path, line=7, code="c", field=field, message=message, hint=hint), TOP)
    (command,) = commands_in(told + "\n")
    assert command.name == "error"
    assert set(command.properties) <= {"file", "line", "title"}
    assert command.properties["line"] == "7"
    lines = [_broken(printable(text, 1000)) for text in (message, hint) if text]
    assert command.message == _without_marks("\n".join(lines))
    assert command.properties["title"] == _without_marks(
        _broken(f"{printable(field, 60)}: c" if field else "c")
    )


def _broken(text: str) -> str:
    return text.replace("##[", "## [")


def _without_marks(text: str) -> str:
    """Return what the test's runner keeps: of printable text it passes over combining marks alone."""
    return commands_in(f"::error ::{text}".replace("%", "%25").replace("\n", "%0A"))[0].message


def test_annotations_are_obeyed_and_nothing_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    below = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Guard(below))
    print("::error::of an author", end="")
    annotate([Problem(path="a.yaml", line=2, code="x", message="first")], TOP)
    print("::error::of another")
    annotate_failure("no such revision", "fetch it")
    assert commands_in(below.getvalue()) == [
        Command("error", "first", {"file": "a.yaml", "line": "2", "title": "x"}),
        Command("error", "no such revision\nfetch it", {"title": "badgepress"}),
    ]


def test_paths_begin_at_the_root_of_the_work_tree(tmp_path: Path) -> None:
    inner = tmp_path / "clone" / "press" / "site"
    inner.mkdir(parents=True)
    assert in_work_tree(inner) == TOP
    (tmp_path / "clone" / ".git").mkdir()
    assert in_work_tree(tmp_path / "clone") == TOP
    assert in_work_tree(inner) == PurePosixPath("press/site")
    (tmp_path / "clone/press/.git").write_text("gitdir: elsewhere\n")
    assert in_work_tree(inner) == PurePosixPath("site")
    (tmp_path / "link").symlink_to(inner)
    assert in_work_tree(tmp_path / "link") == PurePosixPath("site")
