"""Prose is most of what authors write: Markdown that takes no parser, only an eye for what is no prose.

What is rendered here is what :func:`site_builder.text.markdown.render_markdown` makes of it. Whatever has a
sign in it that may be read in a second way is left to that.
"""

from __future__ import annotations

import re

# No word has a sign that Markdown or HTML may read as anything but itself, and one space parts two of them.
# Groups are not possessive: before 3.11.5 Python takes for a match what such a group leaves over.
_WORD = r"[^\s\\`*_\[\]<>&\x00-\x1f\x7f-\x9f\ud800-\udfff]++"
_WORDS = rf"(?=[^\W_]){_WORD}(?: {_WORD})*(?<=[^\W_])"
# Stars between a space and a letter can only open, those between a letter and a space or a mark only close
# (CommonMark 0.31.2, 6.2). A backslash before a space escapes nothing (2.4).
_STRESSED = rf"(?:\*{_WORDS}\*|\*\*{_WORDS}\*\*)[.,;:]?+(?=[ \n]|\Z)"
# A line that begins with a letter begins nothing but a paragraph, and belongs to the one above it (4.8).
_LINE = rf"(?=[^\W\d_]){_WORD}(?: (?:{_WORD}|{_STRESSED}|\\(?= )))*"

_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*")
_LIST = re.compile(rf"- {_LINE}(?:\n- {_LINE})*")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
_EMPHASIS = re.compile(r"\*([^*]+)\*")


def prose_html(text: str) -> str | None:
    """Return plain and stressed words, in paragraphs and lists, as HTML; None for any other Markdown."""
    blocks: list[str] = []
    after_list = False
    for block in text.strip("\n").split("\n\n"):
        if _PARAGRAPH.fullmatch(block):
            html, after_list = f"<p>{block}</p>", False
        elif not after_list and _LIST.fullmatch(block):
            # A second one would be more of the first.
            items = block[2:].replace("\n- ", "</li>\n<li>")
            html, after_list = f"<ul>\n<li>{items}</li>\n</ul>", True
        else:
            return None
        blocks.append(html)
    html = "\n".join(blocks)
    if "*" in html:
        html = _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", html))
    return html
