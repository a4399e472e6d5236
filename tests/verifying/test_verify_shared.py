"""Badges that others signed. The tamper group of the shared bad inputs is the corpus' runner's."""

from __future__ import annotations

import copy
import json
import socket
from pathlib import Path

import pytest

from site_builder.assembling.addresses import award_json
from site_builder.verifying.sources import NoSource
from site_builder.verifying.verdict import QUESTIONS
from site_builder.verifying.verify import verify_credential
from tests.support.shared import shared_dir
from tests.verifying.world import (
    NOW,
    PART,
    World,
    dump,
)

pytestmark = pytest.mark.shared


def _foreign() -> list[Path]:
    folder = shared_dir()
    return sorted((folder / "foreign-badges/dcc").rglob("*")) if folder else []


@pytest.mark.parametrize(
    "path", [path for path in _foreign() if path.is_file()], ids=lambda path: "/".join(path.parts[-4:])
)
def test_badges_of_others_get_a_clear_answer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("no network"))
    verdict = verify_credential(path.read_bytes(), path.name, NoSource(), NOW)
    assert verdict.state in ("invalid", "unknown")
    assert list(verdict.answers) == list(QUESTIONS)
    assert len(verdict.summary) > 20
    assert "Error" not in verdict.summary


def test_a_foreign_badge_with_our_contexts_and_a_bare_key_has_a_right_signature(shared: Path) -> None:
    folder = shared / "foreign-badges/dcc/verifiableCredentials/v2/dataIntegrityProof/didKey"
    raw = (folder / "legacyRegistry-noStatus-noExpiry-OBSpecExample.json").read_bytes()
    verdict = verify_credential(raw, "badge", NoSource(), NOW)
    assert verdict.state == "unknown"
    assert verdict.summary == (
        "The signature is right, but its issuer is a bare key: nobody says whose it is."
    )
    document = json.loads(raw)
    changed = copy.deepcopy(document)
    changed["credentialSubject"]["achievement"]["name"] = "Master"
    assert verify_credential(dump(changed), "badge", NoSource(), NOW).state == "invalid"


def test_the_world_behind_these_cases_is_good() -> None:
    world = World()
    assert world.verify(PART).state == "valid"
    assert award_json(PART) in world.files
