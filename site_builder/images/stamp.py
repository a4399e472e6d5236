"""A PNG that says which drawing it was made from, so that the next build need not draw it again.

Drawing takes a tenth of a second, and a catalog has hundreds of cards. The published file is its own cache:
a ``tEXt`` chunk (W3C PNG, 11.3.3.2) holds the digests of the drawing and of the picture. One that was
damaged, or made from another drawing, is drawn anew.
"""

from __future__ import annotations

import hashlib
import struct
import zlib

_KEYWORD = b"badgepress"
_HEAD = 8 + 25
"""The signature and the IHDR chunk, which stand first and have a fixed length (W3C PNG, 5.6)."""
_LENGTH = 12 + len(_KEYWORD) + 1 + 64 + 1 + 64


def stamped(png: bytes, source: str) -> bytes:
    """Return ``png`` with the stamp of the drawing ``source`` after its header."""
    text = b" ".join((_digest(source.encode()), _digest(png)))
    data = b"tEXt" + _KEYWORD + b"\0" + text
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return png[:_HEAD] + chunk + png[_HEAD:]


def is_drawn_from(found: bytes, source: str) -> bool:
    """Return True where ``found`` is, byte for byte, a picture that was stamped for this drawing."""
    without = found[:_HEAD] + found[_HEAD + _LENGTH :]
    return stamped(without, source) == found


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode("ascii")
