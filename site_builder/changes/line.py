"""Sentences about a change, in which the authors' words stay apart from ours until they are written. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from site_builder.problems import printable

_LONGEST = 120
_MOST = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of ours with ``{}`` for each of the authors' words."""

    template: str
    words: tuple[str, ...] = ()

    def told(self, quote: Callable[[str], str]) -> str:
        """Return the sentence; ``quote`` makes each of the authors' words safe where it is written."""
        return self.template.format(*(quote(printable(word, _LONGEST)) for word in self.words))


def line(template: str, *words: str) -> Line:
    """Return a sentence; ``template`` holds none of the authors' words."""
    return Line(template, words)


def joined(lines: Iterable[Line], between: str = "; ") -> Line:
    """Return several sentences as one."""
    every = list(lines)
    words = tuple(word for one in every for word in one.words)
    return Line(between.join(one.template for one in every), words)


def listed(words: Sequence[str]) -> Line:
    """Return some names as a list; of very many the first, and how many more there are."""
    shown = words[:_MOST]
    more = f" and {len(words) - len(shown):,} more" if len(words) > len(shown) else ""
    return Line(", ".join("{}" for _ in shown) + more, tuple(shown))


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count and its noun.

    >>> counted(1, "award"), counted(2400, "award"), counted(2, "is", "are")
    ('1 award', '2,400 awards', '2 are')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
