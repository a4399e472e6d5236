"""How problems are told: place first, a hint below, ninety lines at most, nothing a terminal would obey."""

from __future__ import annotations

import pytest

from site_builder.cli.output import MAX_LINES, as_json, tell
from site_builder.problems import Problem, Severity


def test_a_problem_is_told_with_place_words_and_hint(capsys: pytest.CaptureFixture[str]) -> None:
    tell(
        [
            Problem(path="a.yaml", line=3, code="bad-choice", message="level must be x", hint="write x"),
            Problem(path="b.png", code="image-size", message="is small", severity=Severity.WARNING),
        ]
    )
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "a.yaml:3: level must be x\n  hint: write x\nb.png: warning: is small\n1 problem, 1 warning\n"
    )


def test_many_problems_end_with_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    tell([Problem(path=f"{n}.yaml", code="c", message="m", hint="h") for n in range(500)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) <= MAX_LINES
    assert lines[-2] == "... and 456 more; --json has all of them"
    assert lines[-1] == "500 problems, 0 warnings"


def test_nothing_printed_can_command_a_terminal_or_a_workflow(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "x\x1b[2J\n::error::y‮" + "z" * 5000
    tell([Problem(path="credentials/a\n::set::b.yaml", line=1, code="c", message=hostile, hint=hostile)])
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "‮" not in err
    assert not [line for line in err.splitlines() if line.startswith("::") or len(line) > 2000]
    assert "credentials/a<U+000A>::set::b.yaml:1: x<U+001B>[2J<U+000A>::error::y<U+202E>" in err


def test_json_has_every_problem_with_its_code_and_place() -> None:
    problem = Problem(path="a.yaml", line=3, code="bad-choice", message="m", hint="h", field="level")
    assert (
        as_json([problem] * 500)
        == [
            {
                "path": "a.yaml",
                "line": 3,
                "field": "level",
                "code": "bad-choice",
                "severity": "error",
                "message": "m",
                "hint": "h",
            }
        ]
        * 500
    )
