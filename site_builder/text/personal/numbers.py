"""Numbers that lead to one person: telephone, identity, student, bank and card numbers.

A number is found by its shape where the shape is clear or its check digit is right, else only beside a word
that says what it is (:mod:`.number_words`). Each is looked at with ordinary numbers covered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from site_builder.text.characters import beyond_ascii
from site_builder.text.personal import check_digits
from site_builder.text.personal.found import Kind
from site_builder.text.personal.ordinary import covered

Check = Callable[[str], bool]

_GAP = r"[ \t().\-/·_*]"
# Six digits and more, or the middle of an Italian code: what may be a person's number, and much that is not.
_CANDIDATE = re.compile(rf"\d(?:(?:{_GAP}|\n(?=\d)){{0,3}}\d){{5,23}}|\d\d[A-Z]\d\d[A-Z]\d{{3}}")
_FARTHEST = 2000
"""The longest web address: so far back may stand what covers a number."""

_PHONES = (
    rf"\+[ (]{{0,2}}[1-9](?:(?:{_GAP}|\n){{0,3}}\d){{7,14}}",
    rf"(?<!\d)00[ ]?[1-9]\d{{0,2}}{_GAP}{{1,2}}\d{{1,4}}(?:{_GAP}{{1,2}}\d{{2,8}}){{1,5}}(?!\d)",
    r"(?<!\d)\(?[2-9]\d\d\)?[ .\-/_*]{0,2}(?<=\D)[2-9]\d\d[ .\-_*]\d{4}(?!\d)",  # North America
    r"(?<!\d)0[1-9](?:[ .\-/]\d\d){4}(?!\d)",  # France, Morocco
    r"(?<!\d)\(?0\d{1,4}\)?[ -]\d{3,4}[ -]\d{3,4}(?!\d)",  # United Kingdom, Australia, Japan
    r"(?<!\d)\(?0\d{3,4}\)? \d{6}(?!\d)",
    r"(?<!\d)\(?0[1-9]\d{1,4}\)?(?: ?/ ?| )\d{2,4}(?:[ -]?\d{2,4}){1,3}(?!\d)",  # Germany, Austria
    r"(?<!\d)01[5-7]\d-\d{7,8}(?!\d)",
    r"(?<!\d)0\d\d \d{3} \d\d \d\d(?!\d)|(?<!\d)04\d\d(?:[ ./]\d\d){3}(?!\d)",  # Switzerland, Belgium
    r"(?<!\d)[6-9]\d\d(?: \d\d){3}(?!\d)",  # Spain
    r"(?<!\d)[6-9]\d{4}[ -]\d{5}(?!\d)|(?<!\d)1[3-9]\d[ -]\d{4}[ -]\d{4}(?!\d)",  # India, China
    r"\(\d\d\) ?9?\d{4}-\d{4}(?!\d)",  # Brazil
    r"(?<!\d)0[567]\d{8}(?!\d)",
)


def _digits(check: Check) -> Check:
    return lambda text: check(re.sub(r"\D", "", text))


def _always(_: str) -> bool:
    return True


_NINO = r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)"
_DNI = r"(?<![\w-])(?!(?:19|20)\d{6})(?:\d\d\.?\d{3}\.?\d{3}|[XYZ]-?\d{7})[ -]?[A-Z](?!\w)"
_IBAN = r"(?<!\w)[A-Za-z]{2}\d\d(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?!\w)"
_NUMBERS: tuple[tuple[Kind, str, Check], ...] = (
    (Kind.ACCOUNT, _IBAN, check_digits.iban),
    (Kind.NATIONAL, r"(?<![\d-])(?!000|666|9)\d{3}-\d\d-\d{4}(?![\d-])", _always),  # US SSN
    # Canada: SIN
    (Kind.NATIONAL, r"(?<![\d-])\d{3}([ -])\d{3}\1\d{3}(?![\d -]\d)(?!\d)", _digits(check_digits.luhn)),
    # India: Aadhaar
    (Kind.NATIONAL, r"(?<!\d)[2-9]\d{3}([ -])\d{4}\1\d{4}(?![ -]?\d)", _digits(check_digits.verhoeff)),
    (Kind.NATIONAL, r"(?<!\d)\d\d ?\d{3} ?\d{3} ?\d{3}(?!\d)", _digits(check_digits.german_tax_id)),
    (Kind.NATIONAL, r"(?<!\d)756\.\d{4}\.\d{4}\.\d\d(?!\d)", _digits(check_digits.swiss_ahv)),
    (Kind.NATIONAL, r"(?<!\d)\d{3}\.\d{3}\.\d{3}-\d\d(?!\d)", _digits(check_digits.brazilian_cpf)),
    (Kind.NATIONAL, r"(?<!\d)\d{6}-\d{4}(?!\d)", _digits(check_digits.swedish_number)),
    # Korea, Emirates
    (Kind.NATIONAL, r"(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])-[1-8]\d{6}(?!\d)", _always),
    (Kind.NATIONAL, r"(?<!\d)784-?(?:19|20)\d\d-?\d{7}-?\d(?!\d)", _always),
    (
        Kind.NATIONAL,
        r"(?<!\w)[12378] ?\d\d ?\d\d ?(?:\d\d|2[ABab]) ?\d{3} ?\d{3} ?\d\d(?!\w)",
        check_digits.french_nir,
    ),
    (Kind.NATIONAL, r"(?<!\w)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\w)", check_digits.chinese_id),
    (Kind.NATIONAL, _NINO, _always),
    (Kind.NATIONAL, r"(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)", _always),  # Italy
    (Kind.NATIONAL, _DNI, check_digits.spanish_dni),
    (Kind.CARD, r"(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)", _digits(check_digits.card)),
    (Kind.CARD, r"(?<!\d)(?:\d{4}[ -]\d{6}[ -]\d{5}|\d{13,19})(?!\d)", _digits(check_digits.card)),
)
# A piece of a longer word, of a decimal number or of a file's name is no number of its own.
# The clearest stand first: what one of them takes is no longer a telephone number.
_SHAPES = tuple(
    (kind, re.compile(rf"(?<![\w.,])(?:{pattern})(?!\w)"), check)
    for kind, pattern, check in (*_NUMBERS, *((Kind.PHONE, pattern, _always) for pattern in _PHONES))
)


# For a quick look: digits and capitals alike, and whatever may stand between the digits of a number left out.
_ALIKE = bytes(
    0x30 if 0x30 <= byte <= 0x39 else 0x41 if 0x41 <= byte <= 0x5A else 0x20 for byte in range(0x100)
)
_BETWEEN = b" \t\n().-/_*" + bytes(range(0x80, 0x100))


def may_hold_number(text: str) -> bool:
    """Return False where a quick look shows that :func:`numbers` finds nothing in ``text``."""
    alike = text.encode("utf-8", "surrogatepass").translate(_ALIKE, _BETWEEN)
    if b"000000" in alike or b"00A00A000" in alike:
        return True
    return any(map(str.isdecimal, beyond_ascii(text)))


def numbers(text: str) -> Iterator[tuple[int, Kind]]:
    """Yield where a number of a person begins, and its kind."""
    if not may_hold_number(text):
        return
    for start, end in _windows(text):
        piece = covered(text[start:end])
        taken = bytearray(len(piece))
        for kind, pattern, check in _SHAPES:
            for match in pattern.finditer(piece):
                first, last = match.span()
                if check(match.group()) and not any(taken[first:last]):
                    taken[first:last] = bytes([1]) * (last - first)
                    yield start + first, kind


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield parts of a text that hold candidates with what stands around them; no two parts overlap."""
    start = end = -1
    for match in _CANDIDATE.finditer(text):
        left = _left_of(text, match.start())
        if left > end:
            if end >= 0:
                yield start, end
            start = left
        end = max(end, min(len(text), match.end() + 40))
    if end >= 0:
        yield start, end


def _left_of(text: str, position: int) -> int:
    """Return where the word begins that holds ``position``, and some more: an ISBN's label, a currency."""
    floor = max(0, position - _FARTHEST)
    word = max(text.rfind(" ", floor, position), text.rfind("\n", floor, position), floor)
    return max(0, word - 24)


def is_still_there(match: re.Match[str]) -> bool:
    """Return True where a match holds too once ordinary numbers around it are covered."""
    text, start = match.string, match.start()
    left = _left_of(text, start)
    piece = covered(text[left : match.end() + 40])
    return match.re.match(piece, start - left) is not None
