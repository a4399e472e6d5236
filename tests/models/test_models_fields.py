"""Texts of one form: pydantic's own patterns say what Python's do, and the words come with the pattern."""

from __future__ import annotations

import re
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from site_builder.models.fields import Country, Pseudonym
from site_builder.models.rules import FORMS
from site_builder.models.wording import wrong_value

_CHARACTERS = "0123456789abcdefzABZ$:.%-_ \n\r\u2028\u0660éK\x00sha256did:key:z6Mk"


@pytest.mark.parametrize("pattern", sorted(FORMS))
def test_a_pattern_means_the_same_to_rust_and_to_python(pattern: str) -> None:
    form: Any = Annotated[str, Field(pattern=pattern)]
    kind: TypeAdapter[str] = TypeAdapter(form)

    @given(
        st.from_regex(pattern[1:-1], fullmatch=True),
        st.text(_CHARACTERS, max_size=2),
        st.integers(0, 80),
    )
    def agree(text: str, slip: str, place: int) -> None:
        for said in (text, text[:place] + slip + text[place:], text[:place] + text[place + 1 :], text + "\n"):
            assert _is_valid(kind, said) == (re.fullmatch(pattern[1:-1], said) is not None)

    agree()


def _is_valid(kind: TypeAdapter[str], text: str) -> bool:
    try:
        kind.validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        (Country, "ca", "must be two capital letters (ISO 3166), not 'ca'"),
        (Country, "CA\n", "must be two capital letters (ISO 3166), not 'CA<U+000A>'"),
        (Pseudonym, "jane@example.org", "must be 32 hexadecimal digits in lower case"),
    ],
)
def test_a_wrong_form_is_told_and_nothing_personal_is_repeated(kind: Any, text: str, message: str) -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(text)
    [detail] = raised.value.errors()
    code, told, hint = wrong_value(detail)
    assert (code, told) == ("bad-format", message)
    assert hint
