"""The mark on every page of a preview: visible, spoken by screen readers, printed, and kept out of searches.

A preview is an ordinary site of which each page is marked when it is made. So no page can be forgotten, and
no page of an ordinary site knows of previews. Pure: HTML in, HTML out.
"""

from __future__ import annotations

import re
from importlib.resources import files

from markupsafe import Markup

from site_builder.artifact import Artifact
from site_builder.exports.html import relative
from site_builder.messages import LANGUAGES, load
from site_builder.pages.crawlers import ROBOTS

STYLESHEET = "assets/badgepress/preview.css"
"""The stylesheet of the mark."""
_NOT_FOUND = "404.html"
_ROBOTS = re.compile(r'<meta name="robots" content="[^"]*">\n?')
_BODY = re.compile(r"<body\b[^>]*>")
_LANGUAGE = re.compile(r'<html\b[^>]*\blang="([^"]+)"')


class NotAPage(ValueError):  # noqa: N818 - it says what happened
    """The HTML has no head, body or language to be marked: our bug, for all of them are ours."""


def preview_artifacts() -> list[Artifact]:
    """Return what a preview has besides: the mark's stylesheet, and a word to crawlers (RFC 9309)."""
    style = (files("site_builder.pages") / "styles" / "preview.css").read_bytes()
    return [Artifact(STYLESHEET, style), Artifact(ROBOTS, b"User-agent: *\nDisallow: /\n")]


def marked(path: str, html: str) -> str:
    """Return the page at ``path`` of the site folder with the mark at its beginning, in its own language.

    Search engines are told not to keep it, whatever the page said before. Raises ``NotAPage``.
    """
    head, end, rest = html.partition("</head>")
    body, language = _BODY.search(rest), _LANGUAGE.search(head)
    if not end or body is None or language is None:
        raise NotAPage(path)
    # What a host shows for an address that is not there is shown at any depth: its links start at the root.
    style = f"/{STYLESHEET}" if path == _NOT_FOUND else relative(path, STYLESHEET)
    told = f'<meta name="robots" content="noindex, nofollow">\n<link rel="stylesheet" href="{style}">\n'
    mark = _mark(language[1].split("-")[0])
    return f"{_ROBOTS.sub('', head)}{told}{end}{rest[: body.end()]}\n{mark}{rest[body.end() :]}"


def _mark(language: str) -> Markup:
    words = load(language if language in LANGUAGES else LANGUAGES[0])
    # Its own language is named, because award pages change theirs to the reader's.
    return Markup(
        '<aside class="preview-mark" aria-label="{}" lang="{}" dir="{}"><strong>{}</strong> {}</aside>'
    ).format(
        words("preview.label"), words.language, words.direction, words("preview.label"), words("preview.why")
    )
