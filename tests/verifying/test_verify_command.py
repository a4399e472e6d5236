"""``badgepress verify``: what it prints, and its exit codes."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.assembling.addresses import award_json, award_page
from site_builder.cli.verify import command
from site_builder.executors import WorkersLost
from site_builder.problems import printable
from site_builder.verifying import batches, plan
from tests.verifying.crowd import crowd
from tests.verifying.world import DID, EXPIRED, ISSUE, PART, REVOKED, STACK, THIEF, World, multikey

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
        "4 badges looked at: 2 valid by the keys in this copy, 1 revoked, 1 expired.\n"
        "Checked: 0 with compiled shapes, 4 by the library.\n"
        "This is a copy: badges.example was not asked.\n"
        "Everything verified by the keys in this copy.\n"
    )


def test_a_folder_without_badges(site: Path) -> None:
    shutil.rmtree(site / "issued")
    catalog = json.loads((site / "catalog.json").read_bytes())
    (site / "catalog.json").write_text(json.dumps(catalog | {"listedAwards": []}))
    result = verify(site, *DAY)
    assert result.exit_code == 0
    assert result.stdout.startswith("No badges.\nThis is a copy")


def test_a_copy_with_keys_that_somebody_made_up_is_never_plainly_valid(tmp_path: Path) -> None:
    world = World()
    thief, issue = multikey(THIEF).encode(), multikey(ISSUE).encode()
    world.files["did.json"] = world.files["did.json"].replace(issue, thief)
    for award in (PART, EXPIRED, REVOKED):
        world.resign(award_json(award), lambda d: None, THIEF)
    del world.files[award_json(STACK)], world.files[award_page(STACK)]
    site = world.write(tmp_path / "site")
    for told in (verify(site, *DAY), verify(site / award_json(PART), *DAY)):
        assert told.exit_code == 0
        lines = [line for line in told.stdout.splitlines() if "valid" in line or "verified" in line]
        assert lines
        assert all("by the keys in this copy" in line for line in lines)
    assert as_json(site, *DAY)["copy"] is True
    assert as_json(site, *DAY)["counts"]["valid"] == 1


def test_json_of_a_folder(site: Path) -> None:
    found = as_json(site, *DAY)
    assert list(found) == [
        "target",
        "checkedAt",
        "site",
        "issuer",
        "copy",
        "credentials",
        "counts",
        "checked",
        "problems",
    ]
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
    shown = "valid by the keys in this copy" if state == "valid" else state
    assert result.stdout.startswith(f"{site / award_json(award)}: {shown}\n")
    assert f"Its keys came from the folder {site.resolve()}: whoever made that" in result.stdout
    assert "authentic: matches-copy" in result.stdout
    [found] = as_json(site / award_json(award), *DAY)["credentials"]
    assert found["state"] == state


def test_one_badge_on_its_own(site: Path, tmp_path: Path) -> None:
    badge = tmp_path / "badge.json"
    badge.write_bytes((site / award_json(PART)).read_bytes())
    alone = verify(badge, *DAY)
    assert alone.exit_code == 3
    assert "badge.json: unknown\n" in alone.stdout
    assert "Its keys" not in alone.stdout
    assert as_json(badge, *DAY)["copy"] is True
    with_site = verify(badge, "--site", site, *DAY)
    assert with_site.exit_code == 0
    assert f"Its keys came from the folder {site.resolve()}: " in with_site.stdout


def test_an_issuer_that_is_not_among_the_known_fails(site: Path) -> None:
    badge = site / award_json(PART)
    assert verify(badge, "--trust", DID, *DAY).exit_code == 0
    assert verify(badge, "--trust", "did:web:other.example", *DAY).exit_code == 3
    result = verify(site, "--trust", "did:web:other.example", *DAY)
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    assert len(lines) == 4
    for line in lines:
        assert f": Its issuer, {DID}, is none of those that you named as known. " in line


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
    assert result.stdout == ""
    machine = verify(tmp_path, "--json")
    assert machine.exit_code == 2
    found = json.loads(machine.stdout)
    assert found["error"] == f"there is no catalog.json in '{tmp_path}': not a site that badgepress built"
    assert (found["problems"][0]["code"], found["credentials"]) == ("not-a-site", [])


def test_an_address_where_nobody_answers() -> None:
    result = verify("http://localhost:1/issued/x/#name=Ada", "--json")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert found["target"] == "http://localhost:1/issued/x/"
    assert found["problems"][0]["code"] == "unavailable"
    assert found["error"] == "localhost did not answer"
    assert found["copy"] is False
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


def test_a_site_of_nothing_but_failing_badges_is_told_in_few_lines(site: Path) -> None:
    for number in range(1100):
        (site / "issued" / f"x{number}").mkdir()
        (site / "issued" / f"x{number}" / "credential.json").write_text("{")
        (site / "issued" / f"x{number}" / "index.html").write_text("")
    result = verify(site, *DAY)
    assert result.exit_code == 3
    assert len(result.output.splitlines()) <= 90
    assert "... and 1020 more; --json has all of them" in result.output
    assert result.stdout.endswith("Verification failed: 1100 problems.\n")
    found = as_json(site, *DAY)
    assert (
        sum(item["state"] == "invalid" for item in found["credentials"]) == found["counts"]["invalid"] == 1100
    )


def test_how_badges_were_checked_is_told(tmp_path: Path) -> None:
    site = crowd().write(tmp_path / "site")
    quick, thorough = verify(site, *DAY), verify(site, "--thorough", *DAY)
    number = len(crowd().badges)
    assert "\nChecked: 21 with compiled shapes, 8 by the library.\n" in quick.stdout
    assert f"\nChecked: 0 with compiled shapes, {number} by the library.\n" in thorough.stdout
    assert quick.stdout.replace("21 with", "0 with").replace("8 by", f"{number} by") == thorough.stdout
    found, meant = as_json(site, *DAY), as_json(site, "--thorough", *DAY)
    assert found.pop("checked") == {"compiled": 21, "library": 8}
    assert meant.pop("checked") == {"compiled": 0, "library": number}
    assert found == meant


def test_where_the_work_is_done_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "BATCH", 10)
    site = crowd().write(tmp_path / "site")
    inline, local = as_json(site, "--executor", "inline", *DAY), as_json(site, "--executor", "local:2", *DAY)
    assert inline["checked"]["library"] <= local.pop("checked")["library"]
    del inline["checked"]
    assert inline == local
    refused = verify(site, "--executor", "somewhere", *DAY)
    assert refused.exit_code == 2
    assert "the executor must be local, local:N, inline or dask://HOST:PORT" in refused.stderr


def test_workers_that_are_lost_end_the_run(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> object:
        raise WorkersLost("a worker process ended before its work was done", "use fewer workers")

    monkeypatch.setattr(batches, "each", lost)
    for words in ((), ("--json",)):
        result = verify(site, *words, *DAY)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr == (
            "error: a worker process ended before its work was done\nhint: use fewer workers\n"
        )


def test_strangers_words_cannot_draw_on_the_terminal(tmp_path: Path) -> None:
    world = World()

    def disguise(document: dict[str, Any]) -> None:
        document["issuer"]["name"] = "Famous\u202e\nUniversity"

    world.resign(award_json(PART), disguise, ISSUE)
    result = verify(world.write(tmp_path) / award_json(PART), *DAY)
    assert "\u202e" not in result.output


def test_of_every_character_it_is_known_whether_it_can_be_shown() -> None:
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
    for code in (*range(0x30000), 0xE0001, 0xE0100, 0xF0000, 0x10FFFF):
        sign = chr(code)
        plain = sign == " " or unicodedata.category(sign) not in hidden
        assert printable(sign) == (sign if plain else f"<U+{code:04X}>")
