"""The quick way and the library's: the same words on every badge, good or bad; and that it is taken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.assembling.addresses import award_json
from site_builder.assembling.slots import slot_paths
from site_builder.proof.compiled import CompiledShape, Uncompilable
from site_builder.proof.eddsa import HashData, attach, hash_data, proof_value, without_proof
from site_builder.proof.strict_json import dump, parse
from site_builder.verifying import compiled
from site_builder.verifying.compiled import Shapes
from site_builder.verifying.instants import noon
from site_builder.verifying.run import Run
from site_builder.verifying.sources import FolderSource
from site_builder.verifying.verdict import Verdict
from site_builder.verifying.verify import verify_site
from tests.proof.sample import credentials, places
from tests.support.demo import DEMO_DAY
from tests.verifying.crowd import Crowd, TwoWays, crowd, two_ways
from tests.verifying.world import DID, ISSUE, NOW, PART, STATUS, THIEF, Json, World, multikey, sign

SHAPES = 8
"""How many shapes the crowd's badges have."""


def judged(shapes: Shapes | None) -> tuple[int, list[Verdict]]:
    """Return how many badges of the crowd went the quick way, and what was said of all, in order."""
    run, said, quick = Run(crowd(), NOW, frozenset(), shapes), [], 0
    for path in crowd().badges:
        said.append(run.judge(crowd().files[path], path, with_hash=True))
        quick += run.was_quick
    return quick, said


def test_after_the_first_of_a_shape_badges_go_the_quick_way() -> None:
    quick, said = judged(Shapes())
    assert quick == len(said) - SHAPES
    assert (0, said) == judged(None)
    assert {verdict.state.value for verdict in said} == {"valid", "revoked", "expired"}


def test_the_demo_is_found_the_same_in_both_ways(demo_site: Path) -> None:
    moment = noon(date.fromisoformat(DEMO_DAY))
    quick = verify_site(FolderSource(demo_site), moment)
    thorough = verify_site(FolderSource(demo_site), moment, thorough=True)
    assert quick.verdicts == thorough.verdicts
    assert quick.problems == thorough.problems == ()
    assert (thorough.fast, thorough.slow) == (0, thorough.number)
    assert quick.fast + quick.slow == quick.number
    # A demo shows many shapes, and of most only one or two badges, which are left to the library.
    assert quick.fast >= 0.4 * quick.number


def test_badges_that_are_written_in_another_way_are_left_to_the_library() -> None:
    world = World()
    run = Run(world, NOW, frozenset(), Shapes())
    for _ in range(2):
        assert run.judge(world.files[award_json(PART)], "badge").state.value == "valid"
        assert not run.was_quick


# What may be wrong with a badge: the change, the code of the answer, and whether the quick way sees it.


