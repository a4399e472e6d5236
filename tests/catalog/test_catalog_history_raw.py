"""Award files that the models refuse in the earlier state: they are compared as they are written."""

from __future__ import annotations

import pytest

from site_builder.catalog.history import compared
from tests.catalog.test_catalog_history_awards import CHARTS, REPLACED, REVOKED, TOMBSTONE, charts, told
from tests.support.repos import (
    FIRST_AWARD,
    SECOND_AWARD,
    UNKNOWN_AWARD,
    Files,
    award,
    award_file,
    changed,
    swept,
    valid,
)

# The second award has a mistake, which is none of the first's business.
BAD = award(SECOND_AWARD, "b").replace("score: 80", "score: eighty")
OLD = charts(award(FIRST_AWARD), BAD)


def counted(old: Files, new: Files) -> int:
    return compared(swept(old), swept(new)).awards


def test_the_same_again_is_compared() -> None:
    assert told(OLD, OLD) == []
    assert counted(OLD, OLD) == 4


def test_a_mistake_may_be_mended_and_is_told_as_not_compared() -> None:
    assert told(OLD, charts(award(FIRST_AWARD), award(SECOND_AWARD, "b"))) == [
        f"not-compared {CHARTS}:17: award {SECOND_AWARD} had a mistake in the earlier revision, and was not "
        "compared there: results.score was 'eighty', is now '80'"
    ]
    assert counted(OLD, valid()) == 3


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("score: 80", "score: 81", "issued-changed", "results.score was '80', is now '81'"),
        ("learner: " + "a" * 32, "learner: " + "c" * 32, "issued-changed", "learner was"),
        ("status_index: 1\n", "status_index: 9\n", "issued-changed", "status_index was '1', is now '9'"),
        (
            "    status_index: 1\n",
            "    status_index: 1\n    expires: 2030-01-01\n",
            "issued-changed",
            "expires is",
        ),
        ("issued_on: 2026-02-01", "issued_on: 2026-02-02", "issued-changed", "issued_on was"),
        ("awards:\n", "evidence:\n  - {name: A report}\nawards:\n", "issued-changed", "evidence[0] is"),
        (
            award(FIRST_AWARD),
            "",
            "issued-deleted",
            "whose file had mistakes in the earlier revision, is gone",
        ),
        (FIRST_AWARD, UNKNOWN_AWARD, "issued-deleted", "is gone"),
    ],
)
def test_what_the_models_accept_stays(old: str, new: str, code: str, words: str) -> None:
    found = told(OLD, changed(CHARTS, old, new, OLD))
    assert found
    assert all(line.startswith(code) for line in found)
    assert f"award {FIRST_AWARD}" in found[0]
    assert words in found[0]


def test_a_file_that_is_gone_has_lost_all_its_awards() -> None:
    gone = {path: text for path, text in valid().items() if path != CHARTS}
    found = [line for line in told(OLD, gone) if line.startswith("issued-deleted")]
    assert [award_id in line for award_id, line in zip((FIRST_AWARD, SECOND_AWARD), found, strict=True)] == [
        True,
        True,
    ]


def test_the_edits_of_its_life_are_let_through() -> None:
    new = charts(award(FIRST_AWARD, more=REVOKED + "    listing: listed\n"), BAD)
    assert told(OLD, new) == []
    assert told(OLD, charts(BAD, end=TOMBSTONE)) == []
    moved = {**charts(BAD), "issued/2026/more.yaml": award_file("charts", "2026-02-01", award(FIRST_AWARD))}
    assert told(OLD, moved) == []
    found = told(OLD, charts(BAD, end=TOMBSTONE.replace("index: 1", "index: 8")))
    assert "status_index was '1', is now '8'" in found[0]


@pytest.mark.parametrize("more", [REVOKED, REPLACED])
def test_a_withdrawal_stays(more: str) -> None:
    old = charts(award(FIRST_AWARD, more=more), BAD)
    (cleared,) = told(old, OLD)
    assert cleared.startswith(f"status-cleared {CHARTS}:6: award {FIRST_AWARD} was withdrawn")
    other = more.replace("07-03", "07-04").replace(SECOND_AWARD, UNKNOWN_AWARD)
    (found,) = told(old, charts(award(FIRST_AWARD, more=other), BAD))
    assert found.startswith("issued-changed")
    reason = more.replace("Error.", "Fraud.")
    assert len(told(old, charts(award(FIRST_AWARD, more=reason), BAD))) == (reason != more)


def test_what_is_left_of_an_erased_award_stays() -> None:
    old = charts(BAD, end=TOMBSTONE)
    assert told(old, old) == []
    assert "what was left of award" in told(old, charts(BAD))[0]
    assert "is awarded again" in told(old, OLD)[0]
    assert "date was" in told(old, charts(BAD, end=TOMBSTONE.replace("08-01", "08-02")))[0]


def test_an_entry_without_an_id_is_told() -> None:
    old = changed(CHARTS, f"  - id: {SECOND_AWARD}\n    learner", "  - learner")
    assert any("awards entry 2 had no id in the earlier revision" in line for line in told(old, valid()))
    assert counted(old, valid()) == 3


def test_a_file_that_is_no_yaml_is_a_warning_while_it_is_there() -> None:
    old = changed(CHARTS, "awards:", "awards: [")
    (found,) = told(old, valid())
    assert found.startswith(f"not-compared {CHARTS}:None: the file had mistakes in the earlier revision")
    assert counted(old, valid()) == 2
    gone = {path: text for path, text in valid().items() if path != CHARTS}
    assert any(
        line.startswith(f"issued-deleted {CHARTS}:None: the file could not") for line in told(old, gone)
    )


def test_texts_and_keys_count_the_awards_of_refused_files() -> None:
    found = told(OLD, changed("credentials/charts.yaml", "name: ", "name: Other ", OLD))
    assert [line.split()[0] for line in found] == ["version-needed"]
    assert "charts 1.0 has 2 awards" in found[0]


def test_erased_awards_hold_the_address_and_the_keys() -> None:
    files = {path: text for path, text in valid().items() if not path.startswith("issued/")}
    old = {**files, CHARTS: award_file("charts", "2026-02-01").replace("awards:\n", "") + TOMBSTONE}
    new = changed("mkdocs.yml", "badges.northfield", "badges.southfield", old)
    assert [line.split()[0] for line in told(old, new)] == ["address-changed"]
