"""The browser's verifier and ``badgepress verify`` give one verdict: answers, sentences, facts and state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scripts.core import Vector, agreed, asked
from tests.scripts.vectors import states
from tests.scripts.vectors_issuers import issuers, key_documents
from tests.scripts.vectors_lists import sources
from tests.scripts.vectors_stacks import stacks

pytestmark = pytest.mark.node


def vectors() -> Iterator[Vector]:
    for make in (states, sources, stacks, issuers, key_documents):
        yield from make()


@pytest.mark.parametrize("fallback", [False, True], ids=["WebCrypto", "fallback"])
def test_both_verifiers_agree_and_only_a_good_signature_hands_out_the_document(fallback: bool) -> None:
    for verdict in agreed(vectors, fallback=fallback):
        good = verdict["answers"]["authentic"]["value"] in ("authentic", "matches-copy")
        assert (verdict["document"] is not None) == good


def test_every_state_and_every_value_is_among_the_vectors() -> None:
    python = asked(vectors)[1]
    assert {verdict["state"] for verdict in python} == {
        *("valid", "revoked", "expired", "not-yet-valid", "invalid", "unknown")
    }
    values = {
        (question, said["value"]) for verdict in python for question, said in verdict["answers"].items()
    }
    assert values == {
        *(("authentic", value) for value in ("authentic", "matches-copy", "not-authentic", "unknown")),
        *(("current", value) for value in ("yes", "expired", "not-yet-valid", "unknown")),
        *(("notRevoked", value) for value in ("yes", "no", "unknown")),
        *(("stack", value) for value in ("complete", "incomplete", "not-a-stack", "unknown")),
        *(("issuerKnown", value) for value in ("yes", "no", "unknown")),
    }
