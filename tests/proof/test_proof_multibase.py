"""Multibase, keys and digests: one value, one spelling."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.proof.contexts import CREDENTIALS_V2, context_bytes
from site_builder.proof.multibase import (
    MultibaseError,
    base58_decode,
    base58_encode,
    check_digest,
    decode,
    digest_multibase,
    encode,
    public_key_bytes,
    public_key_multibase,
)

# draft-msporny-base58-03, section 5.
PUBLISHED = [
    (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
    (
        b"The quick brown fox jumps over the lazy dog.",
        "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
    ),
    (bytes.fromhex("0000287fb4cd"), "11233QC4"),
    (b"", ""),
    (b"\0", "1"),
]


@pytest.mark.parametrize(("data", "text"), PUBLISHED)
def test_base58_published_values(data: bytes, text: str) -> None:
    assert base58_encode(data) == text
    assert base58_decode(text) == data


@given(st.binary(max_size=80), st.sampled_from("zu"))
def test_multibase_round_trip(data: bytes, base: str) -> None:
    assert decode(encode(data, base)) == data


@given(st.text("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", max_size=60))
def test_every_base58_text_is_the_only_spelling_of_its_bytes(text: str) -> None:
    assert base58_encode(base58_decode(text)) == text


_NO_BASE58 = ["z0", "zO", "zl", "z I", "z2\n", "zé"]
_NO_BASE64URL = ["uA", "uAA==", "uAB", "u+A", "u/A", "u A", "uAé"]


@pytest.mark.parametrize("text", ["", "f00", "m", *_NO_BASE58, *_NO_BASE64URL])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(MultibaseError):
        decode(text)


@pytest.mark.parametrize("text", ["z" + "2" * 201, "u" + "A" * 204])
def test_long_texts_are_refused(text: str) -> None:
    with pytest.raises(MultibaseError, match="must have at most 200 characters"):
        decode(text)


def test_unknown_base_is_our_bug() -> None:
    with pytest.raises(ValueError, match=r"^base must be 'z' or 'u', not 'm'$"):
        encode(b"", "m")


@given(st.binary(min_size=32, max_size=32))
def test_public_key_round_trip(raw: bytes) -> None:
    text = public_key_multibase(raw)
    assert text.startswith("z6Mk")
    assert public_key_bytes(text) == raw


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        "did:key:z6Mk",
        encode(b"\xed\x01" + bytes(31)),
        encode(b"\xed\x01" + bytes(33)),
        encode(b"\x80\x24" + bytes(33)),
        encode(b"\x80\x26" + bytes(32)),
        encode(b"\xed\x01" + bytes(32), "u"),
    ],
)
def test_what_is_no_ed25519_multikey_is_refused(text: str) -> None:
    with pytest.raises(MultibaseError, match=r"^public key must be"):
        public_key_bytes(text)


def test_public_key_of_wrong_length_is_our_bug() -> None:
    with pytest.raises(ValueError, match=r"^an Ed25519 public key has 32 bytes, not 31$"):
        public_key_multibase(bytes(31))


def test_digest_is_the_one_the_recommendation_prints() -> None:
    """VC Data Model 2.0, appendix B.1 prints this digestMultibase of its context file."""
    assert (
        digest_multibase(context_bytes(CREDENTIALS_V2)) == "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA"
    )


@given(st.binary(max_size=50))
def test_digest_is_checked_in_both_alphabets(data: bytes) -> None:
    text = digest_multibase(data)
    raw = base64.urlsafe_b64decode(text[1:] + "==")
    assert raw[:2] == b"\x12\x20"
    assert check_digest(data, text)
    assert check_digest(data, encode(raw))
    assert not check_digest(data + b"x", text)
    assert not check_digest(data, encode(b"\x13\x20" + raw[2:]))
    assert not check_digest(data, text[:-1])
    assert not check_digest(data, "")
