"""What authors get wrong, as values.

A fault in an author's file is a :class:`Problem`; a fault of ours is an exception. Every part of the press
that reads authors' words returns problems and goes on, so that one run shows every mistake (DESIGN 7).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_SHOWN = 80


class Severity(StrEnum):
    """Whether a problem stops publication (error) or is only told (warning)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake: where it stands, what was found, what is expected, and what to try.

    ``path`` is relative to the repository, with forward slashes. ``line`` counts from 1; it is ``None`` where
    a file has no lines (an image, a folder). ``code`` names the class of the mistake for machines and never
    changes its meaning. ``message`` and ``hint`` start in lower case and carry no full stop.
    """

    path: str
    code: str
    message: str
    line: int | None = None
    hint: str = ""
    field: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """True where this problem stops publication."""
        return self.severity is Severity.ERROR


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the distinct problems by path, then line, then words: the same order on every machine."""
    return sorted(set(problems), key=lambda p: (p.path, p.line or 0, p.code, p.message, p.hint))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return True where at least one problem stops publication."""
    return any(problem.is_error for problem in problems)


def shown(value: object, limit: int = _SHOWN) -> str:
    """Return ``value`` as it may stand in a message: quoted, printable, one line, at most ``limit`` long."""
    return "'" + printable(str(value), limit).replace("'", "’") + "'"


def printable(text: str, limit: int = 2000) -> str:
    """Return ``text`` on one line; control, invisible and undecodable characters are written as U+XXXX."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if cut.isprintable():  # Python's word for a text that has none of these; said at once
        return cut
    return "".join(char if _is_plain(char) else f"<U+{ord(char):04X}>" for char in cut)


def _is_plain(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return a hint that offers the nearest known names, or lists a few of them; empty if there are none.

    >>> did_you_mean("competancies", ["competencies", "criteria"])
    "did you mean 'competencies'?"
    """
    names = sorted(known)
    folded = {name.casefold(): name for name in names}
    if wrong.casefold() in folded:
        return f"did you mean {shown(folded[wrong.casefold()])}? letter case matters"
    import difflib  # few runs find a misspelt name

    near = difflib.get_close_matches(wrong[:_SHOWN], names, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(shown(name) for name in near) + "?"
    if not names:
        return ""
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return "known: " + ", ".join(printable(name) for name in names[:8]) + more
