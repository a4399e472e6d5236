"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x8aMNG\r\n\x1a\n", "an MNG image"),
    (b"\x00\x00\x01\x00", "an ICO image"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "compressed"),
    (b"version https://git-lfs", "a Git LFS pointer"),
)
_HTML = re.compile(
    rb"\A(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SVG = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?svg[\s>/]", re.I)


def kind_of(raw: bytes) -> str | None:
    """Return what the bytes are, with an article (``a JPEG image``), ``compressed``, or ``None`` if unknown.

    Only the first 2,000 bytes are looked at.

    >>> kind_of(b"GIF89a....")
    'a GIF image'
    """
    head = raw[:2000].removeprefix(b"\xef\xbb\xbf")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "a WebP image"
    if head[4:12] in (b"ftypavif", b"ftypheic"):
        return f"{'an AVIF' if head[8:12] == b'avif' else 'a HEIC'} image"
    return _markup(head)


def _markup(head: bytes) -> str | None:
    if _HTML.match(head):
        return "an HTML page"
    return "an SVG image" if _SVG.search(head) else None
