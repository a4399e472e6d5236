"""Host names: public DNS names only, and none that imitates another in a different script (UTS 39)."""

from __future__ import annotations

import re
import unicodedata

from site_builder.problems import shown
from site_builder.text.fault import Fault

_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
# The WHATWG URL Standard reads a host whose last label is a number as an IPv4 address: 0x7f.1, 2130706433.
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")
_PRIVATE = frozenset(
    {
        "localhost",
        "localdomain",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "private",
        "onion",
        "arpa",
    }
)
# One name may mix these: Japanese, Korean and Chinese are written so.
_EAST_ASIAN = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}
)
_SHAPED_LIKE_LATIN = frozenset("асеорхуіјѕһԁԛԝӏґгпвкмнтьѵ" + "αβγικνορτυχωϲϳηζ" + "օոսցհզյ" + "ıɑɡʟ")


def host_fault(host: str) -> Fault | None:
    """Return a ``bad-url`` fault unless ``host`` is a DNS name with a dot that every reader can look up."""
    labels = host.lower().split(".")
    if not host:
        return _bad("has no host", "write an address like https://example.org/page")
    if _NUMBER.fullmatch(labels[-1]):
        return _bad("must name a host, not an IP address")
    if len(labels) == 1 or labels[-1] in _PRIVATE:
        return _bad(f"must name a host on the public internet, not {shown(host)}")
    wrong = next((label for label in labels if not _LABEL.fullmatch(label)), None)
    if wrong is not None or len(host) > 253:
        return _bad(f"must name a host by letters, digits, dashes and dots, not {shown(host)}")
    broken = next((label for label in labels if label.startswith("xn--") and _decoded(label) is None), None)
    if broken is not None:
        return _bad(f"has the host label {shown(broken)}, which is not valid Punycode")
    return None


def _bad(message: str, hint: str = "") -> Fault:
    return Fault("bad-url", message, hint)


def _decoded(label: str) -> str | None:
    """Return what an xn-- label stands for (RFC 3492), or None if no registrar could have given it out."""
    try:
        text = label[4:].encode("ascii").decode("punycode")
        again = text.encode("punycode").decode("ascii")
    except UnicodeError:
        return None
    good = (
        not text.isascii()
        and again.lower() == label[4:]
        and unicodedata.normalize("NFKC", text).casefold() == text
    )
    letters = all(unicodedata.category(char)[0] in "LMN" or char in "-·・" for char in text)
    return text if letters and (good or "ß" in text or "ς" in text) else None


def imitation(host: str) -> str | None:
    """Return, for a good ``host``, what is suspicious in how its xn-- labels look; None if nothing is."""
    for label in host.lower().split("."):
        text = _decoded(label) if label.startswith("xn--") else None
        if text is None:
            continue
        scripts = _scripts(text)
        if len(scripts) > 1 and not scripts - {"LATIN"} <= _EAST_ASIAN:
            return f"has the host label {shown(label)}, which mixes letters of several scripts"
        letters = {char for char in text if char.isalpha() and not char.isascii()}
        if letters and letters <= _SHAPED_LIKE_LATIN:
            return f"has the host label {shown(label)}, which looks like Latin letters but is not"
    return None


def _scripts(text: str) -> set[str]:
    """Return the scripts of the letters; the first word of a character's name is its script."""
    return {unicodedata.name(char, "UNKNOWN").split(" ")[0] for char in text if char.isalpha()}
