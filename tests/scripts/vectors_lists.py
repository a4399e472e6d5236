"""Vectors about what a verifier asks for: key documents and status lists."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator

from tests.scripts.core import Vector
from tests.scripts.vectors import LIST, Change, changed, edited, listed, put, resigned
from tests.verifying import test_verify_status_lists as lists
from tests.verifying.world import (
    ISSUE,
    PART,
    REVOKED,
    STACK,
    THIEF,
)


def sources() -> Iterator[Vector]:
    """Yield badges whose key document or list is missing, or says nothing."""

    def without(path: str) -> Change:
        return lambda world: world.files.pop(path)

    for award in (PART, STACK):
        yield changed(f"no keys {award[0]}", without("did.json"), award)
        yield changed(f"no list {award[0]}", without(LIST), award)
    for name, raw in (
        ("empty", b""),
        ("list", b"[]"),
        ("object", b"{}"),
        ("binary", b"\xff"),
        ("deep", b"[" * 99),
    ):
        for path in ("did.json", LIST):
            yield changed(f"{path} is {name}", put(path, raw))
    for name, (change, _) in lists.SIGNED.items():
        yield changed(f"list with {name}", listed(change))
    for name, edit in lists.ALTERED.items():
        yield changed(f"list altered: {name}", edited(LIST, edit), REVOKED)
    for name, edit in lists.ENTRIES.items():
        yield changed(f"entry: {name}", resigned(edit))
    for name, key in (("issue", ISSUE), ("thief", THIEF)):
        yield changed(f"list by {name} key", listed(lambda d: None, key))
    yield from _encodings()


def _encodings() -> Iterator[Vector]:
    good = lists.packed(lists.SCATTERED)
    cases = {
        "padded": good + "=",
        "cut": good[:-6],
        "twice": lists.packed(bytes(16384)) * 2,
        "plain": good.replace("-", "+").replace("_", "/"),
        "broken": good[:40] + "\n" + good[40:],
        "too large": lists.packed(bytes(1024 * 1024 + 1)),
        "largest": lists.packed(bytes(1024 * 1024)),
        "bare": "u",
        "empty": "",
        "scattered": good,
        "odd length": good + ("A" * (-len(good) % 4 + 1)),
    }
    for name, text in cases.items():
        edit = lists.subject(encodedList=text)
        yield changed(f"encoded list {name}", listed(edit))
    for name, data in _members().items():
        edit = lists.subject(encodedList="u" + base64.urlsafe_b64encode(data).decode().rstrip("="))
        yield changed(f"gzip {name}", listed(edit))


def _members() -> dict[str, bytes]:
    one = gzip.compress(bytes(16384), mtime=0)
    empty = gzip.compress(b"", mtime=0)
    return {
        "and more": one + b"more",
        "cut": one[:-6],
        "of two": one + one,
        "of two, first empty": empty + one,
        "of two, last empty": one + empty,
        "and zeros": one + bytes(8),
        "checksum": one[:-8] + bytes(4) + one[-4:],
        "length": one[:-4] + bytes(4),
        "method": one[:2] + b"\x07" + one[3:],
        "not": bytes(40),
        "raw": one[10:-8],
        "short": one[:5],
    }
