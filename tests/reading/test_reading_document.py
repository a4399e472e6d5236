from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.problems import Problem, Severity
from site_builder.reading.document import Document, read_document
from site_builder.reading.scalars import DisputedNumber, plain_value


def problems_of(text: str | bytes) -> list[Problem]:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return read_document("credentials/x.yaml", raw)[1]


def data_of(text: str) -> dict[str, object]:
    document, problems = read_document("credentials/x.yaml", text.encode())
    assert problems == []
    assert document is not None
    return document.data


def test_plain_words_are_yaml_1_2() -> None:
    assert data_of("a: NO\nb: yes\nc: on\nd: 'no'\ne: +C1\nf: 2024-5-1") == (
        {"a": "NO", "b": "yes", "c": "on", "d": "no", "e": "+C1", "f": "2024-5-1"}
    )
    assert data_of("a: true\nb: ~\nc:\nd: 7\ne: -1.5\nf: 2024-05-01\ng: 1e3") == (
        {"a": True, "b": None, "c": None, "d": 7, "e": -1.5, "f": date(2024, 5, 1), "g": 1000.0}
    )


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0b11", 3),
        ("0x1F", 31),
        ("0o17", 15),
        ("0123", 123),
        ("0189", 189),
        ("1_000", 1000),
        ("12:30:45", 45045.0),
    ],
)
def test_what_yaml_1_1_takes_for_a_number_is_never_text(word: str, value: float) -> None:
    found = plain_value(word)
    assert found == value
    assert isinstance(found, DisputedNumber)
    assert found.word == word


@pytest.mark.parametrize("word", ["7", "-1.5", "+8", "0", "0.3", "8.", ".5", "1.0e+3"])
def test_a_number_of_both_yamls_is_undisputed(word: str) -> None:
    found = plain_value(word)
    assert found == yaml.safe_load(word)
    assert not isinstance(found, DisputedNumber)


