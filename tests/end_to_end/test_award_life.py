"""The life of an award, as a registrar leads it: a small difference, a review, a build; what all then see.

In a git repository on a real host, with keys of its own and a class list outside of it.
"""

from __future__ import annotations

import csv
import json
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from site_builder.catalog.catalog import Catalog
from site_builder.catalog.resolve import resolve
from site_builder.keys import load_roster_key, write_roster_key
from site_builder.reading.repository import sweep
from site_builder.text.dates import parse_date
from tests.end_to_end.keyed import BASE, Keyed
from tests.end_to_end.press import digests, press
from tests.support.node import verify_with_npm

AWARDED, DAY = "2026-06-10", "2026-07-01"
PEOPLE = {
    "ada@example.org": "Ada Lovelace",
    "alan@example.org": "Alan Turing",
    "zoe@example.org": "Zoë Ōkami",
}
WHY = "Issued in error: the wrong cohort."


class Office:
    """A registrar's desk: the press, the roster key and the class list."""

    def __init__(self, folder: Path) -> None:
        self.press = Keyed(folder / "press")
        self.folder = folder
        write_roster_key(folder / "roster.key")
        self.list({email: (name, 80) for email, name in PEOPLE.items()})
        self.run("award", self.roster, "--credential", "asking", "--assessor", "A board", now=AWARDED)
        self.press.commit("awarded")
        self.press.build(DAY, "issue-1", "status-1")
        self.press.commit("published")

    @property
    def roster(self) -> str:
        return str(self.folder / "list.csv")

    @property
    def env(self) -> dict[str, str]:
        return {"BADGEPRESS_ROSTER_KEY_FILE": str(self.folder / "roster.key")}

    def list(self, rows: dict[str, tuple[str, int]]) -> None:
        lines = ["name,email,score", *(f"{name},{email},{score}" for email, (name, score) in rows.items())]
        (self.folder / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, *words: str, now: str = DAY, code: int = 0) -> dict[str, Any]:
        """Run a command and return the JSON that it prints."""
        finished = self.press.run(*words, "--now", now, "--json", env=self.env, code=code)
        said: dict[str, Any] = json.loads(finished.stdout)
        return said

    def catalog(self, now: str = DAY) -> Catalog:
        catalog, problems = resolve(sweep(self.press.root), parse_date(now))
        assert catalog is not None, problems
        return catalog

    def award_of(self, email: str) -> str:
        """Return the id of the award that a learner of the list got."""
        learner = load_roster_key(environment=self.env, host="badges.example.org").pseudonym(email)
        (found,) = (
            item.id
            for item in self.catalog().awards.values()
            if item.award.learner == learner and item.achievement.spec.id == "asking"
        )
        return found

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.press.root, check=True, capture_output=True, text=True
        )
        return done.stdout

    def changed(self) -> dict[str, tuple[int, int]]:
        """Return how many lines were added to and taken from each file, as a reviewer sees it."""
        self.git("add", "-N", ".")
        rows = (line.split("\t") for line in self.git("diff", "--numstat").splitlines())
        return {path: (int(added), int(taken)) for added, taken, path in rows}

    def publish(self, now: str = DAY, issue: str = "issue-1") -> Path:
        """Hold the change against what is merged, commit it, and build."""
        self.press.run("check", "--base", "HEAD", "--now", now)
        self.press.commit("changed")
        self.press.build(now, issue, "status-1")
        return self.press.site

    def page(self, award_id: str) -> str:
        return (self.press.site / f"issued/{award_id}/index.html").read_text(encoding="utf-8")

    def told(self, award_id: str, now: str = DAY) -> dict[str, Any]:
        """Return what ``badgepress verify`` says of one published badge."""
        path = self.press.site / f"issued/{award_id}/credential.json"
        finished = press("verify", str(path), "--now", now, "--json", root=self.folder)
        said: dict[str, Any] = json.loads(finished.stdout)
        return dict(said["credentials"][0])


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("life"))


@pytest.fixture
def office(begun: Office, tmp_path: Path) -> Office:
    """Return an office that begins where the awards are published, with files of its own."""
    other = Office.__new__(Office)
    other.folder = tmp_path
    other.press = begun.press.copy(tmp_path / "press")
    for name in ("roster.key", "list.csv"):
        shutil.copy2(begun.folder / name, tmp_path / name)
    return other


def by_npm(site: Path) -> tuple[dict[str, Any], set[int]]:
    """Return what npm says of each badge, by award, and the set bits of the list, which must verify there."""
    said = verify_with_npm(site, BASE, now=f"{DAY}T12:00:00Z")
    listed = said["statusLists"]["status/1.json"]
    assert listed["verified"], listed
    return {path.split("/")[1]: found for path, found in said["credentials"].items()}, set(listed["set"])


@pytest.mark.node
def test_revoking_turns_one_bit_and_leaves_every_badge_as_it_was(office: Office) -> None:
    award_id = office.award_of("ada@example.org")
    index = office.catalog().awards[award_id].award.status_index
    before, bits = digests(office.press.site), by_npm(office.press.site)[1]
    said = office.run("revoke", f"{BASE}issued/{award_id}/#name=Ada", "--reason", WHY)
    assert said["ok"]
    path = said["changed"][0]["path"]
    assert office.changed() == {path: (3, 0)}
    site = office.publish()
    found, after = by_npm(site)
    assert after - bits == {index}
    assert bits <= after
    assert {name for name, badge in found.items() if badge["revoked"]} == {award_id}
    changed = {path for path, name in digests(site).items() if before.get(path) != name}
    assert changed == {"status/1.json", "status/1.js", f"issued/{award_id}/index.html"}
    assert office.told(award_id)["state"] == "revoked"
    page = office.page(award_id)
    assert WHY in page
    assert "1 July 2026" in page
    again = office.run("revoke", award_id, "--reason", WHY, code=1)
    assert [problem["code"] for problem in again["problems"]] == ["already-withdrawn"]


