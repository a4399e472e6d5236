"""badgepress award, claims and keygen --role roster, as registrars type them."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import group
from site_builder.keys import ROSTER_VARIABLE, load_roster_key, write_roster_key
from tests.end_to_end.press import copy_of_demo, digests, few_awards
from tests.support.demo import DEMO_DAY

LIST = """\
name,email,score
Ada Lovelace,ada@example.org,91
Alan Turing,alan@example.org,84
Zero,zero@example.org,35
"""
CREDENTIAL = "reliable-spreadsheets"
FILE = f"issued/2026/{CREDENTIAL}-{DEMO_DAY}.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return few_awards(copy_of_demo(tmp_path / "repository"))


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "autumn.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(group, list(words), catch_exceptions=False)


def award(root: Path, roster: Path, *words: str, credential: str = CREDENTIAL) -> Result:
    asked = ("--assessor", "Examination board", "--root", str(root), "--now", DEMO_DAY)
    return run("award", str(roster), "--credential", credential, *asked, *words)


def claim(root: Path, roster: Path, out: Path, *words: str, file: str = FILE) -> Result:
    asked = ("--roster", str(roster), "--out", str(out), "--root", str(root), "--now", DEMO_DAY)
    return run("claims", str(root / file), *asked, *words)


def test_a_dry_run_shows_the_table_and_writes_nothing(root: Path, roster: Path) -> None:
    before = digests(root)
    done = award(root, roster, "--dry-run")
    assert done.exit_code == 0
    assert digests(root) == before
    assert done.stdout == (
        'Read as a plain list, UTF-8: email from "email", name from "name", score from "score".\n\n'
        "row  name          e-mail            credential                 level         score  expires\n"
        "2    Ada Lovelace  ada@example.org   reliable-spreadsheets 1.0  foundational  91\n"
        "3    Alan Turing   alan@example.org  reliable-spreadsheets 1.0  foundational  84\n"
        "\n"
        "2 learners would be awarded:\n"
        f"  {FILE}: 2 awards, assessed by Examination board\n"
        "1 row passed over:\n"
        "  row 4: score 35 is below the pass mark 70\n"
    )


def test_an_award_says_what_it_did_and_what_comes_next_and_names_nobody(root: Path, roster: Path) -> None:
    done = award(root, roster)
    assert done.exit_code == 0
    assert done.stdout == (
        'Read as a plain list, UTF-8: email from "email", name from "name", score from "score".\n\n'
        "2 learners are awarded:\n"
        f"  {FILE}: 2 awards, assessed by Examination board\n"
        "1 row passed over:\n"
        "  row 4: score 35 is below the pass mark 70\n"
        "Next: review the new files, commit them, and open a pull request. After the merge:\n"
        f"  badgepress claims {FILE} --roster {roster} --out LINKS.csv\n"
    )
    assert done.stderr == (
        "warning: the demo roster key is public, so anybody can test guesses against these awards;"
        " only for trying out\n"
    )
    written = (root / FILE).read_text("utf-8")
    assert not [word for word in ("Ada", "Alan", "@", "lovelace") if word in written]


def test_json_names_nobody_and_counts_everything(root: Path, roster: Path) -> None:
    done = award(root, roster, "--json")
    report = json.loads(done.stdout)
    assert report["files"] == [{"path": FILE, "awards": 2}]
    assert report["awarded"][0] == {
        "row": 2,
        "credential": CREDENTIAL,
        "version": "1.0",
        "issuedOn": DEMO_DAY,
        "level": "foundational",
        "score": 91.0,
        "expires": None,
    }
    columns = {"email": "email", "name": "name", "score": "score"}
    assert report["read"] == {"as": "template", "encoding": "UTF-8", "columns": columns}
    passed = {"row": 4, "why": "score 35 is below the pass mark 70", "hint": ""}
    assert (report["ok"], report["problems"], report["passedOver"]) == (True, [], [passed])
    assert "lovelace" not in done.stdout.lower()
    assert "@" not in done.stdout


def test_a_second_run_awards_nobody_again(root: Path, roster: Path) -> None:
    award(root, roster)
    before = digests(root)
    done = award(root, roster)
    assert done.exit_code == 0
    assert digests(root) == before
    assert (
        "0 learners are awarded\n3 rows passed over:\n  row 2: holds reliable-spreadsheets already: "
        in done.stdout
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--name", "Evening Class"), "--name has a character that is not allowed"),
        (("--column", "email"), "--column must be a field, an equals sign and a header"),
        (("--out-of", "0"), "--out-of must be more than 0"),
        (("--issued-on", "yesterday"), "must be a date"),
    ],
)
def test_wrong_usage_exits_with_2(root: Path, roster: Path, words: tuple[str, ...], message: str) -> None:
    before = digests(root)
    done = award(root, roster, *words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert digests(root) == before


@pytest.mark.parametrize("place", ["list.csv", "rosters/list.xlsx", "site/list.csv"])
def test_a_list_inside_the_repository_is_refused(root: Path, place: str) -> None:
    inside = root / place
    inside.parent.mkdir(exist_ok=True)
    inside.write_text(LIST, encoding="utf-8")
    done = award(root, inside, "--json")
    assert done.exit_code == 1
    problem, *swept = json.loads(done.stdout)["problems"]  # the sweep finds what lies at the root, too
    assert (problem["code"], problem["path"]) == ("personal-data", str(inside))
    assert {(found["code"], found["path"]) for found in swept} <= {("personal-data", place)}
    assert "names and addresses stay out of it" in problem["message"]
    assert "also where git ignores it: a folder of its own, such as ~/classes" in problem["hint"]
    assert not (root / FILE).exists()


def test_a_list_in_another_working_tree_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other/.git").mkdir(parents=True)
    inside = tmp_path / "other/list.csv"
    inside.write_text(LIST, encoding="utf-8")
    assert award(root, inside).exit_code == 1


def test_columns_of_any_name_and_points(root: Path, tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text("Wer,Kennung,Punkte\nAda,ada@example.org,45\nAlan,alan@example.org,20\n", "utf-8")
    columns = ("--column", "email=Kennung", "--column", "name=Wer", "--column", "score=Punkte")
    done = award(root, roster, *columns, "--out-of", "50", "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert "2    Ada   ada@example.org  reliable-spreadsheets 1.0  foundational  90\n" in done.stdout
    assert "row 3: score 40 is below the pass mark 70" in done.stdout


def test_logins_of_canvas_become_addresses(root: Path, tmp_path: Path) -> None:
    roster = tmp_path / "gradebook.csv"
    roster.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Final Score\n"
        "    Points Possible,,,,,(read only)\n"
        '"Lovelace, Ada",1,u1,ada,A,91\n',
        "utf-8",
    )
    done = award(root, roster, "--email-domain", "example.org", "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Read as a Canvas gradebook, UTF-8: ")
    assert "3    Ada Lovelace  ada@example.org  " in done.stdout


def test_mistakes_of_the_list_and_of_the_repository_are_told_in_one_run(root: Path, tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text(
        "name,email,score\nAda,ada.example.org,91\nAlan,alan@example.org,84\n", encoding="utf-8"
    )
    spec = root / "credentials/hazard-spotting.yaml"
    spec.write_text(spec.read_text("utf-8").replace("level: foundational", "level: expert", 1), "utf-8")
    done = award(root, roster, "--json")
    assert done.exit_code == 1
    found = [(problem["path"], problem["code"]) for problem in json.loads(done.stdout)["problems"]]
    assert ("credentials/hazard-spotting.yaml", "bad-choice") in found
    assert (str(roster), "bad-email") in found
    assert not (root / FILE).exists()


def test_a_real_site_asks_for_a_roster_key(root: Path, roster: Path, tmp_path: Path) -> None:
    at_real_host(root)
    refused = award(root, roster, "--json")
    assert refused.exit_code == 1
    assert "BADGEPRESS_ROSTER_KEY must hold the roster key" in json.loads(refused.stdout)["error"]
    assert not (root / FILE).exists()
    key = tmp_path / "roster.key"
    write_roster_key(key)
    environment = {"BADGEPRESS_ROSTER_KEY_FILE": str(key)}
    words = ["award", str(roster), "--credential", CREDENTIAL, "--assessor", "Board", "--root", str(root)]
    done = CliRunner().invoke(group, [*words, "--now", DEMO_DAY], env=environment)
    assert (done.exit_code, done.stderr) == (0, "")
    secret = key.read_text().strip().rpartition(":")[2]
    assert secret not in done.output + (root / FILE).read_text("utf-8")
    pseudonym = load_roster_key(environment=environment, host="badges.northfield.edu").pseudonym
    assert pseudonym("ada@example.org") in (root / FILE).read_text("utf-8")


def at_real_host(root: Path) -> None:
    """Give the demo the address of a real site, at which the demo's published keys are refused."""
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    assert "badges.northfield.example" in text
    settings.write_text(text.replace("badges.northfield.example", "badges.northfield.edu"), "utf-8")


