from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.ids import file_name_fault, id_fault, version_fault

RULE = "ids use a-z, 0-9 and dash, 1 to 80 characters"


@pytest.mark.parametrize("text", ["a1", "a", "7", "a-" * 39 + "zz", "data-literacy", "a--b"])
def test_a_good_id_passes(text: str) -> None:
    assert id_fault(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"is empty; {RULE}"),
        ("../x", f"has a character that is not allowed ('.', U+002E); {RULE}"),
        ("fork lift", f"has a character that is not allowed (U+0020); {RULE}"),
        ("f\u043erklift", f"has a character that is not allowed (U+043E); {RULE}"),
        ("fork\u200blift", f"has a character that is not allowed (U+200B); {RULE}"),
        ("-rf", f"must start and end with a letter or a digit, not '-rf'; {RULE}"),
        ("a" * 81, f"is too long (81 characters); {RULE}"),
        ("con", "must not be 'con', a name reserved on Windows"),
        ("index", "must not be 'index', a name the site needs itself"),
        ("constructor", "must not be 'constructor', a name the site needs itself"),
        ("a\n", f"has a character that is not allowed (U+000A); {RULE}"),
    ],
)
def test_a_bad_id_is_told_with_the_rule(text: str, message: str) -> None:
    fault = id_fault(text)
    assert fault is not None
    assert (fault.code, fault.message) == ("bad-id", message)


def test_a_near_miss_gets_a_suggestion_and_a_foreign_letter_none() -> None:
    near, foreign = id_fault("Fork Lift"), id_fault("f\u043erklift")
    assert near is not None
    assert near.hint == "for instance 'fork-lift'"
    assert foreign is not None
    assert foreign.hint == ""


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("con.yaml", "is reserved on Windows"),
        ("a" * 101, "is too long (101 characters, at most 100)"),
        ("caf\udce9.yaml", "is not UTF-8; file names may use a-z, 0-9, dash and dot"),
        (
            "a\n::b.yaml",
            "has a character that is not allowed (U+000A); file names may use a-z, 0-9, dash and dot",
        ),
        (
            "-a.yaml",
            "must start and end with a letter or a digit, not '-a.yaml'; "
            "file names may use a-z, 0-9, dash and dot",
        ),
    ],
)
def test_a_bad_file_name_is_told(name: str, message: str) -> None:
    fault = file_name_fault(name)
    assert fault is not None
    assert (fault.code, fault.message) == ("bad-file-name", message)


@pytest.mark.parametrize("name", ["forklift.yaml", "1.0.yaml", "2026", "a-b.svg"])
def test_a_good_file_name_passes(name: str) -> None:
    assert file_name_fault(name) is None


@pytest.mark.parametrize("text", ["1", "1.0", "2.13.4", "0.1"])
def test_a_good_version_passes(text: str) -> None:
    assert version_fault(text) is None


@pytest.mark.parametrize("text", ["", "01", "1.", "1.0.0.0", "v1", "1.0\n", "..", "١"])
def test_a_bad_version_is_told(text: str) -> None:
    fault = version_fault(text)
    assert fault is not None
    assert fault.code == "bad-version"
    assert fault.message.startswith("must be one to three numbers with dots between, not ")


@given(st.text(alphabet="abz019-./\\ \n", max_size=90))
def test_every_accepted_id_is_one_safe_path_segment(text: str) -> None:
    if id_fault(text) is None:
        assert text.strip("-") == text
        assert set(text) <= set("abz019-")
        assert file_name_fault(f"{text}.yaml") is None
