"""Changes of a signed, published badge, as the shared bad inputs tell them: read by rule, not by case."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from nacl.signing import SigningKey

from site_builder.proof.multibase import base58_decode, encode
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import Verdict
from site_builder.verifying.verify import verify_site
from tests.verifying.world import (
    EXPIRED,
    ISSUE,
    NOW,
    PART,
    REVOKED,
    STATUS,
    THIEF,
    Json,
    World,
    dump,
    multikey,
    sign,
)

ORDER = 2**252 + 27742317777372353535851937790883648493
LIST = "status/1.json"


class UnknownEdit(Exception):  # noqa: N818 - it says what happened
    """An edit that nobody here knows; the message says which."""


class Bench:
    """A world, the badge under edit, and the bytes that will be verified."""

    def __init__(self) -> None:
        self.world = World()
        self.badge = self.world.credential()
        self.raw: bytes | None = None
        self.now = NOW
        self.copy: Verdict | None = None
        """What was said of the badge where it is served elsewhere, its home out of reach."""
        self.told = ""
        """What was said of that copy as a whole."""
        self.trusted: tuple[str, ...] = ()

    @property
    def bytes(self) -> bytes:
        """The badge as a verifier gets it."""
        return self.raw or dump(self.badge)

    def verify(self) -> Verdict:
        """Return what the library says at the badge's home, or of the copy that is played."""
        if self.copy is not None:
            return self.copy
        return self.world.verify(self.bytes, self.now, *self.trusted)


def bench_of(edits: list[list[Any]]) -> Bench:
    """Return a world with these edits done to it, ready to verify. Raises ``UnknownEdit``."""
    bench = Bench()
    for name, *words in edits:
        if name == "remove":
            # What is taken away is what would have told against the badge.
            award = {"/credentialStatus": REVOKED, "/validUntil": EXPIRED}.get(words[0], PART)
            bench.badge = bench.world.credential(award)
        if name not in OPERATIONS:
            raise UnknownEdit(f"nobody here knows the edit {name}")
        try:
            OPERATIONS[name](bench, *words)
        except (LookupError, TypeError, ValueError) as error:
            raise UnknownEdit(f"{name} with {str(words)[:80]} changes nothing here: {error}") from error
    return bench


def _locate(document: Any, pointer: str) -> tuple[Any, Any]:
    """Return the container and the key that a pointer names; a proof is an array of one in our badges."""
    steps = pointer.lstrip("/").split("/")
    if steps[0] == "proof" and len(steps) > 1:
        steps.insert(1, "0")
    for step in steps[:-1]:
        document = document[int(step) if isinstance(document, list) else step]
    return document, int(steps[-1]) if isinstance(document, list) else steps[-1]


def _replace(bench: Bench, pointer: str, value: Any) -> None:
    place, key = _locate(bench.badge, pointer)
    place[key] = value


def _add(bench: Bench, pointer: str, value: Any) -> None:
    if isinstance(value, dict) and "repeat" in value:
        letter, number = value["repeat"]
        _replace(bench, pointer, "HERE")
        bench.raw = dump(bench.badge).replace(b'"HERE"', (letter * number + "]" * number).encode())
    else:
        _replace(bench, pointer, value)


def _remove(bench: Bench, pointer: str) -> None:
    place, key = _locate(bench.badge, pointer)
    del place[key]


def _edit_text(change: Callable[[str], str]) -> Callable[..., None]:
    def edit(bench: Bench, pointer: str, *_: Any) -> None:
        place, key = _locate(bench.badge, pointer)
        place[key] = change(place[key])

    return edit


def _resign(bench: Bench, how: str) -> None:
    if "did:key" in how:
        did = f"did:key:{multikey(THIEF)}"
        bench.badge["issuer"]["id"] = did
        bench.badge = sign(bench.badge, THIEF, method=f"{did}#{multikey(THIEF)}")
        bench.trusted = (bench.world.at.did,)
    elif "compromised" in how:  # taken out of did.json, whatever date it signs under
        bench.world.change("did.json", lambda d: d["verificationMethod"].pop(0))
        bench.badge["proof"][0]["created"] = "2026-02-01T00:00:00Z"
        bench.badge = sign(bench.badge, ISSUE)
    else:
        bench.badge = sign(bench.badge, _key(how))


def _key(words: str) -> SigningKey:
    """Return the key that the corpus' words mean."""
    for sign_, key in (("status", STATUS), ("attacker", THIEF), ("fresh", THIEF), ("other", THIEF)):
        if sign_ in words:
            return key
    raise UnknownEdit(f"nobody here knows the key {words!r}")


def _replace_and_resign(bench: Bench, pointer: str, value: Any) -> None:
    _replace(bench, pointer, _moment(value))
    bench.badge = sign(bench.badge, ISSUE)


def _moment(value: Any) -> Any:
    found = re.fullmatch(r"now (?P<sign>[+-]) (?P<days>\d+) days?", value) if isinstance(value, str) else None
    if found is None:
        return value
    return (NOW + timedelta(days=int(found["sign"] + found["days"]))).strftime("%Y-%m-%dT%H:%M:%SZ")


def _status_list(bench: Bench, operation: str, *words: Any) -> None:
    """Change the status list; what is not about its signature is signed anew by the status key."""
    if operation == "serve":
        _serve_list(bench, str(words[0]))
        return
    badge, bench.badge = bench.badge, bench.world.get(LIST)
    if operation == "strip-prefix":
        OPERATIONS["prefix"](bench, "/credentialSubject/encodedList", "")
    elif operation == "resign":
        bench.badge = sign(bench.badge, _key(str(words[0])))
    elif operation in _OF_DOCUMENTS:
        OPERATIONS[operation](bench, *words)
    else:
        raise UnknownEdit(f"nobody here knows {operation} of a status list")
    about_proof = operation == "resign" or str(words[0]).startswith("/proof")
    bench.world.put(LIST, bench.badge if about_proof else sign(bench.badge, STATUS))
    bench.badge = badge


