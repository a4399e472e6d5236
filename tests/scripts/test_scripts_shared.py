"""The tamper group of the shared bad inputs, and badges that others signed: both verifiers, one verdict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts.core import Vector, agreed, asked, reach
from tests.support.shared import shared_dir
from tests.verifying.test_verify_shared import OPERATIONS, SKIPPED, Bench, _cases
from tests.verifying.world import dump

pytestmark = [pytest.mark.node, pytest.mark.shared]

# Where a copy is served is for its source to say: the pages' tests and the command line's play that.
ELSEWHERE = "serve-at"
FOLDERS = ("foreign-badges", "standards/samples", "standards/vectors")
LARGEST = 600_000


def tampered() -> Iterator[Vector]:
    """Yield each case of the tamper group that is about a badge with an embedded proof."""
    for case in _cases():
        names = {name for name, *_ in case["edits"]}
        if names & {*SKIPPED, ELSEWHERE}:
            continue
        bench = Bench()
        for name, *words in case["edits"]:
            OPERATIONS[name](bench, *words)
        raw, world = bench.raw or dump(bench.badge), bench.world
        yield Vector(case["id"], raw, reach(world), world.home, bench.now, frozenset(bench.trusted))


def of_others() -> Iterator[Vector]:
    """Yield every file that others published as a badge, an example of one or a test vector, on its own."""
    folder = shared_dir() or Path()
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and path.stat().st_size < LARGEST:
                yield Vector(str(path.relative_to(folder)), path.read_bytes(), {}, home=False)


@pytest.mark.parametrize("fallback", [False, True], ids=["WebCrypto", "fallback"])
def test_tampered_badges(shared: Path, fallback: bool) -> None:
    verdicts = agreed(tampered, fallback=fallback)
    expected = {case["id"]: case["expect"] for case in _cases()}
    assert len(verdicts) >= 34
    for vector, verdict in zip(asked(tampered)[0], verdicts, strict=True):
        outcome = expected[vector.name]["outcome"]
        assert (verdict["state"] == "valid") == (outcome == "valid"), vector.name
        if outcome == "invalid" and expected[vector.name]["problem"] != "expired":
            assert verdict["answers"]["authentic"]["value"] == "not-authentic", vector.name


def test_badges_of_others(shared: Path) -> None:
    verdicts = agreed(of_others)
    assert {verdict["answers"]["authentic"]["value"] for verdict in verdicts} == {"not-authentic", "unknown"}
    assert any("issuer is a bare key" in verdict["summary"] for verdict in verdicts)
