"""Badges with odd words in known fields, signed: both verifiers must find them good."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from site_builder.proof.errors import ProofError
from tests.scripts.core import Vector, reach
from tests.verifying.world import ISSUE, Json, World, dump, sign

_WORLD = World()
_BADGE = _WORLD.credential()

# Texts that order differently by UTF-16 units than by code points, and what N-Quads must escape.
_WORDS = st.one_of(
    st.sampled_from(
        ["😀", "！", "\ufffd", "\ue000", "a", "A", '"', "\\", "\n", "\t", "\r", " ", "é", "e\u0301", "𝄞"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=3).map("".join)
_SPOKEN = st.fixed_dictionaries(
    {"@value": _TEXT, "@language": st.sampled_from(["en", "EN-gb", "fr", "ar-EG"])}
)
_NUMBERS = st.one_of(
    st.integers(-(2**53), 2**53),
    st.floats(-1e15, 1e15),
    st.decimals(-1000, 1000, places=3).map(float),
    st.sampled_from(
        [0, -0.0, 1.0, 1e3, 0.1, 2.5, 1e-6, 5e-7, 123456789.125, 0.30000000000000004, 9007199254740991]
    ),
)
_EVIDENCE = st.fixed_dictionaries(
    {"type": st.just(["Evidence"])},
    optional={
        "id": st.sampled_from(
            [f"https://a.example/{n}" for n in range(30)] + ["urn:uuid:1", "https://é.example/ü"]
        ),
        "name": st.one_of(_TEXT, _SPOKEN),
        "narrative": _TEXT,
        "genre": _TEXT,
        "audience": _TEXT,
    },
)
_ALIGNMENT = st.fixed_dictionaries(
    {
        "type": st.just(["Alignment"]),
        "targetName": _TEXT,
        "targetUrl": st.sampled_from(["https://a.example/1", "https://a.example/2"]),
        "targetType": st.sampled_from(["CFItem", "ext:Odd", "CTDL"]),
    }
)
_RESULT = st.fixed_dictionaries(
    {
        "type": st.just(["ResultDescription"]),
        "name": _TEXT,
        "resultType": st.sampled_from(["RawScore", "ext:X"]),
    },
    optional={"allowedValue": st.lists(_TEXT, max_size=3), "valueMax": _TEXT},
)
_ACHIEVEMENT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.one_of(_TEXT, _SPOKEN),
        "description": _TEXT,
        "tag": st.lists(st.one_of(_TEXT, _SPOKEN), max_size=5),
        "creditsAvailable": st.one_of(_NUMBERS, st.lists(_NUMBERS, max_size=3)),
        "inLanguage": st.sampled_from(["en", "fr-CA"]),
        "alignment": st.lists(_ALIGNMENT, max_size=3),
        "resultDescription": st.lists(_RESULT, max_size=2),
        "version": _TEXT,
    },
)
_CREDENTIAL = st.fixed_dictionaries(
    {},
    optional={
        "name": st.one_of(_TEXT, _SPOKEN),
        "evidence": st.lists(_EVIDENCE, max_size=7),
        "awardedDate": st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.10+01:00"]),
        "termsOfUse": st.lists(st.fixed_dictionaries({"type": st.just("ext:Terms")}), max_size=2),
        "credentialSchema": st.just(
            [{"id": "https://a.example/s", "type": "1EdTechJsonSchemaValidator2019"}]
        ),
    },
)


def _drawn(number: int) -> list[tuple[Json, Json]]:
    found: list[tuple[Json, Json]] = []

    @seed(6)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_CREDENTIAL, _ACHIEVEMENT)
    def collect(credential: Json, achievement: Json) -> None:
        found.append((credential, achievement))

    collect()
    return found


def signed(number: int = 150) -> Iterator[Vector]:
    """Yield those of ``number`` odd badges that the press itself is ready to sign."""
    files = reach(_WORLD)
    for count, (credential, achievement) in enumerate(_drawn(number)):
        document: dict[str, Any] = copy.deepcopy(_BADGE)
        document.update(credential)
        document["credentialSubject"]["achievement"].update(achievement)
        try:
            ready = sign(document, ISSUE)
        except ProofError:
            continue
        yield Vector(f"signed {count}", dump(ready), files)
