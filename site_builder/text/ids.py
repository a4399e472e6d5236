"""Names that become paths: ids, versions and file names.

An id is a folder of the site, a part of signed addresses and a key in look-up tables of browsers, on every
file system a reader may copy the site to. So one small alphabet, the same for all of them.
"""

from __future__ import annotations

import re
import unicodedata

from site_builder.problems import shown
from site_builder.text.fault import Fault

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
_ODD_IN_ID = re.compile(r"[^a-z0-9-]")
_FILE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_ODD_IN_FILE_NAME = re.compile(r"[^a-z0-9.-]")
_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){0,2}")
_RULE = "ids use a-z, 0-9 and dash, 1 to 80 characters"
_FILE_RULE = "file names may use a-z, 0-9, dash and dot"
_LONGEST_FILE_NAME = 100

_WINDOWS = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
_GENERATED = frozenset({"index", "404", "assets", "search", "sitemap", "robots", "feed", "static"})
# Members every JavaScript object has: a look-up by such an id finds something that is not there.
_JAVASCRIPT = frozenset({"constructor", "prototype"})


def id_fault(text: str) -> Fault | None:
    """Return a ``bad-id`` fault unless ``text`` can be an id, a folder and a part of an address."""
    if text in _WINDOWS:
        return Fault("bad-id", f"must not be {shown(text)}, a name reserved on Windows", _RULE)
    if text in _GENERATED or text in _JAVASCRIPT:
        return Fault("bad-id", f"must not be {shown(text)}, a name the site needs itself", _RULE)
    if _ID.fullmatch(text):
        return None
    odd = _ODD_IN_ID.search(text)
    return Fault("bad-id", f"{_what_is_wrong(text, odd, 80)}; {_RULE}", _suggestion(text))


def _what_is_wrong(text: str, odd: re.Match[str] | None, longest: int) -> str:
    if not text:
        return "is empty"
    if odd is not None:
        return f"has a character that is not allowed ({_named(odd.group())})"
    if len(text) > longest:
        return f"is too long ({len(text)} characters)"
    return f"must start and end with a letter or a digit, not {shown(text)}"


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"'{char}', {code}" if char.isascii() and char.isprintable() and char != " " else code


def _suggestion(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(char for char in parts if unicodedata.category(char) not in ("Mn", "Cf"))
    if not bare.isascii():
        return ""
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:80].strip("-")
    return f"for instance {shown(slug)}" if slug and slug != text and id_fault(slug) is None else ""


def file_name_fault(name: str) -> Fault | None:
    """Return a ``bad-file-name`` fault unless ``name`` (one path segment) is safe on every file system.

    ``name`` may hold surrogates that stand for bytes which are not UTF-8, as :func:`os.scandir` gives them.
    """
    if len(name) > _LONGEST_FILE_NAME:
        return Fault("bad-file-name", f"is too long ({len(name)} characters, at most {_LONGEST_FILE_NAME})")
    if any("\udc80" <= char <= "\udcff" for char in name):
        return Fault("bad-file-name", f"is not UTF-8; {_FILE_RULE}", "rename the file in plain ASCII")
    if name.lower().split(".")[0].strip() in _WINDOWS:
        return Fault("bad-file-name", "is reserved on Windows", "choose another name")
    if _FILE_NAME.fullmatch(name) and ".." not in name:
        return None
    wrong = _what_is_wrong(name, _ODD_IN_FILE_NAME.search(name), _LONGEST_FILE_NAME)
    return Fault("bad-file-name", f"{wrong}; {_FILE_RULE}", "rename the file")


def version_fault(text: str) -> Fault | None:
    """Return a ``bad-version`` fault unless ``text`` is one to three numbers with dots: 1, 1.0, 2.13.4."""
    if _VERSION.fullmatch(text):
        return None
    return Fault(
        "bad-version",
        f"must be one to three numbers with dots between, not {shown(text, 40)}",
        'for instance "1", "1.0" or "2.13.4", in quotes and without leading zeros',
    )
