"""Before a site takes the place of another: nothing that is live may be lost or altered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from site_builder.assembling.addresses import TOMBSTONE, achievement_json, award_json, award_page, status_list
from site_builder.cli import probe as cli
from site_builder.cli.probe import command
from site_builder.probing.before import CannotCompare, compare
from site_builder.probing.live import Heard, LiveSite
from site_builder.probing.probe import Probed
from site_builder.probing.resources import Resource
from site_builder.verifying.sources import FolderSource, Unavailable
from site_builder.verifying.web import Reply
from tests.verifying.world import EXPIRED, ISSUE, PART, REVOKED, STATUS, THIEF, World, dump, multikey, sign

Json = dict[str, Any]


class Host(LiveSite):
    """A site that is live, as far as the probe can tell: files in memory, and statuses of some paths."""

    def __init__(self, world: World, files: Mapping[str, bytes], statuses: Mapping[str, int]) -> None:
        super().__init__(world.base)
        self._files, self._statuses = files, statuses

    def hear(self, item: Resource, headers: Mapping[str, str] | None = None) -> Heard:
        status = self._statuses.get(item.path, 200 if item.path in self._files else 404)
        return Reply(status, {}, self._files.get(item.path, b"") if status == 200 else b"")


@pytest.fixture
def live() -> World:
    return World()


@pytest.fixture
def new() -> World:
    return World()


@pytest.fixture
def compared(live: World, new: World, tmp_path: Path) -> Callable[..., Probed]:
    def run(sample: int = 0, **statuses: int) -> Probed:
        host = Host(live, live.files, statuses)
        return compare(host, FolderSource(new.write(tmp_path)), sample)

    return run


def _told(found: Probed) -> list[tuple[str, str, bool]]:
    return [(one.path, one.code, one.is_error) for one in found.problems]


def test_the_same_site_again_loses_nothing(compared: Callable[..., Probed]) -> None:
    found = compared()
    assert found.problems == ()
    assert found.notes == ("of 4 badges, 4 are live and 0 are new",)
    counts = {count.kind: count.asked for count in found.counts}
    assert counts == {"did.json": 1, "status lists": 1, "badges": 4, "achievements": 2, "images": 2}


def test_a_sample_of_badges_has_the_listed_ones(compared: Callable[..., Probed]) -> None:
    found = compared(sample=1)
    badges = next(count for count in found.counts if count.kind == "badges")
    assert badges.of == 4
    assert badges.asked in (1, 2)


def test_nothing_is_live_yet(live: World, compared: Callable[..., Probed]) -> None:
    live.files.clear()
    assert compared() == Probed((), (), ("nothing of a site is live there yet, so nothing can be lost",))


def test_a_host_that_answers_with_a_page_for_everything_has_nothing_of_ours(
    live: World, compared: Callable[..., Probed]
) -> None:
    live.files = dict.fromkeys(("catalog.json", "did.json", "status/1.json"), b"<!doctype html>")
    [note] = compared().notes
    assert note == "what is live there is no site of badgepress, so nothing of one can be lost"


@pytest.mark.parametrize("status", [301, 403, 500])
def test_a_host_that_does_not_say_what_is_live(status: int, compared: Callable[..., Probed]) -> None:
    with pytest.raises(CannotCompare, match=f"badges.example does not say what is live: it answers {status}"):
        compared(**{"catalog.json": status})


def test_new_badges_are_no_loss(live: World, compared: Callable[..., Probed]) -> None:
    del live.files[award_json(EXPIRED)]
    found = compared()
    assert found.problems == ()
    assert found.notes == ("of 4 badges, 3 are live and 1 are new",)


def test_a_listed_badge_that_is_gone(new: World, compared: Callable[..., Probed]) -> None:
    del new.files[award_json(PART)]
    assert (award_json(PART), "lost-badge", True) in _told(compared())


def test_a_badge_that_was_erased(new: World, compared: Callable[..., Probed]) -> None:
    del new.files[award_json(PART)]
    new.files[award_page(PART)] = TOMBSTONE.encode()
    assert _told(compared()) == []


def test_a_badge_with_another_byte(new: World, compared: Callable[..., Probed]) -> None:
    new.files[award_json(REVOKED)] += b" "
    assert _told(compared()) == [(award_json(REVOKED), "altered-badge", True)]


def _signed_by(world: World, award: str) -> None:
    method = f"{world.at.did}#{multikey(THIEF)}"
    world.put(award_json(award), sign(world.credential(award), THIEF, did=world.at.did, method=method))


def _another_key(document: Json, *, keep: bool) -> None:
    """List another issue key, beside the old one or in its place."""
    for name in ("verificationMethod", "assertionMethod"):
        for entry in list(document[name]):
            text = entry if isinstance(entry, str) else entry["id"]
            if text.endswith(multikey(ISSUE)):
                changed: Any = _with_key(entry)
                document[name] += [changed]
                if not keep:
                    document[name].remove(entry)


def _with_key(entry: str | Json) -> str | Json:
    if isinstance(entry, str):
        return entry.replace(multikey(ISSUE), multikey(THIEF))
    return {name: value.replace(multikey(ISSUE), multikey(THIEF)) for name, value in entry.items()}


def test_badges_of_a_compromised_key_are_signed_again(new: World, compared: Callable[..., Probed]) -> None:
    new.change("did.json", lambda d: _another_key(d, keep=False))
    for path in [path for path in new.files if path.endswith("/credential.json")]:
        _signed_by(new, path.split("/")[1])
    found = compared()
    assert _told(found) == [("did.json", "lost-key", False)]
    assert "4 badges were signed again: the key that signed them leaves did.json" in found.notes


def test_badges_are_not_signed_again_for_nothing(new: World, compared: Callable[..., Probed]) -> None:
    new.change("did.json", lambda d: _another_key(d, keep=True))
    _signed_by(new, PART)
    assert _told(compared()) == [(award_json(PART), "altered-badge", True)]


def test_signed_again_is_not_written_again(new: World, compared: Callable[..., Probed]) -> None:
    new.change("did.json", lambda d: _another_key(d, keep=False))
    new.change(award_json(PART), lambda d: d.update(name="Master"))
    for path in [path for path in new.files if path.endswith("/credential.json")]:
        _signed_by(new, path.split("/")[1])
    assert (award_json(PART), "altered-badge", True) in _told(compared())


def test_a_key_that_badges_lean_on_is_gone(new: World, compared: Callable[..., Probed]) -> None:
    new.change("did.json", lambda d: _another_key(d, keep=False))
    [problem] = compared().problems
    assert problem.code == "lost-key"
    assert problem.is_error
    assert problem.message.endswith(f"which signed {award_json(PART)}")


def test_a_key_that_ends_or_changes_its_role(new: World, compared: Callable[..., Probed]) -> None:
    new.change("did.json", lambda d: d["verificationMethod"][0].update(expires="2027-01-01T00:00:00Z"))
    assert _told(compared()) == [("did.json", "altered-key", True)]
    new.change("did.json", lambda d: d["verificationMethod"][0].pop("expires"))
    new.change(
        "did.json", lambda d: d["service"][0]["serviceEndpoint"]["keys"].append(d["assertionMethod"][0])
    )
    assert _told(compared()) == [("did.json", "altered-key", True)]


def _list_of(world: World, day: date, revoked: bool) -> bytes:
    """Return the world's status list as of another day; without its revocation, if so wanted."""
    document = world.get(status_list(1))
    document["validFrom"] = f"{day}T00:00:00Z"
    if not revoked:
        document["credentialSubject"]["encodedList"] = _NO_BITS
    return dump(sign(document, STATUS, did=world.at.did))