def test_the_address_of_a_preview_never_lets_in_the_published_roster_key(
    root: Path, roster: Path, tmp_path: Path
) -> None:
    award(root, roster)
    at_real_host(root)
    home, out = ("--site-url", "http://localhost:8000/"), tmp_path / "links.csv"
    files = digests(root)
    assert award(root, roster, *home, credential="hazard-spotting").exit_code == 2  # no such option
    refused = claim(root, roster, out, *home)
    assert refused.exit_code == 1
    assert "BADGEPRESS_ROSTER_KEY must hold the roster key" in refused.stderr
    assert "for 'badges.northfield.edu'" in refused.stderr
    assert (out.exists(), digests(root)) == (False, files)


def test_the_address_of_a_preview_is_that_of_the_links(root: Path, roster: Path, tmp_path: Path) -> None:
    award(root, roster)
    out = tmp_path / "links.csv"
    wrong = claim(root, roster, out, "--site-url", "nowhere")
    assert (wrong.exit_code, out.exists()) == (1, False)
    assert "the address given instead of site_url" in wrong.stderr
    assert claim(root, roster, out, "--site-url", "http://localhost:8000/").exit_code == 0
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [row["link"].startswith("http://localhost:8000/issued/") for row in rows] == [True, True]


def test_claims_writes_a_table_for_its_owner_alone(root: Path, roster: Path, tmp_path: Path) -> None:
    award(root, roster)
    out = tmp_path / "links.csv"
    done = claim(root, roster, out)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == f"Wrote 2 claim links to {out}."
    assert f"{roster}:4: warning: row 4: no award of these files is for its address" in done.stderr
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [(row["name"], row["email"], row["credential"]) for row in rows] == [
        ("Ada Lovelace", "ada@example.org", "Reliable Spreadsheets"),
        ("Alan Turing", "alan@example.org", "Reliable Spreadsheets"),
    ]
    assert rows[0]["link"].startswith("https://badges.northfield.example/issued/")


