"""What can go wrong with a stranger's credential, as exceptions.

ValueError
└── ProofError                 this document cannot be signed, or its proof cannot be checked
    ├── MultibaseError         a multibase text does not decode, or holds something else
    ├── UnknownContextError    the document names a context the press does not ship
    ├── UnsignableError        part of the document would not be covered by the signature
    │   ├── UndefinedTermError     a key, type or reference no context defines
    │   └── UnsignableTextError    a text with characters that canonicalizers write differently
    ├── TooComplexError        the document costs more to canonicalize than a credential may
    ├── ProofFormatError       the proof is missing, or is not one eddsa-rdfc-2022 proof
    └── JsonRefused            the bytes are not the JSON the press accepts

RuntimeError
└── ContextError               the installed dependency does not hold the pinned context bytes
"""

from __future__ import annotations

from collections.abc import Iterable


class ProofError(ValueError):
    """A document cannot be signed, or its proof cannot be checked; the text says why, for people."""


class MultibaseError(ProofError):
    """A multibase text does not decode, is not canonical, or holds something other than expected."""


class UnknownContextError(ProofError):
    """The document names a context the press does not ship; ``url`` is that name."""

    def __init__(self, url: str) -> None:
        super().__init__(f"context must be one that this press ships, not {url[:200]!r}")
        self.url = url


class UnsignableError(ProofError):
    """The part of the document at ``pointer`` (RFC 6901) would not be covered by the signature."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(f"{pointer or '(document)'}: {message}")
        self.pointer = pointer


class UndefinedTermError(UnsignableError):
    """``term`` (a key, type or reference) at ``pointer`` does not become an absolute IRI."""

    def __init__(self, pointer: str, term: str, message: str = "") -> None:
        super().__init__(pointer, message or f"no context defines {term[:200]!r}, so it would not be signed")
        self.term = term


class UnsignableTextError(UnsignableError):
    """The text at ``pointer`` holds a character that canonicalizers do not agree on."""


class TooComplexError(ProofError):
    """The document costs more to canonicalize than a credential may; ``code`` names the limit."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ProofFormatError(ProofError):
    """The proof is missing or is not exactly one eddsa-rdfc-2022 proof; ``code`` names the fault."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class JsonRefused(ProofError):  # noqa: N818 -- the name the whole program uses for it
    """The bytes are not JSON that the press accepts from a stranger; ``code`` names the fault."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ContextError(RuntimeError):
    """The installed dependency does not hold the pinned context bytes: reinstall it."""


def pointer_to(path: Iterable[str | int]) -> str:
    """Return the JSON pointer (RFC 6901) of ``path``; the empty text for the whole document."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