def put(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        assert old.encode() in raw
        return raw.replace(old.encode(), new.encode(), 1)

    return change


def matching(pattern: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        changed, number = re.subn(pattern, new, raw, count=1)
        assert number
        return changed

    return change


def signed(key: Any, method: str = "") -> Callable[[bytes], bytes]:
    return lambda raw: dump(sign(parse(raw), key, method=method))


def of_proof(change: Callable[[Any], Any]) -> Callable[[bytes], bytes]:
    return lambda raw: dump({**parse(raw), "proof": change(parse(raw)["proof"])})


FAULTS: dict[str, tuple[Callable[[bytes], bytes], str, bool]] = {
    "index": (matching(rb'"statusListIndex":"\d+"', b'"statusListIndex":"99"'), "bad-signature", True),
    "identity": (matching(rb"sha256\$0", b"sha256$1"), "bad-signature", True),
    "date": (put('"validFrom":"2026-03-01', '"validFrom":"2025-03-01'), "bad-signature", True),
    "created": (matching(rb'"created":"2026', b'"created":"2025'), "bad-signature", True),
    "signature": (matching(rb'("proofValue":"z..)(..)', rb"\g<1>77"), "bad-signature", True),
    "no signature": (matching(rb'"proofValue":"z[^"]*"', b'"proofValue":"z1"'), "proof-value", False),
    "literal": (put("Northfield College", "Famous University"), "bad-signature", False),
    "key": (put('"verificationMethod":"did:web:b', '"verificationMethod":"did:web:c'), "wrong-key", False),
    "no date": (put("2026-03-01T00:00:00Z", "2026-02-30T00:00:00Z"), "bad-date", False),
    "no created": (matching(rb'"created":"[^"]*"', b'"created":"now"'), "bad-date", False),
    "no id": (matching(rb'"id":"https[^"]*"', b'"id":""'), "no-id", False),
    "long id": (matching(rb'"id":"https[^"]*', b'"id":"https:' + b"x" * 2048), "no-id", False),
    "relative id": (matching(rb'"id":"https[^"]*"', b'"id":"x"'), "undefined-term", False),
    "escape": (put('"validFrom":"2', '"validFrom":"\\u0032'), "", False),
    "slash": (put('"id":"https://b', '"id":"https:\\/\\/b'), "", False),
    "space": (put('{"@context"', '{ "@context"'), "", False),
    "no final line": (lambda raw: raw.rstrip(), "", False),
    "twice": (put('"validFrom"', '"validFrom":"2026-01-01T00:00:00Z","validFrom"'), "duplicate-key", False),
    "twice in the proof": (put('"created"', '"created":"x","created"'), "duplicate-key", False),
    "proof option": (put('"proofPurpose"', '"domain":"a.example","proofPurpose"'), "proof-option", False),
    "proof context": (put('"proofPurpose"', '"@context":[],"proofPurpose"'), "unknown-context", False),
    "two proofs": (of_proof(lambda proof: proof * 2), "several-proofs", False),
    "one proof alone": (of_proof(lambda proof: proof[0]), "", False),
    "half a sign": (put('"narrative":"', '"narrative":"\\ud800'), "surrogate", False),
    "not UTF-8": (lambda raw: raw.replace(b'"narrative":"', b'"narrative":"\xff', 1), "encoding", False),
    "raw control": (lambda raw: raw.replace(b'"narrative":"', b'"narrative":"\x01', 1), "syntax", False),
    "unsigned sign": (put('"narrative":"', '"narrative":"\\u0001'), "not-covered", False),
    "more behind": (lambda raw: raw + b"{}", "syntax", False),
    "other key": (signed(THIEF), "unlisted-key", False),
    "other key, ours named": (signed(THIEF, f"{DID}#{multikey(ISSUE)}"), "bad-signature", True),
    "status key": (signed(STATUS), "status-key", False),
    "nothing": (lambda raw: raw, "", True),
}


@pytest.mark.parametrize(("change", "code", "is_quick"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_is_told_in_the_same_words(
    change: Callable[[bytes], bytes], code: str, is_quick: bool
) -> None:
    ways = two_ways()
    before = ways.fast
    verdict = ways.verdict(change(crowd().some('"genre":"sound"', "Plain.")))
    assert verdict.answers["authentic"].detail.get("code", "") == code
    assert verdict.state.value == ("invalid" if code else "valid")
    assert (ways.fast - before == 1) == is_quick


def test_a_stack_without_a_sound_part_is_told_in_the_same_words() -> None:
    world = Crowd()
    stacked = world.some("relatedResource")
    part = parse(stacked)["relatedResource"][0]["id"].removeprefix(world.base)
    sound = world.files[part]
    for data, state in ((sound, "valid"), (sound.replace(b"Board", b"Bored"), "unknown"), (b"{}", "unknown")):
        world.files[part] = data
        ways = TwoWays(world)
        assert ways.verdict(stacked).state.value == state
        assert ways.fast == 1
    del world.files[part]
    assert TwoWays(world).verdict(stacked).state.value == "unknown"


MOMENTS = {"before all": timedelta(days=-400), "later": timedelta(days=4), "list too old": timedelta(days=9)}


@pytest.mark.parametrize("after", MOMENTS.values(), ids=MOMENTS.keys())
@pytest.mark.parametrize("trusted", [(), (DID,), ("did:web:other.example",)], ids=str)
def test_moment_and_known_issuers_make_no_difference(after: timedelta, trusted: tuple[str, ...]) -> None:
    ways = TwoWays(crowd(), NOW + after, *trusted)
    for path in crowd().badges[::3]:
        ways.verdict(crowd().files[path], path)
    assert ways.slow == 0


def test_keys_that_cannot_be_had_or_have_ended_make_no_difference() -> None:
    world = Crowd()
    world.change("did.json", lambda d: d["verificationMethod"][0].update(revoked="2026-01-01T00:00:00Z"))
    ended, raw = TwoWays(world), crowd().some("Board")
    assert ended.verdict(raw).answers["authentic"].detail["code"] == "unlisted-key"
    del world.files["did.json"]
    gone = TwoWays(world)
    assert gone.verdict(raw).state.value == "unknown"
    assert (ended.fast, gone.fast) == (1, 1)


# Bytes that nobody planned.

SIGNS = st.sampled_from([b'"', b"\\", b"\\u", b"\\ud83d", b'","', b"\xc3", b"}"])
EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 3), st.binary(max_size=3) | SIGNS),
    min_size=1,
    max_size=3,
)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10_000), EDITS)
def test_any_change_of_bytes_is_told_in_the_same_words(
    which: int, edits: Sequence[tuple[int, int, bytes]]
) -> None:
    paths = crowd().badges
    raw = bytearray(crowd().files[paths[which % len(paths)]])
    for place, length, new in edits:
        start = place % len(raw)
        raw[start : start + length] = new
    fast, slow = two_ways().both(bytes(raw))
    assert fast == slow
    assert fast.to_json() == slow.to_json()


