"""The commands of an award's life, as a person types them: what they print, and how they end."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import group
from tests.registrar.college import ADA, GRACE, KEY, college, contents, difference
from tests.support.repos import FIRST_AWARD, SECOND_AWARD, STACKED_AWARD, UNKNOWN_AWARD

DAY = "2026-11-22"
CHARTS = "issued/2026/charts.yaml"
LIST = f"name,email,score\nAda Lovelace,{ADA},90\nGrace Hopper,{GRACE},70\n"
ROSTER_KEY = {"BADGEPRESS_ROSTER_KEY": (b"k" * 32).hex()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return college(tmp_path / "college")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(root: Path, *words: str, env: dict[str, str] | None = None) -> Result:
    """Type a command; a failure of ours is shown as it is."""
    full = [*words, "--root", str(root), "--now", DAY]
    return CliRunner().invoke(group, full, env={**ROSTER_KEY, **(env or {})}, catch_exceptions=False)


def told(root: Path, *words: str, code: int = 0) -> dict[str, Any]:
    """Return the JSON of a command that ends with this code."""
    done = run(root, *words, "--json")
    assert done.exit_code == code, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["ok"] is (code == 0)
    return said


def test_what_was_done_what_it_means_and_what_comes_next(root: Path) -> None:
    done = run(root, "revoke", SECOND_AWARD, "--reason", "Issued in error.", "--date", "2026-11-03")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{CHARTS}:18: award {SECOND_AWARD}: revoked from 3 November 2026 on",
        "",
        f"Award {SECOND_AWARD} (charts 1.0, issued on 1 February 2026): its page and every verifier that "
        "asks the status list will say that it was revoked. The page gives the day, 3 November 2026, and "
        "this reason: Issued in error.",
        "",
        "Next:",
        "  Look at the difference (git add --all, git diff --staged), commit it, and open a pull request.",
        "  It counts from the first build after the merge.",
    ]


def test_a_refusal_is_told_on_stderr_and_ends_with_1(root: Path) -> None:
    before = contents(root)
    done = run(root, "revoke", f"{SECOND_AWARD[:-1]}3", "--reason", "Issued in error.")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"ID: there is no award '{SECOND_AWARD[:-1]}3'",
        f"  hint: did you mean '{SECOND_AWARD}'?",
        "1 problem, 0 warnings",
    ]
    assert contents(root) == before


@pytest.mark.parametrize(
    "words",
    [
        ("revoke", SECOND_AWARD),
        ("revoke", "--reason", "x"),
        ("revoke", SECOND_AWARD, "--reason", "x", "--date", "yesterday"),
        ("replace", SECOND_AWARD),
        ("renew", SECOND_AWARD),
        ("erase",),
        ("expiring",),
        ("expiring", "--within", "soon"),
        ("expiring", "--within", "90d", "--out", "x.csv"),
    ],
)
def test_wrong_usage_ends_with_2(root: Path, words: tuple[str, ...]) -> None:
    before = contents(root)
    assert run(root, *words).exit_code == 2
    assert contents(root) == before


def test_the_json_of_a_change(root: Path, roster: Path) -> None:
    said = told(root, "replace", SECOND_AWARD, "--roster", str(roster), "--score", "91")
    new = said["awards"][SECOND_AWARD]
    path = f"issued/2026/charts-corrected-{DAY}.yaml"
    assert said["changed"] == [
        {"path": CHARTS, "line": 18, "what": f"award {SECOND_AWARD}: replaced by {new}"},
        {"path": path, "line": 8, "what": f"award {new}: new"},
    ]
    assert said["problems"] == []
    assert said["next"][-1].startswith(f"After the merge: badgepress claims {path} ")


def test_the_json_of_a_refusal(root: Path) -> None:
    said = told(root, "erase", FIRST_AWARD, code=1)
    (problem,) = said["problems"]
    assert problem["code"] == "stacked-upon"
    assert problem["hint"].endswith(f"badgepress erase {FIRST_AWARD} {STACKED_AWARD}")
    assert "changed" not in said


def test_a_list_in_the_repository_is_refused(root: Path) -> None:
    inside = root / "site" / "list.csv"
    inside.parent.mkdir()
    inside.write_text(LIST, encoding="utf-8")
    done = run(root, "renew", SECOND_AWARD, "--roster", str(inside))
    assert done.exit_code == 1
    assert "the class list lies in the repository" in done.stderr


def test_faults_of_a_list_are_told_by_row_and_column(root: Path, roster: Path) -> None:
    roster.write_text("name,email,score\nAda,nobody,90\nGrace,grace@example.org,many\n", encoding="utf-8")
    before = contents(root)
    said = told(root, "renew", SECOND_AWARD, "--roster", str(roster), code=1)
    assert [(item["row"], item["column"]) for item in said["problems"]] == [(2, "email"), (3, "score")]
    assert contents(root) == before


def test_other_headers_of_a_list(root: Path, roster: Path) -> None:
    roster.write_text(f"Wer,Adresse\nGrace Hopper,{GRACE}\n", encoding="utf-8")
    words = ("--column", "email=Adresse", "--column", "name=Wer")
    assert told(root, "renew", SECOND_AWARD, "--roster", str(roster), *words)["awards"][SECOND_AWARD]


def test_a_roster_key_that_cannot_be_used_is_said_without_it(root: Path, roster: Path) -> None:
    words = ("renew", SECOND_AWARD, "--roster", str(roster))
    done = run(root, *words, env={"BADGEPRESS_ROSTER_KEY": "hunter2"})
    assert done.exit_code == 1
    assert "BADGEPRESS_ROSTER_KEY must be a roster key" in done.stderr
    assert "hunter2" not in done.output


def test_nobody_is_named_on_the_screen(root: Path, roster: Path) -> None:
    for words in (
        ("replace", SECOND_AWARD, "--roster", str(roster), "--score", "91"),
        ("renew", FIRST_AWARD, "--roster", str(roster)),
        ("expiring", "--within", "1y", "--roster", str(roster), "--out", str(roster.parent / "out.csv")),
    ):
        done = run(root, *words)
        assert done.exit_code == 0, done.output
        for word in (ADA, GRACE, "Lovelace", "Hopper", KEY.pseudonym(ADA), (b"k" * 32).hex()):
            assert word not in done.output


def test_evidence_without_a_title_is_wrong_usage(root: Path, roster: Path) -> None:
    words = ("replace", SECOND_AWARD, "--roster", str(roster), "--evidence-genre", "talk")
    done = run(root, *words)
    assert done.exit_code == 2
    assert "evidence needs a title: give --evidence-name" in done.stderr


def test_the_table_of_what_expires(root: Path) -> None:
    done = run(root, "expiring", "--within", "71d")
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["id", "credential", "version", "issued", "expires", "days", "left"],
        [FIRST_AWARD, "charts", "1.0", "2026-02-01", "2027-02-01", "71"],
        [SECOND_AWARD, "charts", "1.0", "2026-02-01", "2027-02-01", "71"],
    ]
    nothing = run(root, "expiring", "--within", "70d")
    assert nothing.stdout == "No award that stands expires by 2027-01-31 without having been renewed.\n"
    said = told(root, "expiring", "--within", "71d")
    assert (said["from"], said["to"]) == (DAY, "2027-02-01")
    assert said["expiring"][0] == {
        "id": FIRST_AWARD,
        "credential": "charts",
        "version": "1.0",
        "issuedOn": "2026-02-01",
        "expires": "2027-02-01",
        "daysLeft": 71,
    }


def test_reminders_are_for_their_owner_and_never_in_the_repository(root: Path, roster: Path) -> None:
    out = roster.parent / "reminders.csv"
    words = ("expiring", "--within", "71d", "--roster", str(roster), "--out")
    assert run(root, *words, str(out)).stdout.endswith(f"Wrote 2 reminders to {out}.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["email"] for row in rows] == [ADA, GRACE]
    again = run(root, *words, str(out))
    assert (again.exit_code, "must not exist yet" in again.stderr) == (2, True)
    inside = run(root, *words, str(root / "reminders.csv"))
    assert (inside.exit_code, "lies in the repository" in inside.stderr) == (2, True)
    assert not (root / "reminders.csv").exists()


def test_who_is_in_no_row_is_counted(root: Path, roster: Path) -> None:
    roster.write_text(f"name,email\nGrace Hopper,{GRACE}\n", encoding="utf-8")
    words = ("expiring", "--within", "1y", "--roster", str(roster), "--out", str(roster.parent / "out.csv"))
    assert run(root, *words).stdout.endswith("3 awards have their holder in no row of the list.\n")


def test_what_is_known_is_shown(root: Path) -> None:
    done = run(root, "show", f"https://badges.northfield.example/issued/{FIRST_AWARD}/#name=Ada")
    lines = done.stdout.splitlines()
    assert lines[:2] == [f"Award {FIRST_AWARD}", f"  File         {CHARTS}:6"]
    assert "  State        stands, and expires on 1 February 2027, in 71 days" in lines
    said = told(root, "show", FIRST_AWARD)
    assert said["status"] == {
        "index": 1,
        "list": 1,
        "bit": 1,
        "url": "https://badges.northfield.example/status/1.json",
    }
    assert said["stacks"] == [STACKED_AWARD]
    assert told(root, "show", UNKNOWN_AWARD, code=1)["problems"][0]["code"] == "unknown-reference"


def test_renumber_takes_a_path_from_anywhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "issued/2026/asking.yaml"
    for name in ("issued/2026/asking.yaml", str(path)):
        path.write_text(path.read_text("utf-8").replace("status_index: 3", "status_index: 1"), "utf-8")
        before = contents(root)
        said = told(root, "renumber", name)
        assert [item["path"] for item in said["changed"]] == ["issued/2026/asking.yaml"]
        assert len(difference(before, contents(root))) == 1
        number = int(said["changed"][0]["what"].split("status_index ")[1].split(" ")[0])
        path.write_text(
            path.read_text("utf-8").replace(f"status_index: {number}", "status_index: 3"), "utf-8"
        )
    monkeypatch.chdir(path.parent)
    assert "No status index" in run(root, "renumber", "asking.yaml").stdout


def test_a_revision_that_is_not_there_is_said(root: Path) -> None:
    done = run(root, "renumber", CHARTS, "--base", "nowhere")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: ")