def _serve_list(bench: Bench, what: str) -> None:
    if "expired" in what or "yesterday" in what:
        bench.world.resign(LIST, lambda d: d.update(validUntil="2026-11-22T00:00:00Z"), STATUS)
    elif re.search(r"404|nothing|missing|no file", what):
        del bench.world.files[LIST]
    elif re.search(r"html|page|empty|not json", what, re.IGNORECASE):
        bench.world.files[LIST] = b"" if "empty" in what else b"<!doctype html><title>404</title>"
    else:
        raise UnknownEdit(f"nobody here knows how to serve {what!r}")


def _add_order(text: str) -> str:
    signature = base58_decode(text[1:])
    s = int.from_bytes(signature[32:], "little") + ORDER
    return encode(signature[:32] + s.to_bytes(32, "little"))


def _small_order(bench: Bench, pointer: str) -> None:
    weak = encode(b"\xed\x01" + bytes([1]) + bytes(31))
    bench.world.change("did.json", lambda d: d["verificationMethod"][0].update(publicKeyMultibase=weak))
    _edit_text(lambda _: encode(bytes([1]) + bytes(63)))(bench, pointer)


def _wrap_and_append(bench: Bench, pointer: str, value: Json) -> None:
    bench.badge["proof"] = [bench.badge["proof"][0], {**bench.badge["proof"][0], **value}]


def _append(bench: Bench, pointer: str, value: Any) -> None:
    place, key = _locate(bench.badge, pointer)
    place[key].append(value)


def _swap(bench: Bench, pointer: str, one: int, other: int) -> None:
    place, key = _locate(bench.badge, pointer)
    place[key][one], place[key][other] = place[key][other], place[key][one]


def _insert_first(bench: Bench, text: str) -> None:
    bench.raw = dump(bench.badge).replace(b"{", b"{" + text.encode(), 1)


def _reserialize(bench: Bench, how: Json) -> None:
    bench.raw = json.dumps(bench.badge, ensure_ascii=how["ascii"]).encode()


def _serve_at(bench: Bench, address: str) -> None:
    """Play a copy on the web: what may not be asked for there is not there."""
    source = _Copy(bench.world, address)
    source.load_catalog()
    report = verify_site(source, NOW)
    bench.copy = report.verdicts[0]
    bench.told = "; ".join(problem.message for problem in report.problems)


class _Copy(UrlSource):
    """A site's files at another address, the issuer's home out of reach."""

    def __init__(self, world: World, address: str) -> None:
        super().__init__(address + "/")
        self.world, self.address = world, address + "/"

    def _fetch(self, url: str, largest: int = 0) -> bytes:
        if not url.startswith(self.address):
            raise Unavailable("the home did not answer")
        return self.world.files[url.removeprefix(self.address)]


def _token(bench: Bench, header: Json, signature: str) -> None:
    """Make a VC-JWT of the badge: three parts in base64url, signed by whom the words say."""
    header = {"typ": "vc+ld+jwt", "alg": "EdDSA", **header}
    if header.get("jwk") == "attacker":
        header["jwk"] = {"kty": "OKP", "crv": "Ed25519", "x": _part(bytes(THIEF.verify_key))}
    badge = {key: value for key, value in bench.badge.items() if key != "proof"}
    signed = f"{_part(dump(header))}.{_part(dump(badge))}"
    key = None if "empty" in signature else THIEF if "attacker" in signature else ISSUE
    made = bytes(key.sign(signed.encode()).signature) if key else b""
    bench.raw = f"{signed}.{_part(made)}".encode()


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _raw_replace(bench: Bench, old: str, new: str) -> None:
    if old.encode() not in bench.bytes:
        raise ValueError(f"the badge has no {old!r}")
    bench.raw = bench.bytes.replace(old.encode(), new.encode(), 1)


def _around(bench: Bench, before: str = "", after: str = "") -> None:
    bench.raw = before.encode() + bench.bytes + after.encode()


_OF_DOCUMENTS = frozenset({"replace", "add", "remove", "truncate", "prefix", "append", "swap"})
"""Edits that change a JSON document in place, so that a status list can have them, too."""

OPERATIONS: dict[str, Callable[..., None]] = {
    "replace": _replace,
    "add": _add,
    "remove": _remove,
    "resign": _resign,
    "wrap-and-append": _wrap_and_append,
    "truncate": lambda bench, pointer, length: _edit_text(lambda text: text[:length])(bench, pointer),
    "prefix": lambda bench, pointer, sign_: _edit_text(lambda text: sign_ + text[1:])(bench, pointer),
    "ed25519-add-L": _edit_text(_add_order),
    "ed25519-small-order": _small_order,
    "append": _append,
    "swap": _swap,
    "raw-insert-first": _insert_first,
    "replace-and-resign": _replace_and_resign,
    "status-list": _status_list,
    "serve-at": _serve_at,
    "reserialize": _reserialize,
    "none": lambda bench: None,
    "jwt-header": _token,
    "raw-replace": _raw_replace,
    "raw-prepend": lambda bench, text: _around(bench, before=text),
    "raw-append": lambda bench, text: _around(bench, after=text),
    "uppercase": _edit_text(str.upper),
    "lowercase": _edit_text(str.lower),
}
