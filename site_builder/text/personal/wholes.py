"""Values that are one thing as a whole: an id, a date, an address, a wallet's DID.

Files are full of them, and the search for personal data is slow in just these: long words, and digits. What
each of them cannot hold, whatever stands in it, needs no search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# A UUID or a date. Both are ordinary numbers, neither has a word, and what a UUID says in base64 has no sign.
_NOTHING = re.compile(
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_LENGTHS = (36, 10)
# Its digits are covered like those of every address. No sign in it writes another one.
_ADDRESS = re.compile("https://[A-Za-z0-9._/:#?-]{1,1500}")
# One long word of digits and letters: it says something in base64, or nothing.
_WALLET = re.compile("did:key:z[1-9A-HJ-NP-Za-km-z]{20,200}")


class Sorted(NamedTuple):
    """Texts by what has to be looked for in them: everything; all but numbers; only what long words say."""

    prose: list[str]
    addresses: list[str]
    wallets: list[str]


def sort_out(texts: Iterable[str]) -> Sorted:
    """Return the texts in which something could be found, by kind."""
    found = Sorted([], [], [])
    for text in texts:
        if len(text) in _LENGTHS and _NOTHING.fullmatch(text):
            continue
        if text.startswith("https://") and _ADDRESS.fullmatch(text):
            found.addresses.append(text)
        elif text.startswith("did:key:") and _WALLET.fullmatch(text):
            found.wallets.append(text)
        else:
            found.prose.append(text)
    return found
