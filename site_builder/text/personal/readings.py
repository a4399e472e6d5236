"""The ways in which a text can be read: a person sees one character where the file holds another or six.

A disguise hides from a pattern, not from a reader: ``jane&#64;example.org``, full-width letters, a space that
nobody sees, base64. Each function undoes one kind. None adds or takes away a line, so that what is found in a
reading stands on the same line of the text itself.
"""

from __future__ import annotations

import binascii
import html
import re
import unicodedata

from site_builder.text.characters import beyond_ascii

_ROUNDS = 4
"""How many disguises one inside another are undone; each round is linear in the text."""

_NOT_SEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_NOT_SEEN}]")
_ALIKE = str.maketrans(
    {"ⓐ": "@", "Ⓐ": "@", "。": ".", "․": ".", "·": ".", "・": ".", "•": ".", "٫": ".", "∙": ".", "⋅": "."}
    | dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-")
)
# What is not seen, what looks like another sign, and digits that are not those of ASCII.
_TOUCHED = re.compile(rf"[{_NOT_SEEN}{''.join(map(chr, _ALIKE))}]|[^\D0-9]")
_LETTERS_ALIKE = str.maketrans("аеорсухіјѕԁһԛԝοаν", "aeopcyxijsdhqwoav")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPE = re.compile(
    r"\\u\{0{0,4}([0-9A-Fa-f]{1,6})\}|[\\%]u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\U([0-9A-Fa-f]{8})"
    r"|\\0{0,4}(40|2[eE]) ?"
)
_OCTAL = re.compile(r"\\([01][0-7]{2})")
_BEFORE_SIGN = re.compile(r"\\(?=[@.\-_+])")
_QUOTED_PRINTABLE = re.compile("=(40|2E)")
_TAG = re.compile(r"<[!/A-Za-z][^<>\n@]{0,100}>")
_HEX = re.compile(r"(?:0x)?((?:[0-9A-Fa-f]{2}){6,})")


def undisguised(text: str) -> str:
    """Return ``text`` as a reader would take it, with as many lines as it had."""
    current = _plain(text)
    for _ in range(_ROUNDS):
        decoded = _plain(_decoded(current))
        if decoded == current:
            break
        current = decoded
    return current


def without_tags(text: str) -> str:
    """Return ``text`` without what looks like HTML tags and comments."""
    return _TAG.sub("", text) if "<" in text else text


def _plain(text: str) -> str:
    """Undo what only looks different: forms of one letter, other digits, marks that nobody sees."""
    if text.isascii() or _is_plain(text):
        return text
    # A line at a time: no form of a letter reaches into the next, and one odd sign in a file is in one line.
    return "\n".join(
        [line if line.isascii() or _is_plain(line) else _folded(line) for line in text.split("\n")]
    )


def _folded(text: str) -> str:
    kept = _UNSEEN.sub("", text.translate(_ALIKE))
    folded = unicodedata.normalize("NFKC", kept).translate(_ALIKE)
    if any(map(str.isdecimal, beyond_ascii(folded))):
        folded = "".join(map(_digit, folded))
    return _UNSEEN.sub("", folded)


def _is_plain(text: str) -> bool:
    """Return True where a quick look shows that there is nothing to undo, as in most text with accents."""
    return _TOUCHED.search(beyond_ascii(text)) is None and unicodedata.is_normalized("NFKC", text)


def latin(text: str) -> str:
    """Return ``text`` with the letters of other scripts that look Latin as the Latin letters."""
    return text if text.isascii() else text.translate(_LETTERS_ALIKE)


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char > "\x7f" and char.isdecimal() else char


def _decoded(text: str) -> str:
    """Undo one layer of what is written as a code: HTML, percent, JSON, CSS, Markdown, quoted-printable."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: _one_line(html.unescape(match.group())), text)
    if "%" in text:
        text = _PERCENT.sub(_unquoted, text)
    if "\\" in text or "%u" in text:
        text = _ESCAPE.sub(lambda match: _character(next(filter(None, match.groups())), 16), text)
        text = _OCTAL.sub(lambda match: _character(match[1], 8), text)
        text = _BEFORE_SIGN.sub("", text)
    if "=" in text:
        text = _QUOTED_PRINTABLE.sub(lambda match: _character(match[1], 16), text)
    return text


def _unquoted(match: re.Match[str]) -> str:
    raw = bytes.fromhex(match.group().replace("%", ""))
    return _one_line(raw.decode("utf-8", "replace"))


def _character(digits: str, base: int) -> str:
    number = int(digits, base)
    return _one_line(chr(number)) if number < 0x110000 else "\ufffd"


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def within(word: str) -> list[str]:
    """Return what a word says in base64 or in hexadecimal digits, if that may be an address."""
    return [
        _one_line(raw.decode("utf-8", "replace"))
        for raw in _bytes_of(word)
        if b"@" in raw or b"%40" in raw or b"&" in raw
    ]


def _bytes_of(word: str) -> list[bytes]:
    as_hex = _HEX.fullmatch(word)
    found = [bytes.fromhex(as_hex[1])] if as_hex else []
    bare = word.rstrip("=").replace("-", "+").replace("_", "/")
    usable = bare[: len(bare) - (len(bare) % 4 == 1)]
    try:
        found.append(binascii.a2b_base64(usable + "=" * (-len(usable) % 4)))
    except binascii.Error:  # not base64 after all: then it says nothing
        return found
    return found
