"""Badges that differ in a few strings only: what they share is judged once, by the library.

Everything here is learnt from published bytes, of badges that the library itself has found authentic in this
run; nothing is taken from whoever signed them.
"""

from __future__ import annotations

from site_builder.verifying.shape import Presented


class Shapes:
    """The shapes that one run has met."""

    def read(self, raw: bytes) -> Presented | None:
        """Return the badge that ``raw`` spells, if it is of a known shape; None leaves it to the library."""
        return None

    def learn(self, raw: bytes, badge: Presented) -> None:
        """Remember the shape of a badge that the library found authentic."""
