"""Finds the people of a class list in texts that will be published: evidence, roles, names of files.

An award file may name nobody (DESIGN 4). By pattern a program sees addresses only; here the names are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from site_builder.importers.row import RosterRow

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
Words = tuple[str, ...]


class People:
    """The full names and the addresses of a class list, in the forms in which a text could have them."""

    def __init__(self, rows: Iterable[RosterRow]) -> None:
        self._forms: set[Words] = set()
        for row in rows:
            self._forms |= _full_forms(row)
        self._lengths = {len(form) for form in self._forms}

    def named_in(self, text: str) -> bool:
        """Return True where a text has anybody's full name, its words in any turn, or address.

        A name of one word is passed over: in a text about the whole class it may mean something else.
        """
        return _has(_words(text), self._forms, self._lengths)


def names_its_learner(row: RosterRow, text: str) -> bool:
    """Return True where a text about one learner has that learner's own name or address."""
    forms = _full_forms(row) | {_words(row.name or "")}
    telling = {form for form in forms if len("".join(form)) >= _SHORTEST}
    return _has(_words(text), telling, {len(form) for form in telling})


def _has(words: Words, forms: set[Words], lengths: Iterable[int]) -> bool:
    return any(words[at : at + length] in forms for length in lengths for at in range(len(words)))


def _full_forms(row: RosterRow) -> set[Words]:
    """Return the address, and a name of several words: with each of them first, and written as one word."""
    name = _words(row.name or "")
    forms = {_words(row.email)}
    if len(name) > 1:
        forms |= {name[at:] + name[:at] for at in range(len(name))} | {("".join(name),)}
    return forms


def _words(text: str) -> Words:
    """Return the words of a text as they are compared: without percent escapes, letter case and accents."""
    parts = unicodedata.normalize("NFKD", unquote(text).casefold())
    return tuple(_WORD.findall("".join(char for char in parts if not unicodedata.combining(char))))
