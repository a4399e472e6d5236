"""The check digits of numbers that are given to persons: what tells them from other numbers."""

from __future__ import annotations

import re
from collections import Counter

_VERHOEFF_MULTIPLY = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_PERMUTE = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24,
    "DE": 22, "DK": 18, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21,
    "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "LB": 28, "LI": 21,
    "LT": 20, "LU": 20, "LV": 21, "MA": 28, "MC": 27, "MR": 27, "MT": 31, "NL": 18, "NO": 15, "PK": 24,
    "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24,
    "TN": 24, "TR": 26, "UA": 29,
}  # fmt: skip
_CARD = re.compile(
    "(?:4[0-9]{12}(?:[0-9]{3}){0,2}|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|6[0-9]{15})"
)


def luhn(digits: str) -> bool:
    """Return True where the last digit is right (ISO/IEC 7812-1): payment cards, Canadian SIN."""
    doubled = "0246813579"
    total = sum(int(doubled[int(d)] if place % 2 else d) for place, d in enumerate(reversed(digits)))
    return total % 10 == 0


def verhoeff(digits: str) -> bool:
    """Return True where the last digit is right by Verhoeff's scheme: Aadhaar."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        permuted = _VERHOEFF_PERMUTE[place % 8][int(digit)]
        check = int(_VERHOEFF_MULTIPLY[check][int(permuted)])
    return check == 0


def iban(text: str) -> bool:
    """Return True for the number of a bank account (ISO 13616): its country's length, and modulo 97."""
    bare = text.replace(" ", "").replace("-", "").upper()
    if _IBAN_LENGTHS.get(bare[:2]) != len(bare):
        return False
    return int("".join(str(int(char, 36)) for char in bare[4:] + bare[:4])) % 97 == 1


def card(digits: str) -> bool:
    """Return True for the number of a payment card: a known beginning, its length, the check digit."""
    return _CARD.fullmatch(digits) is not None and luhn(digits) and len(set(digits)) > 1


def french_nir(text: str) -> bool:
    """Return True for a French social security number with its key of two digits."""
    bare = text.replace(" ", "").upper().replace("2A", "19").replace("2B", "18")
    return bare.isdigit() and len(bare) == 15 and int(bare[:13]) % 97 == 97 - int(bare[13:])


def german_tax_id(digits: str) -> bool:
    """Return True for a German Steuer-ID: ISO 7064 MOD 11,10, and one of its digits twice or thrice."""
    times = sorted(Counter(digits[:10]).values(), reverse=True)
    if digits[0] == "0" or times[0] not in (2, 3) or (len(times) > 1 and times[1] > 1):
        return False
    rest = 10
    for digit in digits[:10]:
        rest = ((int(digit) + rest) % 10 or 10) * 2 % 11
    return (11 - rest) % 10 == int(digits[10])


def spanish_dni(text: str) -> bool:
    """Return True for a Spanish DNI or NIE with its letter."""
    bare = re.sub("[ .-]", "", text).upper()
    digits = bare[:-1].translate(str.maketrans("XYZ", "012"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == bare[-1]


def swiss_ahv(digits: str) -> bool:
    """Return True for a Swiss AHV number: 756, and the check digit of an EAN."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits.startswith("756") and total % 10 == 0


def brazilian_cpf(digits: str) -> bool:
    """Return True for a Brazilian CPF with its two check digits."""

    def check(count: int) -> int:
        total = sum(int(digit) * (count + 1 - place) for place, digit in enumerate(digits[:count]))
        return total * 10 % 11 % 10

    return len(set(digits)) > 1 and (check(9), check(10)) == (int(digits[9]), int(digits[10]))


def chinese_id(text: str) -> bool:
    """Return True for a Chinese identity number: ISO 7064 MOD 11-2 over weights."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(text, weights, strict=False))
    return "10X98765432"[total % 11] == text[17].upper()


def swedish_number(digits: str) -> bool:
    """Return True for a Swedish personnummer of ten digits: a month, a day, the check digit."""
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) % 60 <= 31 and luhn(digits)
