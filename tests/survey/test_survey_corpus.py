"""A survey of each hostile and careless repository of the corpus finds what ``resolve`` finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.catalog.resolve import resolve
from site_builder.executors.inline import Inline
from site_builder.problems import in_order
from site_builder.proof.records import read_records
from site_builder.reading.repository import sweep
from site_builder.storing import Store
from site_builder.survey import survey
from tests.bad_inputs.adapter import Unmapped
from tests.bad_inputs.changes import trials
from tests.bad_inputs.corpus import Case, read_corpus
from tests.support.shared import shared_dir
from tests.survey.populations import NOW

pytestmark = pytest.mark.shared

_SHARED = shared_dir()
_FORMS = ("file", "mutation", "payload")
CASES = [case for case in read_corpus(_SHARED) if case.form in _FORMS] if _SHARED else []
AT_ONCE = 20
_AT_MOST = 3  # of the fields that one case changes


@pytest.mark.parametrize("first", range(0, len(CASES), AT_ONCE))
def test_the_same_problems(first: int, tmp_path: Path) -> None:
    store, seen = Store(tmp_path / "store"), 0
    for case in CASES[first : first + AT_ONCE]:
        for number, root in enumerate(_repositories(case, tmp_path)):
            repository = sweep(root)
            _, problems = resolve(repository, NOW)
            expected = in_order([*problems, *read_records(repository.proofs)[1]])
            for kept in (store, store if number else Store(None)):
                found = survey(root, NOW, None, kept, Inline()).problems
                assert sorted(map(repr, found)) == sorted(map(repr, expected)), case.id
            seen += 1
    assert seen


def _repositories(case: Case, folder: Path) -> list[Path]:
    """Write the repositories of a case; none where our formats lack what it speaks of."""
    try:
        given = trials(case)[:_AT_MOST]
    except Unmapped:
        return []
    roots = [folder / f"{case.id}-{number}" for number in range(len(given))]
    for root, trial in zip(roots, given, strict=True):
        trial.repo.write_to(root)
    return roots
