"""The tamper group of the shared bad inputs, and badges that others signed: both verifiers, one verdict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_inputs.corpus import read_corpus
from tests.scripts.core import Vector, agreed, reach
from tests.support.shared import shared_dir
from tests.verifying.tampering import UnknownEdit, bench_of

pytestmark = [pytest.mark.node, pytest.mark.shared]

FOLDERS = ("foreign-badges", "standards/samples", "standards/vectors")
LARGEST = 600_000


def tampered() -> Iterator[Vector]:
    """Yield each case of the tamper group that is about a badge; the corpus' runner judges them."""
    for case in read_corpus(shared_dir() or Path()):
        if case.form == "tamper":
            try:
                bench = bench_of(case.given["edits"])
            except UnknownEdit:
                continue
            home = bench.copy is None
            yield Vector(case.id, bench.bytes, reach(bench.world), home, bench.now, frozenset(bench.trusted))


def of_others() -> Iterator[Vector]:
    """Yield every file that others published as a badge, an example of one or a test vector, on its own."""
    folder = shared_dir() or Path()
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and path.stat().st_size < LARGEST:
                yield Vector(str(path.relative_to(folder)), path.read_bytes(), {}, home=False)


@pytest.mark.parametrize("fallback", [False, True], ids=["WebCrypto", "fallback"])
def test_tampered_badges(shared: Path, fallback: bool) -> None:
    assert len(agreed(tampered, fallback=fallback)) >= 34


def test_badges_of_others(shared: Path) -> None:
    verdicts = agreed(of_others)
    assert {verdict["answers"]["authentic"]["value"] for verdict in verdicts} == {"not-authentic", "unknown"}
    assert any("issuer is a bare key" in verdict["summary"] for verdict in verdicts)
