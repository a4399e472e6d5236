"""What servers may answer: conditions that fail, ETags that are no MD5, no conditional writes, refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from obstore.exceptions import GenericError, NotSupportedError
from obstore.store import MemoryStore

from site_builder.uploading.answers import refusal
from site_builder.uploading.bucket import Bucket, open_bucket
from site_builder.uploading.difference import Stored
from site_builder.uploading.files import described
from site_builder.uploading.headers import headers_of
from site_builder.uploading.refused import UploadRefused
from site_builder.uploading.target import Target, parse_endpoint, parse_target
from tests.uploading.sites import ONE, contents, publish, small_site, write_award

PAGE = described("index.html", b"new")


class Unguarded(MemoryStore):
    """A server that knows no conditional writes, and says so."""

    def put(self, path: str, file: Any, **words: Any) -> Any:
        if words.get("mode", "overwrite") != "overwrite":
            raise NotSupportedError("501")
        return super().put(path, file, **words)


def test_etags_that_are_no_md5_are_not_believed_and_the_mark_is_asked(tmp_path: Path) -> None:
    site, bucket = small_site(tmp_path / "site"), Bucket(MemoryStore(), "memory")
    assert len(publish(site, bucket).written) == len(contents(site))
    assert publish(site, bucket).written == []
    write_award(site, ONE, "signed again")
    assert len(publish(site, bucket).written) == 3


@pytest.mark.parametrize("seen", [None, Stored(3, "0")])
def test_what_somebody_else_writes_meanwhile_is_not_written_over(seen: Stored | None) -> None:
    store = MemoryStore()
    store.put("index.html", b"was")
    if seen:
        store.put("index.html", b"theirs")
    with pytest.raises(UploadRefused) as refused:
        Bucket(store, "s3://b").put(PAGE, b"new", seen)
    assert str(refused.value) == "somebody else changed index.html in s3://b meanwhile"
    assert bytes(store.get("index.html").bytes()) == (b"theirs" if seen else b"was")


def test_what_an_answer_that_was_lost_had_written_already_is_good() -> None:
    bucket = Bucket(MemoryStore(), "s3://b")
    bucket.put(PAGE, b"new", None)
    bucket.put(PAGE, b"new", None)
    assert bucket.mark("index.html") == PAGE.mark


def test_a_server_without_conditional_writes_is_written_to_without(tmp_path: Path) -> None:
    site, bucket = small_site(tmp_path / "site"), Bucket(Unguarded(), "memory")
    assert bucket.is_guarded
    publish(site, bucket)
    assert not bucket.is_guarded
    assert publish(site, bucket).written == []


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("403 <Code>AccessDenied</Code>", "the server refuses for s3://b: AccessDenied", "s3:PutObject"),
        ("<Code>PermanentRedirect</Code>", "the server refuses for s3://b: PermanentRedirect", "AWS_REGION"),
        ("<Code>SlowDown</Code>", "the server refuses for s3://b: SlowDown", "it goes on where it stopped"),
        (
            "non-2xx status code: 503 Service",
            "the server answers 503 for s3://b",
            "it goes on where it stopped",
        ),
        ("HTTP error: error sending", "the server of s3://b does not answer", "--endpoint"),
        ("sekrit", "s3://b cannot be used (GenericError)", "it goes on where it stopped"),
    ],
)
def test_answers_are_told_in_words_and_not_repeated(text: str, message: str, hint: str) -> None:
    refused = refusal(GenericError(text), "s3://b")
    assert str(refused) == message
    assert hint in refused.hint


def test_targets() -> None:
    assert parse_target("s3://badges") == parse_target("s3://badges/") == Target("badges", "")
    assert parse_target("s3://badges/a/b/") == Target("badges", "a/b")
    assert (str(Target("badges", "")), str(Target("badges", "a/b"))) == ("s3://badges", "s3://badges/a/b")


@pytest.mark.parametrize(
    "text",
    ["badges", "file:///srv", "s3://", "s3://B", "s3://key:sekrit@badges", "s3://badges/../x", "s3://b/a//b"],
)
def test_what_is_no_target_is_refused_and_not_quoted(text: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        parse_target(text)
    assert str(refused.value) == "the target must be s3://BUCKET or s3://BUCKET/PREFIX"
    assert "sekrit" not in refused.value.hint


def test_endpoints() -> None:
    assert parse_endpoint(None) is parse_endpoint("") is None
    assert parse_endpoint("https://s3.example.org/") == "https://s3.example.org"
    assert parse_endpoint("http://127.0.0.1:9000") == "http://127.0.0.1:9000"
    assert parse_endpoint("http://[::1]:9000") == "http://[::1]:9000"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("http://s3.example.org", "the endpoint must begin with https://"),
        ("ftp://s3.example.org", "the endpoint must begin with https://"),
        ("https://key:sekrit@s3.example.org", "the endpoint must be the address of a server"),
        ("s3.example.org", "the endpoint must be the address of a server"),
        ("https://s3.example.org:x", "the endpoint must be the address of a server"),
    ],
)
def test_what_is_no_endpoint_is_refused_and_not_quoted(text: str, message: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        parse_endpoint(text)
    assert str(refused.value) == message


def test_without_credentials_nothing_is_asked() -> None:
    with pytest.raises(UploadRefused, match=r"^the environment has no credentials for S3$"):
        open_bucket(Target("badges", ""), None, {"AWS_ACCESS_KEY_ID": ""})


def test_a_setting_that_cannot_be_used_is_told_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "sesame")
    with pytest.raises(UploadRefused, match="begins with AWS_ has a value that cannot be used") as refused:
        open_bucket(Target("badges", ""), None, {"AWS_ACCESS_KEY_ID": "a"})
    assert "sesame" not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("issued/x/badge.jsonld", "application/ld+json"),
        ("issued/x/badge.vc", "application/vc"),
        ("assets/badgepress/LICENSES.txt", "text/plain; charset=utf-8"),
        ("assets/cards/x.png", "image/png"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("CNAME", "text/plain; charset=utf-8"),
        (".badgepress", "text/plain; charset=utf-8"),
        ("docs/SCAN.PDF", "application/pdf"),
        ("docs/data.parquet", "application/octet-stream"),
    ],
)
def test_types_go_by_names(path: str, content_type: str) -> None:
    assert headers_of(path).content_type == content_type


def test_only_what_has_a_hash_in_its_name_is_kept_for_ever() -> None:
    kept = {
        "assets/javascripts/bundle.a5f9d56c.min.js.map": "public, max-age=31536000, immutable",
        "assets/report.20261122.png": "public, max-age=3600",
        "assets/badgepress/site.js": "public, max-age=300",
        "issued/x/credential.json": "public, max-age=3600",
        "status/1.json": "public, max-age=300",
    }
    assert {path: headers_of(path).cache_control for path in kept} == kept