def test_windows_line_ends_json_and_a_byte_order_mark_are_fine() -> None:
    assert data_of("a: b\r\nc: d\r\n") == {"a": "b", "c": "d"}
    assert data_of('{"a": ["b", {"c": 1}]}') == {"a": ["b", {"c": 1}]}
    assert data_of("\ufeffa: b") == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        ("", "empty-file", 1, "the file is empty"),
        ("# later\n", "empty-file", 1, "the file has no content"),
        ("~\n", "empty-file", 1, "the file has no content"),
        ("words", "root-not-mapping", 1, "the file must be a mapping of fields, found text"),
        ("\n- a", "root-not-mapping", 2, "the file must be a mapping of fields, found a list"),
        (
            "a: 1\n---\nb: 2",
            "multiple-documents",
            2,
            "one file holds one document; a second starts at line 2",
        ),
        (
            "a: 1\n...\nb: 2",
            "multiple-documents",
            3,
            "one file holds one document; a second starts at line 3",
        ),
        ("a: {b: 1, b: 2}", "duplicate-key", 1, "field 'b' is given twice"),
        ("a: 1\n'a': 2", "duplicate-key", 2, "field 'a' is given twice"),
        ("a: 1\nb: &x 2", "alias-not-allowed", 2, "anchors and aliases are not allowed"),
        ("a: *x", "alias-not-allowed", 1, "anchors and aliases are not allowed"),
        ("<<: {a: 1}", "alias-not-allowed", 1, "merge keys (<<) are not allowed"),
        ("a: !!str 1", "tag-not-allowed", 1, "YAML tags are not allowed"),
        ("a: ! 1", "tag-not-allowed", 1, "YAML tags are not allowed"),
        ("a: !x!y 1", "tag-not-allowed", 1, "YAML tags are not allowed"),
        ("%YAML 1.1\n---\na: 1", "tag-not-allowed", 1, "YAML directives and tags are not allowed"),
        ("# x\n%FOO\n---\na: 1", "yaml-syntax", 2, "unknown YAML directive"),
        ("1: x", "bad-key", 1, "field names must be text; quote '1'"),
        ("on: x", "bad-key", 1, "field names must be text; quote 'on'"),
        ("Y: x", "bad-key", 1, "field names must be text; quote 'Y'"),
        ("{a: b}: x", "bad-key", 1, "field names must be text"),
        ("a: " + "[" * 30, "too-deep", 1, "the file is nested too deeply"),
        ("a: " + "9" * 5000, "bad-number", 1, "a is a number that is too large"),
        ("a: 9007199254740993", "bad-number", 1, "a is a number that is too large"),
        ("a: [1, .nan]", "bad-number", 1, "a[1] must be finite"),
        ("a: 1.0e+999", "bad-number", 1, "a must be finite"),
        ("a: 2024-13-01", "bad-date", 1, "a must be a date, not '2024-13-01'"),
        (
            "a: 2024-02-03 25:61:00",
            "bad-date",
            1,
            "a must be a date, and 2024-02-03 25:61:00 is not a date and time",
        ),
        (
            "a: 2024-02-03T10:00:00Z",
            "bad-date",
            1,
            "a must be a date, and 2024-02-03T10:00:00Z is not a date alone",
        ),
        ('a: "x\\0y"', "bad-character", 1, "a has a control character (U+0000)"),
        ('a: "x\\ud800y"', "bad-character", 1, "text has a character that cannot be published (U+D800)"),
        ("a: x\x85y", "bad-character", 1, "text has a control character (U+0085)"),
        ("a: 1\rb: 2", "bad-character", 1, "text has a control character (U+000D)"),
        ("a: |\n  x\n  \u202ey", "bidi-control", 3, "a has a bidirectional control character (U+202E)"),
        ("a: 1 # \u202e", "bidi-control", 1, "the line has a bidirectional control character (U+202E)"),
        ("a: 1\nn\u200dame: 2", "unknown-field", 2, "unknown field (it has an invisible character U+200D)"),
        (
            "id: fork\u200blift",
            "bad-id",
            1,
            "id has a character that is not allowed (U+200B); ids use a-z, 0-9 and dash, 1 to 80 characters",
        ),
        ("a: 1\n<<<<<<< HEAD\nb: 2", "merge-conflict", 2, "the text has unresolved merge conflict markers"),
        (
            "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1",
            "lfs-pointer",
            1,
            "the file is a Git LFS pointer, its content was not checked out",
        ),
    ],
)
def test_each_refusal_has_its_code_line_and_words(text: str, code: str, line: int, message: str) -> None:
    problems = problems_of(text)
    assert [(problem.code, problem.line, problem.message) for problem in problems] == [(code, line, message)]
    assert problems[0].hint
    assert problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a:\n\tb: c", 2, "a tab cannot be used for indentation"),
        ("a: b\n\tc: d", 2, "a tab cannot be used for indentation"),
        ('a: 1\nb: "open\nc: 2', 2, "quoted text is not closed"),
        ('a: 1\nb: "open\nc: "x"\n', 2, "quoted text is not closed"),
        ("a: 'O'Brien'", 1, "quoted text ends too early, more text follows its closing quote"),
        ("a: x: y", 1, "quote the text, it has a colon"),
        ("a: it's: y", 1, "quote the text, it has a colon"),
        ("a: b\n c: d", 2, "indentation does not match"),
        ("a:\n    b: 1\n  c: 2", 3, "indentation does not match"),
        ("a:\n  - b\n - c", 3, "indentation does not match"),
        ("a: b\n- c", 2, "indentation does not match"),
        ("a:b\nc: d", 1, "a space must follow the colon after a field's name"),
        ("a: b\nwords\nd: e", 2, "the line has no colon after a field's name"),
        ("a: @b", 1, "quote the text, it starts with '@'"),
        ("a: `b`", 1, "quote the text, it starts with '`'"),
        ("a: [draft] b", 1, "quote the text, it starts with a bracket"),
        ("a: [b, c\nd: e", 1, "a bracket is not closed, or a comma is missing"),
        ("a: > b", 1, "text cannot follow > or | on the same line"),
        ("a: - b", 1, "a list must start on its own line"),
        ('a: "C:\\q"', 1, "a backslash is followed by something it cannot stand before"),
    ],
)
def test_syntax_slips_are_told_where_the_author_mends_them(text: str, line: int, message: str) -> None:
    assert [(p.code, p.line, p.message) for p in problems_of(text)] == [("yaml-syntax", line, message)]


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"a: b\nc: caf\xe9", 2, "the file must be UTF-8, byte 0xE9 at line 2 is not"),
        (b"a: \xed\xa0\x80", 1, "the file must be UTF-8, byte 0xED at line 1 is not"),
        ("a: b".encode("utf-16"), 1, "the file must be UTF-8, not UTF-16"),
        ("a: b".encode("utf-16-be"), 1, "the file must be UTF-8, not UTF-16"),
    ],
)
def test_bytes_that_are_not_utf8_are_named(raw: bytes, line: int, message: str) -> None:
    assert [(p.code, p.line, p.message) for p in problems_of(raw)] == [("not-utf8", line, message)]


