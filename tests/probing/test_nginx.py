"""The hosting guide's nginx: every address of the demo site answers, and a probe finds what is wrong."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.assembling.addresses import award_json
from site_builder.cli import probe as cli
from site_builder.cli.probe import command
from site_builder.probing.headers import answer_problems
from site_builder.probing.listing import named_in, of_folder
from site_builder.probing.live import LiveSite
from site_builder.probing.resources import Resource, resource
from site_builder.verifying.web import Reply
from tests.support.nginx import free_port, nginx
from tests.verifying.world import PART, STACK, World

pytestmark = pytest.mark.nginx

TODAY = "2026-11-22"


@pytest.fixture(scope="module")
def demo_host(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    with nginx(demo_site, tmp_path_factory.mktemp("nginx")) as address:
        yield LiveSite(address)


def _addresses(site: Path, base: str) -> set[str]:
    """Return every address of the site that any of its files names, as a path below it."""
    named = re.compile(re.escape(base.encode()) + rb"([A-Za-z0-9._~/-]*)")
    files = (path for path in site.rglob("*") if path.suffix in {".html", ".json", ".js", ".xml", ".txt"})
    return {found.decode() for path in files for found in named.findall(path.read_bytes())}


def test_every_address_of_the_demo_site_answers_as_it_should(
    demo_site: Path, demo_base_url: str, demo_host: LiveSite
) -> None:
    named = {
        f"{path}index.html" if path.endswith("/") or not path else path
        for path in _addresses(demo_site, demo_base_url)
    }
    # The services in did.json say where lists and badges begin; nothing stands there itself.
    beginnings = {"issued/index.html", "status/index.html"}
    assert {path for path in named if not (demo_site / path).is_file()} == beginnings
    every = of_folder(demo_site, 0).items
    assert len(every) > 500
    assert named - beginnings <= {item.path for item in every}
    wrong = [
        f"{item.path}: {one.message}"
        for item, heard in demo_host.hear_all(every)
        for one in answer_problems(item, heard)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "kind", "readers", "keep"),
    [
        ("did.json", "application/json", "*", "max-age=300"),
        (".well-known/did.json", "application/json", "*", "max-age=300"),
        ("status/1.json", "application/json", "*", "max-age=300"),
        ("catalog.json", "application/json", "*", "max-age=3600"),
        ("", "text/html; charset=utf-8", None, "max-age=300"),
        ("verify/", "text/html; charset=utf-8", None, "max-age=300"),
        ("status/1.js", "application/javascript; charset=utf-8", None, "max-age=300"),
        ("issuers/mark.svg", "image/svg+xml", None, "max-age=3600"),
        ("robots.txt", "text/plain; charset=utf-8", None, "max-age=3600"),
    ],
)
def test_headers(demo_host: LiveSite, path: str, kind: str, readers: str | None, keep: str) -> None:
    heard = demo_host.hear(Resource(path, resource(path).kind))
    assert isinstance(heard, Reply)
    assert heard.status == 200
    assert heard.headers["content-type"] == kind
    assert heard.headers.get("access-control-allow-origin") == readers
    assert heard.headers["cache-control"] == keep
    assert heard.headers["x-content-type-options"] == "nosniff"


def test_what_has_a_fingerprint_is_kept_for_ever(demo_host: LiveSite, demo_site: Path) -> None:
    path = next(demo_site.glob("assets/stylesheets/main.*.min.css")).relative_to(demo_site).as_posix()
    heard = demo_host.hear(resource(path))
    assert isinstance(heard, Reply)
    assert heard.headers["cache-control"] == "max-age=31536000, immutable"


def test_what_is_not_there_is_not_there(demo_host: LiveSite, demo_site: Path) -> None:
    for path in ("nothing.json", "issued/index.html", "issued/nobody/credential.json"):
        heard = demo_host.hear(resource(path))
        assert isinstance(heard, Reply)
        assert heard.status == 404
        assert heard.body == (demo_site / "404.html").read_bytes()
        assert "cache-control" not in heard.headers


@dataclass
class Hosted:
    """A small site, and how its host is to be wrong before it is probed."""

    folder: Path
    scratch: Path
    below: str = ""
    port: int = field(default_factory=free_port)
    change: Callable[[str], str] = str

    def __post_init__(self) -> None:
        self.world = World(f"http://localhost:{self.port}/{self.below}")
        named = named_in(self.world.base, self.world.get("catalog.json"))
        for path in ("index.html", "404.html", "robots.txt", "sitemap.xml", *named):
            self.world.files.setdefault(path, b"<!doctype html>")
        self.world.write(self.folder)

    def probed(self, *words: str) -> Result:
        with nginx(self.folder, self.scratch, self.port, self.change, self.below) as address:
            return CliRunner().invoke(command, [address, "--now", TODAY, *words])

    def found(self, *words: str) -> list[tuple[str, str]]:
        """Return path and code of each problem."""
        report: dict[str, Any] = json.loads(self.probed("--json", *words).stdout)
        return [(one["path"], one["code"]) for one in report["problems"]]


@pytest.fixture
def hosted(tmp_path: Path) -> Hosted:
    (tmp_path / "nginx").mkdir()
    return Hosted(tmp_path / "site", tmp_path / "nginx")


def test_a_good_host_passes(hosted: Hosted) -> None:
    result = hosted.probed("--site", str(hosted.folder))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Everything was as it should be." in result.stdout
    assert "asked over plain http on this machine: no certificate was looked at" in result.stdout


def test_a_site_below_a_path_has_the_path_form_of_its_did(tmp_path: Path) -> None:
    (tmp_path / "nginx").mkdir()
    hosted = Hosted(tmp_path / "site", tmp_path / "nginx", below="a/college/")
    assert not (hosted.folder / ".well-known").exists()
    assert hosted.found("--site", str(hosted.folder)) == []


def test_without_the_folder_what_the_site_names_is_asked(hosted: Hosted) -> None:
    result = hosted.probed()
    assert (result.exit_code, result.stderr) == (0, "")
    rows = dict(re.findall(r"^  (.*?)  +(\d+) asked  good$", result.stdout, re.MULTILINE))
    assert rows == {
        "did.json": "2", "status lists": "1", "badges": "1", "achievements": "2", "catalog files": "3",
        "images": "2", "pages": "6", "unknown addresses": "3",
    }  # fmt: skip
    assert "unlisted badges are named nowhere on the site" in result.stdout


def _twice(line: str) -> Callable[[str], str]:
    return lambda example: example.replace(line, f"{line}\n{line}")


def _in_server(words: str) -> Callable[[str], str]:
    return lambda example: example.replace("index index.html;", f"index index.html;\n{words}")


CORS = "add_header Access-Control-Allow-Origin $badges_readers always;"


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (lambda e: e.replace(CORS, ""), ".well-known/did.json", "cors"),
        (_twice(CORS), "did.json", "cors"),
        (lambda e: e.replace('"*"', '"https://a.example"'), "did.json", "cors"),
        (_in_server("types { }"), "did.json", "content-type"),
        (_in_server("location = /did.json { return 301 /.well-known/did.json; }"), "did.json", "redirect"),
        (_in_server(r"location ~ /\. { deny all; }"), ".well-known/did.json", "missing"),
        (_in_server("location / { try_files $uri $uri/index.html /index.html; }"), "", "not-found"),
        (lambda e: e.replace('"max-age=300"', '"max-age=31536000"'), "did.json", "caching"),
        (lambda e: e.replace('"max-age=300"', '"max-age=300, immutable"'), "did.json", "caching"),
        (_in_server("location /status/ { return 401; }"), "status/1.json", "status"),
        (_in_server("location /status/ { add_header Content-Encoding gzip; }"), "status/1.json", "packed"),
    ],
)  # fmt: skip
def test_what_a_host_does_wrong_is_found(
    hosted: Hosted, change: Callable[[str], str], path: str, code: str
) -> None:
    hosted.change = change
    found = hosted.found("--site", str(hosted.folder))
    assert code in {one for where, one in found if not path or where in (path, ".well-known/did.json")}


def _altered(folder: Path, path: str, old: bytes, new: bytes) -> None:
    file = folder / path
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new, 1))


def test_an_altered_byte_is_found_and_does_not_verify(hosted: Hosted, tmp_path: Path) -> None:
    meant = hosted.world.write(tmp_path / "meant")
    _altered(hosted.folder, award_json(PART), b"A recording", b"A Recording")
    result = hosted.probed("--site", str(meant))
    assert result.exit_code == 3
    assert f"{award_json(PART)}: is not what the folder has" in result.stderr
    assert f"{award_json(PART)}: does not verify: " in result.stderr
    assert result.stdout.splitlines()[-1] == "Verifiers refuse what is there."


def test_an_altered_page_is_a_problem_though_everything_verifies(hosted: Hosted, tmp_path: Path) -> None:
    meant = hosted.world.write(tmp_path / "meant")
    _altered(hosted.folder, "index.html", b"doctype", b"DOCTYPE")
    result = hosted.probed("--site", str(meant))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "index.html: is not what the folder has"


def test_a_stale_list_is_told_once_and_not_of_every_badge(hosted: Hosted) -> None:
    result = hosted.probed("--now", "2026-12-01", "--site", str(hosted.folder))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "status/1.json: ran out on 29 November 2026: whether a badge was revoked is unknown since then",
        "  hint: look at the nightly run: badgepress status signs the lists anew, and they must be published",
        "1 problem, 0 warnings",
    ]


def test_a_list_that_nobody_renewed_for_days_is_warned_of(hosted: Hosted) -> None:
    result = hosted.probed("--now", "2026-11-27", "--site", str(hosted.folder))
    assert result.exit_code == 0
    assert "status/1.json: warning: runs out on 29 November 2026" in result.stderr


def test_a_site_at_another_address_than_its_own_is_found(hosted: Hosted) -> None:
    hosted.port = free_port()
    found = hosted.found("--site", str(hosted.folder))
    assert (".well-known/did.json", "did") in found
    assert ("catalog.json", "copy") in found


def test_one_message_for_all_badges_that_lack_the_same(hosted: Hosted) -> None:
    hosted.change = lambda example: example.replace(CORS, "")
    result = hosted.probed("--site", str(hosted.folder))
    told = [line for line in result.stderr.splitlines() if "has no Access-Control-Allow-Origin" in line]
    assert [line.partition(":")[0] for line in told] == [
        ".well-known/did.json", "status/1.json", award_json(PART),
        "credentials/listening/1.0/achievement.json",
    ]  # fmt: skip
    assert told[2].endswith("(and 3 more badges)")


def test_nobody_answers() -> None:
    result = CliRunner().invoke(command, [f"http://localhost:{free_port()}/"])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0].endswith("localhost did not answer")


def test_a_stack_is_asked_of_the_same_host_alone(hosted: Hosted) -> None:
    (hosted.folder / award_json(PART)).unlink()
    result = hosted.probed("--site", str(hosted.folder))
    assert f"{award_json(STACK)}: does not verify: " in result.stderr
    assert result.exit_code == 3


def _certificate(folder: Path, days: int) -> Path:
    """Make a certificate for localhost that nobody signed but its own key."""
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-days", str(days), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return folder / "fullchain.pem"


@pytest.mark.openssl
def test_https_with_a_certificate_that_is_trusted_or_not(
    hosted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = _certificate(hosted.scratch, days=9)
    words = ["--site", str(hosted.folder)]
    with nginx(hosted.folder, hosted.scratch, hosted.port, tls=True) as address:
        assert address.startswith("https://")
        result = CliRunner().invoke(command, [address, *words])
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{address}: localhost does not prove to be localhost: self-signed ")
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        trusted = CliRunner().invoke(command, [address, *words])
    assert f"{address}: warning: the host's certificate ends on " in trusted.stderr
    assert "no certificate was looked at" not in trusted.stdout
    assert "status lists" in trusted.stdout


def test_waiting_for_a_cache_to_give_up_the_old_site(
    hosted: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = hosted.world.write(tmp_path / "meant")
    _altered(hosted.folder, "index.html", b"doctype", b"DOCTYPE")
    looks: list[float] = []

    def publish(seconds: float) -> None:
        looks.append(seconds)
        (hosted.folder / "index.html").write_bytes((meant / "index.html").read_bytes())

    monkeypatch.setattr(cli, "sleep", publish)
    result = hosted.probed("--site", str(meant), "--wait", "60")
    assert (result.exit_code, result.stderr) == (0, "")
    assert looks == [5.0]
