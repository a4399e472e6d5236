"""Looks for people in files: every form in which a name or an address could stand there without a salt.

Plain, percent-encoded, as JSON, hexadecimal or base64 at each of its three alignments; and hashed by what
people hash with, the value as it was given and as it is normalised.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

_HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s")
_HEAD = 6
"""How many bytes of a form are looked up at each place; shorter forms are too common to mean anybody."""


def forms(value: str) -> set[bytes]:
    """Return every form of one name or address that is looked for."""
    spellings = {value, value.strip(), value.lower(), value.casefold()}
    found: set[bytes] = set()
    for text in spellings:
        raw = text.encode()
        found |= {raw, raw.hex().encode(), raw.hex().upper().encode(), text.encode("utf-16-le")}
        found |= {quote(text, safe=safe).encode() for safe in ("", "@", "@'")} | {quote_plus(text).encode()}
        found |= {json.dumps(text)[1:-1].encode(), *_base64(raw)}
        for name in _HASHES:
            digest = hashlib.new(name, raw).digest()
            found |= {digest, digest.hex().encode(), digest.hex().upper().encode()}
            found |= {base64.b64encode(digest).rstrip(b"="), base64.urlsafe_b64encode(digest).rstrip(b"=")}
    return {form for form in found if len(form) >= _HEAD}


def _base64(raw: bytes) -> Iterator[bytes]:
    """Yield what of ``raw`` is the same in base64 whatever stands before and behind it, at each alignment."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).rstrip(b"=")
        whole = text[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        yield whole
        yield whole.replace(b"+", b"-").replace(b"/", b"_")


class Traces:
    """The forms of many values, to find in any number of files."""

    def __init__(self, values: Iterable[str]) -> None:
        self._by_head: defaultdict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for value in values:
            for form in forms(value):
                self._by_head[form[:_HEAD]].append((form, value))

    def in_bytes(self, data: bytes) -> set[str]:
        """Return the values of which a form stands in ``data``."""
        found = set()
        heads = self._by_head.keys()
        for at in range(len(data) - _HEAD + 1):
            head = data[at : at + _HEAD]
            if head in heads:
                found |= {value for form, value in self._by_head[head] if data.startswith(form, at)}
        return found

    def in_folders(self, *folders: Path) -> list[tuple[str, str]]:
        """Return path and value of everything that is found in files, or in their names."""
        hits = []
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                data = str(path.relative_to(folder)).encode()
                data += b"\n" + path.read_bytes() if path.is_file() else b""
                hits += [(str(path), value) for value in sorted(self.in_bytes(data))]
        return hits


def texts_in(value: object) -> Iterator[str]:
    """Yield every text and number of a JSON document, which all stand open for a guess."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif value is not None:
        yield str(value)


def confirmed(guesses: Iterable[str], site: Path) -> tuple[set[str], int]:
    """Return the guesses that a site confirms to somebody without the roster key, and how many were tried.

    Each guess is hashed with no salt, and with every value that a badge publishes as its salt, before and
    behind it, and compared with every commitment of the site at once.
    """
    commitments, salts = published(site)
    known = {bytes.fromhex(text.partition("$")[2]) for text in commitments}
    ends = [salt.encode() for salt in sorted(salts | {""})]
    found, tried = set(), 0
    for guess in guesses:
        raw = guess.encode()
        start = hashlib.sha256(raw)
        for end in ends:
            behind = start.copy()
            behind.update(end)
            tried += 1
            if behind.digest() in known or hashlib.sha256(end + raw).digest() in known:
                found.add(guess)
    return found, tried


def published(site: Path) -> tuple[set[str], set[str]]:
    """Return the commitments of a site, and every value of the badges that have them."""
    commitments: set[str] = set()
    values: set[str] = set()
    for path in sorted(site.glob("issued/*/credential.json")):
        badge = json.loads(path.read_text("utf-8"))
        commitments |= {item["identityHash"] for item in badge["credentialSubject"]["identifier"]}
        values |= set(texts_in(badge))
    return commitments, values