_NO_BITS = "uH4sIAAAAAAAC_-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
_DAY = date(2026, 11, 22)


def test_a_revocation_is_not_cleared(new: World, compared: Callable[..., Probed]) -> None:
    new.files[status_list(1)] = _list_of(new, _DAY, revoked=False)
    [problem] = compared().problems
    assert (problem.path, problem.code) == ("status/1.json", "cleared-bits")
    assert problem.message == "would clear what is revoked: bit 131071"


def test_time_does_not_run_backwards(new: World, compared: Callable[..., Probed]) -> None:
    new.files[status_list(1)] = _list_of(new, _DAY - timedelta(days=1), revoked=True)
    [problem] = compared().problems
    assert problem.message == "is live as of 22 November 2026, and the new one is of 21 November 2026"


def test_a_list_that_is_gone(live: World, compared: Callable[..., Probed]) -> None:
    live.files[status_list(2)] = live.files[status_list(1)]
    assert _told(compared()) == [("status/2.json", "lost-list", True)]


@pytest.mark.parametrize(
    ("body", "told"), [(b"<!doctype html>", []), (b"{}", [("status/2.json", "lost-list", True)])]
)
def test_a_host_that_answers_for_every_address_has_an_end(
    body: bytes, told: list[tuple[str, str, bool]], live: World, compared: Callable[..., Probed]
) -> None:
    live.files = _Everything(live.files, body)
    assert [one for one in _told(compared()) if one[0].startswith("status/")] == told


