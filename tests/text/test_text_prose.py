"""Prose without a parser is what the parser makes of it, for every character and any words."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.text.markdown import LONGEST, render_markdown
from site_builder.text.prose import prose_html

PROSE = (
    'Plain words, with 100 % and (brackets): it\'s "fine"; a/b - c + d! #1 = ~2 | 3 {x} $y ^z @a',
    "Une évaluation : l’écart « non » – “dérive” ¡sí! 👍",
    "تقرير عن الجداول، 60 حالات.",
    "現場で41件の事例を調べ、手順書に「なぜ」を書き足した。",
    "With its \\ and its",
    "First, after *reading the log*: none. It is **very** new, *e*.\n\nMore",
    "a *b* **c** *d*, *e*; **f g**: h\nand *i*.",
    "- planned 53 visits\n- kept *a diary*\n- x",
    "Text:\n\n- one\n- two\n\nText",
    "\nText\n\nText in\ntwo lines\n\n- one\n",
)
OTHERS = (
    "", " ", "\n", "a ", " a", "a  b", "1. One", "1) one", "+ one", "* one", "# a", "*a* b", "a * b", "a *b",
    "a b*", "a *b c", "a *b* *c", "a *b *c", "a *.b.* c", "a *b.* c", "a *b*c", "a b*c* d", "a ***b*** c",
    "a **b* c", "a *b** c", "a _b_ c", "a [b] c", "a <b> c", "a & b", "a &amp; b", "a > b", "a `b` c", "a \\",
    "a\\ b", "a \\b", "a \\\nb", "a\n===", "a\n---", "a\n- b", "- a\n\n- b", "- a\nb", "- a\n  b", "-  a",
    "- ", "- 1", "a\n\n\nb", "a\n b", "a \nb", "a\tb", "a\u00a0b", "a\u3000b", "a\x01b", "a\x7fb", "a\x85b",
    "a\u2028b", "    a", "===", "~~~", "a\r\nb",
)  # fmt: skip
PIECES = ("a", "B.", "1", "*", "**", " ", " ", "\n", "\n\n", "- ", "\\", '"', ":")
UNITS = ("a ", "a *b ", "a *b* ", "a **b", "- a\n", "a\n", "a\n\n", "a \\ ", "a *b.* ")


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_rendered_at_sight(text: str) -> None:
    assert prose_html(text) == render_markdown(text)


@pytest.mark.parametrize("text", OTHERS)
def test_whatever_has_another_sign_is_left_to_the_parser(text: str) -> None:
    assert prose_html(text) in (None, render_markdown(text))


def test_every_character_is_what_it_is_for_the_parser() -> None:
    # Of the higher ones, which no rule speaks of by name, every 61st; all of them take a quarter of a minute.
    signs = [chr(code) for code in (*range(0x3100), *range(0x3100, sys.maxunicode + 1, 61))]
    for form, least in (("a{0}b {0} a", 30_000), ("a *{0}* a *a {0}*,", 5_000)):
        taken = [form.format(sign) for sign in signs if prose_html(form.format(sign)) is not None]
        assert len(taken) > least
        for start in range(0, len(taken), 1_000):
            text = " ".join(taken[start : start + 1_000])
            assert prose_html(text) == render_markdown(text), ascii(text)


@given(st.text("ab Ü読1²Ⅷ.,;:'()/%+-_*\n<&\"\\!“¡~#=\u0301", max_size=14))
def test_any_text_is_what_it_is_for_the_parser(text: str) -> None:
    assert prose_html(text) in (None, render_markdown(text))


@given(
    st.lists(
        st.sampled_from(("a", "B.", "1", "*", "**", " ", " ", "\n", "\n\n", "- ", "\\", '"', ":")),
        max_size=24,
    )
)
def test_any_lines_are_what_they_are_for_the_parser(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert prose_html(text) in (None, render_markdown(text))


@pytest.mark.parametrize("unit", UNITS)
def test_long_texts_take_no_longer(unit: str) -> None:
    text = unit * (LONGEST // len(unit))
    started = time.perf_counter()
    prose_html(text + "*")
    assert time.perf_counter() - started < 1
