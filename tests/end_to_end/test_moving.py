"""A site moves: old badges verify where they were, new ones where it is, and both are revoked at once.

Two hosts of this machine, ``localhost`` and ``127.0.0.1``, are the old house and the new one. The old one is
a real nginx with the redirects that the move wrote.
"""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from site_builder.keys import Role, generate_seed, write_key_file
from site_builder.publishing.build import build
from site_builder.publishing.checking import check
from site_builder.publishing.request import Outcome, Request
from site_builder.publishing.since import changes_since
from site_builder.publishing.status import Request as StatusRequest
from site_builder.publishing.status import sign_again
from site_builder.reading.repository import sweep
from site_builder.registrar.relocating import move
from site_builder.verifying.instants import noon
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verdict import Verdict
from site_builder.verifying.verify import verify_credential
from tests.publishing.test_publishing_golden import KEYS
from tests.support.browser import served
from tests.support.nginx import free_port, nginx
from tests.support.repos import FIRST_AWARD, SECOND_AWARD, STACKED_AWARD, THIRD_AWARD, valid

pytestmark = pytest.mark.nginx

SCORE = "    results: {score: 80}\n"
MOVED_ON, LATER = date(2026, 11, 22), date(2026, 12, 20)


class House:
    """One institution with keys of its own, which records its proofs."""

    def __init__(self, folder: Path) -> None:
        self.root, self.old, self.new = folder / "repository", free_port(), free_port()
        self.at_old, self.at_new = f"http://localhost:{self.old}/", f"http://127.0.0.1:{self.new}/learn/"
        files = valid()
        files["mkdocs.yml"] = files["mkdocs.yml"].replace("https://badges.northfield.example/", self.at_old)
        self.keys: dict[str, str] = {}
        for public, role in KEYS.items():
            made = write_key_file(folder / role.value, generate_seed())
            files["credentials/issuer.yaml"] = files["credentials/issuer.yaml"].replace(public, made)
            self.keys[f"{role.variable}_FILE"] = str(folder / role.value)
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")

    def build(self, output: str, now: date) -> Outcome:
        target = self.root / output
        request = Request(self.root, target, now, self.keys, published=target, executor="inline")
        return build(request, lambda *_: lambda: None)

    def renew_old(self, now: date, keys: Mapping[str, str] | None = None) -> str:
        request = StatusRequest(self.root, self.root / "moved/site", now, keys or self.keys)
        outcome = sign_again(request)
        assert outcome.problems == []
        assert outcome.recorded == 0
        return outcome.former

    def change(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text()
        assert old in text
        (self.root / path).write_text(text.replace(old, new, 1))


def verified(page: str, now: date) -> Verdict:
    source = UrlSource(page)
    return verify_credential(source.read(source.target), source.target, source, noon(now), frozenset())


def reply(port: int, path: str) -> tuple[int, str]:
    """Return the status of an answer, and where it sends the reader."""
    connection = http.client.HTTPConnection("localhost", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers.get("Location", "")


def with_redirects(settings: str) -> Callable[[str], str]:
    """Return the rules of a move put into the guide's server, as the comments in them say."""
    line = re.search("^# (if .*)$", settings, re.MULTILINE)
    assert line is not None

    def change(example: str) -> str:
        inside = example.replace("server {", f"server {{\n{line[1]}\n", 1)
        return f"{settings}\n{inside}"

    return change


def test_a_move_acted_out(tmp_path: Path) -> None:
    house = House(tmp_path)
    assert house.build("site", MOVED_ON).recorded == 5  # four badges and a status list
    proofs = {path.name: path.read_bytes() for path in sorted((house.root / "proofs").rglob("*.jsonl"))}

    before = sweep(house.root)
    move(house.root, house.at_new, house.root / "site", house.root / "moved", MOVED_ON)
    assert changes_since(before, sweep(house.root)).problems == ()
    aside = house.root / "proofs/former" / f"localhost-{house.old}"
    assert {path.name: path.read_bytes() for path in aside.rglob("*.jsonl")} == proofs
    assert check(Request(house.root, house.root / "site", MOVED_ON, {}, executor="inline")).problems == []

    # The old site is not replaced by the new one under the operator's hands.
    refused = house.build("site", MOVED_ON)
    assert [problem.code for problem in refused.problems] == ["address-changed"]
    assert "after that delete" in refused.problems[0].hint

    assert house.build("new", MOVED_ON).recorded == 5
    assert json.loads((house.root / "new/did.json").read_bytes())["alsoKnownAs"] == [
        f"did:web:localhost%3A{house.old}"
    ]

    # Four weeks later one award was revoked, and one erased: both houses say so, and the lists are fresh.
    house.change(
        "issued/2026/asking.yaml",
        "results: {score: 80}\n",
        "results: {score: 80}\n    revoked: {date: 2026-12-01, reason: error}\n",
    )
    text = (house.root / "issued/2026/charts.yaml").read_text()
    start = text.index(f"  - id: {SECOND_AWARD}")
    erased = f"erased:\n  - id: {SECOND_AWARD}\n    status_index: 2\n    date: 2026-12-02\n"
    (house.root / "issued/2026/charts.yaml").write_text(text[:start] + erased)
    record = house.root / "proofs/2026/charts.jsonl"
    kept = [line for line in record.read_text().splitlines(keepends=True) if SECOND_AWARD not in line]
    record.write_text("".join(kept))
    told = house.build("new", LATER)
    assert told.published, told.problems
    assert house.renew_old(LATER) == house.at_old
    assert not (house.root / f"moved/site/issued/{SECOND_AWARD}/credential.json").exists()

    settings = (house.root / "moved/redirects/nginx.conf").read_text()
    server = tmp_path / "nginx"
    server.mkdir()
    with ExitStack() as stack:
        stack.enter_context(nginx(house.root / "moved/site", server, house.old, with_redirects(settings)))
        stack.enter_context(served(house.root / "new", "/learn/", house.new))
        for base in (house.at_old, house.at_new):
            found = verified(f"{base}issued/{FIRST_AWARD}/", LATER)
            assert (found.state.value, found.answers["authentic"].value) == ("valid", "authentic"), (
                found.summary
            )
            assert found.id == f"{base}issued/{FIRST_AWARD}/credential.json"
            assert verified(f"{base}issued/{THIRD_AWARD}/", LATER).state.value == "revoked"
            assert verified(f"{base}issued/{STACKED_AWARD}/", LATER).answers["authentic"].value == "authentic"
        # Pages are redirected, nothing that verifiers ask for is.
        assert reply(house.old, f"/issued/{FIRST_AWARD}/") == (301, f"{house.at_new}issued/{FIRST_AWARD}/")
        assert reply(house.old, "/") == (301, house.at_new)
        data = (f"issued/{FIRST_AWARD}/credential.json", "did.json", "status/1.json", "catalog.json")
        assert [reply(house.old, f"/{path}") for path in data] == [(200, "")] * 4
        assert reply(house.old, f"/issued/{SECOND_AWARD}/credential.json")[0] == 404


def test_a_new_status_key_reaches_the_old_house_too(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.build("site", MOVED_ON)
    move(house.root, house.at_new, house.root / "site", house.root / "moved", MOVED_ON)
    made = write_key_file(tmp_path / "status-2", generate_seed())
    issuer = (house.root / "credentials/issuer.yaml").read_text()
    role = issuer.index("role: status")
    issuer = issuer[:role] + issuer[role:].replace(
        "since: 2026-01-01", "since: 2026-01-01\n    state: retired\n    ended: 2026-11-22", 1
    )
    entry = f"  - id: status-2\n    role: status\n    public_key: {made}\n    since: 2026-11-22\n"
    issuer = issuer.replace("\nmoved_from:", f"{entry}\nmoved_from:", 1)
    (house.root / "credentials/issuer.yaml").write_text(issuer)
    house.renew_old(LATER, {f"{Role.STATUS.variable}_FILE": str(tmp_path / "status-2")})
    did = json.loads((house.root / "moved/site/did.json").read_bytes())
    assert f"did:web:localhost%3A{house.old}#{made}" in did["assertionMethod"]
    proof = json.loads((house.root / "moved/site/status/1.json").read_bytes())["proof"][0]
    assert proof["verificationMethod"].endswith(made)
