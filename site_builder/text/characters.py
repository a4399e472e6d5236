"""Which characters may be published.

Everything an author writes is signed, shown on pages, drawn into images and read aloud. A character that
nobody sees, or that reorders its neighbours, lets the reviewed text differ from the published one (UTR 36),
and PyLD escapes control characters wrongly in N-Quads, so such text is refused at the door.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.problems import Severity
from site_builder.text.fault import Fault

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SEPARATOR = "\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Format characters without a shape of their own. ZWJ and ZWNJ (Persian, Indic scripts, emoji), the soft
# hyphen, visible Arabic number signs and ideographic variation selectors have honest uses and are not here.
_INVISIBLE = (
    "\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_UNPUBLISHABLE = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_JOINER_IN_ASCII = "(?:(?<![^\x20-\x7e])[\u200c\u200d]+(?![^\x20-\x7e]))"

_KINDS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("bad-character", re.compile(f"[{_CONTROL}]"), "a control character"),
    ("bad-character", re.compile(f"[{_SEPARATOR}]"), "a line separator"),
    ("bidi-control", re.compile(f"[{_BIDI}]"), "a bidirectional control character"),
    ("bad-character", re.compile(f"[{_INVISIBLE}]|{_JOINER_IN_ASCII}"), "an invisible character"),
    ("bad-character", re.compile(f"[{_UNPUBLISHABLE}{_PRIVATE}]"), "a character that cannot be published"),
)
_ANY = re.compile(f"[{_CONTROL}{_SEPARATOR}{_BIDI}{_INVISIBLE}{_UNPUBLISHABLE}{_PRIVATE}]|{_JOINER_IN_ASCII}")
_HIDDEN_IN_NAME = re.compile(f"[\xad\u200c\u200d\u2800{_BIDI}{_INVISIBLE}]")
_HINTS = {
    "bad-character": "delete it; it often comes along when text is copied from a web page or a PDF",
    "bidi-control": "delete it; it makes text read differently from what is stored",
}
_CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7}|\|{7})(?:[ \t]|$)", re.MULTILINE)

# What UTF-8 bytes 0x80 to 0xBF become when they are read as Windows-1252.
_TAIL = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\xa0-\xbf"
# Those of them that also follow an accented letter in good text: a quotation that ends, a dash, a trade mark.
_PUNCTUATION = "…‘’“”–—›»™®©°ªº¹²³·•\xa0"
_MOJIBAKE = re.compile(
    f"[ÂÃ](?![{_PUNCTUATION}])[{_TAIL}]"  # Ã© for é, Â£ for £
    f"|Â[©®°·\xa0]|[ÂÃ][{_PUNCTUATION}](?=[a-zß-ÿ])|(?<=[a-z])Ã[{_PUNCTUATION}]"
    r"|(?<=[a-z0-9.,;:!?])Â(?=\s|$)|(?<=[a-z])Ã(?=\s|$)"
    f"|[ÄÅ](?![{_PUNCTUATION}])[{_TAIL}]"  # Å‚ for ł
    f"|(?:[ÎÏÐÑ×ØÙÚÛ][{_TAIL}]){{2}}"  # Greek, Cyrillic, Hebrew, Arabic
    f"|[à-ï](?![{_PUNCTUATION}]{{2}})[{_TAIL}]{{2}}|ðŸ"  # â€™ for ’, the start of an emoji
)
# For a quick look: a fault of a character beyond ASCII shows in its run of such characters, or may be there.
_ASCII_BLANKED = b" " * 0x80 + bytes(range(0x80, 0x100))
_REMARKABLE = re.compile(
    f"[\x80-\x9f{_SEPARATOR}{_BIDI}{_INVISIBLE}{_UNPUBLISHABLE}{_PRIVATE}\u200c\u200d\ufffd]"
    rf"|[ÂÃ](?:(?!\w)|[{_TAIL}])|[ÄÅ](?![{_PUNCTUATION}])[{_TAIL}]|(?:[ÎÏÐÑ×ØÙÚÛ][{_TAIL}]){{2}}"
    f"|[à-ï](?![{_PUNCTUATION}]{{2}})[{_TAIL}]{{2}}|ðŸ"
)
_ASCII_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def character_fault(text: str, *, multiline: bool) -> Fault | None:
    """Return the first reason why ``text`` cannot be published as it is, errors before warnings, or None.

    Codes: ``bad-character``, ``bidi-control``, ``merge-conflict``, and the warning ``suspicious-text``. A
    text of one line may hold neither line breaks nor tabs; one of several lines may hold both.
    """
    if _is_plain(text) and (multiline or not ("\n" in text or "\t" in text)):
        return conflict_fault(text)
    return _fault_in_full(text, multiline=multiline)


def _is_plain(text: str) -> bool:
    """Return True where a quick look shows no character that a text of several lines cannot hold."""
    if text.isascii():
        return text.replace("\n", "").replace("\t", "").isprintable()
    return _ASCII_CONTROL.search(text) is None and _REMARKABLE.search(beyond_ascii(text)) is None


def _fault_in_full(text: str, *, multiline: bool) -> Fault | None:
    fault = forbidden_character(text)
    if fault is not None:
        return fault
    if not multiline and "\n" in text:
        return Fault("bad-character", "must be one line", "write it on one line, without line breaks")
    if not multiline and "\t" in text:
        return Fault("bad-character", "has a tab (U+0009)", "use a space")
    return conflict_fault(text) or damage_fault(text)


def forbidden_character(text: str) -> Fault | None:
    """Return a fault that names the first character of ``text`` which no text may hold, or None."""
    hit = _ANY.search(text)
    if hit is None:
        return None
    char = hit.group()[0]
    for code, pattern, what in _KINDS:
        if pattern.match(text, hit.start()):
            return Fault(code, f"has {what} (U+{ord(char):04X})", _HINTS[code])
    raise AssertionError(f"no kind names U+{ord(char):04X}")


def hidden_in_name(name: str) -> str | None:
    """Return the first character of a field's name that nobody sees, or None."""
    hit = _HIDDEN_IN_NAME.search(name)
    return hit.group() if hit else None


