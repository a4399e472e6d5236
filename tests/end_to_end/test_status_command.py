"""The daily run: status lists alone, by the status key alone, the same bytes as a whole build of that day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_builder.publishing.staging import held
from tests.end_to_end.keyed import BASE, Keyed
from tests.end_to_end.press import copy_of_demo, digests, few_awards, press
from tests.support.node import verify_with_npm
from tests.support.repos import SECOND_AWARD, THIRD_AWARD

DAY, NEXT, STALE = "2026-07-01", "2026-07-02", "2026-07-09"
CHARTS = "issued/2026/charts.yaml"
STANDING = "    status_index: 2\n"
REVOKED = f"{STANDING}    revoked: {{date: 2026-07-01, reason: Awarded in error.}}\n"
LISTS = {"status/1.json", "status/1.js"}


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Keyed:
    world = Keyed(tmp_path_factory.mktemp("status"))
    world.build(DAY, "issue-1", "status-1")
    world.commit("published")
    return world


@pytest.fixture
def world(_built: Keyed, tmp_path: Path) -> Keyed:
    """Return the press as it was published, for one test alone."""
    return _built.copy(tmp_path / "world")


def daily(world: Keyed, now: str, *words: str, key: str = "status-1", code: int = 0) -> str:
    """Run ``badgepress status``; return all it said."""
    asked = ("status", "--now", now, "--output", str(world.site), *words)
    finished = world.run(*asked, env=world.env(status=key), code=code)
    return finished.stdout + finished.stderr


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_the_lists_are_those_of_a_whole_build_and_nothing_else_changes(world: Keyed, tmp_path: Path) -> None:
    world.change(CHARTS, STANDING, REVOKED)
    other = world.copy(tmp_path / "other")
    before = digests(world.site)
    # What the variable of the issue key names is not even looked at.
    env = {**world.env(status="status-1"), "BADGEPRESS_ISSUE_KEY_FILE": str(tmp_path / "nowhere")}
    world.run("status", "--now", NEXT, "--output", str(world.site), env=env)
    after = digests(world.site)
    assert changed(before, after) == LISTS
    whole = other.build(NEXT, "issue-1", "status-1")
    assert {path: whole[path] for path in LISTS} == {path: after[path] for path in LISTS}
    proofs = world.root / "proofs/status.jsonl"
    assert proofs.read_bytes() == (other.root / "proofs/status.jsonl").read_bytes()


def test_the_same_day_again_needs_no_key_and_changes_nothing(world: Keyed) -> None:
    daily(world, NEXT)
    before = digests(world.site)
    said = world.run("status", "--now", NEXT, "--output", str(world.site)).stdout
    assert "(0 signed, 1 from recorded proofs)" in said
    assert digests(world.site) == before


def test_a_stranger_builds_the_same_lists_from_the_recorded_proofs(world: Keyed, tmp_path: Path) -> None:
    daily(world, NEXT)
    world.commit("the lists of today")
    words = ("build", "--awards-only", "--now", NEXT, "--output", str(tmp_path / "site"))
    finished = press(*words, root=world.clone(tmp_path / "clone"))
    assert finished.returncode == 0, finished.stderr
    assert digests(tmp_path / "site") == digests(world.site)


def test_a_revocation_is_told_by_every_verifier_the_same_day(world: Keyed) -> None:
    world.change(CHARTS, STANDING, REVOKED)
    daily(world, NEXT)
    badges = {award: raw for award, raw in world.published().items() if award in (SECOND_AWARD, THIRD_AWARD)}
    in_browser = world.in_browser(badges, NEXT)
    assert in_browser[SECOND_AWARD]["state"] == "revoked"
    assert in_browser[THIRD_AWARD]["state"] == "valid"
    said = json.loads(world.run("verify", str(world.site), "--now", NEXT, "--json").stdout)
    assert said["counts"]["revoked"] == 1


@pytest.mark.node
def test_the_lists_verify_with_the_library_that_others_wrote(world: Keyed) -> None:
    world.change(CHARTS, STANDING, REVOKED)
    daily(world, NEXT)
    said = verify_with_npm(world.site, BASE, now=f"{NEXT}T12:00:00Z")
    (listed,) = said["statusLists"].values()
    assert (listed["verified"], listed["error"], listed["length"], listed["set"]) == (True, "", 131072, [2])
    revoked = {path.split("/")[1]: entry["revoked"] for path, entry in said["credentials"].items()}
    assert {award for award, is_revoked in revoked.items() if is_revoked} == {SECOND_AWARD}


def test_lists_that_are_eight_days_old_say_nothing(world: Keyed) -> None:
    badges = world.published()
    in_browser = world.in_browser(badges, STALE)
    assert {verdict["state"] for verdict in in_browser.values()} == {"unknown"}
    reasons = {verdict["answers"]["notRevoked"]["reason"] for verdict in in_browser.values()}
    assert [reason.startswith("its status has been unknown since 8 July 2026") for reason in reasons] == [
        True
    ]
    said = json.loads(world.run("verify", str(world.site), "--now", STALE, "--json", code=3).stdout)
    assert said["counts"]["unknown"] == len(badges) == 4
    daily(world, STALE)
    said = json.loads(world.run("verify", str(world.site), "--now", STALE, "--json").stdout)
    assert said["counts"]["valid"] == 4


@pytest.mark.node
def test_lists_that_are_eight_days_old_are_refused_by_others_too(world: Keyed) -> None:
    said = verify_with_npm(world.site, BASE, now=f"{STALE}T12:00:00Z")
    assert {entry["verified"] for entry in said["statusLists"].values()} == {False}
    assert {entry["statusVerified"] for entry in said["credentials"].values()} == {False}


def refused(world: Keyed, now: str, *words: str, key: str = "status-1", code: int = 1) -> str:
    """Return what was said of a run that changed nothing, in the site or in the repository."""
    before = digests(world.site), digests(world.root / "proofs")
    said = daily(world, now, *words, key=key, code=code)
    assert (digests(world.site), digests(world.root / "proofs")) == before
    return said


def test_a_clock_that_is_behind_the_published_lists(world: Keyed) -> None:
    said = refused(world, "2026-06-30")
    assert "error: published list 1 is of 1 July 2026, and today is 30 June 2026; nothing was written" in said


def test_a_repository_that_knows_of_fewer_revocations_than_the_site(world: Keyed) -> None:
    text = (world.root / CHARTS).read_text("utf-8")
    world.change(CHARTS, STANDING, REVOKED)
    daily(world, DAY)
    world.put(CHARTS, text)
    said = refused(world, NEXT)
    assert "error: the published status lists know more than this repository; nothing was written" in said
    assert f"status/1.json: status index 2 is revoked there, and not here (award {SECOND_AWARD})" in said
    told = json.loads(refused(world, NEXT, "--json").partition("error: ")[0])
    assert (told["ok"], len(told["details"])) == (False, 1)


def test_a_list_that_would_be_dropped(world: Keyed) -> None:
    (world.site / "status/2.json").write_bytes((world.site / "status/1.json").read_bytes())
    assert "status/2.json: would be dropped, for no award has a place in it" in refused(world, NEXT)


def test_a_published_list_that_nobody_can_read(world: Keyed) -> None:
    (world.site / "status/1.json").write_bytes(b"{}")
    assert "the published status/1.json cannot be read, so nobody can say what it revoked" in refused(
        world, NEXT
    )


def test_a_published_badge_that_no_award_file_knows(world: Keyed) -> None:
    (world.root / "issued/2026/literacy.yaml").unlink()
    said = refused(world, NEXT)
    assert "error: the site has 1 badge that no award file knows; nothing was written" in said
    assert "issued/44444444-4444-4444-8444-444444444444/credential.json: is in no award file" in said


def test_an_erased_award_is_known_and_its_bit_is_set(world: Keyed) -> None:
    path = "issued/2026/literacy.yaml"
    head = (world.root / path).read_text("utf-8").partition("awards:")[0]
    erased = (
        "erased:\n  - id: 44444444-4444-4444-8444-444444444444\n    status_index: 4\n    date: 2026-07-02\n"
    )
    world.put(path, head + erased)
    assert "1 of 4 awards withdrawn" in daily(world, NEXT)


def test_the_issue_key_in_the_variable_of_the_status_key(world: Keyed) -> None:
    said = refused(world, NEXT, key="issue-1")
    assert "error: BADGEPRESS_STATUS_KEY holds issue-2026, whose role is issue" in said


def test_a_status_key_that_the_published_site_does_not_list_yet(world: Keyed) -> None:
    world.run("rotate", "--role", "status", "--out", str(world.keys / "status-2"), "--now", NEXT)
    assert "error: the status key status-2026 is retired since 2026-07-02" in refused(world, NEXT)
    said = refused(world, NEXT, key="status-2")
    assert "error: the published did.json does not list the status key z6Mk" in said


def test_a_folder_that_is_not_the_site_of_this_repository(world: Keyed, tmp_path: Path) -> None:
    for name in ("empty", "gone"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        words = ("status", "--now", NEXT, "--output", str(tmp_path / name))
        assert "error: " in world.run(*words, env=world.env(status="status-1"), code=2).stderr
    assert not list((tmp_path / "empty").iterdir())
    elsewhere = "https://other.example.org/"
    said = refused(world, NEXT, "--site-url", elsewhere)
    assert "mkdocs.yml: the published status lists were made for did:web:badges.example.org, and this" in said
    (world.root / "proofs/status.jsonl").unlink()
    world.change("mkdocs.yml", BASE, elsewhere)
    said = refused(world, NEXT, code=2)
    assert "is not the site of this repository: it is made for https://badges.example.org/" in said


def test_another_run_that_is_writing_the_folder(world: Keyed) -> None:
    with held(world.site):
        assert "error: another build is writing this folder; nothing was written" in refused(
            world, NEXT, code=2
        )


def test_mistakes_in_award_files_are_told_and_others_hold_nothing_back(world: Keyed) -> None:
    world.put("credentials/broken.yaml", "id: broken\nname: [\n")
    assert "Wrote 1 status list" in daily(world, NEXT)
    world.change(CHARTS, "status_index: 2", "status_index: 1")
    said = refused(world, NEXT)
    assert f"{CHARTS}:16: status_index 1 stands already in {CHARTS}:6" in said


def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_mends(world: Keyed) -> None:
    (world.site / "status/.1.json.swp").write_bytes(b"half a li")
    before = digests(world.site)
    daily(world, NEXT)
    assert changed(before, digests(world.site)) == {*LISTS, "status/.1.json.swp"}


def test_the_demo_signs_with_its_own_key_and_records_nothing(tmp_path: Path) -> None:
    root = few_awards(copy_of_demo(tmp_path / "repository"))
    assert press("build", "--awards-only", "--now", "2026-11-22", root=root).returncode == 0
    done = press("status", "--now", "2026-11-23", root=root)
    assert done.returncode == 0, done.stderr
    assert "Wrote 1 status list for 2026-11-23 (1 signed, 0 from recorded proofs)" in done.stdout
    assert not (root / "proofs").exists()
    assert press("verify", "site", "--now", "2026-11-23", root=root).returncode == 0


def test_a_revocation_of_a_day_to_come_is_told(world: Keyed) -> None:
    late = REVOKED.replace("2026-07-01", "2026-08-01")
    world.change(CHARTS, STANDING, late)
    said = refused(world, NEXT)
    assert "revoked on 2026-08-01 must be from 2026-02-01 (issued) to 2026-07-02 (today)" in said
