"""Words of others in GitHub's Markdown: shown as they are written, and nothing but words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_builder.problems import printable
from site_builder.text.inert import inert_markdown

_GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What GitHub looks for in the text of a rendered page, outside code.
_ALIVE = re.compile(
    r"@\w|#\w|:\w+:|\w+://|mailto:\w|www\.\w|GH-\d|(?<![0-9a-f])[0-9a-f]{7,40}(?![0-9a-f])|\$", re.IGNORECASE
)


class _Seen(HTMLParser):
    """What is on a rendered page: its elements, its text, and the pieces of text outside code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.cells: list[str] = []
        self.loose: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._open.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "td" in self._open:
            self.cells[-1] += data
        if not {"code", "span"} & set(self._open):
            self.loose.append(data)


def in_a_table(text: str) -> _Seen:
    """Return what a table shows that has ``text`` in a cell between two others."""
    return _Seen(_GITHUB.render(f"| a | b | c |\n| --- | --- | --- |\n| x | {inert_markdown(text)} | y |\n"))


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
    seen = in_a_table(text)
    assert len(seen.cells) == 3
    assert (seen.cells[0], seen.cells[2]) == ("x", "y")
    assert seen.cells[1].replace("\u200b", "") == printable(text).strip()
    assert set(seen.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "code", "span"}
    assert seen.attributes == set()
    assert [piece for piece in seen.loose if _ALIVE.search(piece)] == []


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
