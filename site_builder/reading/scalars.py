"""What a plain (unquoted) word of YAML means.

YAML 1.2 core schema (chapter 10.3): ``NO``, ``yes`` and ``on`` are text. Whatever an older YAML 1.1 reader
would take for a number is a number here too, so that a text field refuses it instead of meaning two things to
two readers.
"""

from __future__ import annotations

import math
import re
from datetime import date

from site_builder.text import Fault
from site_builder.text.dates import date_fault, parse_date

LARGEST = 2**53
"""Beyond this, JavaScript readers of the published JSON would see another number (RFC 8259, 6)."""

_WORDS: dict[str, object] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_WORDS |= dict.fromkeys(("true", "True", "TRUE"), True)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)
_MAYBE_NUMBER = frozenset("0123456789+-.")
FIRST_OF_VALUES = _MAYBE_NUMBER | {word[:1] for word in _WORDS}
"""How a plain word begins that may be something else than text; "" is how an empty one begins."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?"
)
_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*")
_BASED = re.compile(
    r"(?P<sign>[-+]?)0"
    r"(?:b(?P<b>[01_]*[01][01_]*)|o(?P<o>[0-7]+)|x(?P<x>[0-9A-Fa-f_]*[0-9A-Fa-f][0-9A-Fa-f_]*))"
)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_BASES = {"b": 2, "o": 8, "x": 16}
# Every number has this form, and some text; what has not, such as most ids, is text at once.
_LIKE_NUMBER = re.compile(
    r"[-+]?(?:[0-9._:]++(?:[eE][-+]?[0-9]++)?|0[box][0-9A-Fa-f_]++|\.(?:inf|Inf|INF|nan|NaN|NAN))"
)
_SAFE_DIGITS = 15
"""So many digits never make a number beyond :data:`LARGEST`."""

# Words that YAML 1.1 and 1.2 readers take for the same number.
_AGREED = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*(?:[eE][-+][0-9]+)?)?|\.[0-9]+)")


class DisputedNumber(float):
    """A number about whose value YAML readers differ, such as ``8:30``, ``012``, ``1_000`` or ``1e3``.

    Text refuses it as it refuses any number; a field for numbers refuses it, too. ``word`` is as written.
    """

    word: str

    def __new__(cls, value: float, word: str) -> DisputedNumber:
        """Return the number as the older readers take it."""
        number = super().__new__(cls, value)
        number.word = word
        return number


# What YAML 1.1 reads as a boolean; as a field's name it would be lost in an older reader.
_OLD_BOOLEANS = frozenset({"y", "yes", "n", "no", "on", "off", "true", "false"})


def plain_value(word: str) -> object:
    """Return the value of a plain scalar: None, bool, int, float, date or str; or a Fault where it has none.

    A number that readers of YAML 1.1 and 1.2 disagree about is a :class:`DisputedNumber`.
    Codes: ``bad-number`` (not finite, or beyond 2**53), ``bad-date`` (no calendar day, or a time of day).
    """
    if word in _WORDS:
        return _WORDS[word]
    if word[0] not in _MAYBE_NUMBER:
        return word
    if len(word) <= _SAFE_DIGITS and word.isdecimal() and word.isascii() and word[0] != "0":
        return int(word)
    if "-" in word[1:5] and word[0].isdigit():
        return _date(word)
    return _undisputed(word)


def _undisputed(word: str) -> object:
    if _LIKE_NUMBER.fullmatch(word) is None:
        return word
    value = _number(word)
    if isinstance(value, int | float) and not _AGREED.fullmatch(word):
        return DisputedNumber(value, word)
    return value


def _date(word: str) -> object:
    if _DATE.fullmatch(word):
        try:
            return parse_date(word)
        except ValueError:
            return date_fault(word)
    if _TIMESTAMP.fullmatch(word):
        what = "a date alone" if _is_moment(word) else "a date and time"
        return Fault("bad-date", f"must be a date, and {word} is not {what}", "write a day: 2026-11-22")
    return _undisputed(word)


def _is_moment(word: str) -> bool:
    year, month, day, hour, minute, second = (int(n) for n in re.findall("[0-9]+", word)[:6])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return hour < 24 and minute < 60 and second <= 60


def _number(word: str) -> object:
    if _INTEGER.fullmatch(word):
        return _integer(word.replace("_", ""), 10)
    based = _BASED.fullmatch(word)
    if based is not None:
        kind = based.lastgroup or ""
        return _integer(based["sign"] + based[kind].replace("_", ""), _BASES[kind])
    if _FLOAT.fullmatch(word):
        return _finite(float(word.replace("_", "")))
    if _INFINITE.fullmatch(word):
        return _finite(math.nan)
    if _SEXAGESIMAL.fullmatch(word):
        return _sexagesimal(word.replace("_", ""))
    return word


def _integer(digits: str, base: int) -> object:
    # int() of thousands of digits is slow, and from 4300 on an error.
    value = int(digits, base) if len(digits) <= 64 else LARGEST + 1
    if abs(value) > LARGEST:
        return Fault("bad-number", "is a number that is too large", "if it is not a quantity, quote it")
    return value


def _finite(value: float) -> object:
    if math.isfinite(value):
        return value
    return Fault("bad-number", "must be finite", "write an ordinary number, or quote the text")


def _sexagesimal(word: str) -> object:
    parts = word.lstrip("+-").split(":")
    if len(parts) > 6 or len(parts[0]) > 12:
        return _integer("9" * 65, 10)
    value = sum(float(part) * 60**power for power, part in enumerate(reversed(parts)))
    return -value if word.startswith("-") else value


def key_fault(word: str, *, plain: bool) -> Fault | None:
    """Return a ``bad-key`` fault if a field's name is not text to every YAML reader, old ones included."""
    if not plain:
        return None
    if word == "<<":
        return Fault("alias-not-allowed", "merge keys (<<) are not allowed", "write the fields out")
    if word.lower() in _OLD_BOOLEANS or not isinstance(plain_value(word), str):
        name = word if len(word) <= 40 else word[:39] + "…"
        return Fault(
            "bad-key", f"field names must be text; quote '{name}'", "use a name from the reference page"
        )
    return None


def what_is(value: object) -> str:
    """Return what a parsed value is, in an author's words: text, a number, a list.

    >>> what_is([1])
    'a list'
    """
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "text"),
        (bool, "a boolean"),
        ((int, float), "a number"),
        (date, "a date"),
        (list, "a list"),
        (dict, "a mapping"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "nothing")
