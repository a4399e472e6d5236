"""Three rotations: badges of all four keys verify, old bytes stay, and nobody needs a retired private key."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.end_to_end.keyed import BASE, Keyed
from tests.end_to_end.press import digests, press
from tests.support.node import verify_with_npm

DAYS = ("2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01")
LAST = DAYS[-1]


@pytest.fixture(scope="module")
def rotated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Keyed, list[str], list[dict[str, bytes]]]:
    """Return the press after its rotations, an award of each key, and the badges after each build."""
    world = Keyed(tmp_path_factory.mktemp("rotation"))
    awards, badges, status = [], [], "status-1"
    for number, day in enumerate(DAYS, start=1):
        if number > 1:
            out = str(world.keys / f"issue-{number}")
            world.run("rotate", "--role", "issue", "--out", out, "--now", day)
        if number == 3:
            status = "status-2"
            world.run("rotate", "--role", "status", "--out", str(world.keys / status), "--now", day)
        awards.append(world.award(number, day))
        world.build(day, f"issue-{number}", status)
        badges.append(world.published())
        world.commit(f"proofs {number}")
    return world, awards, badges


Rotated = tuple[Keyed, list[str], list[dict[str, bytes]]]


def test_each_award_keeps_the_key_of_its_day(rotated: Rotated) -> None:
    world, awards, _ = rotated
    made = [world.badge(award)["proof"][0]["verificationMethod"] for award in awards]
    assert len(set(made)) == 4
    document = json.loads((world.site / ".well-known/did.json").read_bytes())
    assert set(made) < set(document["assertionMethod"])
    roles = {item["type"]: item["serviceEndpoint"]["keys"] for item in document["service"]}
    assert roles["BadgeKeys"] == made
    assert len(roles["StatusListKeys"]) == 2


def test_no_rotation_changes_a_badge_that_was_published(rotated: Rotated) -> None:
    _, _, badges = rotated
    for before, after in pairwise(badges):
        assert len(after) == len(before) + 1
        assert {award: after[award] for award in before} == before


def test_all_of_them_verify(rotated: Rotated) -> None:
    world, _, badges = rotated
    said = world.run("verify", str(world.site), "--now", LAST, "--json").stdout
    assert json.loads(said)["counts"] | {"valid": 0} == dict.fromkeys(json.loads(said)["counts"], 0)
    assert json.loads(said)["counts"]["valid"] == len(badges[-1]) == 8
    verdicts = world.in_browser(badges[-1], LAST)
    assert {verdict["state"] for verdict in verdicts.values()} == {"valid"}


@pytest.mark.node
def test_all_of_them_verify_with_verifiers_that_others_wrote(rotated: Rotated) -> None:
    world, _, _ = rotated
    said = verify_with_npm(world.site, BASE, now=f"{LAST}T12:00:00Z")
    assert [entry["error"] for entry in said["credentials"].values()] == [""] * 8
    assert all(entry["verified"] and entry["revoked"] is False for entry in said["credentials"].values())
    assert [entry["verified"] for entry in said["statusLists"].values()] == [True]


def test_a_rebuild_needs_no_retired_private_key(rotated: Rotated) -> None:
    world, _, _ = rotated
    before, proofs = digests(world.site), digests(world.root / "proofs")
    for number in (1, 2, 3):
        (world.keys / f"issue-{number}").rename(world.keys / f"lost-{number}")
    assert world.build(LAST, "issue-4", "status-2") == before
    assert digests(world.root / "proofs") == proofs
    for number in (1, 2, 3):
        (world.keys / f"lost-{number}").rename(world.keys / f"issue-{number}")


def test_a_stranger_without_any_key_rebuilds_the_same_bytes(rotated: Rotated, tmp_path: Path) -> None:
    world, _, _ = rotated
    clone = world.clone(tmp_path / "clone")
    words = ("build", "--awards-only", "--now", LAST, "--output", str(tmp_path / "site"))
    finished = press(*words, root=clone)
    assert finished.returncode == 0, finished.stderr
    assert digests(tmp_path / "site") == digests(world.site)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_retired_private_key_signs_nothing_more(rotated: Rotated, tmp_path: Path, number: int) -> None:
    world, _, _ = rotated
    words = ("build", "--awards-only", "--now", LAST, "--output", str(tmp_path / "site"))
    proofs = world.root / "proofs"
    proofs.rename(tmp_path / "proofs")
    refused = world.run(*words, env=world.env(f"issue-{number}", "status-2"), code=1)
    (tmp_path / "proofs").rename(proofs)
    names = ("issue-2026", "issue-2026-2", "issue-2026-3")
    assert f"the issue key {names[number - 1]} is retired since {DAYS[number]}" in refused.stderr
    assert not (tmp_path / "site").exists()