# Texts that their issuer signed, whatever they are.

HOSTILE = [
    "", "x", "name", "id", "@id", "@type", "_:b0", "_:c14n0", "https:", "https://x", "did:x", "urn:x", "a:b",
    "VC:x", "xsd:string", "schema:name", "https://a b", "https://a<b", 'https://a"b', "https://a\\b",
    "https://a\tb", "https://a\u00a0b", "https://a\u2028b", "https://é/聞", "\x00", "\x01", "\x7f", "\x85",
    "\ufffe", "\uffff", "\ufeff", "a\u0301", "á", "\t", "\n", "\r", "\u2028", '"', "\\", "\\u0041",
    "x" * 2048, "https://a/" + "x" * 2048, "x" * 200_001, "2026-01-01T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-01-01T00:00:00.123456789Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-01:00", "-1", "007",
    "131072", "١",
    "https://badges.example/college/status/1.json", "https://badges.example/college/status/2.json", DID,
    "https://badges.example/college/credentials/listening/1.0/achievement.json", '{"a":1}', "🎓\u200d\u202e",
    "https://www.w3.org/2018/credentials#VerifiableCredential",
]  # fmt: skip
TEXTS = st.sampled_from(HOSTILE) | st.integers(0, 99)  # a number stands for the text of another slot


def resigned(document: Json, key: Any) -> bytes:
    """Return the published bytes of a document signed anew; of one that no signature covers, unsigned."""
    unsigned, proof = without_proof(document), document["proof"][0]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = key.sign(hash_data(unsigned, options).combined).signature
    except ValueError:
        return dump(document)
    return dump(attach(unsigned, options, proof_value(signature)))


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 10_000),
    st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from(HOSTILE) | st.integers(0, 99)), min_size=1, max_size=3
    ),
)
def test_any_text_in_a_slot_is_told_in_the_same_words(
    which: int, changes: list[tuple[int, str | int]]
) -> None:
    paths = crowd().badges
    document = parse(crowd().files[paths[which % len(paths)]])
    slots = [*slot_paths(without_proof(document)), ("proof", 0, "created")]
    for slot, text in changes:
        *steps, last = slots[slot % len(slots)]
        new = text if isinstance(text, str) else at(document, slots[text % len(slots)])
        at(document, steps)[last] = new
    fast, slow = two_ways().both(resigned(document, ISSUE))
    assert fast == slow
    assert fast.to_json() == slow.to_json()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(credentials(), st.lists(st.tuples(st.integers(0, 10_000), TEXTS), max_size=2))
