"""The tamper group of the shared bad inputs, and badges that others signed."""

from __future__ import annotations

import copy
import json
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from site_builder.assembling.addresses import award_json
from site_builder.proof.multibase import base58_decode, encode
from site_builder.verifying.sources import NoSource, Unavailable
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import QUESTIONS, Verdict
from site_builder.verifying.verify import verify_credential, verify_site
from tests.support.shared import shared_dir
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

pytestmark = pytest.mark.shared

# Why an operation is not ours to play: the badge format, or the part of the program that it is about.
SKIPPED = {
    "jwt-header": "credentials are read as JSON with an embedded proof; a token is refused as no JSON",
    "html-replace": "about built pages, which claim no verdict: tested with the pages",
}
ORDER = 2**252 + 27742317777372353535851937790883648493
LIST = "status/1.json"


def _cases() -> list[Json]:
    folder = shared_dir()
    if folder is None:
        return []
    manifest = json.loads((folder / "bad-inputs/manifest.json").read_text(encoding="utf-8"))
    return [case for case in manifest["cases"] if case["group"] == "tamper"]


class Bench:
    """A world, the badge under edit, and the bytes that will be verified."""

    def __init__(self) -> None:
        self.world = World()
        self.badge = self.world.credential()
        self.raw: bytes | None = None
        self.now = NOW
        self.verdict: Verdict | None = None
        self.trusted: tuple[str, ...] = ()

    def verify(self) -> Verdict:
        if self.verdict is not None:
            return self.verdict
        return self.world.verify(self.raw or dump(self.badge), self.now, *self.trusted)


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
    # The cases are about a badge that is revoked, and one that expires.
    award = {"/credentialStatus": REVOKED, "/validUntil": EXPIRED}.get(pointer, PART)
    bench.badge = bench.world.credential(award)
    place, key = _locate(bench.badge, pointer)
    del place[key]


def _edit_text(change: Callable[[str], str]) -> Callable[..., None]:
    def edit(bench: Bench, pointer: str, *_: Any) -> None:
        place, key = _locate(bench.badge, pointer)
        place[key] = change(place[key])

    return edit


def _resign(bench: Bench, how: str) -> None:
    if how == "fresh did:key":
        did = f"did:key:{multikey(THIEF)}"
        bench.badge["issuer"]["id"] = did
        bench.badge = sign(bench.badge, THIEF, method=f"{did}#{multikey(THIEF)}")
        bench.trusted = (bench.world.at.did,)
    else:  # a compromised key is taken out of did.json, whatever date it signs under
        bench.world.change("did.json", lambda d: d["verificationMethod"].pop(0))
        bench.badge["proof"][0]["created"] = "2026-02-01T00:00:00Z"
        bench.badge = sign(bench.badge, ISSUE)


def _replace_and_resign(bench: Bench, pointer: str, value: str) -> None:
    day = (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    _replace(bench, pointer, day if value == "now - 1 day" else value)
    bench.badge = sign(bench.badge, ISSUE)


def _status_list(bench: Bench, operation: str, *words: Any) -> None:
    world = bench.world
    if operation == "remove":
        world.change(LIST, lambda d: d.pop("proof"))
    elif operation == "serve":
        world.resign(LIST, lambda d: d.update(validUntil="2026-11-22T00:00:00Z"), STATUS)
    elif operation == "strip-prefix":
        subject = "credentialSubject"
        world.resign(LIST, lambda d: d[subject].update(encodedList=d[subject]["encodedList"][1:]), STATUS)
    else:
        world.resign(LIST, lambda d: d["credentialSubject"].update(statusPurpose=words[1]), STATUS)


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
    assert [problem.code for problem in report.problems] == ["copy"]
    assert bench.world.base in report.problems[0].message
    bench.verdict = report.verdicts[0]


class _Copy(UrlSource):
    """A site's files at another address, the issuer's home out of reach."""

    def __init__(self, world: World, address: str) -> None:
        super().__init__(address + "/")
        self.world, self.address = world, address + "/"

    def _fetch(self, url: str, largest: int = 0) -> bytes:
        if not url.startswith(self.address):
            raise Unavailable("the home did not answer")
        return self.world.files[url.removeprefix(self.address)]


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
}


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_tampered_badges(case: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("no network"))
    bench = Bench()
    for name, *words in case["edits"]:
        if name in SKIPPED:
            pytest.skip(SKIPPED[name])
        OPERATIONS[name](bench, *words)
    started = time.monotonic()
    verdict = bench.verify()
    assert time.monotonic() - started < case.get("limits", {}).get("seconds", 30)
    _expected(case["expect"], verdict)


def _expected(expect: Json, verdict: Verdict) -> None:
    outcome, told = expect["outcome"], json.dumps(verdict.to_json())
    if outcome == "valid":
        assert verdict.state == "valid", told
    elif expect["problem"] == "expired":
        assert verdict.state == "expired", told
    elif outcome == "invalid":
        assert verdict.state == "invalid", told
    else:
        assert outcome in ("not-valid", "not-ours", "says-copy")
        assert verdict.state not in ("valid", "expired"), told
        assert verdict.answers["authentic"].value != "authentic" or outcome == "not-valid", told


def _foreign() -> list[Path]:
    folder = shared_dir()
    return sorted((folder / "foreign-badges/dcc").rglob("*")) if folder else []


@pytest.mark.parametrize(
    "path", [path for path in _foreign() if path.is_file()], ids=lambda path: "/".join(path.parts[-4:])
)
def test_badges_of_others_get_a_clear_answer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("no network"))
    verdict = verify_credential(path.read_bytes(), path.name, NoSource(), NOW)
    assert verdict.state in ("invalid", "unknown")
    assert list(verdict.answers) == list(QUESTIONS)
    assert len(verdict.summary) > 20
    assert "Error" not in verdict.summary


def test_a_foreign_badge_with_our_contexts_and_a_bare_key_has_a_right_signature(shared: Path) -> None:
    folder = shared / "foreign-badges/dcc/verifiableCredentials/v2/dataIntegrityProof/didKey"
    raw = (folder / "legacyRegistry-noStatus-noExpiry-OBSpecExample.json").read_bytes()
    verdict = verify_credential(raw, "badge", NoSource(), NOW)
    assert verdict.state == "unknown"
    assert verdict.summary == (
        "The signature is right, but its issuer is a bare key: nobody says whose it is."
    )
    document = json.loads(raw)
    changed = copy.deepcopy(document)
    changed["credentialSubject"]["achievement"]["name"] = "Master"
    assert verify_credential(dump(changed), "badge", NoSource(), NOW).state == "invalid"


def test_the_world_behind_these_cases_is_good() -> None:
    world = World()
    assert world.verify(PART).state == "valid"
    assert award_json(PART) in world.files
