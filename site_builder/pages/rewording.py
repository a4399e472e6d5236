"""Two wordings of one text side by side: which words went, and which came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby

from markupsafe import Markup

ALIKE = 0.4
"""Below this likeness (of 1) two wordings are two texts: marks on nearly every word would show nothing."""
_BREAK = "\n\n"
Word = tuple[str, bool]
"""A word, and whether the other wording lacks it."""


def reworded(before: str, after: str) -> tuple[Markup, Markup]:
    """Return both texts as paragraphs; what only one has stands in ``del`` or ``ins`` (HTML, section 4.7)."""
    old, new = list(_words(before)), list(_words(after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _html([(word, False) for word in old], "del"), _html([(word, False) for word in new], "ins")
    gone, come = [True] * len(old), [True] * len(new)
    for here, there, length in matcher.get_matching_blocks():
        gone[here : here + length] = [False] * length
        come[there : there + length] = [False] * length
    return _html(zip(old, gone, strict=True), "del"), _html(zip(new, come, strict=True), "ins")


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text, and a break between its paragraphs."""
    parts = [part.split() for part in text.split(_BREAK) if part.strip()]
    for number, part in enumerate(parts):
        yield from ([_BREAK] if number else [])
        yield from part


def _html(words: Iterable[Word], tag: str) -> Markup:
    paragraphs = [
        list(group) for is_break, group in groupby(words, lambda word: word[0] == _BREAK) if not is_break
    ]
    return Markup("").join(Markup("<p>{}</p>").format(_runs(words, tag)) for words in paragraphs)


def _runs(words: Iterable[Word], tag: str) -> Markup:
    """Return words with one element around each run of those that the other wording lacks."""
    runs = (
        (only_here, " ".join(word for word, _ in run)) for only_here, run in groupby(words, _is_only_here)
    )
    whole, marked = Markup("{}"), Markup(f"<{tag}>{{}}</{tag}>")  # noqa: S704 - one of two names of ours
    return Markup(" ").join((marked if only_here else whole).format(text) for only_here, text in runs)


def _is_only_here(word: Word) -> bool:
    return word[1]
