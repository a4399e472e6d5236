"""Revoking: three lines in the difference, and everything that stands in the way is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from site_builder.registrar.revoking import revoke
from tests.registrar.college import catalog_in, college, contents, difference, do, refused
from tests.support.repos import FIRST_AWARD, NOW, SECOND_AWARD, STACKED_AWARD, UNKNOWN_AWARD, changed

CHARTS = "issued/2026/charts.yaml"
WHY = "Issued in error: the wrong cohort."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path)


def test_only_the_lines_of_the_revocation_are_new(root: Path) -> None:
    before = contents(root)
    outcome = do(root, lambda desk: revoke(desk, [SECOND_AWARD], WHY, date(2026, 11, 3)))
    assert difference(before, contents(root)) == {
        CHARTS: ["+     revoked:", "+       date: 2026-11-03", f'+       reason: "{WHY}"']
    }
    assert [(item.path, item.line) for item in outcome.touched] == [(CHARTS, 18)]
    assert outcome.meaning == [
        f"Award {SECOND_AWARD} (charts 1.0, issued on 1 February 2026): its page and every verifier that "
        "asks the status list will say that it was revoked. The page gives the day, 3 November 2026, and "
        f"this reason: {WHY}"
    ]
    assert catalog_in(root).awards[SECOND_AWARD].state_on(NOW) == "revoked"


def test_several_awards_in_several_files_at_once(root: Path) -> None:
    before = contents(root)
    ids = [SECOND_AWARD, STACKED_AWARD, SECOND_AWARD, FIRST_AWARD]
    outcome = do(root, lambda desk: revoke(desk, ids, WHY, NOW))
    found = difference(before, contents(root))
    assert {path: len(lines) for path, lines in found.items()} == {CHARTS: 6, "issued/2026/literacy.yaml": 3}
    assert set(outcome.awards) == {FIRST_AWARD, SECOND_AWARD, STACKED_AWARD}
    text = (root / CHARTS).read_text().splitlines()
    assert all(text[item.line - 1] == "    revoked:" for item in outcome.touched if item.path == CHARTS)


def test_who_is_built_on_it_is_named(root: Path) -> None:
    outcome = do(root, lambda desk: revoke(desk, [FIRST_AWARD], WHY, NOW))
    assert outcome.meaning[1] == (
        f"Award {STACKED_AWARD} (literacy 1.0, issued on 1 June 2026) is built on it and will no longer "
        "verify as complete: decide on it too."
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://badges.northfield.example/issued/{}/",
        "https://badges.northfield.example/issued/{}/credential.json",
        " https://badges.northfield.example/issued/{}/#name=Grace&name.salt=00 ",
    ],
)
def test_the_address_of_its_page_is_an_id(root: Path, address: str) -> None:
    outcome = do(root, lambda desk: revoke(desk, [address.format(SECOND_AWARD.upper())], WHY, NOW))
    assert list(outcome.awards) == [SECOND_AWARD]


def test_what_is_not_there_is_said_with_what_is_near(root: Path) -> None:
    near = FIRST_AWARD[:-1] + "2"
    far = "https://elsewhere.example/issued/x/#name=Ada"
    assert refused(root, lambda desk: revoke(desk, [near, far, "Ada"], WHY, NOW)) == [
        f"ID:None: there is no award '{near}' | did you mean '{FIRST_AWARD}'?",
        "ID:None: there is no award 'https://elsewhere.example/issued/x/'"
        " | its pages begin with https://badges.northfield.example/issued/",
        "ID:None: there is no award 'Ada' | give the award's id, or the address of its page",
    ]


def test_what_does_not_stand_cannot_be_revoked(root: Path) -> None:
    do(root, lambda desk: revoke(desk, [SECOND_AWARD], WHY, date(2026, 11, 3)))
    assert refused(root, lambda desk: revoke(desk, [SECOND_AWARD], WHY, NOW)) == [
        f"ID:None: award {SECOND_AWARD} was revoked on 3 November 2026"
        " | a new award is made with badgepress award"
    ]


def test_what_was_erased_cannot_be_revoked(tmp_path: Path) -> None:
    mark = f"erased:\n  - id: {UNKNOWN_AWARD}\n    status_index: 99\n    date: 2026-10-01\n"
    root = college(tmp_path, changed(CHARTS, "awards:\n", mark + "awards:\n"))
    assert refused(root, lambda desk: revoke(desk, [UNKNOWN_AWARD], WHY, NOW)) == [
        f"ID:None: award {UNKNOWN_AWARD} was erased on 1 October 2026"
        " | nothing is left of it that could be changed"
    ]


@pytest.mark.parametrize(
    ("reason", "day", "expected"),
    [
        ("  ", NOW, "reason is empty"),
        ("Asked by ada@example.org", NOW, "which may not be committed"),
        ("x" * 401, NOW, "at most 400"),
        ("one\ntwo", NOW, "reason"),
        ("hidden \u202e text", NOW, "U+202E"),
        ("half \udc80 text", NOW, "awards[1].revoked"),
        (WHY, date(2026, 1, 31), "must be from 2026-02-01 (issued) to 2026-11-22 (today)"),
        (WHY, date(2026, 11, 23), "must be from 2026-02-01 (issued) to 2026-11-22 (today)"),
    ],
)
def test_a_reason_and_a_day_that_cannot_be(root: Path, reason: str, day: date, expected: str) -> None:
    (told,) = refused(root, lambda desk: revoke(desk, [SECOND_AWARD], reason, day))
    assert expected in told
    assert told.startswith(f"{CHARTS}:")


def test_a_mistake_elsewhere_keeps_everything_as_it_is(root: Path) -> None:
    (root / "issued/2026/asking.yaml").write_text("credential: asking\n", encoding="utf-8")
    assert len(refused(root, lambda desk: revoke(desk, [SECOND_AWARD], WHY, NOW))) > 1
