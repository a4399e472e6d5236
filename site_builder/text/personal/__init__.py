"""Finds personal data in a text by pattern and by shape, in every spelling that a reader would understand.

Nothing here returns what it found: a message that quotes a leak repeats it. A name in running text that
nothing marks as a name is not found; the guide asks reviewers to look for those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.text.personal.cues import cued, cued_by, index, is_crowded, present_words
from site_builder.text.personal.found import Found, Kind
from site_builder.text.personal.life import LIFE_CUES
from site_builder.text.personal.mail import MAIL_CUES, local_part, may_have_signs, signs
from site_builder.text.personal.number_words import NUMBER_CUES
from site_builder.text.personal.numbers import may_hold_number, numbers
from site_builder.text.personal.people import PEOPLE_CUES, is_bare_name
from site_builder.text.personal.profiles import PROFILE_CUES, own_pages
from site_builder.text.personal.readings import latin, undisguised, without_tags
from site_builder.text.personal.tokens import HASH_CUES, long_words
from site_builder.text.personal.wholes import Sorted, sort_out

__all__ = ["APART", "Found", "Kind", "find_personal", "finds_nothing", "is_bare_name", "mailboxes"]

APART = "\n\x00\n"
"""Put between texts that are looked at together: nothing that is found reaches from one into the next."""

_CUES = index(*MAIL_CUES, *PROFILE_CUES, *NUMBER_CUES, *LIFE_CUES, *PEOPLE_CUES, *HASH_CUES)
_MAIL = index(*MAIL_CUES)
# What the quick look found nothing in: the same few titles and kinds of work stand in file after file.
_HARMLESS: set[str] = set()
_MOST_HARMLESS, _SHORT = 5000, 100


def find_personal(text: str) -> list[Found]:
    """Return what personal data a text holds, by line and kind, without the data.

    Takes time linear in the text's length, and raises nothing for any text.
    """
    seen = undisguised(text)
    found = _by_line(seen, _all_in(seen))
    for other in {without_tags(seen), latin(seen)} - {seen}:
        found |= _by_line(other, ((position, Kind.EMAIL) for position in signs(other)))
    return sorted(found)


def finds_nothing(texts: Iterable[str]) -> bool:
    """Return True where one look shows that :func:`find_personal` finds nothing in any of these texts.

    It is for files that are read by the thousand: nearly all hold nothing, and this says so in a fraction of
    the time. What it cannot tell at once it leaves to :func:`find_personal`.
    """
    sorted_out = sort_out([text for text in texts if text not in _HARMLESS])
    if not _nothing_in(sorted_out):
        return False
    short = [text for text in sorted_out.prose if len(text) <= _SHORT]
    _HARMLESS.update(short[: _MOST_HARMLESS - len(_HARMLESS)])
    return True


def _nothing_in(sorted_out: Sorted) -> bool:
    prose = undisguised(APART.join(sorted_out.prose))
    if may_hold_number(prose):
        return False
    seen = APART.join([prose, *sorted_out.addresses])
    if "<" in seen or "@" in seen:
        return False
    if may_have_signs(seen) and any(map(any, map(signs, (seen, latin(seen))))):
        return False
    present = present_words(seen, _CUES)
    if is_crowded(present) or any(cued_by(present, seen, _CUES)):
        return False
    return not (any(own_pages(seen)) or any(long_words(APART.join([seen, *sorted_out.wallets]))))


def _by_line(text: str, places: Iterable[tuple[int, Kind]]) -> set[Found]:
    """Return the findings at these places of a text, counting its lines once."""
    found = set()
    line = counted = 0
    for position, kind in sorted(set(places)):
        line += text.count("\n", counted, position)
        counted = position
        found.add(Found(line, kind))
    return found


def mailboxes(text: str) -> Iterator[str]:
    """Yield the part before the sign of each e-mail address in a text; empty where it is disguised."""
    seen = undisguised(text)
    yield from (local_part(seen, position) for position in dict.fromkeys(signs(seen)))
    yield from ("" for _ in cued(seen, _MAIL))
    yield from ("" for _, kind in long_words(seen) if kind is Kind.EMAIL)


def _all_in(text: str) -> Iterator[tuple[int, Kind]]:
    yield from ((position, Kind.EMAIL) for position in signs(text))
    yield from ((position, Kind.PROFILE) for position in own_pages(text))
    yield from numbers(text)
    yield from long_words(text)
    yield from cued(text, _CUES)
