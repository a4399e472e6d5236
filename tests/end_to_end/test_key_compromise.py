"""A stolen key: its forgeries fail everywhere, the listed re-issue mends the rest, stacks included."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.keyed import BASE, Keyed
from tests.end_to_end.press import digests
from tests.support.node import verify_with_npm
from tests.support.repos import FIRST_AWARD, SECOND_AWARD, STACKED_AWARD, THIRD_AWARD

DAY, NEXT = "2026-07-01", "2026-07-02"
FORGED = "issued/99999999-9999-4999-8999-999999999999/credential.json"
LITERACY = "issued/2026/literacy.yaml"


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Keyed, str]:
    """Return a press with parts signed by its first key, and a stack and one more award by the second."""
    world = Keyed(tmp_path_factory.mktemp("compromise"))
    stack = (world.root / LITERACY).read_text("utf-8")
    (world.root / LITERACY).unlink()
    world.build("2026-06-01", "issue-1", "status-1")
    world.run("rotate", "--role", "issue", "--out", str(world.keys / "issue-2"), "--now", DAY)
    world.put(LITERACY, stack)
    other = world.award(2, DAY)
    world.build(DAY, "issue-2", "status-1")
    world.commit("published")
    return world, other


@pytest.fixture(scope="module")
def forged(stolen: tuple[Keyed, str]) -> bytes:
    world, _ = stolen
    return world.forged(FIRST_AWARD, "issue-1")


@pytest.fixture(scope="module")
def before(stolen: tuple[Keyed, str], forged: bytes) -> dict[str, bytes]:
    """Return the badges as they were, once it is seen that the forgery passes while its key is listed."""
    world, _ = stolen
    assert world.in_browser({"forged": forged}, DAY)["forged"]["state"] == "valid"
    return world.published()


@pytest.fixture(scope="module")
def mended(stolen: tuple[Keyed, str], before: dict[str, bytes]) -> dict[str, object]:
    """Do what the command says: mark the key, review, build; return what it printed."""
    world, _ = stolen
    told = world.run("compromised", "issue-2026", "--now", NEXT, "--json").stdout
    world.commit("compromised")
    world.build(NEXT, "issue-2", "status-1")
    world.commit("signed again")
    found: dict[str, object] = json.loads(told)
    return found


Mended = dict[str, object]


def test_the_list_names_what_it_signed_and_what_rests_on_that(
    stolen: tuple[Keyed, str], mended: Mended
) -> None:
    signed = sorted([FIRST_AWARD, SECOND_AWARD, THIRD_AWARD])
    assert mended["signedByIt"] == signed
    assert mended["stackedOnThem"] == [STACKED_AWARD]
    assert mended["reissue"] == sorted([*signed, STACKED_AWARD])
    assert mended["statusLists"] == []
    assert mended["files"] == [
        "credentials/issuer.yaml",
        "proofs/2026/asking.jsonl",
        "proofs/2026/charts.jsonl",
        "proofs/2026/literacy.jsonl",
    ]


def test_just_these_are_signed_again_and_all_verify(
    stolen: tuple[Keyed, str], before: dict[str, bytes], mended: Mended
) -> None:
    world, other = stolen
    after = world.published()
    assert {award for award in after if after[award] != before[award]} == set(mended["reissue"])  # type: ignore[call-overload]
    assert after[other] == before[other]
    said = json.loads(world.run("verify", str(world.site), "--now", NEXT, "--json").stdout)
    assert said["counts"]["valid"] == len(after) == 5
    verdicts = world.in_browser(after, NEXT)
    assert {name: verdict["state"] for name, verdict in verdicts.items()} == dict.fromkeys(after, "valid")
    assert verdicts[STACKED_AWARD]["answers"]["stack"]["value"] == "complete"


def test_the_removed_key_is_in_no_key_document(stolen: tuple[Keyed, str], mended: Mended) -> None:
    world, _ = stolen
    public = str(mended["key"]["public_key"])  # type: ignore[index]
    assert mended["key"]["state"] == "compromised"  # type: ignore[index]
    assert [path for path in digests(world.site) if public.encode() in (world.site / path).read_bytes()] == []


def test_forgeries_and_old_copies_are_refused_by_our_verifiers(
    stolen: tuple[Keyed, str], before: dict[str, bytes], mended: Mended, forged: bytes, tmp_path: Path
) -> None:
    world, _ = stolen
    copies = {award: before[award] for award in (FIRST_AWARD, SECOND_AWARD, THIRD_AWARD)}
    in_browser = world.in_browser({"forged": forged, **copies}, NEXT)
    assert {verdict["state"] for verdict in in_browser.values()} == {"invalid"}
    for raw in (forged, *copies.values()):
        told = world.told(raw, NEXT, tmp_path / "badge")
        assert told["state"] == "invalid"
        reason = "signed, but not by a key that this copy of the site lists as its own"
        assert told["answers"]["authentic"]["reason"] == reason


def test_an_old_copy_of_the_stack_lacks_its_parts(
    stolen: tuple[Keyed, str], before: dict[str, bytes], mended: Mended
) -> None:
    """Its own signature is good: this is why the stack is on the list."""
    world, _ = stolen
    verdict = world.in_browser({"old": before[STACKED_AWARD]}, NEXT)["old"]
    assert verdict["answers"]["authentic"]["value"] == "authentic"
    assert verdict["answers"]["stack"]["value"] == "incomplete"


@pytest.mark.node
def test_forgeries_are_refused_by_verifiers_that_others_wrote(
    stolen: tuple[Keyed, str], mended: Mended, forged: bytes, tmp_path: Path
) -> None:
    world, _ = stolen
    site = world.copy_to(tmp_path / "site")
    (site / FORGED).parent.mkdir()
    (site / FORGED).write_bytes(forged)
    said = verify_with_npm(site, BASE, now=f"{NEXT}T12:00:00Z")["credentials"]
    assert {path: entry["verified"] for path, entry in said.items()} == {
        path: path != FORGED for path in said
    }
    assert "lists no key" in said[FORGED]["error"]


def test_nobody_signs_with_the_removed_key_again(
    stolen: tuple[Keyed, str], mended: Mended, tmp_path: Path
) -> None:
    world, _ = stolen
    world.award(3, NEXT)
    words = ("build", "--awards-only", "--now", NEXT, "--output", str(world.site))
    before = digests(world.site)
    refused = world.run(*words, env=world.env("issue-1", "status-1"), code=1)
    assert f"the issue key issue-2026 is compromised since {NEXT}" in refused.stderr
    assert digests(world.site) == before


def test_a_key_marked_by_hand_is_told_with_the_command_that_mends_it(tmp_path: Path) -> None:
    world = Keyed(tmp_path)
    world.build(DAY, "issue-1", "status-1")
    world.run("rotate", "--role", "issue", "--out", str(world.keys / "issue-2"), "--now", DAY)
    world.change("credentials/issuer.yaml", "state: retired", "state: compromised")
    told = world.run("check", "--now", DAY, code=1).stderr
    assert f"was signed by key issue-2026, which is compromised since {DAY}" in told
    assert "hint: badgepress compromised issue-2026 takes out proofs/2026/" in told
    said = world.run("compromised", "issue-2026", "--now", DAY).stdout
    assert "4 awards must be signed again: 4 that it signed, 0 that stack from those." in said
    world.build(DAY, "issue-2", "status-1")
    assert world.run("verify", str(world.site), "--now", DAY).returncode == 0


def test_a_compromised_status_key_leaves_every_badge_as_it_is(tmp_path: Path) -> None:
    world = Keyed(tmp_path)
    world.build(DAY, "issue-1", "status-1")
    before = world.published()
    words = ("compromised", "status-2026", "--out", str(world.keys / "status-2"), "--now", NEXT, "--json")
    told = json.loads(world.run(*words).stdout)
    assert (told["reissue"], told["statusLists"]) == ([], ["1"])
    assert told["successor"]["id"] == "status-2026-2"
    daily = ("status", "--now", NEXT, "--output", str(world.site))
    refused = world.run(*daily, env=world.env(status="status-2"), code=1)
    assert "the published did.json does not list the status key" in refused.stderr
    assert "hint: build and publish the whole site once: badgepress build" in refused.stderr
    world.build(NEXT, status="status-2")
    assert world.published() == before
    assert world.run(*daily, env=world.env(status="status-2")).returncode == 0
    assert world.run("verify", str(world.site), "--now", NEXT).returncode == 0


def test_a_badge_signed_by_the_status_key_is_refused(
    stolen: tuple[Keyed, str], mended: Mended, tmp_path: Path
) -> None:
    world, other = stolen
    forged = world.forged(other, "status-1")
    assert world.in_browser({"forged": forged}, NEXT)["forged"]["state"] == "invalid"
    told = world.told(forged, NEXT, tmp_path / "badge")
    assert told["state"] == "invalid"
    reason = "it is signed by a key that may sign revocation lists only"
    assert told["answers"]["authentic"]["reason"] == reason


def test_a_build_refuses_what_the_status_key_signed_or_would_sign(tmp_path: Path) -> None:
    world = Keyed(tmp_path)
    words = ("build", "--awards-only", "--now", DAY, "--output", str(tmp_path / "site"))
    swapped = world.run(*words, env=world.env("status-1", "status-1"), code=1)
    assert "BADGEPRESS_ISSUE_KEY holds status-2026, whose role is status" in swapped.stderr
    world.build(DAY, "issue-1", "status-1")
    path = "proofs/2026/asking.jsonl"
    record = json.loads((world.root / path).read_bytes())
    forged = json.loads(world.forged(THIRD_AWARD, "status-1"))["proof"][0]
    record |= {"key": forged["verificationMethod"], "proofValue": forged["proofValue"]}
    world.put(path, json.dumps(record) + "\n")
    refused = world.run(*words, env=world.env("issue-1", "status-1"), code=1)
    told = f"award {THIRD_AWARD} was signed by key status-2026, whose role is status: {path}:1"
    assert told in refused.stderr
    assert not (tmp_path / "site").exists()


def test_without_recorded_proofs_the_command_says_so_and_may_be_run_again(tmp_path: Path) -> None:
    """Proofs may be kept on a branch of their own: then the first run does not see them."""
    world = Keyed(tmp_path)
    world.build(DAY, "issue-1", "status-1")
    (world.root / "proofs").rename(tmp_path / "proofs")
    words = ("compromised", "issue-2026", "--now", NEXT)
    said = world.run(*words, "--out", str(world.keys / "issue-2")).stdout
    assert "No proofs are recorded below proofs/: the next build signs everything anew." in said
    assert "private half is in" in said
    (tmp_path / "proofs").rename(world.root / "proofs")
    assert "4 awards must be signed again" in world.run(*words).stdout
    world.build(NEXT, "issue-2", "status-1")
    assert world.run("verify", str(world.site), "--now", NEXT).returncode == 0
