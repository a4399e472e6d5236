"""What `init` takes for an answer, and that a name is written so that it reads back as itself."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.reading.document import read_document
from site_builder.starters.adopted import adopted_files
from site_builder.starters.answers import (
    Press,
    country_fault,
    name_fault,
    owner_fault,
    press_from,
    site_fault,
)
from tests.starters.sample import KEYS, answers

_SIGNS = "\"'`:#{}[]&*!|>%@,?-=~\\$<()/ .\n\t\x85\xa0\u2028\u202e\u200f\ufeff"
NAMES = st.text(st.one_of(st.sampled_from(_SIGNS), st.characters()), min_size=1, max_size=30)
ODD = (
    'King\'s "College": #1',
    "null",
    "yes",
    "- a",
    "{a: b}",
    "@URL@",
    "%TAG",
    "\\N",
    "012",
    "École نور 大学",
)


@settings(max_examples=150, deadline=None)
@given(NAMES)
@example(ODD[0])
@example(ODD[5])
def test_whatever_name_is_taken_reads_back_as_that_name(name: str) -> None:
    fault = name_fault(name)
    if fault is None or not fault.is_error:
        files = adopted_files(answers(name=name), KEYS)
        for path, field in (("mkdocs.yml", "site_name"), ("credentials/issuer.yaml", "name")):
            document, problems = read_document(path, files[path])
            assert document is not None
            assert [one for one in problems if one.is_error] == []
            assert document.data[field] == name
            assert yaml.safe_load(files[path])[field] == name


@pytest.mark.parametrize("name", ODD)
def test_signs_of_yaml_are_good(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "is empty"),
        (" Lakeside", "begins or ends with a space"),
        ("Lakeside\nCollege", "must be one line"),
        ("a\tb", "has a tab (U+0009)"),
        ("a\u202eb", "has a bidirectional control character (U+202E)"),
        ("a\u200fb", "has a bidirectional control character (U+200F)"),
        ("a\x00b", "has a control character (U+0000)"),
        ("a\u2028b", "has a line separator (U+2028)"),
        ("${{ secrets.A }}", "has '${{'"),
        ("{{ a }}", "has '{{'"),
        ("<b>College</b>", "must be plain text, without HTML such as '<'"),
        ("x" * 201, "has 201 characters, at most 200 are allowed"),
    ],
)
def test_a_name_that_pages_cannot_hold_is_refused(name: str, message: str) -> None:
    fault = name_fault(name)
    assert fault is not None
    assert fault.message == message


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://badges.example.org/", None),
        ("https://org.github.io/repo/", None),
        ("http://localhost:8000/", "must start with https://, not 'http://'"),
        ("http://badges.example.org/", "must start with https://, not 'http://'"),
        ("badges.example.org", "must start with https://"),
        ("https://Badges.example.org/", "must name its host in lower case, not 'Badges.example.org'"),
        ("https://badges.example.org/?a", "must not have a '?' or '#' part"),
        ("https://badges.example.org/${{a}}/", "has the character '{', which an address cannot hold"),
    ],
)
def test_an_address_that_badges_cannot_have_is_refused(url: str, message: str | None) -> None:
    fault = site_fault(url)
    assert (fault and fault.message) == message


def test_a_press_is_pinned_by_its_whole_commit() -> None:
    assert press_from("acme/press@" + "0a" * 20) == Press("acme/press", "0a" * 20)
    for text in (
        "acme/press@v1",
        "acme/press@" + "0A" * 20,
        "acme/press",
        "acme/p q@" + "0" * 40,
        "x@" + "0" * 40,
    ):
        assert press_from(text) is None


def test_country_and_owner() -> None:
    assert country_fault("CA") is None
    assert country_fault("ca") is not None
    assert owner_fault("") is None
    assert owner_fault("@college/registrars") is None
    assert owner_fault("college\n* @evil") is not None
