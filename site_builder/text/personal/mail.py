"""E-mail addresses in their spellings: with the sign, with words for it, encoded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from site_builder.text.personal.cues import cues
from site_builder.text.personal.found import Kind

_MARKS = "*_~`\"'()[]{}<>|"
_WRAP = r"[*_~`\"'()\[\]{}<>|]{0,3}"
_OPEN = r"[\[({<|*~/]{1,2}"
_CLOSE = r"[\])}>|*~/]{1,2}"
_TLD = r"[^\W\d_]{2,63}"
_LABEL = r"[\w-]{1,63}"
_DOT_WORD = "(?:dot|punkt|point|punto|ponto|نقطة|دوت)"
_DOT = rf"(?:\.|[ ]?{_OPEN}[ ]?(?:{_DOT_WORD}|\.)[ ]?{_CLOSE}[ ]?|[ ]{_DOT_WORD}[ ])"
# The sign, a domain, a top-level domain of letters: react@18.2.0 is a version.
_SIGN = re.compile(
    rf"@{_WRAP}[ \t]{{0,2}}{_WRAP}"
    rf"(?:{_LABEL}(?:[ ]\.[ ]|{_WRAP}\.{_WRAP}|{_DOT})){{1,9}}(?:xn--{_LABEL}|{_TLD})"
    r"|@\[[0-9A-Fa-f.:]{3,}\]"
)
_WITHOUT_DOMAIN = re.compile(r"@[^\W\d_]{3,}")
_DOTTED = re.compile(r"[^\W\d_]\.[^\W\d_]{1,60}$")
_MACHINE = re.compile(r"(?:^|[\s(<])(?:git|noreply|no-reply)$")
_LOCAL = re.compile(r"[\w.+-]+$")

_AT = ("at", "ät", "arobase", "arrobase", "arroba", "klammeraffe", "chiocciola", "at sign", "آت", "ات")
_NOT_A_DOMAIN = "(?!(?:the|a|an|this|that|each|every|one|any|which)[ ])"
_TOP = "(?:com|org|net|edu|gov|info|example|test|int|mil|biz|app|dev|academy|school|university|[a-z]{2})"
_AFTER_BRACKET = rf"[ ]?{_CLOSE}[ ]?(?:{_LABEL}{_DOT}){{1,9}}{_TLD}"
_AFTER_WORD = rf"[ ]{_NOT_A_DOMAIN}{_LABEL}(?:[ ]{_DOT_WORD}[ ]{_LABEL}){{0,3}}[ ]{_DOT_WORD}[ ]{_TOP}(?!\w)"
_AFTER_AT = rf"[ _-](?:{_LABEL}\.){{1,9}}{_TLD}"
_BRACKET_BEFORE = re.compile(rf"[\w ]{_OPEN}[ ]?$")
_WORD_BEFORE = re.compile(r"\w[ ]$")
_NAME_BEFORE = re.compile(r"(?<![\w.])[^\W\d_][\w-]*[._][^\W\d_][\w.-]*[ _-]$|\w_$")
_FILE_BEFORE = re.compile(
    r"\.(?:js|ts|py|md|html?|pdf|csv|yaml|json|xlsx?|docx?|com|org|net|io|dev|edu|ca)[ _-]$", re.IGNORECASE
)
_RUN_TOGETHER = re.compile(r"AT[a-z0-9-]{1,63}(?:DOT|\.)[a-z]{2,}")


def _in_brackets(match: re.Match[str]) -> bool:
    return _BRACKET_BEFORE.search(_before(match.string, match.start(), 6)) is not None


def _after_a_word(match: re.Match[str]) -> bool:
    return _WORD_BEFORE.search(_before(match.string, match.start(), 4)) is not None


def _after_a_dotted_name(match: re.Match[str]) -> bool:
    before = _before(match.string, match.start(), 60)
    return _NAME_BEFORE.search(before) is not None and _FILE_BEFORE.search(before) is None


MAIL_CUES = (
    cues(Kind.EMAIL, _AT, _AFTER_BRACKET, _in_brackets),
    cues(Kind.EMAIL, _AT, _AFTER_WORD, _after_a_word),
    # "_" is a letter to patterns, so "jane_at_example.org" needs one that does not ask what stands before.
    {
        word: replace(cue, source=f"{word}{_AFTER_AT}")
        for word, cue in cues(Kind.EMAIL, ("at",), "", _after_a_dotted_name).items()
    },
)
"""Addresses that are written with a word in place of the sign."""


def signs(text: str) -> Iterator[int]:
    """Yield where an e-mail address has its sign in ``text``."""
    if "@" in text:
        for match in _SIGN.finditer(text):
            if _local_end(text, match.start()):
                yield match.start()
        for match in _WITHOUT_DOMAIN.finditer(text):
            if _DOTTED.search(_before(text, match.start(), 63)):
                yield match.start()
    if "AT" in text:
        for match in _RUN_TOGETHER.finditer(text):
            if text[match.start() - 1 : match.start()].islower():
                yield match.start()


def may_have_signs(text: str) -> bool:
    """Return False where a quick look shows that :func:`signs` finds nothing, nor in ``latin`` letters.

    Those are small letters in place of small letters.
    """
    if "@" in text:
        return True
    return any(map(str.islower, [before[-1:] for before in text.split("AT")[:-1]]))


def local_part(text: str, sign: int) -> str:
    """Return what stands before the sign at that place; empty where it is not plainly written."""
    found = _LOCAL.search(_before(text, sign, 80))
    return found.group() if found else ""


def _local_end(text: str, sign: int) -> bool:
    """Return True where something stands before a sign that can be the name of a mailbox of a person."""
    before = _before(text, sign, 16)
    bare = before.rstrip(_MARKS + " \t")
    return bare[-1:] not in ("", "\n", "@", "/", ":", "\x00") and not _MACHINE.search(before)


def _before(text: str, position: int, most: int) -> str:
    return text[max(0, position - most) : position]
