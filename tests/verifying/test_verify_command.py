"""``badgepress verify``: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.assembling.addresses import award_json
from site_builder.cli.verify import command
from tests.verifying.world import DID, EXPIRED, ISSUE, PART, REVOKED, World

DAY = ("--now", "2026-11-22")


def verify(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in arguments])


def as_json(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(verify(*arguments, "--json").stdout)
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return World().write(tmp_path / "site")


def test_an_honest_folder(site: Path) -> None:
    result = verify(site, *DAY)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == (
        "4 badges looked at: 2 valid, 1 revoked, 1 expired.\n"
        "This is a copy: badges.example was not asked.\n"
        "Everything verified.\n"
    )


def test_json_of_a_folder(site: Path) -> None:
    found = as_json(site, *DAY)
    assert list(found) == ["target", "checkedAt", "site", "issuer", "counts", "problems", "credentials"]
    assert found["checkedAt"] == "2026-11-22T12:00:00Z"
    assert (found["site"], found["issuer"]) == ("https://badges.example/college/", DID)
    assert [item["path"] for item in found["credentials"]] == sorted(
        path.relative_to(site).as_posix() for path in site.glob("issued/*/credential.json")
    )


def test_a_tampered_folder_fails(site: Path) -> None:
    badge = site / award_json(PART)
    badge.write_bytes(badge.read_bytes().replace(b"Northfield College", b"Famous University"))
    result = verify(site, *DAY)
    assert result.exit_code == 3
    assert "Do not rely on this badge" in result.stderr
    assert result.stdout.endswith("Verification failed: 2 problems.\n")
    assert as_json(site, *DAY)["counts"]["invalid"] == 1


@pytest.mark.parametrize(
    ("award", "state", "code"), [(PART, "valid", 0), (REVOKED, "revoked", 3), (EXPIRED, "expired", 3)]
)
def test_one_badge_in_its_site(site: Path, award: str, state: str, code: int) -> None:
    result = verify(site / award_json(award), *DAY)
    assert result.exit_code == code
    assert f": {state}\n" in result.stdout
    assert "authentic: matches-copy" in result.stdout
    [found] = as_json(site / award_json(award), *DAY)["credentials"]
    assert found["state"] == state


def test_one_badge_on_its_own(site: Path, tmp_path: Path) -> None:
    badge = tmp_path / "badge.json"
    badge.write_bytes((site / award_json(PART)).read_bytes())
    alone = verify(badge, *DAY)
    assert alone.exit_code == 3
    assert "badge.json: unknown\n" in alone.stdout
    assert verify(badge, "--site", site, *DAY).exit_code == 0


def test_an_issuer_that_is_not_among_the_known_fails(site: Path) -> None:
    badge = site / award_json(PART)
    assert verify(badge, "--trust", DID, *DAY).exit_code == 0
    assert verify(badge, "--trust", "did:web:other.example", *DAY).exit_code == 3
    assert verify(site, "--trust", "did:web:other.example", *DAY).exit_code == 3


def test_without_a_day_the_moment_counts(site: Path) -> None:
    # The world's list ends on 29 November 2026; whatever the moment is, the answer is told, not raised.
    assert verify(site).exit_code in (0, 3)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere",),
        ("x" * 5000,),
        ("http://badges.example/",),
        ("https://",),
        ("https://badges.example/", "--site", "."),
        (".", "--now", "tomorrow"),
        (".", "--site", "nowhere"),
        (),
    ],
    ids=str,
)
def test_wrong_usage(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert verify(*arguments).exit_code == 2


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    result = verify(tmp_path)
    assert result.exit_code == 2
    assert "not a site that badgepress built" in result.stderr


def test_an_address_where_nobody_answers() -> None:
    result = verify("http://localhost:1/issued/x/#name=Ada", "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert found["target"] == "http://localhost:1/issued/x/"
    assert found["problems"][0]["code"] == "unavailable"
    assert "Ada" not in result.output
    assert verify("http://localhost:1/").exit_code == 3


def test_long_lists_of_failures_are_cut(site: Path, tmp_path: Path) -> None:
    for number in range(120):
        (site / "issued" / f"x{number}").mkdir()
        (site / "issued" / f"x{number}" / "index.html").write_text("")
    result = verify(site, *DAY)
    assert result.exit_code == 3
    lines = result.output.splitlines()
    assert len(lines) <= 90
    assert "... and 40 more; --json has all of them" in lines
    assert len(as_json(site, *DAY)["problems"]) == 120


def test_strangers_words_cannot_draw_on_the_terminal(tmp_path: Path) -> None:
    world = World()

    def disguise(document: dict[str, Any]) -> None:
        document["issuer"]["name"] = "Famous\u202e\nUniversity"

    world.resign(award_json(PART), disguise, ISSUE)
    result = verify(world.write(tmp_path) / award_json(PART), *DAY)
    assert "\u202e" not in result.output
