"""Twins of JSON files as classic scripts: a page opened from a folder can run a script, but not fetch.

A twin is one call, ``badgepress("did.json",['...'])``, that hands over the exact bytes of the file it stands
for: parts of stacks are pinned by digest, so not one byte may differ. Where a number stands in its list, the
text of that place in another twin belongs there (:mod:`site_builder.exports.credential_twin`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.artifact import Artifact
from site_builder.assembling.addresses import DID_SCRIPT, status_list, status_script

# In this order: what escapes the others comes first.
_ESCAPES = (
    ("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\r", "\\r"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")
)  # fmt: skip

# JSON has no control characters, and no text that badges share is a mere number.
_MARK = "\0"

Spliced = list[str | int]
"""A text in pieces: what is its own, and the numbers of texts that are shared."""


def site_twins(did: bytes, lists: Mapping[int, bytes]) -> Iterable[Artifact]:
    """Yield the twins of did.json and of the status lists, which are given by number."""
    yield Artifact(DID_SCRIPT, call("did.json", [did.decode()]))
    yield from status_twins(lists)


def status_twins(lists: Mapping[int, bytes]) -> Iterable[Artifact]:
    """Yield the twins of status lists, which are given by number."""
    for number, data in sorted(lists.items()):
        yield Artifact(status_script(number), call(status_list(number), [data.decode()]))


def call(path: str, pieces: Iterable[str | int], shared: str = "") -> bytes:
    """Return the script that hands over ``pieces`` as the file at ``path``.

    ``shared`` is the path of the twin whose texts the numbers among the pieces stand for.
    """
    return called(path, listed(pieces), shared).encode()


def called(path: str, pieces: str, shared: str = "") -> str:
    """Return the script of :func:`call` for pieces that are listed already."""
    more = f",{_quoted(shared)}" if shared else ""
    return f"badgepress({_quoted(path)},[{pieces}]{more})\n"


def listed(pieces: Iterable[str | int]) -> str:
    """Return pieces as they stand in a twin: numbers as they are, texts in single quotes."""
    return ",".join([str(piece) if isinstance(piece, int) else _quoted(piece) for piece in pieces])


def splice(text: str, shared: Iterable[str]) -> Spliced:
    """Return ``text`` in pieces, with the index of each shared text where it stood.

    >>> splice("an apple, a pear", ["apple", "pear"])
    ['an ', 0, ', a ', 1]
    """
    if _MARK in text:
        raise ValueError("text with a control character that no JSON holds")
    for number, known in enumerate(shared):
        text = text.replace(known, f"{_MARK}{number}{_MARK}")
    # What stands between two marks is a number; of the rest, empty pieces are left out.
    parts = enumerate(text.split(_MARK))
    return [int(part) if place % 2 else part for place, part in parts if part]


class Splicer:
    """Takes texts apart as :func:`splice` does, by the thousand.

    ``probe`` is a short text that many shared ones hold: where it does not stand, none of them does.
    """

    def __init__(self, shared: Iterable[str], probe: str) -> None:
        marked = [(known, f"{_MARK}{number}{_MARK}") for number, known in enumerate(shared)]
        self._probe = probe
        self._all = marked
        self._others = [pair for pair in marked if probe not in pair[0]]

    def listed(self, text: str) -> str:
        """Return ``listed(splice(text, shared))``."""
        if _MARK in text:
            raise ValueError("text with a control character that no JSON holds")
        for known, marked in self._all if self._probe in text else self._others:
            text = text.replace(known, marked)
        # No mark has a sign that is escaped.
        parts = enumerate(_escaped(text).split(_MARK))
        return ",".join([part if place % 2 else f"'{part}'" for place, part in parts if part])


def _quoted(text: str) -> str:
    # Single quotes, because JSON is full of the others.
    return f"'{_escaped(text)}'"


def _escaped(text: str) -> str:
    for sign, escaped in _ESCAPES:
        if sign in text:
            text = text.replace(sign, escaped)
    return text