def test_any_credential_is_learnt_or_left_to_the_library(
    document: Json, changes: list[tuple[int, str | int]]
) -> None:
    document["issuer"]["id"] = DID
    texts = [path for path, value in places(document) if isinstance(value, str) and "@context" not in path]
    for place, text in changes:
        *steps, last = texts[place % len(texts)]
        at(document, steps)[last] = text if isinstance(text, str) else at(document, texts[text % len(texts)])
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-01T00:00:00Z",
    }
    options |= {"verificationMethod": f"{DID}#{multikey(ISSUE)}", "proofPurpose": "assertionMethod"}
    raw = resigned({**document, "proof": [options]}, ISSUE)
    learning, library = Run(crowd(), NOW, frozenset(), Shapes()), Run(crowd(), NOW)
    meant = library.judge(raw, "badge", with_hash=True)
    for _ in range(2):
        assert learning.judge(raw, "badge", with_hash=True) == meant


def at(document: Any, steps: Sequence[str | int]) -> Any:
    for step in steps:
        document = document[step]
    return document


# What is learnt, and what is not.


def test_a_shape_that_says_other_than_the_library_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = HashData(bytes(32), bytes(32))
    monkeypatch.setattr(CompiledShape, "hash_data", lambda self, values, created: nothing)
    quick, said = judged(Shapes())
    assert quick == 0
    assert {verdict.state.value for verdict in said} == {"valid", "revoked", "expired"}


def test_a_shape_that_does_not_find_its_own_badge_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CompiledShape, "values_in", lambda self, raw: None)
    assert judged(Shapes())[0] == 0


def test_what_cannot_be_compiled_is_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def never(*_: object) -> CompiledShape:
        tried.append(1)
        raise Uncompilable("never")

    monkeypatch.setattr(compiled, "compile_shape", never)
    shapes = Shapes()
    for _ in range(4):
        judged(shapes)
    often = len(tried)
    judged(shapes)
    assert 0 < often == len(tried) <= 3 * SHAPES


def test_one_odd_badge_does_not_spoil_its_shape_for_the_others() -> None:
    world, shapes = Crowd(), Shapes()
    usual = world.some("northfield.example/e/1")
    document = parse(usual)
    document["evidence"][0]["id"] = DID  # two nodes of one name
    run = Run(world, NOW, frozenset(), shapes)
    for raw in (resigned(document, ISSUE), usual, usual):
        assert run.judge(raw, "badge").state.value == "valid"
    assert run.was_quick


def test_a_slot_where_a_badge_is_told_from_other_documents_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (("issuer", "name"), ("credentialSubject", "achievement", "type", 0)):
        monkeypatch.setattr(compiled, "slot_paths", lambda unsigned, path=path: (path,))
        assert judged(Shapes())[0] == 0


def test_of_many_shapes_the_last_used_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "MOST_SHAPES", 2)
    shapes = Shapes()
    quick, said = judged(shapes)
    assert said == judged(None)[1]
    assert 0 < quick < len(said) - SHAPES
    assert kept(shapes) == 2


def test_where_nothing_is_to_be_learnt_the_library_goes_on() -> None:
    run, raw = Run(crowd(), NOW, frozenset(), Shapes()), crowd().some("Board")
    for learns, quick in ((False, False), (False, False), (True, False), (False, True)):
        run.learns = learns
        run.judge(raw, "badge")
        assert run.was_quick == quick


def kept(shapes: Shapes) -> int:
    return sum(map(len, shapes._kept.values()))


def test_details_are_texts() -> None:
    found = two_ways().verdict(crowd().some('"genre"'))
    assert len(found.answers["authentic"].detail["documentHash"]) == 64
    assert json.loads(json.dumps(found.to_json())) == found.to_json()
