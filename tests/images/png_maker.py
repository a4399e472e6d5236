"""Makes small PNG files, whole and broken, for tests."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    """Return one chunk with its right length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int = 128, height: int = 128, depth: int = 8, colour: int = 6, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def rows(count: int = 128, size: int = 512, row_filter: int = 0) -> bytes:
    return (bytes([row_filter]) + b"\x40" * size) * count


def pixels(plain: bytes | None = None) -> bytes:
    return chunk(b"IDAT", zlib.compress(rows() if plain is None else plain))


END = chunk(b"IEND")


def png(*parts: bytes) -> bytes:
    return SIGNATURE + b"".join(parts)


def good(*extras: bytes) -> bytes:
    """Return a right 128 x 128 RGBA image with ``extras`` between header and pixels."""
    return png(header(), *extras, pixels(), END)
