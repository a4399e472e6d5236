"""The registrar's story, in a git repository: a class list becomes badges that their holders can prove."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bench._rosters import csv_of, people
from bench._traces import Traces, confirmed, forms, published
from site_builder.identity.commitments import opens
from site_builder.keys import load_roster_key, write_roster_key
from tests.end_to_end.press import COMMAND, copy_of_demo, few_awards, press
from tests.support.demo import DEMO_DAY
from tests.support.shared import REPOSITORY

PEOPLE = people(30, seed=7)


def git(root: Path, *words: str) -> str:
    """Run git with nobody's settings and return what it printed."""
    who = (
        "-c",
        "user.name=Registrar",
        "-c",
        "user.email=office@northfield.example",
        "-c",
        "commit.gpgsign=false",
    )
    done = subprocess.run(["git", *who, *words], cwd=root, capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


@dataclass(frozen=True)
class Story:
    """What stands where after a class was awarded, merged, built and told."""

    root: Path
    site: Path
    key: Mapping[str, str]
    links: list[dict[str, str]]
    new_files: list[str]
    said: str


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story")
    root = few_awards(copy_of_demo(folder / "repository"))
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "The college")
    write_roster_key(folder / "roster.key")
    key = {"BADGEPRESS_ROSTER_KEY_FILE": str(folder / "roster.key")}
    roster, links = folder / "class.csv", folder / "links.csv"
    roster.write_bytes(csv_of(PEOPLE))
    said = run(root, "award", str(roster), "--assessor", "Examination board", env=key)
    new_files = git(root, "ls-files", "--others").split()
    said += run(root, "check")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "A class")
    said += run(root, "build", "--awards-only")
    said += run(root, "verify", "site")
    said += run(root, "claims", *new_files, "--roster", str(roster), "--out", str(links), env=key)
    rows = list(csv.DictReader(links.read_text("utf-8-sig").splitlines()))
    return Story(root, root / "site", key, rows, new_files, said)


def run(root: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
    done = press(*words, "--now", DEMO_DAY, root=root, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_only_award_files_are_new(story: Story) -> None:
    assert story.new_files
    assert [path for path in story.new_files if not re.fullmatch(r"issued/2026/[a-z0-9-]+\.yaml", path)] == []
    assert git(story.root, "status", "--porcelain").split() == ["??", "site/"]


def test_everyone_gets_a_link_that_opens_the_signed_badge(story: Story) -> None:
    assert {(row["name"], row["email"]) for row in story.links} == {(p["name"], p["email"]) for p in PEOPLE}
    for row in story.links:
        address = urlsplit(row["link"])
        badge = json.loads((story.site / address.path.strip("/") / "credential.json").read_text("utf-8"))
        hashes = {i["identityType"]: i["identityHash"] for i in badge["credentialSubject"]["identifier"]}
        given = {name: values[0] for name, values in parse_qs(address.fragment).items()}
        assert opens(hashes["emailAddress"], "email", row["email"], given["email.salt"])
        assert opens(hashes["name"], "name", row["name"], given["name.salt"])
        assert badge["credentialSubject"]["achievement"]["name"] == row["credential"]


def test_no_name_and_no_address_is_in_the_repository_or_on_the_site(story: Story) -> None:
    """Every byte: plain, hashed without a salt, base64 at each alignment, percent form, hexadecimal."""
    traces = Traces([value for person in PEOPLE for value in (person["name"], person["email"])])
    objects = git(story.root, "rev-list", "--objects", "--all").splitlines()
    blobs = [line.split(" ", 1)[0] for line in objects if " issued/" in line or line.endswith(".yaml")]
    history = "\n".join(git(story.root, "cat-file", "-p", blob) for blob in blobs[:200])
    assert traces.in_bytes(history.encode()) == set()
    assert traces.in_bytes(story.said.encode()) == set()
    assert traces.in_folders(story.root) == []


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    name, email = PEOPLE[0]["name"], PEOPLE[0]["email"]
    traces = Traces([name, email])
    for number, form in enumerate(sorted(forms(name) | forms(email))):
        (tmp_path / f"{number}.bin").write_bytes(b"before " + form + b" behind")
    assert len(traces.in_folders(tmp_path)) >= len(forms(name) | forms(email))


def test_whoever_has_the_site_but_not_the_key_confirms_nobody(story: Story) -> None:
    """The right guesses are among them; with the key each is confirmed, which shows that the test can."""
    guesses = (
        [p["email"] for p in PEOPLE]
        + [p["name"] for p in PEOPLE]
        + [f"g{n}@mail.example" for n in range(200)]
    )
    found, tried = confirmed(guesses, story.site)
    assert found == set()
    assert tried > 20_000
    key = load_roster_key(environment=story.key, host="badges.northfield.example")
    commitments, values = published(story.site)
    assert not values & {key.pseudonym(person["email"]) for person in PEOPLE}
    ids = [path.parent.name for path in story.site.glob("issued/*/credential.json")]
    for person in PEOPLE:
        salts = [key.salt(award, "email") for award in ids]
        assert any(opens(c, "email", person["email"], salt) for c in commitments for salt in salts)


def test_the_learners_hold_their_badges_when_the_list_comes_again(story: Story, tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_bytes(csv_of(PEOPLE))
    words = ("award", str(roster), "--assessor", "Examination board", "--json", "--dry-run")
    done = press(*words, "--now", DEMO_DAY, root=story.root, env=story.key)
    report = json.loads(done.stdout)
    assert report["files"] == []
    assert len(report["passedOver"]) == len(PEOPLE)


def test_two_registrars_at_once_award_nobody_twice(tmp_path: Path) -> None:
    root = few_awards(copy_of_demo(tmp_path / "repository"))
    roster = tmp_path / "class.csv"
    roster.write_bytes(csv_of(PEOPLE))
    words = (*COMMAND, "award", str(roster), "--assessor", "Examination board", "--now", DEMO_DAY, "--json")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    both = [
        subprocess.Popen(words, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    reports = [json.loads(started.communicate(timeout=120)[0]) for started in both]
    assert sorted(len(report["awarded"]) for report in reports) == [0, len(PEOPLE)]
    assert press("check", "--now", DEMO_DAY, root=root).returncode == 0
