"""One good badge, spoilt: each place changed, removed and added to, bytes flipped, and odd JSON-LD put in."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from site_builder.assembling.addresses import award_json
from tests.scripts.core import Vector, reach
from tests.verifying import test_verify_tampering as tampering
from tests.verifying.world import EXPIRED, PART, REVOKED, STACK, Json, World, dump

_WORLD = World()
_FILES = reach(_WORLD)
_BADGE = _WORLD.credential()


def spoilt(name: str, what: Json | bytes) -> Vector:
    return Vector(name, what if isinstance(what, bytes) else dump(what), _FILES)


def edited(path: tampering.Path, edit: Any) -> Json:
    """Return the badge after ``edit`` did something to the container at ``path`` less its last step."""
    document = copy.deepcopy(_BADGE)
    edit(tampering.at(document, path[:-1]), path[-1])
    return document


def everywhere() -> Iterator[Vector]:
    """Yield what tests/verifying/test_verify_tampering.py tries, all of it."""
    yield from _changed()
    yield from _added()
    for name, change in tampering.WHOLE.items():
        raw = dump(tampering.edited(change)).replace(b'"HERE"', b"[" * 50_000 + b"]" * 50_000)
        yield spoilt(name, raw)
    raws: Mapping[str, Callable[[bytes], bytes]] = tampering.RAW
    for name, edit in raws.items():
        yield spoilt(name, edit(dump(_BADGE)))


def _changed() -> Iterator[Vector]:
    for path in tampering.LEAVES:
        for number, value in enumerate(tampering.changed(tampering.at(_BADGE, path))):
            changed = edited(path, _setting(value))
            yield spoilt(f"{tampering.spelled(path)} changed {number}", changed)
    for path in tampering.PLACES:
        removed = edited(path, lambda place, key: place.__delitem__(key))
        yield spoilt(f"{tampering.spelled(path)} removed", removed)


def _setting(value: Any) -> Callable[[Any, Any], object]:
    return lambda place, key: place.__setitem__(key, value)


def _added() -> Iterator[Vector]:
    for path in tampering.OBJECTS:
        for key, value in tampering.ADDED.items():
            document = copy.deepcopy(_BADGE)
            if tampering.at(document, path).setdefault(key, value) is value:
                yield spoilt(f"{tampering.spelled(path)} with {key}", document)
    strangers: list[Any] = ["x", "https://a.example/", None, [], {"type": "Image"}]
    for path in tampering.LISTS:
        for number, item in enumerate(strangers):
            document = copy.deepcopy(_BADGE)
            tampering.at(document, path).append(item)
            yield spoilt(f"{tampering.spelled(path)} and {number}", document)


def bytes_changed(number: int = 1000) -> Iterator[Vector]:
    """Yield signed badges in which one to three bytes are other ones, gone or new; the same each time.

    Where that left the same JSON, a space more for example, nothing was spoilt: such changes are left out.
    """
    chance = random.Random(22112026)
    badges = [_WORLD.files[award_json(award)] for award in (PART, EXPIRED, REVOKED, STACK)]
    made = 0
    while made < number:
        original = badges[made % len(badges)]
        raw = _flipped(original, chance)
        if not _same(raw, original):
            yield spoilt(f"bytes {made}", raw)
            made += 1


def _flipped(original: bytes, chance: random.Random) -> bytes:
    raw = bytearray(original)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(raw))
        kind = chance.randrange(4)
        if kind == 0:
            del raw[place]
        elif kind == 1:
            raw.insert(place, chance.randrange(256))
        elif kind == 2:
            raw[place] ^= 1 << chance.randrange(8)
        else:
            # A letter for a letter: what stays JSON gets furthest.
            raw[place] = chance.choice(b'abcxyz0189 _-:/#@,{}[]"')
    return bytes(raw)


def _same(raw: bytes, original: bytes) -> bool:
    try:
        return bool(json.loads(raw) == json.loads(original))
    except ValueError:
        return False


_TEXTS = st.one_of(
    st.sampled_from(
        [
            *("", "@id", "@type", "_:b0", "https://a.example/", "did:web:x", "../x", "@json", "😀", "！"),
            *("https://a.example/\u3000b", "https://a.example/\ufeff"),
        ]
    ),
    st.text(max_size=8),
)
_KEYS = st.one_of(
    st.sampled_from([
        *("id", "type", "name", "description", "tag", "result", "evidence", "alignment", "image", "creator"),
        *("achievement", "criteria", "narrative", "@context", "@id", "@type", "@value", "@language"),
        *("@graph", "@list", "@set", "@reverse", "@included", "@nest", "null", "__proto__", "constructor"),
        *("relatedResource", "termsOfUse", "credentialSchema", "jsonSchema", "proof", "validUntil", "jti"),
        *("holder", "verifiableCredential", "endorsement", "identifier", "otherIdentifier", "related", "_sd"),
    ]),
    st.text(max_size=6),
)  # fmt: skip
_NUMBERS = st.one_of(
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False),
    st.sampled_from([0.5, -0.0, 1e-7, 1e21, 1.0, 3.5e-6, 2.5, 0.1, 1234567890.12345]),
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(_KEYS, inner, max_size=4),
        st.fixed_dictionaries({"@value": inner, "@language": st.sampled_from(["en", "EN-gb", "x-1", "é"])}),
        st.fixed_dictionaries({"id": _TEXTS, "type": st.lists(_TEXTS, max_size=2)}),
    ),
    max_leaves=12,
)
SPOTS = (
    (), ("credentialSubject",), ("credentialSubject", "achievement"), ("issuer",), ("credentialStatus",),
    ("proof", 0), ("credentialSubject", "achievement", "criteria"),
)  # fmt: skip


def odd_parts(number: int) -> list[tuple[tampering.Path, str, Any]]:
    """Return places in a badge, keys and JSON to put there, made by hypothesis; the same ones each time."""
    found: list[tuple[tampering.Path, str, Any]] = []

    @seed(3)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(SPOTS), _KEYS, _JSON)
    def collect(spot: tampering.Path, key: str, value: Any) -> None:
        found.append((spot, key, value))

    collect()
    return found


def odd(number: int = 600) -> Iterator[Vector]:
    """Yield badges with odd JSON-LD in them, unsigned: refused for one reason or another."""
    for count, (spot, key, value) in enumerate(odd_parts(number)):
        document = copy.deepcopy(_BADGE)
        tampering.at(document, spot)[key] = value
        yield spoilt(f"odd {count}", json.dumps(document).encode())
