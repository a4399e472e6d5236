"""What is remembered of a folder is read as it was written, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.publishing.standing import Cohort, Standing, read_marks, read_standing

_TEXTS = st.text(max_size=20)
_COHORTS = st.dictionaries(_TEXTS, st.builds(Cohort, _TEXTS, _TEXTS, _TEXTS, _TEXTS), max_size=4)
STANDING = Standing(
    asked="a", place=[1, 2], folders=3, told={"awards": 3}, cohorts={"issued/a.yaml": Cohort("k", "n", "i")}
)
RAW = b"".join(STANDING.pieces())


@given(_COHORTS, _TEXTS)
def test_it_is_read_as_it_was_written(cohorts: dict[str, Cohort], text: str) -> None:
    standing = Standing(asked=text, pages=[text], cohorts=cohorts)
    raw = b"".join(standing.pieces())
    assert read_standing(raw) == standing
    assert read_marks(raw) == Standing(asked=text, pages=[text])


@pytest.mark.parametrize(
    "raw",
    [
        None,
        b"",
        b"[]\n",
        b"7\n",
        b'{"unknown":1}\n',
        RAW[:-9],
        RAW + b'["a","b"]\n',
        RAW + b'[["a"],"b","c","d","e"]\n',
        RAW + b'["a","b","c","d","e","f","g"]\n',
        RAW + b"\xff\n",
    ],
)
def test_what_no_build_wrote_is_nothing(raw: bytes | None) -> None:
    assert read_standing(raw) is None


def test_of_one_that_was_cut_the_marks_may_still_be_read() -> None:
    assert read_marks(RAW[:-9]) == Standing(asked="a", place=[1, 2], folders=3, told={"awards": 3})
