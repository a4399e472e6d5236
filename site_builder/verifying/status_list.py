"""A Bitstring Status List from a stranger: decoded under a cap, and believed only if its issuer signed it."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from site_builder.assembling.addresses import BITS_PER_LIST
from site_builder.proof.contexts import CREDENTIALS_V2
from site_builder.verifying.authenticity import signature_holds
from site_builder.verifying.instants import in_words
from site_builder.verifying.key_document import KeyDocument
from site_builder.verifying.shape import Presented, Refused, read_credential, read_json

_MAX_BITSTRING = 1024 * 1024
# Python's decoder takes the signs of plain base64 too, which other readers of base64url refuse.
_BASE64URL = re.compile("u[A-Za-z0-9_-]*")
_GZIP = 16 + zlib.MAX_WBITS
_NOT_WHOLE = "the revocation list cannot be unpacked, or carries something more"


class ListUnusable(Exception):  # noqa: N818 -- it says what happened
    """Nothing can be learnt from this list, so the badge's standing is unknown; the text says why."""


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list that its issuer signed and that is fresh. ``purposes`` are what a set bit means."""

    url: str
    valid_from: datetime
    purposes: frozenset[str]
    bits: bytes

    def is_set(self, index: int) -> bool:
        """Return the bit at ``index``, counted from the left; raise IndexError outside the list."""
        return bool(self.bits[index // 8] & 0x80 >> index % 8)


def read_status_list(raw: bytes, url: str, keys: KeyDocument, now: datetime) -> StatusList:
    """Return the list at ``url``; raise :class:`ListUnusable`.

    Bitstring Status List 1.0, 3.2 Validate: the list is a credential of its own. Ours must moreover come from
    the badge's issuer (``keys``), name its own address, and say until when it holds: an old list may not know
    of a revocation.
    """
    try:
        document = read_json(raw)
        listed = read_credential(document, (CREDENTIALS_V2,))
        _refuse_unsigned(listed, url, keys, now)
    except Refused as reason:
        raise ListUnusable(f"the issuer's revocation list cannot be used: {reason}") from reason
    _refuse_stale(listed, now)
    subject = _subject(document)
    return StatusList(url, listed.valid_from, _purposes(subject), decode_bits(subject.get("encodedList")))


def _refuse_unsigned(listed: Presented, url: str, keys: KeyDocument, now: datetime) -> None:
    kinds = listed.document.get("type")
    if not isinstance(kinds, list) or "BitstringStatusListCredential" not in kinds:
        raise ListUnusable("what stands at the address of the revocation list is no such list")
    if listed.id != url:
        raise ListUnusable("the revocation list that was found belongs to another address")
    if listed.issuer != keys.did or listed.key_id.partition("#")[0] != keys.did:
        raise ListUnusable("the revocation list is signed by another than the badge's issuer")
    key = keys.list_key(listed.key_id)
    if key is None or not key.counts(now):
        raise ListUnusable("the revocation list is not signed by a key that the issuer lists for it")
    if not signature_holds(listed, key.public_key):
        raise ListUnusable("the revocation list was altered: its signature does not match")


def _refuse_stale(listed: Presented, now: datetime) -> None:
    """Refuse a list outside its dates: whoever serves an old one may be keeping the newer one back."""
    if now < listed.valid_from:
        raise ListUnusable(f"the issuer's revocation list counts only from {in_words(listed.valid_from)}")
    if listed.valid_until is None:
        raise ListUnusable("the issuer's revocation list does not say until when it holds")
    if now >= listed.valid_until:
        start, end = in_words(listed.valid_from), in_words(listed.valid_until)
        raise ListUnusable(
            f"its status has been unknown since {end}, when the issuer's revocation list of {start} ran out"
        )


def _subject(document: dict[str, Any]) -> dict[str, Any]:
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict) or subject.get("type") not in (
        "BitstringStatusList",
        ["BitstringStatusList"],
    ):
        raise ListUnusable("what stands at the address of the revocation list is no such list")
    return subject


def _purposes(subject: dict[str, Any]) -> frozenset[str]:
    found = subject.get("statusPurpose")
    return frozenset(
        item for item in (found if isinstance(found, list) else [found]) if isinstance(item, str)
    )


def set_bits(bits: bytes) -> set[int]:
    """Return the indexes of the bits that are set, counted from the left (clause 3.3).

    >>> sorted(set_bits(bytes([0b10000001, 0, 0b01000000])))
    [0, 7, 17]
    """
    filled = ((place, byte) for place, byte in enumerate(bits) if byte)
    return {place * 8 + bit for place, byte in filled for bit in range(8) if byte & 0x80 >> bit}


def decode_bits(encoded: object) -> bytes:
    """Return the bit string of ``encodedList`` (clause 3.4): multibase base64url of gzip; or ListUnusable.

    At least 131,072 bits, so that an index hides in a crowd; at most a mebibyte, however small it was packed.
    """
    if not isinstance(encoded, str) or not _BASE64URL.fullmatch(encoded):
        raise ListUnusable("the revocation list is not written in unpadded base64url, starting with 'u'")
    text = encoded[1:]
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(_GZIP)
        bits = unpacker.decompress(packed, _MAX_BITSTRING + 1)
    except (ValueError, binascii.Error, zlib.error) as reason:
        raise ListUnusable(_NOT_WHOLE) from reason
    if len(bits) > _MAX_BITSTRING:
        raise ListUnusable("the revocation list is too large when unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise ListUnusable(_NOT_WHOLE)
    if len(bits) * 8 < BITS_PER_LIST:
        raise ListUnusable(f"the revocation list must have at least {BITS_PER_LIST:,} entries")
    return bits
