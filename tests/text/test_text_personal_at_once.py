"""A quick look finds nothing only where there is nothing, and it is enough for ordinary files."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import PropertyMock, patch

from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.personal import find_personal, finds_nothing, readings
from site_builder.text.personal.cues import Cue
from site_builder.text.personal.mail import may_have_signs, signs
from site_builder.text.personal.wholes import sort_out
from tests.text.test_text_personal import DISGUISES, HOSTILE, ORDINARY

_MODULES = "site_builder.text.personal"
_B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_EVERY = [text for group in (*DISGUISES.values(), *ORDINARY.values()) for text in group]

_hex = st.text("0123456789abcdef")
_uuids = st.uuids().map(str) | st.builds(
    lambda digits: str(uuid.UUID(digits)), st.text("0123456789", min_size=32, max_size=32)
)
_addresses = st.builds(
    lambda *parts: "https://" + "".join(parts),
    st.sampled_from(
        ("evidence.example.org", "x.com", "jane.academia.edu", "t.me", "linkedin.com", "orcid.org")
    ),
    *[
        st.sampled_from(("/", "/in/", "/@", "/~jane", "/student/20231234", "/2026-11-22/", "?id=", "#tel-"))
        | st.text("abcjne0123456789/-._?#:", max_size=24)
        | _uuids
        for _ in range(3)
    ],
)
_said = st.sampled_from(("jane@example.org", "j@x.io", "jane&#64;example.org", "jane%40example.org", "none"))
_long = st.builds(
    lambda said, head: head + base64.b64encode(said.encode()).decode().rstrip("="),
    _said,
    st.sampled_from(("", "A", "z6Mk", "z6M")),
)
_wallets = st.builds("did:key:z{}".format, st.text(_B58, min_size=18, max_size=60)) | _long.map(
    "did:key:z6Mk{}".format
)
_dates = st.dates().map(str)
_texts = st.one_of(
    st.sampled_from(_EVERY),
    *(_uuids, _addresses, _wallets, _dates, _long, _hex, st.text(max_size=20)),
    st.lists(st.sampled_from(HOSTILE) | st.sampled_from(_EVERY), max_size=4).map("".join),
)


@given(st.lists(_texts, max_size=6))
def test_where_a_quick_look_finds_nothing_there_is_nothing(texts: list[str]) -> None:
    if finds_nothing(texts):
        assert [text for text in texts if find_personal(text)] == []


def test_a_quick_look_passes_nothing_that_is_found() -> None:
    assert [text for group in DISGUISES.values() for text in group if finds_nothing([text])] == []


def test_a_quick_look_is_enough_for_ordinary_files() -> None:
    ids = [str(uuid.UUID(int=number * 10**36, version=4)) for number in range(99)]
    values = ["2026-11-22", "An oral examination", f"https://evidence.example.org/2026/{ids[3]}/report.html"]
    assert finds_nothing([*ids, *values, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"])
    passed = [text for group in ORDINARY.values() for text in group if finds_nothing([text])]
    assert len(passed) > 0.6 * sum(map(len, ORDINARY.values()))


def test_what_says_nothing_as_a_whole_is_told_by_its_form() -> None:
    some = [
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "2026-11-22",
        "https://a.example/b",
        "did:key:z" + "6" * 40,
    ]
    assert sort_out(some) == ([], some[2:3], some[3:])
    prose = [
        "0F8FAD5B-D9CB-469F-A165-70867728950E",
        "https://a.example/?a=b",
        "https://a.example/@b",
        "did:web:a.b",
    ]
    assert sort_out(prose) == (prose, [], [])


@contextmanager
def _without_quick_looks() -> Iterator[None]:
    """Take every short cut out of the search, one pattern over everything as it once was."""
    answers: tuple[tuple[str, Any], ...] = (
        ("numbers.may_hold_number", lambda text: True),
        ("readings._is_plain", lambda text: False),
        ("people._GENITIVE_ENDS", ("",)),
        ("profiles._is_worth_a_search", lambda text: True),
    )
    with ExitStack() as stack:
        for name, answer in answers:
            stack.enter_context(patch(f"{_MODULES}.{name}", answer))
        stack.enter_context(patch.object(Cue, "begins_a_word", PropertyMock(return_value=False)))
        yield


@given(st.lists(_texts, max_size=4).map("\n".join))
def test_the_search_finds_the_same_without_its_short_cuts(text: str) -> None:
    found = find_personal(text)
    with _without_quick_looks():
        assert find_personal(text) == found


@given(
    st.lists(st.sampled_from((*HOSTILE, *_EVERY, "AT", "at", "xATy.example", "аATx.org", "\n")), max_size=6)
)
def test_text_without_a_sign_at_first_look_has_none(pieces: list[str]) -> None:
    for text in ("".join(pieces), readings.latin("".join(pieces))):
        if not may_have_signs("".join(pieces)):
            assert list(signs(text)) == []


@given(st.lists(st.text(max_size=8) | st.sampled_from(HOSTILE) | st.sampled_from(_EVERY), max_size=5))
def test_what_only_looks_different_is_undone_line_by_line(pieces: list[str]) -> None:
    for text in ("\n".join(pieces), "".join(pieces)):
        assert readings._plain(text) == (text if readings._is_plain(text) else readings._folded(text))


def test_only_so_many_texts_are_remembered() -> None:
    known: set[str] = set()
    with patch(f"{_MODULES}._HARMLESS", known), patch(f"{_MODULES}._MOST_HARMLESS", 3):
        assert finds_nothing(["a", "b " * 60])
        assert known == {"a"}
        assert finds_nothing(["a", "c", "d", "e", "f"])
        assert len(known) == 3
        assert not finds_nothing(["a", "jane@example.org"])
        assert len(known) == 3
