"""No spoilt badge is authentic to the browser's verifier, no good one refused; the command line agrees."""

from __future__ import annotations

import pytest

from tests.scripts.core import agreed
from tests.scripts.signed import signed
from tests.scripts.spoilt import bytes_changed, everywhere, odd
from tests.verifying.world import Json

pytestmark = pytest.mark.node

BOTH = pytest.mark.parametrize("fallback", [False, True], ids=["WebCrypto", "fallback"])


def assert_refused(verdicts: list[Json]) -> None:
    assert {verdict["answers"]["authentic"]["value"] for verdict in verdicts} == {"not-authentic"}
    assert {verdict["state"] for verdict in verdicts} == {"invalid"}
    assert all(verdict["document"] is None for verdict in verdicts)


def test_each_field_changed_removed_and_added() -> None:
    verdicts = agreed(everywhere)
    assert len(verdicts) > 1000
    assert_refused(verdicts)


@BOTH
def test_a_thousand_random_changes_of_bytes(fallback: bool) -> None:
    verdicts = agreed(bytes_changed, fallback=fallback)
    assert len(verdicts) == 1000
    assert_refused(verdicts)


def test_odd_json_ld() -> None:
    assert_refused(agreed(odd))


@BOTH
def test_odd_words_that_are_signed_are_good(fallback: bool) -> None:
    verdicts = agreed(signed, fallback=fallback)
    assert len(verdicts) >= 20
    assert {verdict["state"] for verdict in verdicts} == {"valid"}
