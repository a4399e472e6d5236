"""What was found of badges that others are built on: so many bytes each, however many there are."""

from __future__ import annotations

from struct import Struct

from site_builder.verifying.stack import STANDINGS, Part

# Whether it is known, the digest, how it stands, and what is below it.
_FORM = Struct("?32sBBH")


class Standings:
    """The parts among ``count`` badges, by their places."""

    def __init__(self, count: int) -> None:
        self._packed = bytearray(_FORM.size * count)

    def put(self, place: int, url: str, part: Part) -> None:
        """Remember what was found at ``url``; not of a badge that gives itself another address."""
        if part.id == url:
            standing = STANDINGS.index(part.fault)
            _FORM.pack_into(
                self._packed, place * _FORM.size, True, part.digest, standing, part.height, part.size
            )

    def get(self, place: int, url: str) -> Part | None:
        """Return what was found at ``url``; None where nothing is remembered."""
        is_known, digest, standing, height, size = _FORM.unpack_from(self._packed, place * _FORM.size)
        return Part(digest, url, STANDINGS[standing], height, size) if is_known else None
