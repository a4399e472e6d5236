from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_builder.text import markdown
from site_builder.text.characters import character_fault
from site_builder.text.markdown import (
    LONGEST,
    escape_markdown,
    markdown_fault,
    plain_text,
    render_markdown,
    without_blank_edges,
)
from site_builder.text.pages import page_fault

HTML = "has HTML, which is not allowed"
SCRIPT_LINK = "has a link whose address must start with https://, not 'javascript:'"


@pytest.mark.parametrize(
    "text",
    [
        'O\'Brien & Sons – "Quality" <3',
        "+C1 level (=B2+) -- 100%",
        "1 < 2 and a <= b",
        "A list\n\n- one\n- *two*",
        "[course](https://example.org/x)",
        "<https://example.org/>",
        "`<script>` is a tag",
        "```python\nx = '<b>'\n```",
        "{{ 7*7 }} {%s}",
        "&lt;b&gt; and \\<b>",
        "a ~~~ b",
        "text\n\n---\n\nmore",
    ],
)
def test_good_markdown_passes(text: str) -> None:
    assert markdown_fault(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<script>x()</script>", HTML),
        ("text <b onmouseover=x()>bold</b>", HTML),
        ("<!-- hidden -->", HTML),
        ("half <img src=x onerror=x()", HTML),
        ("[open](javascript:x())", SCRIPT_LINK),
        ("[open](&#x6a;avascript:x())", SCRIPT_LINK),
        ("[open][r]\n\n[r]: javascript:x()", SCRIPT_LINK),
        ("[unused]: javascript:x()", SCRIPT_LINK),
        ("<javascript:x()>", SCRIPT_LINK),
        ("[o](data:text/html;base64,AA)", "has a link whose address must start with https://, not 'data:'"),
        ("[page](../secret.md)", "has a link whose address must start with https://"),
        ("![a](https://example.org/x.png)", "has an image, which is not allowed here"),
        ("# Issued by Famous University\n\n## Verified", "has a heading, which is not allowed"),
        ("Verified\n---", "has a heading, which is not allowed"),
        ("```\nswallows what follows", "has a code block that does not end, which is not allowed"),
        ("```\na\n\n", "has a code block that does not end, which is not allowed"),
        ("text\n~~~~\ncode\n~~~", "has a code block that does not end, which is not allowed"),
        ("[x](https://example.org){: onclick=x }", "has an attribute list ({: …}), which is not allowed"),
        ('--8<-- "/etc/passwd"', "includes another file (--8<--)"),
        ("---\ntemplate: x.html\n---\n", "begins with front matter (---)"),
        ("```mermaid\ngraph TD\n```", "has a code block of the kind 'mermaid', which is not allowed"),
    ],
)
def test_active_markdown_is_refused(text: str, message: str) -> None:
    fault = markdown_fault(text)
    assert fault is not None
    assert (fault.code, fault.message) == ("active-content", message)


@pytest.mark.parametrize("text", ["```\n```", "```py\nx\n\n```\nmore", "~~~\nx\n~~~~", "- ```\n  x\n\nmore"])
def test_a_code_block_that_ends_passes(text: str) -> None:
    assert markdown_fault(text) is None


@pytest.mark.parametrize(
    "text", ["    <b>code</b>", "\n \t\n    <b>code</b>\n\n", "\t<b>code</b>", "  words  \n", "\n\nwords"]
)
def test_blank_lines_go_and_code_stays_code(text: str) -> None:
    kept = without_blank_edges(text)
    assert markdown_fault(text) is None
    assert render_markdown(f"## Criteria\n\n{kept}").partition("\n")[2] == render_markdown(text)


@given(st.text(alphabet=st.sampled_from("a1 <>[]()!*_`~#+-=.\\\n\t"), max_size=40))
def test_what_passes_cannot_act_or_swallow_what_follows_in_a_narrative(text: str) -> None:
    if markdown_fault(text) is None:
        narrative = f"## Criteria\n\n{without_blank_edges(text)}\n\n## Benchmark\n\nwords"
        tokens = MarkdownIt("commonmark", {"html": True}).parse(narrative)
        inner = [child for token in tokens for child in [token, *(token.children or ())]]
        assert not [token for token in inner if token.type.startswith("html")]
        assert [token.content for token in tokens if token.type == "inline"][-2:] == ["Benchmark", "words"]


def test_a_long_text_is_refused_before_it_costs_time() -> None:
    fault = markdown_fault("a" * (LONGEST + 1))
    assert fault is not None
    assert (fault.code, fault.message) == ("too-long", "is too long (20001 characters, at most 20000)")
    with pytest.raises(ValueError, match="was not checked before rendering"):
        render_markdown("a" * (LONGEST + 1))