def test_claims_overwrites_nothing_and_writes_into_no_repository(
    root: Path, roster: Path, tmp_path: Path
) -> None:
    award(root, roster)
    for out in (roster, root / "links.csv", root / "site/links.csv"):
        before = digests(tmp_path)
        assert claim(root, roster, out).exit_code == 2
        assert digests(tmp_path) == before


def test_claims_that_match_nobody_are_an_error(root: Path, tmp_path: Path, roster: Path) -> None:
    award(root, roster)
    other = tmp_path / "other.csv"
    other.write_text("name,email\nZoe,zoe@example.org\n", encoding="utf-8")
    out = tmp_path / "links.csv"
    done = claim(root, other, out, "--json")
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert report["error"].startswith("no award of these files belongs to anybody in the list")
    assert [problem["code"] for problem in report["problems"]] == ["no-link"] * 3
    assert [p["row"] for p in report["problems"] if "row" in p] == [2]
    assert not out.exists()


def test_claims_of_a_file_that_is_no_award_file_is_wrong_usage(
    root: Path, roster: Path, tmp_path: Path
) -> None:
    done = claim(root, roster, tmp_path / "links.csv", file="mkdocs.yml")
    assert done.exit_code == 2
    assert "is no award file with awards of" in done.stderr


def test_keygen_makes_a_roster_key_that_is_never_shown(tmp_path: Path) -> None:
    out = tmp_path / "roster.key"
    done = run("keygen", "--role", "roster", "--out", str(out))
    assert done.exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert done.stdout == (
        f"The roster key is in {out}; give the press its path in BADGEPRESS_ROSTER_KEY_FILE.\n"
        "It belongs to registrars alone: no build needs it, and who has it can test guessed names.\n"
        "Back it up: without it nobody can make claim links for awards that were made with it.\n"
    )
    load_roster_key(environment={"BADGEPRESS_ROSTER_KEY_FILE": str(out)}, host="badges.northfield.edu")
    again = run("keygen", "--role", "roster", "--out", str(out))
    assert again.exit_code == 1
    assert "must not exist yet" in again.stderr


def test_awards_of_another_roster_key_are_told(
    root: Path, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert award(root, roster).exit_code == 0
    assert "another roster key" not in award(root, roster, "--dry-run").stderr
    write_roster_key(tmp_path / "roster.key")
    monkeypatch.setenv(f"{ROSTER_VARIABLE}_FILE", str(tmp_path / "roster.key"))
    told = (
        f"warning: the awards of {FILE} were made with another roster key: their holders are not recognised\n"
    )
    assert told in award(root, roster, "--dry-run").stderr
