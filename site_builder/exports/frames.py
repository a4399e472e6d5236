"""Text that was rendered once, with marks where values go; filling it is all that is left to do per award."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from operator import itemgetter
from typing import AnyStr, Generic, TypeVar

# No author's text may hold control characters, and nothing escapes them: neither HTML nor our own scripts.
_MARK = re.compile("\x02([0-9]+)\x03")
_SIGNS = ("\x02", "\x03")

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Unfit(Exception):  # noqa: N818 - it says what is wrong
    """A text cannot be made from a frame; whoever asked renders it as a whole."""


def mark(slot: int) -> str:
    """Return what stands for the value of a slot while a frame is rendered."""
    return f"\x02{slot}\x03"


class Frame(Generic[AnyStr]):
    """A text with slots: what is between them, and which slot stands in each gap."""

    __slots__ = ("_pick", "pieces", "slots")

    def __init__(self, pieces: list[AnyStr], slots: Sequence[int]) -> None:
        self.pieces: list[AnyStr] = pieces
        self.slots = tuple(slots)
        # Of one slot it would give the value itself, and of none nothing.
        self._pick = itemgetter(*slots) if len(slots) > 1 else None

    def fill(self, values: Sequence[AnyStr]) -> AnyStr:
        """Return the text with these values, by slot; they must be escaped for where they go."""
        pieces: list[AnyStr] = self.pieces.copy()
        pieces[1::2] = self._pick(values) if self._pick else [values[slot] for slot in self.slots]
        text: AnyStr = pieces[0][:0].join(pieces)
        return text


def framed(text: str, slots: Collection[int]) -> Frame[str]:
    """Return ``text`` as a frame. Raises :class:`Unfit` unless it has all marks of ``slots`` and no other."""
    pieces = [str(piece) for piece in _MARK.split(text)]
    found = [int(slot) for slot in pieces[1::2]]
    if set(found) != set(slots) or any(sign in piece for piece in pieces[::2] for sign in _SIGNS):
        raise Unfit("the marks of a frame are not where they were put")
    return Frame(pieces, found)


def encoded(frame: Frame[str]) -> Frame[bytes]:
    """Return the frame in UTF-8, as files are written."""
    return Frame([piece.encode() for piece in frame.pieces], frame.slots)


class Recent(Generic[K, V]):
    """The values that were asked for last, at most ``most`` of them; others are made again."""

    def __init__(self, most: int, make: Callable[..., V]) -> None:
        self._most, self._make = most, make
        self._values: dict[K, V] = {}

    def get(self, key: K, *given: object) -> V:
        """Return the value of ``key``, made from what is given if it is not at hand."""
        try:
            value = self._values.pop(key)
        except KeyError:
            value = self._make(*given)
            if len(self._values) >= self._most:
                del self._values[next(iter(self._values))]
        self._values[key] = value  # the last in the order of a dict is the newest
        return value
