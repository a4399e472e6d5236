"""From the bytes of a class list to text: UTF-8, UTF-16 and Windows-1252 are told apart."""

from __future__ import annotations

import codecs

from site_builder.importers.table import Faults
from site_builder.text.characters import damage_fault

_OTHER_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"<", "a web page or XML file"),
)
_HINT = "save it as CSV (UTF-8) or as an Excel workbook (.xlsx)"


def decoded(faults: Faults, raw: bytes) -> tuple[str, str] | None:
    """Return the text and the name of its encoding; None, with a problem noted, if it cannot be read.

    A byte order mark decides. Without one, zero bytes in every other place mean UTF-16. What is valid UTF-8
    is UTF-8: text in Windows-1252 with accents almost never is.
    """
    if not raw.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        faults.file(
            "empty-file", "the roster is empty", "it needs a row of column names and a row per learner"
        )
        return None
    start = raw.removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, what in _OTHER_KINDS:
        if start.startswith(magic):
            faults.file("not-a-table", f"the roster is {what}, not a table", _HINT)
            return None
    wide = _wide(raw)
    return _utf_16(faults, raw, wide) if wide else _narrow(faults, raw)


def _wide(raw: bytes) -> str:
    """Return the codec of UTF-16 text, or an empty text."""
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return ""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = raw[: min(len(raw), 4096) & ~1]
    first, second = head[::2].count(0), head[1::2].count(0)
    if max(first, second) * 4 < len(head) // 2 or min(first, second) * 8 > max(first, second):
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def _utf_16(faults: Faults, raw: bytes, codec: str) -> tuple[str, str] | None:
    try:
        return raw.decode(codec).removeprefix("\ufeff"), "UTF-16"
    except UnicodeDecodeError:
        faults.file("not-utf8", "the roster looks like UTF-16, but it is cut off or damaged", _HINT)
        return None


def _narrow(faults: Faults, raw: bytes) -> tuple[str, str] | None:
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        place = error.start
    line, byte = raw.count(b"\n", 0, place) + 1, raw[place]
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        message = "the roster must be UTF-8, UTF-16 or Windows-1252, and is none of them"
        faults.file("not-utf8", message, _HINT)
        return None
    if raw.startswith(codecs.BOM_UTF8) or damage_fault(text) is not None:
        message = f"the roster is UTF-8, but damaged: byte 0x{byte:02X} at line {line} does not belong there"
        faults.file("not-utf8", message, "type that character again and save the file as UTF-8")
        return None
    return text, "Windows-1252"