@pytest.mark.parametrize("unit", ["[", "![[", "[a](", "*a_ ", "`", "<", "> ", "- ", "[a][b]", "**a", "&"])
def test_bombs_are_quick(unit: str) -> None:
    text = unit * (LONGEST // len(unit))
    started = time.perf_counter()
    markdown_fault(text)
    render_markdown(text)
    assert time.perf_counter() - started < 5


def test_rendering_keeps_to_the_allowlist() -> None:
    rendered = render_markdown(
        "# Verified\n\n*a* <b>x</b> [l](https://example.org/?a=1&b=2) ![i](https://e.org/x)\n\n---"
    )
    assert rendered == (
        "<p><strong>Verified</strong></p>\n"
        "<p><em>a</em> &lt;b&gt;x&lt;/b&gt; "
        '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">l</a> '
        '!<a href="https://e.org/x" rel="nofollow noopener">i</a></p>'
    )


def test_plain_text_drops_the_marks() -> None:
    assert plain_text("# A *b*\n\n- c [d](https://example.org)\n- e\nf\n\n```\ng\n```") == "A b\nc d\ne f\ng"


@given(st.text(alphabet=st.sampled_from("ab1 <>[]()!*_`~#+-=.&;:/\\{}|\"'\n"), max_size=60))
def test_rendered_html_is_always_made_of_the_allowed_tags(text: str) -> None:
    tags = set(re.findall(r"<\s*/?\s*([A-Za-z!?][^\s>]*)", render_markdown(text)))
    assert tags <= {"p", "em", "strong", "ul", "ol", "li", "code", "pre", "blockquote", "a", "br"}


@given(
    st.one_of(
        st.text(max_size=50),
        st.text(alphabet=st.sampled_from("ab1 <>[]()!*_`~#+-=.&;:/\\{}|\"'"), max_size=40),
        st.sampled_from(
            ["1. a", "- a", "+ a", "# a", "> a", "=== ", "---", "&amp;", "&#60;b&#62;", "<b>", "a_b_c"]
        ),
    )
)
def test_escaped_text_is_shown_as_it_was_written(text: str) -> None:
    if character_fault(text, multiline=False) is not None or not text.strip(" \xa0"):
        return
    line = text.strip()
    shown = MarkdownIt("commonmark", {"html": True}).render(escape_markdown(line))
    assert html.unescape(shown) == f"<p>{line}</p>\n" if line else shown == ""
    assert plain_text(escape_markdown(line)) == line


def test_escaping_leaves_plain_words_alone() -> None:
    for text in (
        "+C1 level (=B2+) -- 100%",
        'O\'Brien & Sons – "Quality" <3',
        "Data (intermediate): 3.5 hours!",
    ):
        assert escape_markdown(text) == text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<script>x()</script>", "an active HTML element"),
        ("!!! note\n\n    <script>x()</script>", "an active HTML element"),
        ("a <b onclick=x()>b</b>", "an event handler"),
        ("[x](javascript:x())", "an address that runs code"),
        ('<a href="jav&#x61;script:x()">x</a>', "an address that runs code"),
        ("![x](https://example.org/x.png)", "an image of another host"),
        ('[x](y.md){ onclick="x()" }', "an attribute that runs code"),
    ],
)
def test_a_page_may_not_hold_what_runs(text: str, what: str) -> None:
    found = page_fault("Words.\n\n" + text)
    assert found is not None
    assert found.line >= 3
    assert (found.fault.code, found.fault.message) == (
        "active-content",
        f"the page holds {what}, which is not allowed",
    )


@pytest.mark.parametrize(
    "text",
    [
        "`<script>`",
        "```html\n<script>\n```",
        "<details markdown>\n<summary>x</summary>\n</details>",
        "![x](img.png)",
        "[x](y.md){ .md-button }",
        "see <https://example.org>",
        "<kbd>x</kbd> turn on = yes",
        "the data: model",
    ],
)
def test_a_page_may_hold_layout_and_examples(text: str) -> None:
    assert page_fault(text) is None


_MARKS = (
    *("word", "1. ", "- ", "-", "--", "---", " ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "* ", "*", "**"),
    *("_", "+ ", "+++", "#", "# ", "=", "===", ">", "> ", "<", "</b>", "<b>", "&lt;b", "&", "`", "```"),
    *("[", "](https://a.example)", "![", "[x]: y", "{", "{: x}", "\\", "|", "!", ":", "://", "@", "é"),
    *("~~~", "\xa0", "\u2028", "-8<-", "-->8--", "\x00"),
)  # fmt: skip


@given(st.lists(st.sampled_from(_MARKS), max_size=14).map("".join))
@example("Words\n-")
@example("- Words\n  ---")
@example("\n --- ")
@example("1. Words\n   -\t")
def test_a_quick_look_at_markdown_says_what_the_full_one_does(text: str) -> None:
    assert markdown_fault(text) == markdown._fault_in_full(text)


@pytest.mark.parametrize(
    "text", ["Two reports (2026), *led* by her – « bien »!", "- one\n- two\n\n1. three\n\n   - 4"]
)
def test_prose_needs_no_more_than_a_quick_look(text: str) -> None:
    assert markdown._is_prose(text)
