"""Words of others in Markdown that GitHub renders: they read as written, and are nothing but words there.

More acts there than CommonMark knows (GitHub Flavored Markdown 6.9, and what GitHub adds to it): bare
addresses, ``@name``, ``#12`` and ``owner/repository#12``, names of commits, ``:smile:``, ``$x$``. Most of it
is looked for behind the Markdown, in the text as it is shown, where an escaped sign is a sign again. In code
it is not looked for. So a word that could be one of these becomes code, or is broken by a sign of no width.
"""

from __future__ import annotations

import re

from site_builder.problems import printable

_BREAK = "\u200b"
# A letter, and the signs that mean nothing within a line, whatever stands beside them.
_PLAIN = re.compile(r"[^\x00-\x1f!-/:-@\[-`{-~]|[,;:.?%()'\"/=+-]")
# Addresses, names, issues, small pictures (one may begin behind a colon), formulas, commits.
_LIVES = re.compile(r"[@#$]|:.|www\.|GH-|[0-9a-f]{7}", re.IGNORECASE)
_NO_CODE = re.compile(r"[`|\\]")
# Between the two parts of each match nothing may be seen as one thing.
_JOINTS = re.compile(r"(?<=[@#:])|(?<=www)(?=\.)|(?<=GH)(?=-)|(?<=[0-9a-f]{6})(?=[0-9a-f])", re.IGNORECASE)


def inert_markdown(text: str, limit: int = 2000) -> str:
    """Return Markdown of one line that shows ``text`` (at most ``limit`` characters of it) and does nothing.

    It may stand within a paragraph, an item of a list, or a cell of a table (GFM 4.10), not at the start of a
    line, where a sign of ours belongs. No link, image, HTML, mention, formula or mark comes of it. Control
    and invisible characters are written as U+XXXX.
    """
    return " ".join(map(_word, printable(text, limit).split(" ")))


def _word(word: str) -> str:
    if _LIVES.search(word) is None:
        return "".join(map(_escaped, word))
    if _NO_CODE.search(word) is None:
        return f"`{word}`"
    return "".join(map(_escaped, _JOINTS.sub(_BREAK, word)))


def _escaped(char: str) -> str:
    """Return a sign as its number: that is text (CommonMark 6.2), never a mark or the edge of a cell."""
    if char == "$":
        return "<span>&#36;</span>"  # a formula is looked for in the text around tags
    return char if _PLAIN.fullmatch(char) else f"&#{ord(char)};"