def test_several_mistakes_are_told_at_once_and_the_good_fields_survive() -> None:
    document, problems = read_document("x.yaml", b"a: 1\na: 2\nb: 2024-99-99\non: 3\nc: [.inf]\nd: 4")
    assert [(p.code, p.line) for p in problems] == (
        [("duplicate-key", 2), ("bad-date", 3), ("bad-key", 4), ("bad-number", 5)]
    )
    assert document is not None
    assert document.data == {"a": 1, "b": "2024-99-99", "c": [".inf"], "d": 4}


def test_damaged_text_is_a_warning() -> None:
    problem = problems_of("id: a\nname: CafÃ© barista")[0]
    assert (problem.line, problem.field, problem.severity) == (2, "name", Severity.WARNING)
    assert problem.message == "name looks damaged (mojibake) at 'Ã©'"


def test_lines_are_found_for_fields_items_and_what_is_missing() -> None:
    raw = b"id: a\nparts:\n  - x: 1\n    y: 2\n  - {x: 3}\nlast: |\n  text\n"
    document, _ = read_document("credentials/a.yaml", raw)
    assert document is not None
    locations: list[tuple[str | int, ...]] = [
        ("id",),
        ("parts",),
        ("parts", 0, "y"),
        ("parts", 1, "x"),
        ("last",),
    ]
    assert [document.line_of(location) for location in locations] == [1, 2, 4, 5, 6]
    assert document.line_of(("parts", 1, "z")) == 5
    assert document.line_of(("gone",)) == 1
    problem = document.problem(("parts", 0, "y"), "wrong-type", "y must be text", "quote it")
    assert (problem.line, problem.field, problem.path) == (4, "parts[0].y", "credentials/a.yaml")


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 10**6,
        "- " * 500_000,
        "{a: " * 250_000,
        "\n".join(" " * i + "k:" for i in range(1400)),
        "!x " * 300_000,
        "a: [&x " * 10_000,
        '"' * 10**6,
        "a: b\n" * 50_000,
        "\n".join(f'k{i}: "\\u202e"' for i in range(20_000)),
    ],
)
def test_a_bomb_is_a_few_problems(bomb: str) -> None:
    assert 0 < len(problems_of(bomb)) <= 200


def test_a_file_of_more_than_a_mebibyte_is_not_parsed() -> None:
    problem = problems_of("a: " + "x" * 2**20)[0]
    assert (problem.code, problem.message) == (
        "file-too-large",
        "the file is too large (1,048,579 bytes, at most 1,048,576)",
    )


def _is_plain_data(value: object, depth: int = 0) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain_data(item, depth + 1) for key, item in value.items())
    if isinstance(value, list):
        return all(_is_plain_data(item, depth + 1) for item in value)
    return (
        value is None
        or isinstance(value, str | date)
        or (isinstance(value, int | float) and math.isfinite(value))
    )


