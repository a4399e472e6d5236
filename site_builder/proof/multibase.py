"""Multibase, multikey and multihash: how keys, signatures and digests are written as text.

Controlled Identifiers 1.0, 2.4 requires two alphabets of every processor: base58btc (``z``) and unpadded
base64url (``u``). Both are read strictly, so that one value has one spelling and a changed letter is noticed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from site_builder.proof.errors import MultibaseError

__all__ = [
    "MultibaseError",
    "base58_decode",
    "base58_encode",
    "check_digest",
    "decode",
    "digest_multibase",
    "encode",
    "is_digest",
    "public_key_bytes",
    "public_key_multibase",
]

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_PAIRS = [high + low for high in _ALPHABET for low in _ALPHABET]
_TEN_DIGITS, _SIX_DIGITS = 58**10, 58**6
# Keys and signatures are 34 to 64 bytes; decoding is quadratic, so a stranger's text is cut off early.
_LONGEST = 200

_ED25519_PUBLIC = b"\xed\x01"
_SHA2_256 = b"\x12\x20"


def base58_encode(data: bytes) -> str:
    r"""Return ``data`` in base58btc: leading zero bytes become leading ``1``s.

    >>> base58_encode(b"\x00hello")
    '1Cn8eVZg'
    """
    number = int.from_bytes(data, "big")
    tens: list[str] = []
    while number:
        # Ten digits at a time off the long number; of those, two at a time off a table.
        number, ten = divmod(number, _TEN_DIGITS)
        four, six = ten // _SIX_DIGITS, ten % _SIX_DIGITS
        two, last = six // 3364, six % 3364
        upper = _PAIRS[four // 3364] + _PAIRS[four % 3364]
        tens.append(upper + _PAIRS[two // 3364] + _PAIRS[two % 3364] + _PAIRS[last])
    tens.reverse()
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(tens).lstrip("1")


def base58_decode(text: str) -> bytes:
    """Return the bytes that ``text`` spells in base58btc; raise :class:`MultibaseError` for anything else."""
    if len(text) > _LONGEST:
        raise MultibaseError(f"base58 text must have at most {_LONGEST} characters, not {len(text)}")
    number = 0
    try:
        for start in range(0, len(text), 10):
            ten = 0
            piece = text[start : start + 10]
            for char in piece:
                ten = ten * 58 + _VALUES[char]
            number = number * 58 ** len(piece) + ten
    except KeyError as wrong:
        raise MultibaseError(f"base58 text must not hold {wrong.args[0]!r}") from None
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode(data: bytes, base: str = "z") -> str:
    """Return ``data`` as multibase text: base58btc for ``z``, unpadded base64url for ``u``."""
    if base == "z":
        return "z" + base58_encode(data)
    if base == "u":
        return "u" + base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
    raise ValueError(f"base must be 'z' or 'u', not {base!r}")


def decode(text: str) -> bytes:
    """Return the bytes of a multibase text (``z`` or ``u``); or raise :class:`MultibaseError`."""
    if text.startswith("z"):
        return base58_decode(text[1:])
    if text.startswith("u"):
        return _base64url_decode(text[1:])
    raise MultibaseError("multibase text must start with 'z' (base58btc) or 'u' (base64url)")


def _base64url_decode(text: str) -> bytes:
    if len(text) > _LONGEST:
        raise MultibaseError(f"base64url text must have at most {_LONGEST} characters, not {len(text)}")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise MultibaseError("base64url text must hold only letters, digits, '-' and '_'") from None
    # Refuses padding and stray bits in the last letter: both give a value a second spelling.
    if encode(data, "u")[1:] != text:
        raise MultibaseError("base64url text must be unpadded and canonical")
    return data


def public_key_multibase(raw: bytes) -> str:
    """Return the Multikey text (``z6Mk…``) of a raw 32-byte Ed25519 public key."""
    if len(raw) != 32:
        raise ValueError(f"an Ed25519 public key has 32 bytes, not {len(raw)}")
    return encode(_ED25519_PUBLIC + raw)


def public_key_bytes(multibase: str) -> bytes:
    """Return the raw 32 bytes of an Ed25519 Multikey; raise :class:`MultibaseError` for any other text.

    VC Data Integrity EdDSA 2.1.1: base58btc of 0xed01 followed by the key.
    """
    if not multibase.startswith("z"):
        raise MultibaseError("public key must be base58btc multibase, starting with 'z6Mk'")
    data = decode(multibase)
    if data[:2] != _ED25519_PUBLIC or len(data) != 34:
        raise MultibaseError("public key must be an Ed25519 Multikey, starting with 'z6Mk'")
    return data[2:]


def digest_multibase(data: bytes) -> str:
    """Return ``digestMultibase`` of ``data``: the SHA-256 multihash in base64url (``uEi…``).

    Base64url is what VC Data Model 2.0 uses in its examples, and for its own context file in appendix B.1.
    """
    return encode(_SHA2_256 + hashlib.sha256(data).digest(), "u")


def check_digest(data: bytes, text: str) -> bool:
    """Return True where ``text`` is the SHA-256 multihash of ``data`` in either alphabet.

    A digest of another algorithm, or text that is no multibase, answers False: nothing was confirmed.
    """
    return is_digest(hashlib.sha256(data).digest(), text)


def is_digest(digest: bytes, text: str) -> bool:
    """Return True where ``text`` is the multihash of the SHA-256 ``digest``, 32 bytes, in either alphabet."""
    try:
        claimed = decode(text)
    except MultibaseError:
        return False
    return hmac.compare_digest(claimed, _SHA2_256 + digest)
