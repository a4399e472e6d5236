"""The status list: one bit per award, signed daily by a key of its own (Bitstring Status List 1.0)."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterable
from datetime import date, timedelta

from site_builder.assembling.addresses import (
    BITS_PER_LIST,
    Addresses,
    bit_number,
    list_number,
    status_list,
)
from site_builder.assembling.words import Json, instant
from site_builder.catalog.catalog import Catalog
from site_builder.models.award import Award, Erased
from site_builder.proof.contexts import CREDENTIALS_V2

VALID_DAYS = 7


def unsigned_lists(catalog: Catalog, at: Addresses, now: date) -> dict[int, Json]:
    """Return every status list by its number, from 1 to the last that an award uses, without a proof."""
    if catalog.tallies is not None:
        return _lists(catalog.tallies.withdrawn, catalog.tallies.highest_index, at, now)
    awards = [item.award for item in catalog.awards.values()]
    return lists_of(awards, [item.erased for item in catalog.erased.values()], at, now)


def lists_of(awards: Iterable[Award], erased: Iterable[Erased], at: Addresses, now: date) -> dict[int, Json]:
    """Return the same from the entries of award files alone: lists are signed daily, without the catalog."""
    standing: list[int] = []
    withdrawn = [item.status_index for item in erased]  # an erased award's place is never used again
    for award in awards:
        (withdrawn if award.is_withdrawn else standing).append(award.status_index)
    return _lists(withdrawn, max(standing + withdrawn, default=-1), at, now)


def _lists(withdrawn: Iterable[int], highest: int, at: Addresses, now: date) -> dict[int, Json]:
    last = list_number(max(highest, 0))
    return {number: _list(number, withdrawn, at, now) for number in range(1, last + 1)}


def _list(number: int, withdrawn: Iterable[int], at: Addresses, now: date) -> Json:
    """Return one BitstringStatusListCredential, valid for seven days from ``now``."""
    bits = [bit_number(index) for index in withdrawn if list_number(index) == number]
    url = at.url(status_list(number))
    return {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": at.did,
        "validFrom": instant(now),
        "validUntil": instant(now + timedelta(days=VALID_DAYS)),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_list(bits),
        },
    }


def encode_list(bits: Iterable[int]) -> str:
    """Return the list as multibase base64url of the gzip of 131,072 bits, the given ones set (clause 3.3).

    The first bit of the list is the leftmost bit of the first byte.
    """
    raw = bytearray(BITS_PER_LIST // 8)
    for bit in bits:
        raw[bit // 8] |= 0x80 >> bit % 8
    return "u" + base64.urlsafe_b64encode(_gzip(bytes(raw))).rstrip(b"=").decode("ascii")


def _gzip(data: bytes) -> bytes:
    """Return one gzip member with no time and no system in its header: the same bytes everywhere."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + body + struct.pack("<LL", zlib.crc32(data), len(data))
