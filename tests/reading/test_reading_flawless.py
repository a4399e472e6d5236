"""The quick reading gives what the full reading gives, or leaves the text to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.reading import scalars
from site_builder.reading.flawless import flawless
from site_builder.reading.scalars import DisputedNumber
from site_builder.reading.strict_yaml import DEEPEST, parse, parse_in_full
from site_builder.text import Fault
from tests.support.shared import REPOSITORY

_DIRECTIVE = "%"


def exactly(value: object) -> object:
    """Return ``value`` in a form in which 1, 1.0 and True differ, and the order of fields counts."""
    if isinstance(value, dict):
        return [(key, exactly(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return ("list", [exactly(inner) for inner in value])
    return (type(value), value, value.word if isinstance(value, DisputedNumber) else "")


def has_empty(value: object) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return value is None or any(map(has_empty, inner))


def assert_same(text: str) -> bool:
    """Compare the two readings of ``text``; return whether the quick one took it."""
    full = parse_in_full("x.yaml", text)
    both = parse("x.yaml", text)
    assert both.problems == full.problems
    assert exactly(both.data) == exactly(full.data)
    quick = None if text.lstrip().startswith(_DIRECTIVE) else flawless(text, DEEPEST)
    if quick is not None:
        assert full.problems == []
        assert exactly(quick.data) == exactly(full.data)
        assert quick.has_empty == has_empty(full.data)
    assert both.may_have_empty or not has_empty(full.data)
    return quick is not None


_PIECES = (
    *("a", "b:", "c: ", "- ", "? ", ": ", ", ", "[", "]", "{", "}", "\n", "\n  ", "\n    ", " ", "\t", "#"),
    *("'", '"', "''", "\\", '\\"', "\\n", "\\u0041", "|", ">", "|-", ">+2", "&x ", "*x", "!", "!t "),
    *("%", "@", "`", "---", "\n---\n", "\n...\n", "~", "null", "Null", "true", "FALSE", "yes", "on", "n"),
    *("0", "7", "007", "1_0", "0x1F", "0b1", "0o7", "1.5", ".5", "1e3", "-1", "+1", "1:30", ".inf", ".NaN"),
    *("2026-11-22", "2026-13-01", "2026-11-22 10:00:00", "991f58dc-caf6-48b7-a2df-ed013e149bdb", "1e2-3"),
    *(" # x", "<<: ", "é", "ß", "\xa0", "\u200d", "\ufeff", "\r\n", "https://example.org/", "a" * 70),
    *("9" * 15, "9" * 16, "!!str "),
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
@example("\ufeff&x a: 1")
@example("\ufeff!!map a: 1")
@example('a: !<tag:yaml.org,2002:str> "b"')
@example("? a\n: b\n? [c]\n: d")
@example("a: &x 1\nb: 2")
@example('"yes": 1\nyes: 2')
@example("'yes': 1\nb: {yes: 2}")
@example("--- {a: 1}\n...\n")
@example("a: 1\n---\nb: 2")
@example("a: 1\n... b")
@example("a: b & c! *d*")
@example("a: *d*")
@example("- a")
def test_both_readings_agree_on_any_text(text: str) -> None:
    assert_same(text)


@given(st.text("&!x \t\n:-[]{},?'\"|>#%\u2028\x85\ufeff\xa0", max_size=12).map("a: ".__add__))
@example("a: \n\ufeff!x 1")
@example("\ufeff&x a: 1")
@example("a: 'b',&c")
def test_nothing_with_an_anchor_or_a_tag_is_read_quickly(text: str) -> None:
    if refers(text):
        assert flawless(text, DEEPEST) is None
        assert {"alias-not-allowed", "tag-not-allowed"} & {p.code for p in parse_in_full("x", text).problems}


def refers(text: str) -> bool:
    """Return whether a text that can be parsed has an anchor or a tag."""
    try:
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return False
    found = [(getattr(event, "anchor", None), getattr(event, "tag", None)) for event in events]
    return any(anchor or tag for anchor, tag in found)


_WORDS = st.text(alphabet="ab 01-:.#&*!'\"é\n[]{},>|%@~", max_size=12) | st.sampled_from(_PIECES)
_NAMES = st.text(alphabet="abcé_-", min_size=1, max_size=5) | _WORDS
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=12,
)


@given(
    st.dictionaries(_NAMES, _DATA, min_size=1, max_size=4),
    st.sampled_from((True, False, None)),
    st.sampled_from((None, "'", '"', "|", ">")),
    st.booleans(),
    st.sampled_from(_PIECES),
    st.floats(0, 1),
)
def test_both_readings_agree_on_any_data_in_any_style_and_with_a_slip(
    data: dict[str, object], flow: bool | None, style: str | None, unicode: bool, slip: str, where: float
) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, default_style=style, allow_unicode=unicode)
    assert_same(text)
    place = int(where * len(text))
    assert_same(text[:place] + slip + text[place:])


@given(st.text(alphabet="0123456789abcdefoxEINF+-._:\u0663", min_size=1, max_size=20))
@example("9" * 15)
@example("1\u0663")
@example("0")
@example("01")
@example("-0x1f")
@example("+.Inf")
@example("1e-3")
def test_what_looks_like_no_number_is_none(word: str) -> None:
    found = scalars._number(word)
    assert scalars._LIKE_NUMBER.fullmatch(word) or found is word
    shortly = scalars._undisputed(word)
    assert shortly == found or isinstance(found, Fault)
    is_agreed = isinstance(found, int | float) and scalars._AGREED.fullmatch(word)
    assert not is_agreed or type(shortly) is type(found)
    assert isinstance(shortly, DisputedNumber) == (isinstance(found, int | float) and not is_agreed)
    assert "-" in word[1:5] or exactly(scalars.plain_value(word)) == exactly(shortly)


@pytest.mark.parametrize("levels", range(DEEPEST - 2, DEEPEST + 4))
@pytest.mark.parametrize("core", ["", "x", "&y x", "[]", "!"])
def test_both_readings_agree_on_the_deepest_nesting(levels: int, core: str) -> None:
    assert_same("a: " + "[" * levels + core + "]" * levels)
    assert_same("{a: " * levels + (core or "x") + "}" * levels)


def _of_the_project() -> Iterator[Path]:
    for folder in ("credentials", "frameworks", "issued"):
        yield from sorted((REPOSITORY / folder).rglob("*.yaml"))


def test_every_file_of_the_project_is_read_quickly() -> None:
    files = list(_of_the_project())
    assert len(files) > 10
    assert [path for path in files if not assert_same(path.read_text(encoding="utf-8"))] == []


def _mutations(text: str) -> Iterator[str]:
    """Yield ``text`` with each of the first lines cut, doubled, indented, and with signs put into it."""
    lines = text.split("\n")[:30]
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        middle = len(line) // 2
        for changed in (
            *([], [line, line], [" " + line], ["\t" + line], [line[:middle]], [line + " # "], [line + ":"]),
            *(
                [line[:middle] + sign + line[middle:]]
                for sign in ("'", '"', ": ", " &a ", "!", "[", "~", "\n")
            ),
        ):
            yield "\n".join([*before, *changed, *after])


def test_both_readings_agree_on_files_with_slips() -> None:
    for path in list(_of_the_project())[::10]:
        for text in _mutations(path.read_text(encoding="utf-8")):
            assert_same(text)


@pytest.mark.shared
def test_both_readings_agree_on_hostile_files(shared: Path) -> None:
    folder = shared / "bad-inputs"
    seen = 0
    for case in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["cases"]:
        for file in case.get("files", ()):
            if "src" in file and file["src"].endswith(".yaml"):
                text = (folder / file["src"]).read_bytes().decode("utf-8", "replace")
                assert_same(text)
                seen += 1
                for changed in _mutations(text) if len(text) < 800 else ():
                    assert_same(changed)
    assert seen >= 60
