"""What a PNG may hold: our own walk over its chunks (W3C PNG, third edition, sections 5 and 11).

No image library is asked, because each forgives different faults. Every length and checksum is checked, the
pixel data is inflated piece by piece and thrown away, and only chunks that change how the picture looks are
published: text, EXIF, times, colour profiles (they name people's monitors) and later frames are left out.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.images.image import Image, damaged, size_warning
from site_builder.images.png_pixels import Header, PixelFault, check_pixels, read_header
from site_builder.problems import Problem, Severity, shown

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_KEPT = _CRITICAL | {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
_TEXT = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_FRAMES = frozenset({b"acTL", b"fcTL", b"fdAT"})
_BAKED = frozenset({"openbadges", "openbadgecredential"})
_MOST_TEXT = 1024 * 1024
_MOST_PROFILE = 2 * 1024 * 1024
_MOST_SIDE = 4096
_LEAST_SIDE = 90
_SAVE_AGAIN = "export it again from the drawing program"


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    data: bytes
    whole: bytes

    @property
    def name(self) -> str:
        return self.kind.decode("ascii")


class _Refused(Exception):  # noqa: N818 - it carries a problem up the walk and never leaves this module
    def __init__(self, code: str, message: str, hint: str = _SAVE_AGAIN) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def check_png(path: str, raw: bytes) -> tuple[Image | None, list[Problem]]:
    """Return the PNG without metadata, and what is wrong with it; the image is ``None`` after an error."""
    if not raw.startswith(_SIGNATURE):
        return None, [damaged(path, "the file is not a PNG image: its first bytes are not those of a PNG")]
    try:
        chunks = list(_walk(raw))
        header = _check_order(chunks)
        _check_extras(chunks)
        check_pixels(header, (chunk.data for chunk in chunks if chunk.kind == b"IDAT"))
    except _Refused as refused:
        return None, [Problem(path=path, code=refused.code, message=refused.message, hint=refused.hint)]
    except PixelFault as fault:
        return None, [Problem(path=path, code=fault.code, message=str(fault), hint=_SAVE_AGAIN)]
    published = _SIGNATURE + b"".join(chunk.whole for chunk in chunks if chunk.kind in _KEPT)
    image = Image(path, "image/png", published, header.width, header.height)
    return image, _warnings(path, header, chunks)


def _walk(raw: bytes) -> Iterator[_Chunk]:
    """Yield every chunk with its length and checksum checked; refuse what follows the end."""
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        if at == len(raw):
            raise _Refused("bad-image", "the image has no end (IEND is missing): it was cut short")
        chunk = _chunk_at(raw, at)
        kind, at = chunk.kind, at + len(chunk.whole)
        yield chunk
    if at < len(raw):
        raise _Refused(
            "image-trailing-data",
            f"the image has {len(raw) - at} bytes of other data after its end",
            "export it again; a badge image must hold nothing but the image",
        )


def _chunk_at(raw: bytes, at: int) -> _Chunk:
    if at + 12 > len(raw):
        raise _Refused("bad-image", "the image is damaged: it was cut short inside a chunk")
    length, kind = struct.unpack_from(">I4s", raw, at)
    if not kind.isalpha():
        raise _Refused("bad-image", "the image is damaged: a chunk name is not four letters")
    end = at + 12 + length
    if length > 0x7FFFFFFF or end > len(raw):
        name = kind.decode("ascii")
        raise _Refused(
            "bad-image", f"the image is damaged (chunk length): {name} runs past the end of the file"
        )
    if zlib.crc32(raw[at + 4 : end - 4]) != int.from_bytes(raw[end - 4 : end], "big"):
        raise _Refused("bad-image", f"the image is damaged (checksum of {kind.decode('ascii')})")
    return _Chunk(kind, raw[at + 8 : end - 4], raw[at:end])


def _check_order(chunks: list[_Chunk]) -> Header:
    """Return the header once the critical chunks are known, complete and in order (section 5.6)."""
    kinds = [chunk.kind for chunk in chunks]
    if kinds[0] != b"IHDR":
        raise _Refused("bad-image", "the image is damaged: it must start with a header (IHDR)")
    if kinds.count(b"IHDR") > 1:
        raise _Refused("bad-image", "the image is damaged (two headers)")
    _refuse_unknown(chunks)
    header = read_header(chunks[0].data)
    _check_size(header)
    if b"IDAT" not in kinds:
        raise _Refused("bad-image", "the image is damaged: it has no pixel data (IDAT)")
    first = kinds.index(b"IDAT")
    if any(kind != b"IDAT" for kind in kinds[first : first + kinds.count(b"IDAT")]):
        raise _Refused("bad-image", "the image is damaged: its pixel data (IDAT) is not in one piece")
    _check_palette(header, chunks, first)
    if chunks[-1].data:
        raise _Refused("bad-image", "the image is damaged: its end (IEND) holds data")
    return header


def _refuse_unknown(chunks: list[_Chunk]) -> None:
    for chunk in chunks:
        # Bit 5 of the first byte: a decoder that does not know a critical chunk must not show the image.
        if not chunk.kind[0] & 0x20 and chunk.kind not in _CRITICAL:
            raise _Refused(
                "bad-image", f"the image has an unknown part ({chunk.name}) that PNG does not define"
            )


def _check_size(header: Header) -> None:
    size = f"{header.width} x {header.height} pixels"
    if not header.width or not header.height:
        raise _Refused("image-size", f"the image has no size: it says {size}")
    if max(header.width, header.height) > _MOST_SIDE:
        message = f"the image is too large: at most {_MOST_SIDE} pixels a side, not {size}"
        raise _Refused("image-size", message, "600 x 600 pixels are plenty")


def _check_palette(header: Header, chunks: list[_Chunk], first_pixels: int) -> None:
    at = [index for index, chunk in enumerate(chunks) if chunk.kind == b"PLTE"]
    if header.colour_type == 3 and not at:
        raise _Refused(
            "bad-image", "the image is damaged: its colours need a palette (PLTE) and there is none"
        )
    if not at:
        return
    size = len(chunks[at[0]].data)
    if (
        len(at) > 1
        or at[0] > first_pixels
        or header.colour_type in (0, 4)
        or size % 3
        or not 3 <= size <= 768
    ):
        raise _Refused("bad-image", "the image is damaged: its palette (PLTE) is not as PNG defines it")


def _check_extras(chunks: list[_Chunk]) -> None:
    for chunk in chunks:
        if chunk.kind in _TEXT:
            _check_text(chunk)
        elif chunk.kind == b"iCCP":
            _check_inflated(chunk, chunk.data.partition(b"\0")[2][1:], _MOST_PROFILE, "colour profile")


def _check_text(chunk: _Chunk) -> None:
    keyword, _, rest = chunk.data.partition(b"\0")
    if keyword.decode("latin-1").strip().casefold() in _BAKED:
        raise _Refused(
            "already-baked",
            f"the image already carries a credential (a text chunk {shown(keyword.decode('latin-1'))})",
            "use the plain image, as it was before a badge was baked into it",
        )
    if len(chunk.data) > _MOST_TEXT:
        raise _Refused("image-text-bomb", f"the image has an oversized text chunk ({len(chunk.data)} bytes)")
    if chunk.kind == b"zTXt":
        _check_inflated(chunk, rest[1:], _MOST_TEXT, "text chunk")
    elif chunk.kind == b"iTXt" and rest[:1] == b"\x01":
        _check_inflated(chunk, rest[2:].split(b"\0", 2)[-1], _MOST_TEXT, "text chunk")


def _check_inflated(chunk: _Chunk, packed: bytes, most: int, what: str) -> None:
    """Refuse a compressed part that grows beyond ``most`` bytes; never hold more than that."""
    try:
        size = len(zlib.decompressobj().decompress(packed, most + 1))
    except zlib.error as error:
        raise _Refused(
            "bad-image", f"the image is damaged: its {what} ({chunk.name}) is not zlib data"
        ) from error
    if size > most:
        message = f"the image has an oversized {what} ({chunk.name} inflates to more than {most // 1024} KiB)"
        raise _Refused("image-text-bomb", message)


def _warnings(path: str, header: Header, chunks: list[_Chunk]) -> list[Problem]:
    found, size = [], f"{header.width} x {header.height}"
    if header.width != header.height:
        hint = "put it on a square, transparent ground"
        found.append(size_warning(path, f"badge images should be square, not {size} pixels", hint))
    if min(header.width, header.height) < _LEAST_SIDE:
        message = f"badge images should be at least {_LEAST_SIDE} x {_LEAST_SIDE} pixels, not {size}"
        found.append(size_warning(path, message, "export it larger, or use SVG"))
    if any(chunk.kind in _FRAMES for chunk in chunks):
        found.append(
            Problem(
                path=path,
                code="image-animation",
                message="the image is animated; only its first picture is published",
                hint="export a still image",
                severity=Severity.WARNING,
            )
        )
    return found
