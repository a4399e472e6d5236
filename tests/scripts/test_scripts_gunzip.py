"""Unpacking in the browser is as strict as zlib: whole or not at all, under a cap, nothing behind."""

from __future__ import annotations

import base64
import random
import zlib
from collections.abc import Iterator

import pytest

from tests.scripts.core import run

pytestmark = pytest.mark.node

CAP = 1 << 16
GZIP = 31
CHANCE = random.Random(5)
TEXTS = (
    b"", b"a", bytes(300), CHANCE.randbytes(500), b"hello hello hello " * 40, bytes(range(256)) * 8,
    bytes(CHANCE.choice(b"abc") for _ in range(2000)), bytes(CAP), bytes(CAP + 1), CHANCE.randbytes(40_000),
)  # fmt: skip


def by_zlib(packed: bytes) -> str:
    unpacker = zlib.decompressobj(GZIP)
    try:
        found = unpacker.decompress(packed, CAP + 1)
    except zlib.error:
        return "damaged"
    if len(found) > CAP:
        return "large"
    whole = unpacker.eof and not unpacker.unused_data
    return base64.b64encode(found).decode() if whole else "damaged"


def members() -> Iterator[bytes]:
    """Yield members of every kind of block, and of every header."""
    for text in TEXTS:
        for level in (0, 1, 9):
            for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY):
                packer = zlib.compressobj(level, zlib.DEFLATED, GZIP, 8, strategy)
                yield packer.compress(text) + packer.flush()
    packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    plain = packer.compress(b"some words") + packer.flush()
    extras = {4: b"\3\0abc", 8: b"name\0", 16: b"comment\0", 24: b"n\0c\0", 1: b"", 32: b"", 128: b""}
    for flags, extra in extras.items():
        yield with_header(plain, flags, extra)
        head = with_header(plain, flags | 2, extra)[: 10 + len(extra)]
        for checksum in (zlib.crc32(head) & 0xFFFF, 0):
            yield head + checksum.to_bytes(2, "little") + plain[10:]


def with_header(member: bytes, flags: int, extra: bytes) -> bytes:
    return member[:3] + bytes([flags]) + member[4:10] + extra + member[10:]


def damaged(whole: list[bytes], number: int) -> Iterator[bytes]:
    """Yield members with a byte changed, gone or new, and headers of codes at random.

    None of them unpacks to about the cap: of one that is damaged just there, both things can be said.
    """
    small = [member for member in whole if by_zlib(member) != "large" and len(by_zlib(member)) < CAP]
    for _ in range(number):
        member = bytearray(CHANCE.choice(small))
        place = CHANCE.randrange(len(member)) if CHANCE.random() < 0.5 else CHANCE.randrange(10, 19)
        member[place : place + CHANCE.randrange(2)] = CHANCE.randbytes(CHANCE.randrange(2))
        yield mended(bytes(member)) if CHANCE.random() < 0.6 else bytes(member)
    for _ in range(number // 2):
        codes = bytes([CHANCE.choice((4, 5)) | CHANCE.randrange(32) << 3]) + CHANCE.randbytes(60)
        yield b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + codes


def mended(member: bytes) -> bytes:
    """Return the member with the checksum of what its blocks hold, if they hold something."""
    unpacker = zlib.decompressobj(-15)
    try:
        text = unpacker.decompress(member[10:], CAP)
    except zlib.error:
        return member
    body = member[: len(member) - len(unpacker.unused_data)]
    return body + zlib.crc32(text).to_bytes(4, "little") + len(text).to_bytes(4, "little")


def test_the_browser_unpacks_what_zlib_unpacks_and_nothing_else() -> None:
    whole = list(members())
    cases = [*whole, *(member * 2 for member in whole[:9]), *damaged(whole, 2000)]
    expected = [by_zlib(member) for member in cases]
    found = run({"packed": [base64.b64encode(member).decode() for member in cases], "cap": CAP})
    differing = [
        case.hex()[:200] for case, one, two in zip(cases, expected, found, strict=True) if one != two
    ]
    assert differing == []
    assert {"large", "damaged"} < set(expected)
