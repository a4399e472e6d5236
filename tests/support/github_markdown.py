"""Markdown as GitHub shows it, and what in it does more than say words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

_GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_QUIET = frozenset(
    {"h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
    | {"code", "span", "strong", "em"}
)
# What GitHub looks for in the text of a rendered page, outside code.
_ALIVE = re.compile(
    r"@\w|#\w|:\w+:|\w+://|mailto:\w|www\.\w|GH-\d|(?<![0-9a-f])[0-9a-f]{7,40}(?![0-9a-f])|\$", re.IGNORECASE
)


class Shown(HTMLParser):
    """A rendered page: the cells of its tables, row by row, and what is alive on it."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[str] = []
        self.alive: list[str] = []
        """Elements and attributes that are no plain text, and text that GitHub would make more of."""
        self._open: list[str] = []
        self.feed(_GITHUB.render(markdown))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open.append(tag)
        self.alive += [f"<{tag} {name}>" for name, _ in attrs] + ([] if tag in _QUIET else [f"<{tag}>"])
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_comment(self, data: str) -> None:
        self.alive.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data.replace("\u200b", "")
        if not {"code", "span"} & set(self._open) and _ALIVE.search(data):
            self.alive.append(data)
