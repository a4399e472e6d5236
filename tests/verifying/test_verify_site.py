"""A whole site: what is honest, what fails, and that a folder never reads anything outside itself."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from site_builder.assembling.addresses import award_json, award_page
from site_builder.verifying.sources import (
    MAX_CATALOG_BYTES,
    FolderSource,
    NotASite,
    Unavailable,
    path_below,
    read_file,
    site_above,
)
from site_builder.verifying.verify import Report, verify_site
from tests.verifying.world import DID, EXPIRED, ISSUE, NOW, PART, REVOKED, STACK, THIEF, World, multikey


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a folder must be verified without the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def report(world: World, folder: Path) -> Report:
    shutil.rmtree(folder / "site", ignore_errors=True)
    return verify_site(FolderSource(world.write(folder / "site")), NOW)


def codes(found: Report) -> list[str]:
    return [f"{problem.path}: {problem.code}" for problem in found.problems]


def test_an_honest_site(world: World, tmp_path: Path) -> None:
    steps: list[int] = []
    source = FolderSource(world.write(tmp_path))
    found = verify_site(source, NOW, frozenset(), lambda: steps.append(1))
    assert not found.failed
    assert found.told() == []
    assert found.counts == {
        "valid": 2,
        "revoked": 1,
        "expired": 1,
        "not-yet-valid": 0,
        "invalid": 0,
        "unknown": 0,
    }
    assert (found.site, found.issuer, len(steps)) == (world.base, DID, 4)
    states = {verdict.path.split("/")[1]: verdict.state.value for verdict in found.verdicts}
    assert states == {PART: "valid", EXPIRED: "expired", REVOKED: "revoked", STACK: "valid"}
    assert all(verdict.answers["authentic"].value == "matches-copy" for verdict in found.verdicts)


def test_a_site_at_a_hosts_root(tmp_path: Path) -> None:
    world = World("https://badges.example/")
    assert not report(world, tmp_path).failed
    world.files[".well-known/did.json"] += b" "
    assert codes(report(world, tmp_path)) == ["did.json: key-document"]
    del world.files[".well-known/did.json"]
    found = report(world, tmp_path)
    assert ".well-known/did.json: key-document" in codes(found)
    assert found.counts["unknown"] == 4


def test_a_tampered_badge_fails_the_site(world: World, tmp_path: Path) -> None:
    world.change(award_json(PART), lambda d: d.update(name="Master"))
    found = report(world, tmp_path)
    assert found.failed
    assert found.counts["invalid"] == 1
    assert found.counts["unknown"] == 1  # the stack that pins it
    assert found.told()[0] == (
        f"{award_json(PART)}: Do not rely on this badge: its words do not match the issuer's signature."
    )


def test_one_badge_in_anothers_place(world: World, tmp_path: Path) -> None:
    world.files[award_json(REVOKED)] = world.files[award_json(PART)]
    assert f"{award_json(REVOKED)}: misplaced" in codes(report(world, tmp_path))


def test_pages_and_badges_go_together(world: World, tmp_path: Path) -> None:
    del world.files[award_page(STACK)]
    del world.files[award_json(REVOKED)]
    assert codes(report(world, tmp_path)) == [
        f"{award_page(REVOKED)}: no-badge",
        f"{award_json(STACK)}: no-page",
    ]


CHANGES: dict[str, tuple[Any, str]] = {
    "issuer": (
        lambda w: w.change("catalog.json", lambda d: d.update(issuer="did:web:thief.example")),
        "catalog.json: site-issuer",
    ),
    "no address": (lambda w: w.change("catalog.json", lambda d: d.pop("site")), "catalog.json: site-address"),
    "address is no text": (
        lambda w: w.change("catalog.json", lambda d: d.update(site=5)),
        "catalog.json: site-address",
    ),
    "broken catalog": (lambda w: w.files.update({"catalog.json": b"{"}), "catalog.json: catalog"),
    "no did.json": (lambda w: w.files.pop("did.json"), "did.json: key-document"),
    "list altered": (
        lambda w: w.change("status/1.json", lambda d: d.update(validUntil="2999-01-01T00:00:00Z")),
        "status/1.json: status-list",
    ),
    "list nobody uses": (lambda w: w.files.update({"status/9.json": b"{}"}), "status/9.json: status-list"),
    "achievement broken": (
        lambda w: w.files.update({"credentials/listening/1.0/achievement.json": b"{"}),
        "credentials/listening/1.0/achievement.json: achievement",
    ),
    "achievement misplaced": (
        lambda w: w.files.update(
            {"credentials/a/2.0/achievement.json": w.files["credentials/listening/1.0/achievement.json"]}
        ),
        "credentials/a/2.0/achievement.json: achievement",
    ),
    "listed awards are no list": (
        lambda w: w.change("catalog.json", lambda d: d.update(listedAwards={"a": 1})),
        "catalog.json: listed-award",
    ),
    "listed awards are no addresses": (
        lambda w: w.change("catalog.json", lambda d: d["listedAwards"].append([5])),
        "catalog.json: listed-award",
    ),
    "address without end": (
        lambda w: w.change("catalog.json", lambda d: d.update(site="https://a.example/" + "a/" * 1000)),
        "catalog.json: site-address",
    ),
    "listed award missing": (
        lambda w: w.change(
            "catalog.json", lambda d: d["listedAwards"].append(w.base + "issued/x/credential.json")
        ),
        "catalog.json: listed-award",
    ),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES.keys())
def test_what_is_wrong_with_the_site_itself(world: World, tmp_path: Path, change: Any, code: str) -> None:
    change(world)
    found = report(world, tmp_path)
    assert found.failed
    assert code in codes(found)
    assert "valid" not in {v.state.value for v in found.verdicts} or code.split(": ")[0] != "did.json"


def test_a_week_later_nothing_is_valid_any_more(world: World, tmp_path: Path) -> None:
    found = verify_site(FolderSource(world.write(tmp_path)), NOW + timedelta(days=7))
    assert found.counts["unknown"] == 4
    assert codes(found) == ["status/1.json: status-list"]


def test_a_site_signed_anew_with_another_key_says_that_it_is_a_copy(world: World, tmp_path: Path) -> None:
    thief, issue = multikey(THIEF).encode(), multikey(ISSUE).encode()
    world.files["did.json"] = world.files["did.json"].replace(issue, thief)
    for award in (PART, EXPIRED, REVOKED):
        world.resign(award_json(award), lambda d: None, THIEF)
    del world.files[award_json(STACK)], world.files[award_page(STACK)]
    found = report(world, tmp_path)
    for verdict in found.verdicts:
        assert verdict.answers["authentic"].value == "matches-copy"
        assert "badges.example was not asked" in verdict.summary


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(NotASite):
        FolderSource(tmp_path)


def test_links_and_pipes_do_not_lead_out(world: World, tmp_path: Path) -> None:
    outside = tmp_path / "secret.json"
    outside.write_bytes(world.files[award_json(PART)])
    site = world.write(tmp_path / "site")
    (site / award_json(PART)).unlink()
    (site / award_json(PART)).symlink_to(outside)
    (site / award_json(EXPIRED)).unlink()
    os.mkfifo(site / award_json(EXPIRED))
    found = verify_site(FolderSource(site), NOW)
    assert [item.message for item in found.problems if item.code == "no-badge"] == [
        f"{award_json(PART)} leads out of the folder",
        f"{award_json(EXPIRED)} is not a file",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://badges.example/college/../secret",
        "https://badges.example/college/./did.json",
        "https://badges.example/college//etc/passwd",
        "https://badges.example/college/did.json?x",
        "https://badges.example/college/%2e%2e/secret",
        "https://badges.example/college/..\\secret",
        "https://badges.example/collegedid.json",
        "https://other.example/did.json",
        "https://badges.example:80/college/did.json",
        "https://badges.example/COLLEGE/did.json",
        "https://badges.example\n/college/did.json",
        "badges.example/college/did.json",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_is_not_in_the_folder(url: str) -> None:
    assert path_below("https://badges.example/college/", url) is None


@pytest.mark.parametrize(
    "url", ["HTTPS://Badges.EXAMPLE:443/college/did.json", "http://badges.example:80/college/did.json"]
)
def test_an_address_in_the_folder_written_otherwise(url: str) -> None:
    assert path_below("https://badges.example/college/", url) == "did.json"
    assert path_below("https://BADGES.example:443/college/", url) == "did.json"


def test_a_catalog_of_badges_that_are_not_there_is_told_in_few_words(world: World, tmp_path: Path) -> None:
    names = [f"{world.base}issued/{number}/credential.json" for number in range(3000)]
    world.change("catalog.json", lambda d: d["listedAwards"].extend(names + names))
    found = [item.message for item in report(world, tmp_path).problems if item.code == "listed-award"]
    assert len(found) == 1001
    assert "lists 2000 more badges that are not there" in found


def test_a_catalog_too_large_to_read(world: World, tmp_path: Path) -> None:
    site = world.write(tmp_path / "site")
    with (site / "catalog.json").open("ab") as stream:
        stream.truncate(MAX_CATALOG_BYTES + 1)
    source = FolderSource(site)
    assert source.problem == f"catalog.json cannot be used: catalog.json is larger than {16 * 2**20} bytes"
    assert [problem.code for problem in verify_site(source, NOW).problems] == ["catalog"]


def test_what_is_judged_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is swapped, or grows, between a look and the reading of it."""
    inside, outside = tmp_path / "site" / "a", tmp_path / "b"
    outside.write_bytes(b"secret")
    inside.parent.mkdir()
    really = os.open

    def swapped(make: Callable[[], object]) -> str:
        inside.unlink(missing_ok=True)
        inside.write_bytes(b"1")

        def late(path: str, *rest: Any) -> int:
            inside.unlink()
            make()
            return really(path, *rest)

        monkeypatch.setattr(os, "open", late)
        with pytest.raises(Unavailable) as caught:
            read_file(inside.parent, "a", 5)
        monkeypatch.setattr(os, "open", really)
        return str(caught.value)

    assert swapped(lambda: inside.symlink_to(outside)) == "a cannot be read: OSError"
    assert swapped(lambda: os.mkfifo(inside)) == "a is not a file"
    assert swapped(lambda: inside.write_bytes(b"123456")) == "a is larger than 5 bytes"


def test_a_file_that_is_too_large_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path, "a", 5) == b"12345"
    for path, largest in (("a", 4), ("b", 5), ("../a", 5), (".", 5), ("a\0b", 5)):
        with pytest.raises(Unavailable):
            read_file(tmp_path, path, largest)


def test_the_site_above_a_file(world: World, tmp_path: Path) -> None:
    site = world.write(tmp_path / "site")
    assert site_above(site / award_json(PART)) == site.resolve()
    assert site_above(tmp_path / "badge.json") is None
