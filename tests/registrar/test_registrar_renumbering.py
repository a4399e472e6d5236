"""Renumbering: a new file gets other places; what was signed or merged keeps its own."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from site_builder.publishing.records import Record, write_records
from site_builder.registrar.renumbering import renumber
from tests.registrar.college import catalog_in, college, contents, difference
from tests.support.repos import (
    FIRST_AWARD,
    NOW,
    THIRD_AWARD,
    UNKNOWN_AWARD,
    award,
    award_file,
    told_of,
    valid,
)

CHARTS, NEW = "issued/2026/charts.yaml", "issued/2026/new.yaml"
FIFTH_AWARD = "55555555-5555-4555-8555-555555555555"
SIXTH_AWARD = "66666666-6666-4666-8666-666666666666"


def choose(places: int) -> int:
    return random.Random(1).randrange(places)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a college to which a branch adds a file whose first award has a taken index."""
    entries = [
        award(FIFTH_AWARD, "c").replace("status_index: 5", "status_index: 1  # taken"),
        award(SIXTH_AWARD, "d"),
    ]
    files = {**valid(), NEW: award_file("charts", "2026-11-20", *entries)}
    return college(tmp_path, files)


def told(root: Path, path: str, base: str | None = None) -> list[str]:
    """Return what keeps a file from being renumbered; nothing may have been written."""
    before = contents(root)
    outcome = renumber(root, path, choose, NOW, base)
    assert contents(root) == before
    return told_of(list(outcome.problems))


def test_only_the_taken_index_changes_and_its_comment_stays(root: Path) -> None:
    before = contents(root)
    outcome = renumber(root, NEW, choose, NOW)
    assert not outcome.problems
    new = catalog_in(root).awards[FIFTH_AWARD].award.status_index
    assert difference(before, contents(root)) == {
        NEW: ["-     status_index: 1  # taken", f"+     status_index: {new}  # taken"]
    }
    assert [(item.path, item.line) for item in outcome.touched] == [(NEW, 10)]
    assert outcome.touched[0].what == f"award {FIFTH_AWARD}: status_index {new} in place of 1"


def test_a_file_without_a_clash_stays_as_it_is(root: Path) -> None:
    renumber(root, NEW, choose, NOW)
    assert told(root, NEW) == []
    (meaning,) = renumber(root, NEW, choose, NOW).meaning
    assert meaning == f"No status index of {NEW} is taken by another award: nothing was changed."


def test_two_awards_of_one_file_part(tmp_path: Path) -> None:
    entries = [award(FIFTH_AWARD, "c"), award(SIXTH_AWARD, "d").replace("status_index: 6", "status_index: 5")]
    root = college(tmp_path, {**valid(), NEW: award_file("charts", "2026-11-20", *entries)})
    assert [item.line for item in renumber(root, NEW, choose, NOW).touched] == [16]
    assert catalog_in(root).awards[FIFTH_AWARD].award.status_index == 5


def test_an_erased_awards_place_is_taken_for_ever(tmp_path: Path) -> None:
    mark = f"erased:\n  - id: {UNKNOWN_AWARD}\n    status_index: 5\n    date: 2026-10-01\n"
    files = {**valid(), NEW: award_file("charts", "2026-11-20", award(FIFTH_AWARD, "c"))}
    root = college(tmp_path, {**files, CHARTS: files[CHARTS] + mark})
    assert len(renumber(root, NEW, choose, NOW).touched) == 1
    assert catalog_in(root).awards[FIFTH_AWARD].award.status_index != 5


def test_an_id_that_clashes_is_told_with_the_cure(tmp_path: Path) -> None:
    files = {**valid(), NEW: award_file("charts", "2026-11-20", award(THIRD_AWARD, "c"))}
    root = college(tmp_path, files)
    assert told(root, NEW) == [
        f"{NEW}:6: award id '{THIRD_AWARD}' stands already in issued/2026/asking.yaml:6, and cannot be "
        "changed | the salts of its commitments hang on it: delete this copy if it is the same award, or "
        "else make it again from the class list with badgepress award"
    ]


def test_what_was_signed_keeps_its_place(root: Path) -> None:
    path = "proofs/2026/new.jsonl"
    made = Record(FIFTH_AWARD, "did:web:x#z6Mk", "2026-11-20T00:00:00Z", "zz", path, 0)
    (root / path).parent.mkdir(parents=True)
    (root / path).write_bytes(write_records([made]))
    assert told(root, NEW) == [
        f"{NEW}:10: award {FIFTH_AWARD} was signed with this status_index: {path}:1"
        " | renumber the other file, the one that is not merged yet"
    ]


def test_what_is_merged_keeps_its_place(root: Path) -> None:
    (root / NEW).rename(root.parent / "new.yaml")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "merged"),
    ):
        subprocess.run(["git", *words], cwd=root, check=True)
    (root.parent / "new.yaml").rename(root / NEW)
    assert told(root, CHARTS, "HEAD") == [
        f"{CHARTS}:10: award {FIRST_AWARD} is merged with this status_index: {CHARTS}:6 of HEAD"
        " | renumber the other file, the one that is not merged yet"
    ]
    assert not renumber(root, NEW, choose, NOW, "HEAD").problems


def test_a_file_that_is_not_there(root: Path) -> None:
    (line,) = told(root, "issued/2026/nwe.yaml")
    missing = "issued/2026/nwe.yaml:None: there is no such award file, or it cannot be read"
    assert line.startswith(f"{missing} | did you mean '{NEW}'")


def test_a_mistake_elsewhere_keeps_everything_as_it_is(root: Path) -> None:
    (root / CHARTS).write_text((root / CHARTS).read_text().replace("score: 80", "score: 8"), encoding="utf-8")
    assert all("below the pass mark" in line for line in told(root, NEW))
    assert told(root, NEW)


def test_a_form_that_cannot_be_edited_is_told(root: Path) -> None:
    text = (root / NEW).read_text(encoding="utf-8")
    entry = text[text.index("  - id: 5") : text.index("  - id: 6")]
    fields = ", ".join(line.strip().removeprefix("- ").split("  #")[0] for line in entry.splitlines())
    flow = (
        "  - {" + fields.replace("commitments:, ", "commitments: {").replace(", status", "}, status") + "}\n"
    )
    (root / NEW).write_text(text.replace(entry, flow), encoding="utf-8")
    (line,) = told(root, NEW)
    assert "stands in a mapping on one line" in line
