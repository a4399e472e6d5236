"""Each state and each answer, of badges nobody tampered with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from site_builder.assembling.addresses import award_json
from tests.verifying.world import DID, EXPIRED, ISSUE, NOW, PART, REVOKED, STACK, STATUS, World, multikey


@pytest.fixture
def world() -> World:
    return World()


def test_a_good_badge_is_authentic_and_valid(world: World) -> None:
    verdict = world.verify()
    assert verdict.state == "valid"
    assert {key: answer.value for key, answer in verdict.answers.items()} == {
        "authentic": "authentic",
        "current": "yes",
        "notRevoked": "yes",
        "stack": "not-a-stack",
        "issuerKnown": "unknown",
    }
    assert verdict.summary == (
        "Genuine and current. Signed by Northfield College, unchanged, "
        "and not revoked as of 22 November 2026."
    )
    detail = verdict.answers["authentic"].detail
    assert detail["key"] == f"{DID}#{multikey(ISSUE)}"
    assert len(detail["documentHash"]) == 64
    assert verdict.answers["notRevoked"].detail["list"] == world.base + "status/1.json"


def test_the_json_has_a_fixed_shape(world: World) -> None:
    found = world.verify().to_json()
    assert list(found) == ["path", "id", "issuer", "state", "summary", "answers"]
    assert list(found["answers"]) == ["authentic", "current", "notRevoked", "stack", "issuerKnown"]
    assert found["id"] == world.base + award_json(PART)
    assert all({"value", "reason"} <= set(answer) for answer in found["answers"].values())


def test_revoked(world: World) -> None:
    verdict = world.verify(REVOKED)
    assert verdict.state == "revoked"
    assert verdict.answers["authentic"].value == "authentic"
    assert verdict.summary == ("Revoked by the issuer, says its list of 22 November 2026. Do not rely on it.")


def test_expired(world: World) -> None:
    verdict = world.verify(EXPIRED)
    assert verdict.state == "expired"
    assert verdict.summary == "Genuine, but it expired on 1 November 2026."


@pytest.mark.parametrize(
    ("moment", "value"), [("2026-10-31T23:59:59", "yes"), ("2026-11-01T00:00:00", "expired")]
)
def test_valid_until_is_the_first_moment_after(world: World, moment: str, value: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert world.verify(EXPIRED, now).answers["current"].value == value


def test_not_yet_valid(world: World) -> None:
    world.resign(award_json(PART), lambda d: d.update(validFrom="2027-01-01T01:00:00+01:00"), ISSUE)
    verdict = world.verify()
    assert verdict.state == "not-yet-valid"
    assert verdict.summary == "Genuine, but it counts only from 1 January 2027."


def test_revoked_goes_over_expired(world: World) -> None:
    world.resign(award_json(REVOKED), lambda d: d.update(validUntil="2026-10-01T00:00:00Z"), ISSUE)
    assert world.verify(REVOKED).state == "revoked"


def test_a_stack_is_complete_though_a_part_expired_since(world: World) -> None:
    verdict = world.verify(STACK)
    assert verdict.state == "valid"
    assert verdict.answers["stack"].value == "complete"
    assert verdict.answers["stack"].reason == "all 2 badges that it is built on are there and in force"


def test_trusted_issuers(world: World) -> None:
    assert world.verify(PART, NOW, DID).answers["issuerKnown"].value == "yes"
    verdict = world.verify(PART, NOW, "did:web:other.example")
    assert verdict.answers["issuerKnown"].value == "no"
    assert verdict.state == "valid"
    unknown = f"Its issuer, {DID}, is none of those that you named as known. "
    assert verdict.summary == (
        unknown + "Signed by Northfield College, unchanged, current, and not revoked as of 22 November 2026."
    )
    revoked = world.verify(REVOKED, NOW, "did:web:other.example").summary
    assert revoked.startswith(unknown + "Revoked by the issuer")


def test_away_from_home_nothing_is_called_authentic(world: World) -> None:
    world.home = False
    for award in (PART, STACK, EXPIRED, REVOKED):
        verdict = world.verify(award)
        authentic = verdict.answers["authentic"]
        assert authentic.value == "matches-copy"
        assert authentic.reason == "matches the keys in this copy; badges.example was not asked"
        assert verdict.summary.endswith(" This is a copy: badges.example was not asked.")
        assert "enuine" not in verdict.summary
    assert world.verify().state == "valid"


def test_without_key_document_the_state_is_unknown(world: World) -> None:
    del world.files["did.json"]
    verdict = world.verify()
    assert verdict.state == "unknown"
    assert {answer.value for answer in verdict.answers.values()} == {"unknown"}


def test_a_badge_without_status_entry_cannot_be_revoked(world: World) -> None:
    world.resign(award_json(PART), lambda d: d.pop("credentialStatus"), ISSUE)
    verdict = world.verify()
    assert verdict.state == "valid"
    assert verdict.answers["notRevoked"].reason.startswith("the badge names no revocation list")


def test_escaped_json_is_the_same_badge(world: World) -> None:
    import json

    raw = json.dumps(world.credential(), ensure_ascii=True).encode()
    assert b"\\u00e9" in raw
    assert world.verify(raw).state == "valid"


def test_a_retired_key_stays_good_as_long_as_it_is_listed(world: World) -> None:
    def end(document: dict[str, list[dict[str, str]]]) -> None:
        document["verificationMethod"][0]["expires"] = "2030-01-01T00:00:00Z"

    world.change("did.json", end)
    assert world.verify().state == "valid"
    later = datetime(2030, 1, 1, tzinfo=UTC)
    assert world.verify(PART, later).answers["authentic"].value == "not-authentic"


def test_stale_list(world: World) -> None:
    verdict = world.verify(PART, NOW + timedelta(days=9))
    assert verdict.state == "unknown"
    assert verdict.summary == (
        "The signature is right, but its status has been unknown since 29 November 2026, "
        "when the issuer's revocation list of 22 November 2026 ran out."
    )


def test_keys_and_lists_are_asked_for_once_per_badge(world: World) -> None:
    world.verify(STACK)
    assert sorted(world.asked) == [world.base + "did.json", world.base + "status/1.json"]


def test_a_did_key_issuer_is_nobody_known(world: World) -> None:
    did = f"did:key:{multikey(STATUS)}"

    def adopt(document: dict[str, object]) -> None:
        document["issuer"] = {**document["issuer"], "id": did}  # type: ignore[dict-item]

    world.resign(award_json(PART), adopt, STATUS, method=f"{did}#{multikey(STATUS)}")
    verdict = world.verify()
    assert verdict.state == "unknown"
    assert "bare key" in verdict.summary
    world.change(award_json(PART), lambda d: d.update(name="Master"))
    assert world.verify().state == "invalid"
