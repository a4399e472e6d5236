"""Limits: nothing a stranger sends may cost more than a moment."""

from __future__ import annotations

import time
from typing import Any

import pytest

from site_builder.proof.canonical import UnsignableError, canonical_nquads
from site_builder.proof.contexts import CONTEXTS
from site_builder.proof.guards import MAX_ALIKE, TooComplexError, contexts_exact
from tests.proof.sample import full_credential

#: CPU seconds: far above what the limits allow a document to cost, far below a hang.
SECONDS = 5


def document(subject: dict[str, Any]) -> dict[str, Any]:
    return {"@context": list(CONTEXTS), "type": ["VerifiableCredential"], "credentialSubject": subject}


def refused(found: dict[str, Any]) -> str:
    begun = time.process_time()
    with pytest.raises(TooComplexError) as caught:
        canonical_nquads(found)
    assert time.process_time() - begun < SECONDS
    return caught.value.code


def tree(width: int, depth: int) -> dict[str, Any]:
    """Return blank nodes of which no two siblings differ: RDFC-1.0 tries every order of every level."""
    if depth == 0:
        return {"type": ["Alignment"]}
    return {"type": ["Result"], "alignment": [tree(width, depth - 1) for _ in range(width)]}


@pytest.mark.parametrize(("width", "depth"), [(7, 1), (9, 1), (50, 1), (3, 3), (2, 5), (10, 2)])
def test_poison_is_refused_at_once(width: int, depth: int) -> None:
    assert refused(document({"alignment": [tree(width, depth)] * 2})) in {"poison", "too-many-alike"}


@pytest.mark.parametrize(("width", "depth"), [(6, 0), (5, 0), (2, 1), (2, 2)])
def test_what_the_limit_allows_is_quick(width: int, depth: int) -> None:
    begun = time.process_time()
    canonical_nquads(document({"alignment": [tree(width, depth) for _ in range(width)]}))
    assert time.process_time() - begun < SECONDS


def test_alike_chains_up_to_the_limit_are_quick() -> None:
    """Two equal lists are one blank node a value: no orders to try, but long paths to hash."""
    values = [str(number) for number in range(MAX_ALIKE // 2)]
    kind = {"type": ["ResultDescription"], "allowedValue": values}
    award = {"type": ["Achievement"], "resultDescription": [kind | {"id": "urn:a"}, kind | {"id": "urn:b"}]}
    begun = time.process_time()
    canonical_nquads(document({"type": ["AchievementSubject"], "achievement": award}))
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (document({"alignment": [{"id": f"urn:{n}"} for n in range(3000)]}), "too-many-values"),
        (document({"description": "x" * 200_001}), "text-too-long"),
        (document({"description": [str(n) for n in range(3000)]}), "too-many-values"),
    ],
    ids=["nodes", "text", "texts"],
)
def test_size_limits(found: dict[str, Any], code: str) -> None:
    assert refused(found) == code


def test_depth_limit() -> None:
    subject: dict[str, Any] = {"id": "urn:x"}
    for _ in range(50):
        subject = {"alignment": subject}
    assert refused(document(subject)) == "too-deep"


def test_depth_limit_holds_beyond_what_the_interpreter_recurses() -> None:
    subject: dict[str, Any] = {"id": "urn:x"}
    for _ in range(5000):
        subject = {"alignment": subject}
    assert refused(document(subject)) in {"too-deep", "too-many-values"}


def test_the_largest_allowed_document_is_quick() -> None:
    begun = time.process_time()
    canonical_nquads(document({"description": [str(n) for n in range(1950)]}))
    assert time.process_time() - begun < SECONDS


def test_many_blank_nodes_are_refused() -> None:
    nodes = [{"name": str(n)} for n in range(700)]
    assert refused(document({"alignment": nodes})) == "too-many-blank-nodes"


def test_real_credential_is_far_below() -> None:
    assert canonical_nquads(full_credential())


def test_status_entry_described_twice_is_refused() -> None:
    found = full_credential()
    found["evidence"].append({"id": found["credentialStatus"]["id"], "type": ["Evidence"]})
    with pytest.raises(
        UnsignableError, match=r"^/evidence/2: describes a node that is described elsewhere too$"
    ):
        canonical_nquads(found)


@pytest.mark.parametrize(
    "context",
    [
        list(reversed(CONTEXTS)),
        [CONTEXTS[0]],
        CONTEXTS[0],
        [*CONTEXTS, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
        [*CONTEXTS, {}],
        None,
    ],
)
def test_other_contexts_are_not_exact(context: object) -> None:
    assert contexts_exact(full_credential())
    assert not contexts_exact(full_credential() | {"@context": context})
