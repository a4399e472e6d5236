"""Cues: words beside which something is personal data, each tried only where its first word stands.

One pass over the words of a text finds every cue. That is why a text of a hundred thousand words takes a
moment: no pattern runs over the whole of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from site_builder.text.personal.found import Kind

Check = Callable[[re.Match[str]], bool]

_WORD = re.compile(r"[^\W\d_]+")
_FEW = 100
_NOT_IN_A_WORD = r"(?<!\w)"
_ASCII_WORDS = bytes(byte if chr(byte).isalpha() and byte < 0x80 else 0x20 for byte in range(0x100))


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that begins with one certain word, and what it means where ``check`` agrees."""

    kind: Kind
    source: str
    flags: int
    check: Check

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made when a text first has the word: a thousand of them would slow every command."""
        return _compiled(self.source, self.flags)

    @property
    def begins_a_word(self) -> bool:
        """True where the pattern never holds in the middle of a word."""
        return self.source.startswith(_NOT_IN_A_WORD)


@cache
def _compiled(source: str, flags: int) -> re.Pattern[str]:
    return re.compile(source, flags)


Index = Mapping[str, tuple[Cue, ...]]


def words(text: str) -> list[str]:
    """Return the words of a list that is written as running text."""
    return text.split()


def cues(
    kind: Kind, phrases: Iterable[str], tail: str, check: Check = bool, *, flags: int = re.IGNORECASE
) -> dict[str, Cue]:
    """Return a cue for each first word of ``phrases``, which are patterns that begin with a plain word.

    ``tail`` is the pattern that must follow a phrase.
    """
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        first = _WORD.match(phrase)
        if first is None:
            raise ValueError(f"the phrase {phrase!r} does not begin with a word")
        by_word[first.group().lower()].append(phrase)
    found = {}
    for word, group in by_word.items():
        longest_first = "|".join(sorted(group, key=len, reverse=True))
        found[word] = Cue(kind, f"{_NOT_IN_A_WORD}(?:{longest_first}){tail}", flags, check)
    return found


def index(*groups: Mapping[str, Cue]) -> Index:
    """Return the cues of several groups by their first word."""
    found: defaultdict[str, list[Cue]] = defaultdict(list)
    for group in groups:
        for word, cue in group.items():
            found[word].append(cue)
    return {word: tuple(several) for word, several in found.items()}


def cued(text: str, known: Index) -> Iterator[tuple[int, Kind]]:
    """Yield where a cue of ``known`` holds in ``text``, and its kind."""
    return cued_by(present_words(text, known), text, known)


def cued_by(present: Collection[str], text: str, known: Index) -> Iterator[tuple[int, Kind]]:
    """Yield what :func:`cued` does; ``present`` is what :func:`present_words` said of the text."""
    for word, start in _places(present, text, known):
        for cue in known[word.lower()]:
            match = cue.pattern.match(text, start)
            if match is not None and cue.check(match):
                yield start, cue.kind


def present_words(text: str, known: Index) -> list[str]:
    """Return the words of ``text``, as they are written in it, that a cue of ``known`` begins with."""
    if text.isascii():
        every = set(text.encode().translate(_ASCII_WORDS).decode().split())
    else:
        # Words are repeated, and the pattern is slower than what puts each once.
        every = set(_WORD.findall(" ".join(set(text.split()))))
    return [word for word in every if word.lower() in known]


def is_crowded(present: Collection[str]) -> bool:
    """Return True for so many words of cues that each word of the text is looked at, whole words only."""
    return len(present) > _FEW


def _places(present: Collection[str], text: str, known: Index) -> Iterator[tuple[str, int]]:
    """Yield each word that a cue begins with, and where it stands: the pattern sees what stands around.

    Few words of a text are cues, so it is faster to look for each of them; of a text that was made to have
    many, every word is looked at once.
    """
    if is_crowded(present):
        found = ((match.group(), match.start()) for match in _WORD.finditer(text))
        yield from ((word, start) for word, start in found if word.lower() in known)
        return
    for word in present:
        alone = all(cue.begins_a_word for cue in known[word.lower()])
        start = text.find(word)
        while start >= 0:
            if not (alone and start and _is_of_word(text[start - 1])):
                yield word, start
            start = text.find(word, start + 1)


def _is_of_word(char: str) -> bool:
    r"""Return what the pattern \w says of a character."""
    return char.isalnum() or char == "_"
