"""From the bytes of a file to text that a parser may see."""

from __future__ import annotations

import codecs
import re

from site_builder.reading.strict_yaml import Parsed
from site_builder.text import Fault
from site_builder.text.characters import beyond_ascii, conflict_fault, conflict_line, forbidden_character

LARGEST_FILE = 1024 * 1024
_LFS = b"version https://git-lfs.github.com/spec/"
# What would break a line, or the parser, before a text can be looked at as a field's value.
_BREAKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]|\r(?!\n)")
# The bytes among which no such character of ASCII is; those of others are looked at as characters.
_ORDINARY = b"\t\n" + bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100))
_UTF_16 = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def decoded(parsed: Parsed, raw: bytes) -> str | None:
    """Return a file's text without a byte order mark; None, with problems noted, if it cannot be parsed."""
    if len(raw) > LARGEST_FILE:
        message = f"the file is too large ({len(raw):,} bytes, at most {LARGEST_FILE:,})"
        parsed.add(None, Fault("file-too-large", message, "divide it into several files"))
        return None
    if raw.startswith(_LFS):
        message = "the file is a Git LFS pointer, its content was not checked out"
        parsed.add(1, Fault("lfs-pointer", message, "run git lfs pull, or store the file without LFS"))
        return None
    text = _as_utf8(parsed, raw)
    if text is None:
        return None
    if not text or text.isspace():
        parsed.add(1, Fault("empty-file", "the file is empty", "start with the field id"))
        return None
    _refuse_conflict(parsed, text)
    if raw.translate(None, _ORDINARY) or _BREAKS.search(beyond_ascii(text)):
        _refuse_breaks(parsed, text)
    return None if parsed.problems else text


def _as_utf8(parsed: Parsed, raw: bytes) -> str | None:
    hint = "save the file as UTF-8"
    wide = _UTF_16.get(raw[:2]) or (
        "UTF-16" if len(raw) > 3 and b"\0" in raw[:2] and raw.count(b"\0") * 3 > len(raw) else None
    )
    if wide:
        parsed.add(1, Fault("not-utf8", f"the file must be UTF-8, not {wide}", hint))
        return None
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        content: bytes = error.object
        line = content.count(b"\n", 0, error.start) + 1
        message = f"the file must be UTF-8, byte 0x{content[error.start]:02X} at line {line} is not"
        parsed.add(line, Fault("not-utf8", message, hint))
        return None


def _refuse_conflict(parsed: Parsed, text: str) -> None:
    fault = conflict_fault(text)
    if fault is not None:
        parsed.add(conflict_line(text), Fault(fault.code, f"the text {fault.message}", fault.hint))


def _refuse_breaks(parsed: Parsed, text: str) -> None:
    noted: set[int] = set()
    for match in _BREAKS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        fault = forbidden_character(match.group())
        if fault is None or line in noted:
            continue
        noted.add(line)
        parsed.add(line, Fault(fault.code, f"text {fault.message}", fault.hint))
        if len(noted) == 20:
            return
