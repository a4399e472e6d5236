"""HTML by templates: for the award page here, and for the catalog's pages in the room below."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache, partial
from itertools import takewhile
from string import Formatter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from site_builder.assembling.words import number
from site_builder.messages import Words
from site_builder.text.languages import direction
from site_builder.text.markdown import LONGEST, render_markdown
from site_builder.text.prose import prose_html

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The Content Security Policy of every page (CSP Level 3): nothing inline runs, nothing foreign is asked."""


@cache
def templates(package: str, words: Words) -> Environment:
    """Return the templates in ``package``'s folder ``templates``, speaking the language of ``words``.

    ``t(key, name=value)`` in them is a sentence of the interface; a value that is HTML of ours stays HTML.
    Everything put into them is escaped, and a name that was not given is an error. Only ``markdown`` and
    ``paragraphs`` return HTML: the first through the allowlist of :mod:`site_builder.text.markdown`, the
    second from escaped text.
    """
    # Slow to import, and many commands fill no template.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from site_builder.exports.bytecode import COMPILED

    environment = Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A template never changes while the press runs.
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
    environment.filters.update(
        day=partial(day_in_words, words),
        period=words.period,
        number=number,
        markdown=markdown,
        paragraphs=paragraphs,
        host=host,
    )
    environment.globals.update(
        t=partial(sentence, words), words=words, in_language=partial(in_language, page=words.language)
    )
    return environment


def sentence(words: Words, key: str, **values: object) -> Markup:
    """Return a sentence of the interface as HTML: escaped, and so are its values unless they are Markup.

    Raises KeyError for an unknown key, and for a value that the sentence has and was not given.
    """
    html: list[str] = []
    for literal, name in _in_pieces(words.template(key, values.get("n"))):
        html.append(literal)
        if name is not None:
            value = values[name]
            html.append(escape(words.number(value) if isinstance(value, int | float) else value))
    return Markup("".join(html))  # noqa: S704 - each piece was escaped


@lru_cache(2048)
def _in_pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """Return a sentence's own words, escaped, each with the name of the value behind them."""
    pieces = []
    for literal, name, form, conversion in Formatter().parse(template):
        if form or conversion or (name is not None and not name.isidentifier()):
            raise ValueError(f"{template!r}: a value of a sentence is a name in braces, no more")
        pieces.append((str(escape(literal)), name))
    return tuple(pieces)


@lru_cache(4096)
def day_in_words(words: Words, day: date) -> str:
    """Return a date in words; the few days of a site's cohorts are put in words once."""
    return words.day(day)


def markdown(text: str) -> Markup:
    """Return an author's Markdown as HTML, through the allowlist."""
    html = prose_html(text) if len(text) <= LONGEST else None
    # Prose has no sign that needs an escape, and the rest is cleaned by nh3.
    return Markup(render_markdown(text) if html is None else html)  # noqa: S704


def paragraphs(text: str) -> Markup:
    """Return an author's plain text as paragraphs, which an empty line parts."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts if part)


def host(address: str) -> str:
    """Return the host of an address: what a reader needs to know before following a link."""
    return urlsplit(address).hostname or address


def link(address: str, text: str) -> Markup:
    """Return a link with these words."""
    return Markup(f'<a href="{escape(address)}">{escape(text)}</a>')  # noqa: S704 - both were escaped


def in_language(tag: str, page: str) -> Markup:
    """Return the attributes ``lang`` and ``dir`` for words in this language; none if it is the page's own."""
    if tag.split("-")[0] == page:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(escape(tag), direction(tag))


def relative(start: str, target: str) -> str:
    """Return the link from the page at ``start`` to ``target``, both paths in the site folder.

    Relative links work below any base path. A page's ``index.html`` is left off.

    >>> relative("issued/1/index.html", "credentials/sums/index.html")
    '../../credentials/sums/'
    """
    is_page = target == "index.html" or target.endswith("/index.html")
    here, there = start.split("/")[:-1], target.split("/")[: -1 if is_page else None]
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    link = "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
    return f"{link}/" if is_page else link
