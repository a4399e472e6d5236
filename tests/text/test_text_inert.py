"""Words of others in GitHub's Markdown: shown as they are written, and nothing but words."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.problems import printable
from site_builder.text.inert import inert_markdown
from tests.support.github_markdown import Shown

SIGNS = st.text(st.sampled_from("`|\\@#:/.wWhH$<>&![]()*_~-=+ ag1'\"{}^;\n\u200b"), max_size=40)
WORDS = (
    "@admin @org/team #12 o/r#1 GH-7 https://canary.invalid/ www.canary.invalid a@canary.invalid"
    " mailto:a@b.ca :tada: deadbeefcafe"
    " $x$ $`x`$ | \\ ` `` <img\u00a0src=x> ![x](y) [x](y) <!-- &lt; &#64; \\| ~~ ** a '"
)
HOSTILE = st.lists(st.sampled_from([*WORDS.split(" "), " ", "\n"]), max_size=8).map("".join)


@settings(max_examples=60)
@given(SIGNS | HOSTILE | st.text(max_size=40))
@example("\\|")
@example("`|@admin")
@example("| a | b |\n|---|---|\n| <script>xss_canary()</script> |")
def test_any_text_is_shown_as_written_and_does_nothing(text: str) -> None:
    shown = Shown(f"| a | b | c |\n| --- | --- | --- |\n| x | {inert_markdown(text)} | y |\n")
    assert shown.rows[1:] == [["x", printable(text).strip(), "y"]]
    assert shown.alive == []


@pytest.mark.parametrize(
    "text",
    [
        "@admin",
        "see #12",
        "https://x.y",
        "[x](y)",
        "![x](y)",
        "<b onclick=x()>",
        "<!-- -->",
        "<i hidden>",
        ":x:",
    ],
)
def test_what_is_not_made_inert_is_seen_to_be_alive(text: str) -> None:
    assert Shown(f"| a |\n| --- |\n| {text} |\n").alive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "level must be foundational, intermediate or advanced, not 'expert'",
            "level must be foundational, intermediate or advanced, not 'expert'",
        ),
        ("known: a-b, c/d.yaml", "known: a-b, c/d.yaml"),
        ("ask @admin at https://a.ca/", "ask `@admin` at `https://a.ca/`"),
        ("a|b *c* <i>", "a&#124;b &#42;c&#42; &#60;i&#62;"),
        ("@a|b", "&#64;\u200ba&#124;b"),
        ("$`x`$", "<span>&#36;</span>&#96;x&#96;<span>&#36;</span>"),
        ("x\ny", "x&#60;U+000A&#62;y"),
    ],
)
def test_plain_words_stay_readable(text: str, expected: str) -> None:
    assert inert_markdown(text) == expected


def test_a_long_text_is_cut() -> None:
    assert inert_markdown("x" * 100, 10) == "x" * 9 + "…"
