"""What the search for personal data gives back: never the data itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found, in words that may follow "the text holds"."""

    EMAIL = "an e-mail address"
    PHONE = "a phone number"
    NATIONAL = "a national number"
    CARD = "a payment card number"
    ACCOUNT = "a bank account number"
    STUDENT = "a student or identity number"
    BIRTH = "a date of birth"
    HOME = "a home address"
    PROFILE = "the address of a person's profile"
    NAME = "a person's name"
    HASH = "a hash without a salt"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One finding: the line of the text it stands on, from 0, and its kind. What stands there is not kept."""

    line: int
    kind: Kind

    @property
    def code(self) -> str:
        """The code of the problem that it is."""
        return "weak-hash" if self.kind is Kind.HASH else "personal-data"