@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.text(alphabet=st.sampled_from("ab:1-.[]{}#&*!|>'\"%@`,?\\ \n\t~<"), max_size=60).map(str.encode),
    )
)
def test_any_bytes_give_plain_data_or_a_problem(raw: bytes) -> None:
    document, problems = read_document("x.yaml", raw)
    assert document is not None or any(problem.is_error for problem in problems)
    if document is not None:
        assert _is_plain_data(document.data)
        assert document.line_of(("a", 0)) is not None
    assert all(problem.line is None or 1 <= problem.line <= raw.count(b"\n") + 1 for problem in problems)


_ODD = "ab: -'\"<>|=\\\n\xa0é»’ÃÂ©Ðð\x85\u2028\u202e\u200b\u200d\ufffd\ufeff\ufdd0\ue000"
_ESCAPES = (
    r"\n",
    r"\t",
    r"\"",
    r"\\",
    r"\x07",
    r"\u202e",
    r"\u00c3\u00a9",
    r"\xe9",
    r"\u200d",
    r"\e",
    "\\\n ",
    "<<<<<<<",
)


@given(
    st.lists(st.sampled_from([*_ODD, *_ESCAPES, "\r\n"]), max_size=30).map("".join),
    st.sampled_from(("{}", "a: {}", "a: '{}'", 'a: "{}"', "a: |\n  {}", '"{}": b', 'a:\n- ["{}"]')),
)
@example("<<<<<<< x é", "a: {}")
@example(r"<<<<<<< x \"", 'a: "{}"')
@example(r"a\n<<<<<<< b", 'a: "{}"')
@example(r"a\u200d", 'a: "{}"')
@example("caf\u00e9\r\nb: c", "a: {}")
def test_a_quick_look_at_a_text_misses_no_character(text: str, place: str) -> None:
    raw = place.replace("{}", text).encode()
    document, problems = read_document("x.yaml", raw)
    with patch(
        "site_builder.reading.document._is_worth_a_look",
        lambda parsed, text: not text.isascii() or "\\" in text,
    ):
        assert read_document("x.yaml", raw) == (document, problems)
    with patch("site_builder.reading.decoding._ORDINARY", b""):
        assert read_document("x.yaml", raw) == (document, problems)


def test_a_quick_look_is_enough_for_quoted_text_with_escapes() -> None:
    with patch("site_builder.reading.document._check_characters") as slow:
        assert data_of(r'a: "He said: \"«oui»\"\n\tand left"') == {"a": 'He said: "«oui»"\n\tand left'}
    assert not slow.called


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(alphabet="abcé 019:-#&*!'", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc", min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=5), _JSON, min_size=1, max_size=4))
def test_json_is_read_as_json(data: dict[str, object]) -> None:
    document, problems = read_document("x.yaml", json.dumps(data, ensure_ascii=False).encode())
    assert problems == []
    assert document == Document("x.yaml", data, json.dumps(data, ensure_ascii=False).encode())


# Told by the model of the file, which this room does not know.
_OF_THE_MODEL = "unknown-field"


@pytest.mark.shared
def test_every_shared_case_of_yaml_and_encoding_is_told(shared: Path) -> None:
    folder = shared / "bad-inputs"
    cases = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["cases"]
    wrong, seen = [], 0
    for case in cases:
        if case["group"] not in ("yaml", "encoding"):
            continue
        seen += 1
        expected = case["expect"]
        file = case["files"][0]
        document, problems = read_document(file["dest"], (folder / file["src"]).read_bytes())
        told = {(problem.code, problem.line) for problem in problems}
        codes = {code for code, _ in told}
        if expected["problem"] == "none" or (
            expected["problem"] == _OF_THE_MODEL and _OF_THE_MODEL not in codes
        ):
            good = document is not None and not problems
        elif "line" in expected:
            good = (expected["problem"], expected["line"]) in told
        else:
            good = expected["problem"] in codes
        if not good:
            wrong.append((case["id"], expected, problems))
    assert wrong == []
    assert seen >= 54
