"""npm's verifiers run, accept what their own library signed, and refuse what was changed after."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.support.contexts import context_files
from tests.support.node import run_script, verify_with_npm
from tests.support.openbadges_peer import openbadgeslib_accepts, refusal

pytestmark = pytest.mark.node

BASE = "https://badges.college.example/press/"
DID = "did:web:badges.college.example:press"
ISSUED = "2026-11-20T00:00:00Z"
NOW = "2026-11-22T00:00:00Z"
CREDENTIAL = "issued/one/credential.json"
LIST = "status/0.json"


def credential(index: int) -> dict[str, Any]:
    return {
        "@context": list(context_files())[:2],
        "id": BASE + CREDENTIAL,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "issuer": {"id": DID, "type": ["Profile"], "name": "Example College"},
        "validFrom": ISSUED,
        "validUntil": "2027-11-20T00:00:00Z",
        "name": "Data literacy",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": BASE + "credentials/data-literacy/1/achievement.json",
                "type": ["Achievement"],
                "name": "Data literacy",
                "description": "Reads tables",
                "criteria": {"narrative": "Reads a table aloud"},
            },
        },
        "credentialStatus": {
            "id": f"{BASE}{LIST}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": BASE + LIST,
        },
    }


def issue(site: Path, index: int = 7, *, did: str = DID, base: str = BASE) -> None:
    """Write the site of one credential and one list, in which bits 7000 and 131071 are set."""
    for path, data in issued(index, did, base).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)


@cache
def issued(index: int, did: str, base: str) -> dict[str, bytes]:
    """Let npm's library sign the site, once for all tests that begin with it; return its files."""
    words = json.dumps(credential(index)).replace(BASE, base).replace(DID, did)
    with TemporaryDirectory() as site:
        job = {
            "site": site,
            "baseUrl": base,
            "did": did,
            "now": ISSUED,
            "contexts": {url: str(path) for url, path in context_files().items()},
            "credential": json.loads(words),
            "statusList": {"id": base + LIST, "set": [7000, 131071]},
        }
        run_script("issue.mjs", job)
        files = [path for path in Path(site).rglob("*") if path.is_file()]
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def change(path: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    edit(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def verdict(site: Path, now: str = NOW) -> dict[str, Any]:
    result: dict[str, Any] = verify_with_npm(site, BASE, now=now)["credentials"][CREDENTIAL]
    return result


def test_accepts_what_its_own_library_signed(tmp_path: Path) -> None:
    issue(tmp_path)
    result = verify_with_npm(tmp_path, BASE, now=NOW)
    assert result["credentials"] == {
        CREDENTIAL: {
            "id": BASE + CREDENTIAL,
            "verified": True,
            "error": "",
            "verifiedWhenIssued": True,
            "errorWhenIssued": "",
            "statusVerified": True,
            "statusError": "",
            "revoked": False,
        }
    }
    expected = {"id": BASE + LIST, "verified": True, "error": "", "length": 131072, "set": [7000, 131071]}
    assert result["statusLists"] == {LIST: expected}


def test_tells_a_revoked_credential(tmp_path: Path) -> None:
    issue(tmp_path, 7000)
    assert verdict(tmp_path)["revoked"] is True


def test_tells_an_expired_credential_that_was_good_when_issued(tmp_path: Path) -> None:
    issue(tmp_path)
    result = verdict(tmp_path, now="2028-01-01T00:00:00Z")
    assert result["verified"] is False
    assert 'is after "validUntil"' in result["error"]
    assert result["verifiedWhenIssued"] is True


def test_resolves_a_site_at_the_root_of_its_host(tmp_path: Path) -> None:
    base, did = "https://college.example/", "did:web:college.example"
    issue(tmp_path, did=did, base=base)
    assert (tmp_path / ".well-known" / "did.json").is_file()
    assert verify_with_npm(tmp_path, base, now=NOW)["credentials"][CREDENTIAL]["verified"] is True


@pytest.mark.parametrize(
    ("path", "edit", "error"),
    [
        (CREDENTIAL, lambda doc: doc.update(name="Data mastery"), "Invalid signature"),
        (CREDENTIAL, lambda doc: doc.update(undefinedTerm="x"), "Safe mode validation error"),
        (CREDENTIAL, lambda doc: doc.pop("validUntil"), "Invalid signature"),
        (CREDENTIAL, lambda doc: doc["proof"].update(created="2026-11-21T00:00:00Z"), "Invalid signature"),
        (LIST, lambda doc: doc["credentialSubject"].update(encodedList="uH4sIAAAAAAAA"), "Invalid signature"),
        ("did.json", lambda doc: doc.update(assertionMethod=[]), "not authorized"),
        ("did.json", lambda doc: doc.update(verificationMethod=[]), "lists no key"),
        ("did.json", lambda doc: doc.update(id="did:web:other.example"), "says it is did:web:other.example"),
    ],
)
def test_refuses_what_was_changed_after_signing(
    tmp_path: Path, path: str, edit: Callable[[dict[str, Any]], object], error: str
) -> None:
    issue(tmp_path)
    change(tmp_path / path, edit)
    result = verdict(tmp_path)
    assert result["verified"] is False
    assert error in result["error"]


def test_reads_nothing_that_is_not_on_the_site(tmp_path: Path) -> None:
    issue(tmp_path)
    (tmp_path / LIST).unlink()
    assert "no such file" in verdict(tmp_path)["error"]
    other = verify_with_npm(tmp_path, "https://elsewhere.example/", now=NOW)["credentials"][CREDENTIAL]
    assert "there is no network" in other["error"]


def test_the_python_peer_agrees(tmp_path: Path) -> None:
    issue(tmp_path)
    signed = json.loads((tmp_path / CREDENTIAL).read_text(encoding="utf-8"))
    keys = json.loads((tmp_path / "did.json").read_text(encoding="utf-8"))
    assert refusal(signed, keys) == ""
    assert openbadgeslib_accepts(json.loads((tmp_path / LIST).read_text(encoding="utf-8")), keys)
    assert not openbadgeslib_accepts(signed | {"name": "Data mastery"}, keys)
    assert not openbadgeslib_accepts(signed, keys | {"assertionMethod": []})
    assert not openbadgeslib_accepts(signed, keys | {"id": "did:web:other.example"})
    assert not openbadgeslib_accepts({key: signed[key] for key in signed if key != "proof"}, keys)


def test_one_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    issue(tmp_path)
    broken = tmp_path / "issued" / "two" / "credential.json"
    broken.parent.mkdir()
    broken.write_text("{", encoding="utf-8")
    result = verify_with_npm(tmp_path, BASE, now=NOW)["credentials"]
    assert {path: entry["verified"] for path, entry in result.items()} == {
        CREDENTIAL: True,
        "issued/two/credential.json": False,
    }
