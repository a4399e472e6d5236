"""The reading line by line gives what the full reading gives, or leaves the text to others."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.reading.line_by_line import line_by_line
from site_builder.reading.strict_yaml import DEEPEST, parse, parse_in_full
from site_builder.text.characters import is_faultless
from tests.reading.test_reading_flawless import (
    _mutations,
    _of_the_project,
    assert_same,
    exactly,
    has_empty,
)

_VALUES = (
    *("", " ", "text", "some text", "two  spaces", "a:b", "a: b", "a :b", "a#b", "a #b", "end ", "end:"),
    *("a::b", "https://example.org/a?b=c", "https://example.org/#a", "did:key:z6Mk", "sha256$00", "- x"),
    *('"quoted"', '""', '"a \\" b"', '"a\\nb"', '"a\\\\"', '"a\\tb"', '"a\\u0041"', '"open', '"two" x'),
    *("'single'", "é", "ß ü", "\xa0x", "x\xa0", "\u3000", "\ufeffx", "x\ufeff", '"\ufeff"', "\x85"),
    *("\U0001f44d", "\U0001ffff", "\ufffe", "~", "null", "Null", "true", "FALSE", "yes", "on", "n", "None"),
    *("0", "7", "007", "1_0", "0x1F", "1.5", "1e3", "1:30", "12:30:45", "9" * 16, "9" * 5000, "1.", "1-2"),
    *("2026-11-22", "2026-13-01", "2026-11-22 10:00:00", "991f58dc-caf6-48b7-a2df-ed013e149bdb", "? x"),
    *("|", ">", "&a x", "*a", "!x", "[]", "{}", "@x", "`x", "%x", "a\tb", "a\t", '"a\tb"', "a\rb"),
    *("a, b", "a [b]", "a {b}", "a & b", "a * b", "a ! b", "a | b", "a > b", "it's", 'a "b" c', "---", "..."),
    *("<<", "-x", '"\u2028"', '"#: -"', "x" * 1100),
)  # fmt: skip
_FIELDS = (
    "a",
    "b",
    "c",
    "id",
    "awards",
    "a_b",
    "y",
    "null",
    "no",
    "on",
    "A",
    "a-b",
    '"a"',
    "é",
    "a b",
    "1",
    "",
)


def _line(indent: str, dash: str, field: str, colon: str, value: str, end: str) -> str:
    return f"{indent}{dash}{field + colon if field else ''}{value}{end}"


_lines = st.builds(
    _line,
    st.sampled_from(("", "  ", "    ", "      ", " ", "   ", "\t")),
    st.sampled_from(("", "", "- ", "-  ", "-", "- - ")),
    st.sampled_from(_FIELDS) | st.sampled_from(_FIELDS[:5]),
    st.sampled_from((": ", ": ", ":", ":  ", " : ")),
    st.sampled_from(_VALUES) | st.sampled_from(("", "x", "1")),
    st.sampled_from(
        (
            "\n",
            "\n",
            "\n",
            "\n",
            "\n\n",
            "\n  # note\n",
            "\n# note: x\n",
            " # x\n",
            "# x\n",
            "  \n",
            "\r\n",
            "",
        )
    ),
)


def take(text: str) -> bool:
    """Compare the readings of ``text``; return whether the one line by line took it."""
    if not text.lstrip().startswith("%"):
        assert_same(text)
    quick = line_by_line(text, DEEPEST)
    if quick is None:
        return False
    full = parse_in_full("x.yaml", text)
    assert full.problems == []
    assert exactly(quick) == exactly(full.data)
    assert not has_empty(quick)
    return True


@given(st.lists(_lines, min_size=1, max_size=8).map("".join))
@example("a:\n- b\n")
@example("a:\n  - b: 1\n    c: 2\n  - b: 3\n")
@example("a:\n  - b:\n    c: 2\n")
@example("a:\n  - b:\n      - c\n  -\n")
@example("a: b\n  c: d\n")
@example("a: b\n  c\n")
@example("a:\n    b: 1\n  c: 2\n")
@example("a:\n  b: 1\n- c\n")
@example("a:\n  b\n")
@example("a:\n")
@example("a: x\na: y\n")
@example("a: x")
@example("\n# note\n\n")
@example("- a\n")
@example("  a: x\n")
def test_simple_lines_are_read_as_by_the_full_reading(text: str) -> None:
    take(text)


_RIGHT = """# A note
credential: data
evidence:
  - name: "A \\"name\\""
    genre: report
awards:
  # Another
  - id: 991f58dc-caf6-48b7-a2df-ed013e149bdb
    commitments:
      email: sha256$00
      name: "x"

    parts:
      - one
      - "two"
    results:
      score: 7.5
  - id: b
erased:
  - a
"""
_slips = st.tuples(
    st.integers(0, _RIGHT.count("\n") - 1),
    st.sampled_from((*range(-4, 5), "cut", "double", "dash", "bare")) | st.sampled_from(_VALUES),
)


def _slipped(text: str, slips: list[tuple[int, int | str]]) -> str:
    lines = text.splitlines()
    for number, slip in slips:
        line = lines[number]
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if isinstance(slip, int):
            lines[number] = " " * max(0, indent + slip) + bare
        elif slip == "cut":
            lines[number] = ""
        elif slip == "double":
            lines[number] = f"{line}\n{line}"
        elif slip in ("dash", "bare"):
            lines[number] = " " * indent + (f"- {bare}" if slip == "dash" else bare.removeprefix("- "))
        else:
            lines[number] = f"{line.partition(':')[0]}: {slip}"
    return "\n".join(lines) + "\n"


@given(st.lists(_slips, max_size=3))
def test_lines_are_put_together_as_by_the_full_reading(slips: list[tuple[int, int | str]]) -> None:
    assert take(_slipped(_RIGHT, slips)) or slips


@pytest.mark.parametrize("value", _VALUES)
@pytest.mark.parametrize("before", ["a: ", "- ", "a:\n  - ", "a:\n  - b: ", "a:\n  "])
def test_each_value_is_read_as_by_the_full_reading(before: str, value: str) -> None:
    take(f"{before}{value}\n")
    take(f"{before}{value}\nz: 1\n")


@pytest.mark.parametrize("levels", range(DEEPEST - 3, DEEPEST + 4))
@pytest.mark.parametrize("step", ["a:", "- a:"])
def test_nesting_has_the_same_bounds(step: str, levels: int) -> None:
    lines = [f"{'    ' * level}{step if level else 'a:'}\n" for level in range(levels)]
    take("".join(lines) + "    " * levels + "a: 1\n")


def test_award_files_with_short_texts_are_read_line_by_line() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in _of_the_project() if "/issued/" in str(path)}
    short = {path: text for path, text in texts.items() if ": >" not in text}
    assert len(short) > 3
    assert [path for path, text in short.items() if not take(text)] == []


def test_both_readings_agree_on_files_with_slips() -> None:
    for path in list(_of_the_project())[::10]:
        for text in _mutations(path.read_text(encoding="utf-8")):
            take(text)


@given(
    st.lists(
        st.sampled_from((*'<<>>||ÂÃ©Åé"n\\a \ufffd\u200d', '\\"', "\\n", "\\\\", "<<<<<<<")), max_size=12
    )
)
def test_where_the_text_has_no_fault_no_value_has(pieces: list[str]) -> None:
    text = f'a: "{"".join(pieces)}"\n'
    quick = line_by_line(text, DEEPEST)
    if quick is not None and is_faultless(text):
        assert is_faultless(str(quick["a"]))
        assert parse("x.yaml", text).data == quick
