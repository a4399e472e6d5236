"""The header of a PNG and its pixel data, inflated piece by piece and thrown away (W3C PNG 7 to 11)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
# Adam7, section 8.1: first column, first row, column step, row step of each pass.
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_PIECE = 64 * 1024


class PixelFault(Exception):  # noqa: N818 - an author's fault on its way to becoming a Problem
    """The header or the pixel data is not as PNG defines it; ``code`` names the class of the problem."""

    def __init__(self, message: str, code: str = "bad-image") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Header:
    """The IHDR chunk: pixels, bits per sample, colour type 0, 2, 3, 4 or 6, and whether it is interlaced."""

    width: int
    height: int
    depth: int
    colour_type: int
    interlaced: bool


def read_header(data: bytes) -> Header:
    """Return the header; :class:`PixelFault` where a field has a value that PNG does not define (11.2.1)."""
    if len(data) != 13:
        raise PixelFault(f"the image is damaged: its header must have 13 bytes, not {len(data)}")
    width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", data)
    if depth not in _DEPTHS.get(colour, ()):
        message = f"the image is damaged: PNG has no colour type {colour} with {depth} bits"
        raise PixelFault(message)
    if compression or filtering or interlace > 1:
        raise PixelFault("the image is damaged: its header asks for a method that PNG does not define")
    return Header(width, height, depth, colour, bool(interlace))


def check_pixels(header: Header, parts: Iterable[bytes]) -> None:
    """Inflate the pixel data and check that it has exactly the rows the header promises.

    Never holds more than one piece of it. Raises :class:`PixelFault` where the data is not zlib, is too short
    or too long, has a row filter that PNG does not define, or is followed by other data.
    """
    rows = _Rows(header)
    inflate = zlib.decompressobj()
    for part in parts:
        if inflate.eof and part:
            raise _after_the_end()
        rest = part
        while rest and not inflate.eof:
            rows.feed(_inflated(inflate, rest))
            rest = inflate.unconsumed_tail
    _drain(inflate, rows)
    rows.finish()
    if inflate.unused_data:
        raise _after_the_end()
    if not inflate.eof:
        raise PixelFault("the image is damaged: its pixel data (IDAT) ends early")


def _inflated(inflate: zlib._Decompress, packed: bytes) -> bytes:
    try:
        return inflate.decompress(packed, _PIECE)
    except zlib.error as error:
        raise PixelFault("the image is damaged: its pixel data (IDAT) is not zlib data") from error


def _drain(inflate: zlib._Decompress, rows: _Rows) -> None:
    """Take what zlib still holds back because the last piece was full."""
    while not inflate.eof and (piece := _inflated(inflate, inflate.unconsumed_tail)):
        rows.feed(piece)


def _after_the_end() -> PixelFault:
    return PixelFault("the image has other data hidden behind its pixel data", "image-trailing-data")


class _Rows:
    """Follows the stream of rows: each is one filter byte, 0 to 4, then its samples."""

    def __init__(self, header: Header) -> None:
        self._sizes = _row_sizes(header)
        self._left = 0

    def feed(self, piece: bytes) -> None:
        at = 0
        while at < len(piece):
            if self._left == 0:
                self._start_row(piece[at])
                at += 1
            step = min(self._left, len(piece) - at)
            at, self._left = at + step, self._left - step

    def _start_row(self, row_filter: int) -> None:
        size = next(self._sizes, None)
        if size is None:
            raise PixelFault("the image is damaged: it has more pixel data than its size allows")
        if row_filter > 4:
            raise PixelFault(f"the image is damaged: PNG has no row filter {row_filter}")
        self._left = size

    def finish(self) -> None:
        if self._left or next(self._sizes, None) is not None:
            raise PixelFault("the image is damaged: its pixel data (IDAT) ends early")


def _row_sizes(header: Header) -> Iterator[int]:
    """Yield the bytes of every row without its filter byte, pass by pass."""
    bits = _CHANNELS[header.colour_type] * header.depth
    for left, top, across, down in _PASSES if header.interlaced else ((0, 0, 1, 1),):
        columns = -(-(header.width - left) // across)
        rows = -(-(header.height - top) // down)
        for _ in range(rows if columns > 0 else 0):
            yield (columns * bits + 7) // 8
