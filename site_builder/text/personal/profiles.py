"""Addresses of pages and accounts that are about one person.

Decided: an account's own page is a person's (``github.com/name``, ``linkedin.com/in/name``, ``/@name``,
``/~name``), an ORCID iD too. A repository or a site below it (``github.com/name/work``, ``name.github.io``)
passes, because nothing tells a learner's from an organisation's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.text.characters import beyond_ascii
from site_builder.text.personal.cues import cues
from site_builder.text.personal.found import Kind

_NO_PERSON = (
    "(?!(?:about|features|explore|topics|docs|pricing|search|orgs|marketplace|home|help|login|signup)\\b)"
)
_HOSTS = (
    r"linkedin\.com/(?:in|pub)/",
    r"linkedin[.:]com:(?:in|pub):",
    r"xing\.com/profile/",
    r"researchgate\.net/profile/",
    r"credly\.com/users/",
    r"stackoverflow\.com/users/",
    r"scholar\.google\.[\w.]+/citations\?\S{0,60}user=",
    r"facebook\.com/(?!(?:groups|events|watch|sharer|help)\b)[\w.]",
    r"instagram\.com/(?!(?:p|reel|explore)\b)[\w.]",
    r"threads\.net/@?\w",
    r"twitter\.com/(?!(?:search|hashtag|i|home|intent|share)\b)\w",
    r"x\.com/(?!(?:search|hashtag|i|home|intent|share)\b)\w",
    r"tiktok\.com/@\w",
    r"t\.me/\+?\w",
    r"wa\.me/\+?\w",
    r"about\.me/\w",
    r"gravatar\.com/\w",
    r"gist\.github\.com/\w",
    *(
        rf"{host}/{_NO_PERSON}[\w-]+/?(?![\w/.-])"
        for host in (r"github\.com", r"gitlab\.com", r"codeberg\.org")
    ),
    *(rf"{host}[/:][\w-]+(?![\w/.:-])" for host in (r"github\.com:", r"kaggle\.com", r"behance\.net")),
    r"github\.com:[\w-]+(?![\w/.:-])",
    r"academia\.edu/[A-Z]\w",
    r"did:(?:mailto|email|tel|phone|github|twitter|linkedin):",
)


def _is_own_host(match: re.Match[str]) -> bool:
    """Return True where the host begins here: ``x.com`` is not the end of ``netflix-x.com``."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    return before not in ("-", ".") or match.string[max(0, match.start() - 4) : match.start()] in (
        "www.",
        "/m.",
    )


PROFILE_CUES = (cues(Kind.PROFILE, _HOSTS, "", _is_own_host),)
_OWN_PLACE = re.compile(r"/[@~](?=\w)")
_HOST_BEFORE = re.compile(r"https?://(?!(?:www\.|m\.)?youtube\.)[\w.:-]+(?:/(?:users|people|staff|home))?$")
_MEMBER = re.compile(r"/~[a-z]{3,}(?!\w)", re.IGNORECASE)
_SUBDOMAIN = re.compile(r"\.academia\.edu/\w", re.IGNORECASE)
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?![\w-])")
_DIGITS_ALIKE = bytes(0x30 if 0x30 <= byte <= 0x39 else byte for byte in range(0x100))


def own_pages(text: str) -> Iterator[int]:
    """Yield where ``https://host/@name`` or ``https://host/~name`` stands, and each valid ORCID iD."""
    if not _is_worth_a_search(text):
        return
    for match in _OWN_PLACE.finditer(text):
        is_name = text[match.start() + 1] == "@" or _MEMBER.match(text, match.start())
        if is_name and _HOST_BEFORE.search(text[max(0, match.start() - 200) : match.start()]):
            yield match.start()
    yield from (match.start() for match in _SUBDOMAIN.finditer(text))
    for match in _ORCID.finditer(text):
        if _is_orcid(match.group().replace("-", "").upper()):
            yield match.start()


def _is_worth_a_search(text: str) -> bool:
    """Return False where a quick look shows that :func:`own_pages` finds nothing: in most texts."""
    if "/@" in text or "/~" in text or ".academia.edu/" in text.lower():
        return True
    if b"0000-0000-0000-000" in text.encode("utf-8", "surrogatepass").translate(_DIGITS_ALIKE):
        return True
    # The patterns also take digits of all scripts, and these two letters for an i.
    return any(char.isdecimal() or char in "\u0130\u0131" for char in beyond_ascii(text))


def _is_orcid(digits: str) -> bool:
    """ISO 7064 MOD 11-2."""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return (12 - total % 11) % 11 == (10 if digits[-1] == "X" else int(digits[-1]))
