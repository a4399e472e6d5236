"""HTML by templates: for the award page here, and for the catalog's pages in the room below."""

from __future__ import annotations

import posixpath
from functools import cache, partial
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from site_builder.assembling.words import number
from site_builder.messages import Words
from site_builder.text.languages import direction
from site_builder.text.markdown import render_markdown

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
    environment = Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A template never changes while the press runs.
        auto_reload=False,
    )
    environment.filters.update(
        day=words.day,
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
    """Return a sentence of the interface as HTML: escaped, and so are its values unless they are Markup."""
    numbers = {name: words.number(v) for name, v in values.items() if isinstance(v, int | float)}
    template = Markup("{}").format(words.template(key, values.get("n")))
    return template.format(**{**values, **numbers})


def markdown(text: str) -> Markup:
    """Return an author's Markdown as HTML, through the allowlist."""
    return Markup(render_markdown(text))  # noqa: S704 - cleaned by nh3 in render_markdown


def paragraphs(text: str) -> Markup:
    """Return an author's plain text as paragraphs, which an empty line parts."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts if part)


def host(address: str) -> str:
    """Return the host of an address: what a reader needs to know before following a link."""
    return urlsplit(address).hostname or address


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
    folder = posixpath.dirname(start) or "."
    if posixpath.basename(target) != "index.html":
        return posixpath.relpath(target, folder)
    return posixpath.relpath(posixpath.dirname(target) or ".", folder) + "/"