def conflict_fault(text: str) -> Fault | None:
    """Return a ``merge-conflict`` fault if ``text`` holds the markers git leaves in a conflict."""
    if not _has_marker(text) or _CONFLICT.search(text) is None:
        return None
    return Fault(
        "merge-conflict",
        "has unresolved merge conflict markers",
        "keep one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>",
    )


def _has_marker(text: str) -> bool:
    return "<<<<<<<" in text or ">>>>>>>" in text or "|||||||" in text


def conflict_line(text: str) -> int | None:
    """Return the number (from 1) of the first line that is a merge conflict marker, or None."""
    hit = _CONFLICT.search(text)
    return None if hit is None else text.count("\n", 0, hit.start()) + 1


def damage_fault(text: str) -> Fault | None:
    """Return a ``suspicious-text`` warning if ``text`` was probably decoded wrongly on its way here."""
    if "\ufffd" in text:
        return Fault(
            "suspicious-text",
            "looks damaged, it has a replacement character (U+FFFD)",
            "type the lost character again",
            Severity.WARNING,
        )
    hit = _MOJIBAKE.search(text)
    if hit is None:
        return None
    return Fault(
        "suspicious-text",
        f"looks damaged (mojibake) at '{hit.group()}'",
        "the text was probably saved as UTF-8 and opened as Windows-1252; type it again",
        Severity.WARNING,
    )


def is_faultless(text: str) -> bool:
    """Return True where a quick look shows no fault of characters in ``text`` or a part of it."""
    return _is_plain(text) and not _has_marker(text)


def is_unremarkable(text: str) -> bool:
    """Return True where a quick look shows that no part of a YAML text can have a fault of characters.

    Only text without a backslash (an escape could write anything) is that simple; control characters of ASCII
    are refused before. Of ASCII alone, conflict markers are left to those who know the fields.
    """
    if "\\" in text:
        return False
    return text.isascii() or not (_has_marker(text) or _REMARKABLE.search(beyond_ascii(text)))


def beyond_ascii(text: str) -> str:
    """Return each different run of characters beyond ASCII in ``text``, one to a line.

    They are few even in a long text, and they are all that most rules of such characters have to look at.
    """
    if text.isascii():
        return ""
    # Bytes are blanked and split many times faster than a pattern finds the runs.
    runs = set(text.encode("utf-8", "surrogatepass").translate(_ASCII_BLANKED).split())
    return b"\n".join(runs).decode("utf-8", "surrogatepass")


def forbidden_positions(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where characters stand that no text may hold, line breaks of Windows apart."""
    for match in _ANY.finditer(text, start, end):
        if match.group() != "\r":
            yield match.start()