class _Everything(dict[str, bytes]):
    """The files of a host that has a page for each address below status/."""

    def __init__(self, files: Mapping[str, bytes], page: bytes) -> None:
        super().__init__(files)
        self._page = page

    def __contains__(self, path: object) -> bool:
        return str(path).startswith("status/") or super().__contains__(path)

    def get(self, path: str, other: bytes = b"") -> bytes:  # type: ignore[override]
        return super().get(path, self._page if path.startswith("status/") else other)


def test_a_live_list_that_cannot_be_read(live: World, compared: Callable[..., Probed]) -> None:
    live.files[status_list(1)] = b"{}"
    assert _told(compared()) == [("status/1.json", "unreadable-list", True)]


def test_a_version_that_was_awarded_stays_as_it_is(new: World, compared: Callable[..., Probed]) -> None:
    path = achievement_json("listening", "1.0")
    new.change(path, lambda d: d.update(name="Hearing"))
    assert _told(compared()) == [(path, "altered-version", True)]


def test_a_site_for_another_address(live: World, new: World, compared: Callable[..., Probed]) -> None:
    live.change("did.json", lambda d: d.update(id="did:web:elsewhere.example"))
    assert _told(compared()) == [("did.json", "address-changed", True)]
    new.change("catalog.json", lambda d: d.update(site="https://elsewhere.example/"))
    assert _told(compared()) == [("catalog.json", "address-changed", True)]


def test_the_command(live: World, new: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "LiveSite", lambda _: Host(live, live.files, {}))
    new.files[award_json(PART)] += b" "
    words = [live.base, "--site", str(new.write(tmp_path)), "--before"]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "Do not deploy: see above."
    assert result.stderr.splitlines()[:2] == [
        f"{award_json(PART)}: is live with other bytes: the copy in somebody's wallet would not be this one",
        "  hint: build from the newest state of the repository, with its proofs: "
        "badgepress build --published DIR",
    ]


def test_the_command_where_nobody_answers(
    live: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LiveSite, "hear", lambda *_: Unavailable("it did not answer"))
    words = [live.base, "--site", str(live.write(tmp_path)), "--before", "--json"]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 2
    assert '"error": "badges.example does not say what is live: it did not answer"' in result.stdout


def test_before_needs_a_folder() -> None:
    result = CliRunner().invoke(command, ["https://badges.example/", "--before"])
    assert result.exit_code == 2
    assert "--before compares what is live with --site DIR" in result.stderr
