"""The list of all credentials, by name: one line each, for those who know what they look for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from site_builder.catalog.catalog import Achievement
from site_builder.messages import Words
from site_builder.pages.page import CREDENTIALS, Page
from site_builder.pages.view import View

MANY = 16
"""From this number on, names stand below their first letters, with a row of letters to jump by."""


def credential_index(view: View) -> Iterator[Page]:
    """Yield the list of every current credential."""
    catalog, words = view.catalog, view.words
    items = by_name(catalog.current, words)
    count = len(items)
    yield view.page(
        CREDENTIALS,
        title=words("index.title"),
        description=words("index.description", n=count, issuer=catalog.issuer.name),
        template="credential_index.html",
        values={"count": count, "groups": letters(items, words) if count >= MANY else [("", items)]},
    )


def by_name(items: Iterable[Achievement], words: Words) -> list[Achievement]:
    """Return the credentials in the order of the names that a reader of this language is shown."""
    return sorted(items, key=lambda item: (_plain(_name(item, words)), item.spec.id))


def letters(items: Iterable[Achievement], words: Words) -> list[tuple[str, list[Achievement]]]:
    """Return credentials, in the order of their names, by first letter; the empty letter for other signs."""
    groups: dict[str, list[Achievement]] = {}
    for letter, group in groupby(items, key=lambda item: _letter(_name(item, words))):
        groups.setdefault(letter, []).extend(group)
    return list(groups.items())


def _name(item: Achievement, words: Words) -> str:
    return item.spec.told_in(words.language).name.words


def _plain(name: str) -> str:
    """Return a name as it is sorted: É stands with E, and capitals with small letters."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _letter(name: str) -> str:
    first = _plain(name)[:1].upper()
    return first if first.isalpha() else ""
