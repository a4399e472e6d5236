"""The network's one door: what it asks, and what it refuses to ask."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.assembling.addresses import award_json
from site_builder.cli.verify import command
from site_builder.verifying import web
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.url_source import UrlSource
from site_builder.verifying.verify import verify_credential, verify_site
from site_builder.verifying.web import fetch, is_public
from site_builder.verifying.web_address import normal
from tests.verifying.world import ISSUE, NOW, PART, STACK, THIEF, World, multikey


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and a few misbehaving addresses."""

    asked: list[str]

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/moved.json":
            self.send_response(302)
            self.send_header("Location", "/did.json")
            self.end_headers()
        elif self.path == "/large.json":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b" " * 3_000_000)
        elif self.path == "/slow.json":
            self.send_response(200)
            self.end_headers()
            self._drip()
        elif self.path == "/packed.json":
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
        else:
            super().do_GET()

    def _drip(self) -> None:
        try:
            for _ in range(100):
                self.wfile.write(b" ")
                time.sleep(0.1)
        except OSError:
            return


class Host:
    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        kind = type("Handler", (_Handler,), {"asked": self.asked})
        handler = functools.partial(kind, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.authority = f"localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def host(folder: Path) -> Iterator[Host]:
    host = Host(folder)
    yield host
    host.server.shutdown()
    host.server.server_close()


@pytest.fixture
def world(host: Host, folder: Path) -> World:
    world = World(f"http://{host.authority}/")
    world.write(folder)
    return world


def test_a_site_asked_at_its_home(world: World, host: Host) -> None:
    source = UrlSource(world.base)
    source.load_catalog()
    report = verify_site(source, NOW)
    assert report.told() == []
    assert [verdict.path for verdict in report.verdicts] == [world.base + award_json(PART)]
    assert report.verdicts[0].answers["authentic"].value == "authentic"
    assert report.verdicts[0].state == "valid"
    assert host.asked == ["/catalog.json", "/.well-known/did.json", "/status/1.json", f"/{award_json(PART)}"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (".well-known/did.json", "key-document"),
        ("status/1.json", "status-list"),
        ("catalog.json", "site-issuer"),
    ],
)
def test_a_site_on_the_web_that_lists_nothing_is_looked_at_all_the_same(
    world: World, folder: Path, path: str, code: str
) -> None:
    world.change("catalog.json", lambda d: d.update(listedAwards=[]))
    world.files[path] = b"{}"
    world.write(folder)
    source = UrlSource(world.base)
    source.load_catalog()
    assert code in [problem.code for problem in verify_site(source, NOW).problems]


@pytest.mark.parametrize(
    "page", ["credential.json", "", "index.html", "#name=Ada&salt=1", "?utm_source=mail"]
)
def test_a_badge_by_its_address_or_its_page(world: World, page: str) -> None:
    source = UrlSource(f"{world.base}issued/{STACK}/{page}")
    assert source.target == world.base + award_json(STACK)
    verdict = verify_credential(source.read(source.target), source.target, source, NOW)
    assert verdict.answers["authentic"].value == "authentic"
    assert verdict.state == "valid"
    assert verdict.answers["stack"].value == "complete"


@pytest.mark.parametrize(
    ("typed", "home"),
    [
        ("https://a.example", "https://a.example/"),
        ("https://a.example/", "https://a.example/"),
        ("https://a.example/b", "https://a.example/b/"),
        ("https://a.example/b/index.html", "https://a.example/b/"),
        ("https://a.example/catalog.json", "https://a.example/"),
        ("https://a.example/v2.0", "https://a.example/v2.0/"),
        ("HTTPS://A.Example:443/B", "https://a.example/B/"),
        ("https://a.example:80/", "https://a.example:80/"),
        ("HTTP://LOCALHOST:80", "http://localhost/"),
        ("http://127.0.0.1:443/", "http://127.0.0.1:443/"),
        ("https://a.example:/", "https://a.example/"),
    ],
)
def test_a_sites_address(typed: str, home: str) -> None:
    assert UrlSource(typed).home == home


def test_a_badge_listed_many_times_is_looked_at_once(world: World, folder: Path) -> None:
    world.change("catalog.json", lambda d: d.update(listedAwards=d["listedAwards"] * 50))
    world.write(folder)
    source = UrlSource(world.base)
    source.load_catalog()
    assert len(verify_site(source, NOW).verdicts) == 1


