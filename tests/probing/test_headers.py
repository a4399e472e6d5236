"""One answer of a host, header by header."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import pytest

from site_builder.probing import probe as probing
from site_builder.probing.headers import absence_problems, answer_problems, packed_problems
from site_builder.probing.live import ORIGIN, LiveSite
from site_builder.probing.resources import Resource, resource
from site_builder.verifying.sources import Unavailable
from site_builder.verifying.web import Reply, Unproven

GOOD = {
    "content-type": "application/json; charset=utf-8",
    "access-control-allow-origin": "*",
    "cache-control": "max-age=600",
}
DID = resource("did.json")


def _told(item: Resource, /, *, status: int = 200, **headers: str) -> list[str]:
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {name: value for name, value in {**GOOD, **changed}.items() if value}
    return [one.message for one in answer_problems(item, Reply(status, sent, b""))]


@pytest.mark.parametrize(
    ("path", "kind", "type_"),
    [
        ("did.json", "did.json", "application/json"),
        (".well-known/did.json", "did.json", "application/did+json"),
        ("status/12.json", "status lists", "application/vc+ld+json"),
        ("issued/1/credential.json", "badges", "application/json"),
        ("credentials/a/1.0/achievement.json", "achievements", "application/json"),
        ("credentials/a/1.0/badge.svg", "images", "image/svg+xml"),
        ("contexts/v1.jsonld", "contexts", "application/ld+json"),
        ("catalog.json", "catalog files", "application/json"),
        ("sitemap.xml", "catalog files", "text/xml"),
        ("fr/credentials/index.html", "pages", "text/html; charset=utf-8"),
        ("status/1.js", "script twins", "text/javascript"),
        ("assets/badgepress/check.js", "scripts and styles", "application/javascript; charset=utf-8"),
        ("assets/badgepress/fonts/a.woff2", "scripts and styles", "application/font-woff2"),
    ],
)
def test_kinds_and_good_types(path: str, kind: str, type_: str) -> None:
    assert resource(path).kind.name == kind
    assert _told(resource(path), content_type=type_) == []


def test_addresses_of_pages_end_with_a_slash() -> None:
    paths = ("index.html", "a/b/index.html", "404.html", "a/index.json")
    assert [resource(path).address for path in paths] == ["", "a/b/", "404.html", "a/index.json"]


@pytest.mark.parametrize(
    ("path", "headers", "message"),
    [
        (
            "did.json", {"content_type": "text/html"},
            "has the type 'text/html', where application/json is expected",
        ),
        ("did.json", {"content_type": ""}, "has no Content-Type, where application/json is expected"),
        (
            "did.json", {"access_control_allow_origin": ""},
            "has no Access-Control-Allow-Origin, so verifiers that run in a browser cannot read it",
        ),
        (
            "did.json", {"access_control_allow_origin": "*, *"},
            "has Access-Control-Allow-Origin '*, *', where a single * is expected",
        ),
        (
            "did.json", {"access_control_allow_origin": ORIGIN},
            "allows the origin that asked, without `Vary: Origin`: caches hand it to others",
        ),
        ("did.json", {"content_encoding": "gzip"}, "comes packed as 'gzip', though that was not asked for"),
        (
            "status/1.json", {"cache_control": "public, max-age=60, s-maxage=604800"},
            "may be kept by caches for 7 days, where at most 1 day is expected",
        ),
        (
            "status/1.json", {"cache_control": "max-age=60, immutable"},
            "is called immutable, and it changes: caches would not ask for it again",
        ),
        (
            "status/1.json", {"cache_control": ""},
            "does not say how long caches may keep it, so each decides for itself",
        ),
        (
            "did.json",
            {
                "cache_control": "",
                "date": "Sun, 22 Nov 2026 00:00:00 GMT",
                "expires": "Tue, 24 Nov 2026 00:00:00 GMT",
            },
            "may be kept by caches for 2 days, where at most 1 day is expected",
        ),
    ],
)  # fmt: skip
def test_wrong_headers(path: str, headers: dict[str, Any], message: str) -> None:
    assert _told(resource(path), **headers) == [message]


@pytest.mark.parametrize(
    "headers",
    [
        {"access_control_allow_origin": ORIGIN, "vary": "Accept-Encoding, Origin"},
        {"cache_control": "no-cache"},
        {"cache_control": "", "date": "Sun, 22 Nov 2026 00:00:00 GMT", "expires": "0"},
        {"content_encoding": "identity"},
    ],
)
def test_good_headers_written_otherwise(headers: dict[str, Any]) -> None:
    assert _told(DID, **headers) == []


def test_pages_need_no_cross_origin_reads() -> None:
    assert _told(resource("index.html"), content_type="text/html", access_control_allow_origin="") == []


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (301, "answers 301 and sends on to 'https://www.badges.example/<U+001B>[2J'"),
        (404, "is not there: the host answers 404"),
        (401, "answers 401, where 200 is expected"),
    ],
)
def test_wrong_statuses(status: int, message: str) -> None:
    assert _told(DID, status=status, location="https://www.badges.example/\x1b[2J") == [message]


def test_the_hint_for_a_hidden_file_names_what_hides_it() -> None:
    [problem] = answer_problems(resource(".well-known/did.json"), Reply(404, {}, b""))
    assert "include-hidden-files: true" in problem.hint


def test_no_answer() -> None:
    [problem] = answer_problems(DID, Unavailable("badges.example did not answer in time"))
    assert problem.message == "cannot be had: badges.example did not answer in time"


@pytest.mark.parametrize(
    ("status", "codes"), [(404, []), (410, []), (403, [False]), (200, [True]), (302, [True])]
)
def test_where_nothing_stands(status: int, codes: list[bool]) -> None:
    found = absence_problems(resource("nothing.json"), Reply(status, {}, b""))
    assert [one.is_error for one in found] == codes


@pytest.mark.parametrize(
    ("packing", "body", "good"),
    [
        ("identity", b"{}", True),
        ("gzip", gzip.compress(b"{}"), True),
        ("gzip", gzip.compress(b"{ }"), False),
        ("gzip", b"{}", False),
        ("gzip", gzip.compress(b"{}")[:-3], False),
        ("gzip", gzip.compress(b" " * 3_000_000), False),
        ("br", b"{}", False),
    ],
)
def test_the_packed_form_is_the_same_file(packing: str, body: bytes, good: bool) -> None:
    heard = Reply(200, {"content-encoding": packing}, body)
    assert (list(packed_problems(DID, b"{}", heard)) == []) is good


NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_certificate_that_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    site = LiveSite("https://badges.example/college")
    ends = datetime(2026, 11, 30, tzinfo=UTC).timestamp()
    monkeypatch.setattr(LiveSite, "hear", lambda *_: Reply(404, {}, b"", ends))
    first = probing.probe(site, NOW, None, 0).problems[0]
    assert (first.path, first.is_error) == ("https://badges.example/college/", False)
    assert first.message == "the host's certificate ends on 30 November 2026"


def test_a_certificate_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    site = LiveSite("https://badges.example")
    reason = "badges.example does not prove to be badges.example: certificate has expired"
    monkeypatch.setattr(LiveSite, "hear", lambda *_: Unproven(reason))
    [problem] = probing.probe(site, NOW, None, 0).problems
    assert (problem.code, problem.message, problem.is_error) == ("certificate", reason, True)


@pytest.mark.parametrize(
    "typed", ["http://badges.example/", "badges.example", "https://u:secret@badges.example/"]
)
def test_addresses_that_are_not_asked(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^address must "):
        LiveSite(typed)
