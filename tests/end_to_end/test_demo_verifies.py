"""The demo site, judged by others: npm, PyPI, the official schema; and by our own verifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.press import press
from tests.support.demo import DEMO_DAY
from tests.support.node import verify_with_npm
from tests.support.openbadges_peer import refusal
from tests.support.schemas import schema_faults

NOON = f"{DEMO_DAY}T12:00:00Z"


def badges(site: Path) -> dict[str, dict[str, Any]]:
    files = sorted(site.glob("issued/*/credential.json"))
    return {path.relative_to(site).as_posix(): json.loads(path.read_bytes()) for path in files}


@pytest.fixture(scope="module")
def ours(demo_site: Path) -> dict[str, Any]:
    """Return what ``badgepress verify --json`` says of the demo site."""
    finished = press("verify", str(demo_site), "--now", DEMO_DAY, "--json", root=demo_site)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    report: dict[str, Any] = json.loads(finished.stdout)
    return report


def test_every_badge_is_reported_as_it_is(demo_site: Path, ours: dict[str, Any]) -> None:
    states = {entry["path"]: entry["state"] for entry in ours["credentials"]}
    assert states.keys() == badges(demo_site).keys()
    assert len(states) >= 40
    for path, badge in badges(demo_site).items():
        expired = badge.get("validUntil", "9999") <= NOON
        assert states[path] in ({"expired", "revoked"} if expired else {"valid", "revoked"})
    assert set(states.values()) == {"valid", "expired", "revoked"}


def test_no_folder_is_ever_called_authentic(ours: dict[str, Any]) -> None:
    answers = {entry["answers"]["authentic"]["value"] for entry in ours["credentials"]}
    assert answers == {"matches-copy"}


@pytest.mark.node
def test_npm_agrees_on_every_badge_and_list(
    demo_site: Path, demo_base_url: str, ours: dict[str, Any]
) -> None:
    """@digitalbazaar/vc for proofs, @digitalbazaar/vc-bitstring-status-list at default options for status."""
    theirs = verify_with_npm(demo_site, demo_base_url, now=NOON)
    assert theirs["credentials"].keys() == badges(demo_site).keys()
    for entry in ours["credentials"]:
        said = theirs["credentials"][entry["path"]]
        # A badge that has expired is refused by npm for its date, not for its proof.
        assert said["verifiedWhenIssued"], said["errorWhenIssued"]
        assert said["revoked"] == (entry["state"] == "revoked"), said
        assert said["verified"] == (entry["state"] != "expired") or entry["state"] == "revoked", said
    assert theirs["statusLists"]
    for name, found in theirs["statusLists"].items():
        assert found["verified"], (name, found["error"])
        assert found["length"] == 131_072


def test_openbadgeslib_accepts_every_proof(demo_site: Path) -> None:
    did = json.loads((demo_site / "did.json").read_bytes())
    refused = {path: why for path, badge in badges(demo_site).items() if (why := refusal(badge, did))}
    assert refused == {}


@pytest.mark.shared
def test_every_badge_passes_the_official_strict_schema(demo_site: Path, shared: Path) -> None:
    faults = {
        path: found for path, badge in badges(demo_site).items() if (found := schema_faults(badge, shared))
    }
    assert faults == {}


def test_a_badge_and_its_page_are_small(demo_site: Path) -> None:
    for path in demo_site.glob("issued/*"):
        weight = sum((path / name).stat().st_size for name in ("credential.json", "index.html"))
        assert weight <= 10_000, f"{path.name}: {weight} bytes"


def test_the_site_has_the_addresses_of_the_design(demo_site: Path, demo_base_url: str) -> None:
    catalog = json.loads((demo_site / "catalog.json").read_bytes())
    assert catalog["site"] == demo_base_url
    assert catalog["issuer"] == "did:web:badges.northfield.example"
    expected = [".nojekyll", "did.json", ".well-known/did.json", "status/1.json", "index.html", "sitemap.xml"]
    expected += [url.removeprefix(demo_base_url) for entry in catalog["credentials"] for url in (
        entry["achievement"], entry["image"], entry["page"] + "index.html",
    )]  # fmt: skip
    assert [path for path in expected if not (demo_site / path).is_file()] == []
    assert (demo_site / "did.json").read_bytes() == (demo_site / ".well-known/did.json").read_bytes()


def test_unlisted_awards_are_nowhere_but_at_their_own_address(demo_site: Path) -> None:
    catalog = json.loads((demo_site / "catalog.json").read_bytes())
    listed = {url.split("/")[-2] for url in catalog["listedAwards"]}
    assert listed
    parts = {
        part["id"].split("/")[-2]
        for badge in badges(demo_site).values()
        for part in badge.get("relatedResource", [])
    }
    text = "".join(
        path.read_text("utf-8", errors="replace")
        for path in demo_site.rglob("*")
        if path.is_file() and path.suffix in {".html", ".xml", ".json", ".txt"} and "issued" not in path.parts
    )
    for path in demo_site.glob("issued/*/index.html"):
        award, page = path.parent.name, path.read_text("utf-8")
        assert ('name="robots" content="noindex' in page) == (award not in listed), award
        if award not in listed:
            assert award not in text, award
    assert parts  # a stacked badge names its parts at its own address; that is what it is for


def test_no_name_address_or_salt_is_published(demo_site: Path) -> None:
    """The learner's pseudonym links one person's awards: it stays in the repository."""
    import re

    from tests.support.shared import REPOSITORY

    pseudonyms = {
        found for file in REPOSITORY.glob("issued/*/*.yaml")
        for found in re.findall(r"learner: \"?([0-9a-f]{32})", file.read_text("utf-8"))
    }  # fmt: skip
    assert len(pseudonyms) >= 20
    for path in demo_site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [name for name in pseudonyms if name.encode() in data], path
            assert b'"salt"' not in data, path
