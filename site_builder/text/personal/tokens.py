"""Long words without a space: what they say in base64 or hexadecimal digits, and hashes.

A hash of an address without a secret salt is as good as the address: who guesses it can confirm it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.text.personal.cues import cues
from site_builder.text.personal.found import Kind
from site_builder.text.personal.mail import signs
from site_builder.text.personal.readings import undisguised, within

_TOKEN = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile("[0-9a-fA-F]+")
_LENGTHS = frozenset({32, 40, 56, 64, 96, 128})  # MD5, SHA-1, SHA-2
_BASE64_HASH = re.compile("[A-Za-z0-9+/_-]{22}==|[A-Za-z0-9+/_-]{27}=|[A-Za-z0-9+/_-]{43}=")
# Salted commitments, git commits and checksums of files are told by what stands before them.
_HONEST = re.compile(
    r"(?:sha256\$|\b(?:commit|revision|checkout|tree|blob)[ /]|\bsha-?256[: ]|\w/[\w.-]+ ?@ ?)$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"https?://[^\s<>]*$")
_OF_PERSON = re.compile(
    r"(?:gravatar\.com/\S*|[?&](?:e?mail|user|u|learner|student|recipient|identity|hash)=(?:sha256[$:])?)$",
    re.IGNORECASE,
)
HASH_CUES = (cues(Kind.HASH, ("md[45]", "sha-?1", "crc32", "ripemd160"), r"[$:=][ ]?[0-9a-z+/]{8}"),)


def long_words(text: str) -> Iterator[tuple[int, Kind]]:
    """Yield where a long word of ``text`` is an encoded e-mail address, or a hash that is not salted."""
    for match in _TOKEN.finditer(text):
        word = match.group()
        if _says_mail(word):
            yield match.start(), Kind.EMAIL
        elif _is_hash(word.rpartition("/")[2] if "=" not in word else word, text, match.end()):
            yield match.start(), Kind.HASH


def _says_mail(word: str) -> bool:
    said = within(word)
    return bool(said) and any(any(signs(undisguised(one))) for one in said)


def _is_hash(word: str, text: str, end: int) -> bool:
    is_hex = len(word) in _LENGTHS and _HEX.fullmatch(word) is not None
    if not is_hex and not (
        word.endswith("=")
        and _BASE64_HASH.fullmatch(word)
        and re.search("[A-Z]", word)
        and re.search("[0-9+/]", word)
    ):
        return False
    before = text[max(0, end - len(word) - 300) : end - len(word)]
    if _PLACE.search(before):  # an address may hold any hash: only where it stands for a person it is told
        return _OF_PERSON.search(before) is not None
    return _HONEST.search(before) is None
