"""Where in a model a location points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.models.award import Award, AwardFile
from site_builder.models.credential import Assessment, CredentialSpec
from site_builder.models.shape import Location, either, expected_at, field_at, leaves, model_at, texts_with


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ((), "a mapping of fields"),
        (("awards",), "a list"),
        (("awards", 3), "a mapping of fields"),
        (("awards", 3, "parts", 0), "text"),
        (("awards", 3, "expires"), "a date such as 2026-11-22"),
        (("awards", 3, "results", "score"), "a number"),
        (("awards", 3, "status_index"), "a whole number"),
        (("awards", 3, "listing"), "unlisted or listed"),
    ],
)
def test_expected_at(location: Location, expected: str) -> None:
    assert expected_at(AwardFile, location) == expected


def test_model_and_field_at() -> None:
    assert model_at(AwardFile, ("awards", 0)) is Award
    assert model_at(CredentialSpec, ("assessment", 7)) is Assessment
    assert model_at(CredentialSpec, ("name",)) is None
    assert model_at(CredentialSpec, ("nothing", "here")) is None
    assert field_at(CredentialSpec, ("assessment", 7, "how")) is Assessment.model_fields["how"]
    assert field_at(CredentialSpec, ()) is None
    assert field_at(CredentialSpec, ("tags", 0)) is None


def test_either() -> None:
    assert [either(("a",)), either(("a", "b")), either(("a", "b", "c"))] == ["a", "a or b", "a, b or c"]


def test_leaves() -> None:
    found = leaves({"a": [1, {"b": None}], "c": {}})
    assert sorted(found, key=str) == [(("a", 0), 1), (("a", 1, "b"), None)]


_DATA = st.recursive(
    st.none() | st.integers() | st.sampled_from(["", "x", "https://a.example", "see https://a.example/"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
)


@given(st.dictionaries(st.sampled_from("abcd"), _DATA))
def test_texts_with_a_sign_come_in_the_order_of_leaves(data: dict[str, object]) -> None:
    expected = [(at, text) for at, text in leaves(data) if isinstance(text, str) and "https://" in text]
    assert list(texts_with("https://", data)) == expected