@pytest.mark.node
def test_a_correction_leads_from_the_old_badge_to_the_new_one(office: Office) -> None:
    old = office.award_of("alan@example.org")
    office.list({"alan.turing@example.org": ("Alan M. Turing", 0)})
    said = office.run("replace", old, "--roster", office.roster, "--score", "91")
    new = said["awards"][old]
    first, second = (item["path"] for item in said["changed"])
    assert office.changed() == {first: (1, 0), second: (15, 0)}
    site = office.publish()
    found, _ = by_npm(site)
    assert found[old]["revoked"]
    assert found[new]["verified"]
    assert not found[new]["revoked"]
    assert (office.told(old)["state"], office.told(new)["state"]) == ("revoked", "valid")
    assert f"../{new}/" in office.page(old)
    links = office.folder / "links.csv"
    office.run("claims", str(office.press.root / second), "--roster", office.roster, "--out", str(links))
    (row,) = csv.DictReader(links.read_text(encoding="utf-8-sig").splitlines())
    assert row["link"].startswith(f"{BASE}issued/{new}/#name=Alan%20M.%20Turing&")
    assert office.run("show", old)["replacedBy"] == [new]
    assert office.run("show", new)["corrects"] == [old]


def test_a_renewal_stands_when_the_old_badge_has_expired(office: Office) -> None:
    old, when, later = office.award_of("zoe@example.org"), "2027-05-20", "2027-06-10"
    table = office.folder / "reminders.csv"
    words = ("--within", "4w", "--roster", office.roster, "--out", str(table))
    soon = office.run("expiring", *words, now=when)
    assert {item["id"] for item in soon["expiring"]} >= {old}
    assert stat.S_IMODE(table.stat().st_mode) == 0o600
    reminded = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert {(row["name"], row["email"], row["expires"]) for row in reminded} == {
        (name, email, "10 June 2027") for email, name in PEOPLE.items()
    }
    office.list({"zoe@example.org": ("Zoë Ōkami", 77)})
    said = office.run("renew", old, "--roster", office.roster, now=when)
    new = said["awards"][old]
    assert set(office.changed()) == {said["changed"][0]["path"]}
    office.publish(when)
    assert f"../{new}/" in office.page(old)
    assert old not in {item["id"] for item in office.run("expiring", "--within", "4w", now=when)["expiring"]}
    office.press.build(later, "", "status-1")
    assert (office.told(old, later)["state"], office.told(new, later)["state"]) == ("expired", "valid")


@pytest.mark.node
def test_an_erased_award_leaves_its_address_and_its_bit(office: Office) -> None:
    award_id = office.award_of("ada@example.org")
    award = office.catalog().awards[award_id].award
    said = office.run("erase", award_id)
    assert [item["path"].split("/")[0] for item in said["changed"]] == ["issued", "proofs"]
    site = office.publish(issue="")  # nothing is left to sign
    assert sorted(path.name for path in (site / "issued" / award_id).iterdir()) == ["index.html"]
    told = [award.learner, award.commitments.email, award.commitments.name or "?"]
    proofs = [path for path in office.press.root.rglob("*.jsonl") if award_id in path.read_text("utf-8")]
    assert proofs == []
    for folder in (site, office.press.root / "issued"):
        for path in digests(folder):
            raw = (folder / path).read_bytes()
            assert not [text for text in told if text.encode() in raw], path
    assert office.run("show", award_id)["state"] == "erased"
    assert "1 July 2026" in office.page(award_id)
    assert award.status_index in by_npm(site)[1]


def test_a_list_of_eight_days_ago_says_nothing_of_any_badge(office: Office) -> None:
    award_id = office.award_of("ada@example.org")
    assert office.told(award_id, "2026-07-07")["state"] == "valid"
    told = office.told(award_id, "2026-07-09")
    assert told["state"] == "unknown"
    assert told["answers"]["notRevoked"]["value"] == "unknown"
    assert told["summary"] == (
        "The signature is right, but its status has been unknown since 8 July 2026, when the issuer's "
        "revocation list of 1 July 2026 ran out. This is a copy: badges.example.org was not asked."
    )


@pytest.mark.node
def test_in_the_browser_too(office: Office) -> None:
    award_id = office.award_of("ada@example.org")
    raw = (office.press.site / f"issued/{award_id}/credential.json").read_bytes()
    assert office.press.in_browser({"now": raw}, "2026-07-07")["now"]["state"] == "valid"
    told = office.press.in_browser({"later": raw}, "2026-07-09")["later"]
    assert told["state"] == "unknown"
    assert "its status has been unknown since 8 July 2026" in told["summary"]


def test_two_branches_that_took_one_index_are_told_the_command_and_mended(office: Office) -> None:
    taken = office.catalog().awards[office.award_of("ada@example.org")].award.status_index
    office.list({"new@example.org": ("New Person", 90)})
    said = office.run("award", office.roster, "--credential", "charts", "--assessor", "A board")
    path = said["files"][0]["path"]
    file = office.press.root / path
    text = file.read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if "status_index" in line)
    file.write_text(text.replace(line, f"    status_index: {taken}"), encoding="utf-8")
    problems = office.run("check", code=1)["problems"]
    assert any(f"badgepress renumber {path}" in problem["hint"] for problem in problems), problems
    office.run("renumber", path, "--base", "HEAD")
    office.publish()
    assert len(office.catalog().awards) == 8
