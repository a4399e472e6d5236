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
    more = f",{_quoted(shared)}" if shared else ""
    return f"badgepress({_quoted(path)},[{listed(pieces)}]{more})\n".encode()


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


def _quoted(text: str) -> str:
    # Single quotes, because JSON is full of the others.
    for sign, escaped in _ESCAPES:
        text = text.replace(sign, escaped)
    return f"'{text}'"