@pytest.mark.parametrize("spell", [str.upper, lambda text: text.replace("localhost", "LocalHost")])
def test_a_site_asked_at_its_home_written_otherwise(world: World, spell: Callable[[str], str]) -> None:
    source = UrlSource(spell(world.base))
    source.load_catalog()
    assert verify_site(source, NOW).told() == []
    result = CliRunner().invoke(command, [spell(world.base), "--now", "2026-11-22"])
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("https://a.example", "https://a.example:443/"),
        ("https://a.example:443/", "https://A.example/"),
        ("http://localhost/", "http://localhost:80/"),
    ],
)
def test_a_sites_own_address_may_be_written_otherwise(
    typed: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(base)
    site = UrlSource(typed).home

    def served(url: str, *, largest: int = 0, may_be_private: bool = False) -> bytes:
        assert may_be_private
        return world.files[normal(url).removeprefix(site)]

    monkeypatch.setattr(web, "fetch", served)
    source = UrlSource(typed)
    source.load_catalog()
    report = verify_site(source, NOW)
    assert [problem.code for problem in report.problems] == []
    assert [verdict.state.value for verdict in report.verdicts] == ["valid"]


def test_a_copy_with_another_key_is_not_authentic_because_its_home_says_so(
    world: World, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = World(world.base)
    thief, issue = multikey(THIEF).encode(), multikey(ISSUE).encode()
    copy.files[".well-known/did.json"] = copy.files["did.json"].replace(issue, thief)
    copy.resign(award_json(PART), lambda d: d.update(name="Master"), THIEF)
    folder = tmp_path_factory.mktemp("copy")
    other = Host(copy.write(folder))
    # Both hosts are this machine: let the copy's reader ask the home, as it could on the public internet.
    monkeypatch.setattr(web, "is_public", lambda _: True)
    source = UrlSource(f"http://{other.authority}/")
    source.load_catalog()
    report = verify_site(source, NOW)
    other.server.shutdown()
    other.server.server_close()
    assert [problem.code for problem in report.problems] == ["copy"]
    [verdict] = [verdict for verdict in report.verdicts if "issued" in verdict.path]
    assert verdict.answers["authentic"].value == "not-authentic"
    assert "not by a key that localhost" in verdict.summary
    assert other.asked == ["/catalog.json", f"/{award_json(PART)}"]


def test_a_copy_whose_home_may_not_be_asked_is_unknown(host: Host, folder: Path) -> None:
    world = World("http://localhost:1/")
    world.write(folder)
    source = UrlSource(f"http://{host.authority}/{award_json(PART)}")
    verdict = verify_credential(source.read(source.target), source.target, source, NOW)
    assert verdict.state == "unknown"
    assert "not on the public internet" in verdict.summary


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("moved.json", "not followed"),
        ("large.json", "more than 2097152 bytes"),
        ("missing.json", "answered 404"),
        ("packed.json", "packed form"),
    ],
)
def test_answers_that_are_refused(host: Host, page: str, why: str) -> None:
    with pytest.raises(Unavailable, match=why):
        fetch(f"http://{host.authority}/{page}", may_be_private=True)


def test_a_slow_host_is_hung_up_on(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.5)
    started = time.monotonic()
    try:
        data = fetch(f"http://{host.authority}/slow.json", may_be_private=True)
    except Unavailable:
        data = b""
    assert time.monotonic() - started < 5
    assert len(data) < 50


def test_private_hosts_are_asked_only_if_typed(host: Host) -> None:
    with pytest.raises(Unavailable, match="not on the public internet"):
        fetch(f"http://{host.authority}/did.json")
    assert host.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://badges.example/did.json",
        "ftp://badges.example/did.json",
        "file:///etc/passwd",
        "https:///did.json",
        "https://user:secret@badges.example/did.json",
        "https://bädges.example/did.json",
        "https://badges.example:99999/did.json",
        "https://[::1/did.json",
        "",
    ],
)
def test_addresses_that_are_never_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_addresses", lambda *_: pytest.fail("asked"))
    with pytest.raises(Unavailable):
        fetch(url, may_be_private=True)


@pytest.mark.parametrize("url", ["http://badges.example/", "https://", "file:///x", "badges.example"])
def test_addresses_that_cannot_be_typed(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        UrlSource(url)


def test_a_password_is_not_taken_with_an_address() -> None:
    with pytest.raises(ValueError, match=r"^address must not hold a user name or a password$"):
        UrlSource("https://user:secret@badges.example/")
    result = CliRunner().invoke(command, ["https://user:secret@badges.example/", "--json"])
    assert result.exit_code == 2
    assert "secret" not in result.output


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("2002:0a00:0001::", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_parts_elsewhere_are_not_asked(world: World) -> None:
    source = UrlSource(world.base)
    source.load_catalog()
    with pytest.raises(Unavailable, match="not part of this site"):
        source.badge("https://other.example/issued/x/credential.json")
