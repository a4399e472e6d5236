"""``badgepress publish`` as a person types it, with the demo site and a real S3 server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import group
from site_builder.uploading import bucket
from tests.support.demo import DEMO_DAY
from tests.support.s3 import SECRET, S3Server
from tests.support.shared import REPOSITORY
from tests.uploading.sites import ONE, broken_promises, contents, publish, small_site, write


def run(*words: str) -> Result:
    """Type a command; no secret is ever in what it says."""
    done = CliRunner().invoke(group, ["publish", *words, "--now", DEMO_DAY], catch_exceptions=False)
    assert SECRET not in done.output
    return done


def test_the_demo_site_is_published_and_a_killed_run_completed(s3: S3Server, demo_site: Path) -> None:
    words = ("publish", "s3://badges/demo", "--site", str(demo_site), "--now", DEMO_DAY)
    files = contents(demo_site)
    dry = run(*words[1:], "--dry-run", "--json")
    said = json.loads(dry.stdout)
    assert (dry.exit_code, len(said["written"]), s3.objects("demo")) == (0, len(files), {})
    _kill_after(30, s3, "demo", words)
    assert 30 <= len(s3.objects("demo")) < len(files)
    assert broken_promises(s3.folder / "badges/demo") == []
    done = run(*words[1:])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Published to s3://badges/demo: ")
    assert contents(s3.folder / "badges/demo") == files


def _kill_after(number: int, s3: S3Server, prefix: str, words: tuple[str, ...]) -> None:
    """Kill a run of its own process with no warning once so many objects are there."""
    command = [sys.executable, "-m", "site_builder", *words]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        end = time.monotonic() + 60
        while len(s3.objects(prefix)) < number and process.poll() is None and time.monotonic() < end:
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def test_a_site_that_does_not_verify_is_not_published(s3: S3Server, demo_copy: Path) -> None:
    badge = next(demo_copy.glob("issued/*/credential.json"))
    badge.write_bytes(badge.read_bytes().replace(b'"', b"'", 1))
    done = run("s3://badges/bad", "--site", str(demo_copy))
    assert done.exit_code == 3
    first = done.stderr.splitlines()[0]
    assert first == "error: the site does not verify; nothing was published"
    assert s3.objects("bad") == {}


def test_what_is_no_site_and_what_is_a_preview_is_not_published(s3: S3Server, tmp_path: Path) -> None:
    done = run("s3://badges/none", "--site", str(tmp_path))
    assert done.exit_code == 2
    assert "not a site that badgepress built" in done.stderr
    write(
        tmp_path, "catalog.json", '{"site": "https://preview.invalid/", "issuer": "did:web:preview.invalid"}'
    )
    done = run("s3://badges/none", "--site", str(tmp_path), "--json")
    assert done.exit_code == 2
    assert f"{tmp_path} is a preview, made for https://preview.invalid/" in done.stderr
    assert json.loads(done.stdout)["ok"] is False
    assert s3.objects("none") == {}


@pytest.mark.parametrize(
    ("target", "environment", "says"),
    [
        ("s3://badges/x", {"AWS_SECRET_ACCESS_KEY": "wrong"}, "SignatureDoesNotMatch"),
        ("s3://badges/x", {"AWS_ACCESS_KEY_ID": ""}, "the environment has no credentials for S3"),
        ("s3://nobody", {}, "the server refuses for s3://nobody: NoSuchBucket"),
        (
            "s3://badges/x",
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
            "the server of s3://badges/x does not answer",
        ),
        ("s3:/badges", {}, "the target must be s3://BUCKET"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(
    s3: S3Server,
    monkeypatch: pytest.MonkeyPatch,
    demo_site: Path,
    target: str,
    environment: dict[str, str],
    says: str,
) -> None:
    monkeypatch.setattr(bucket, "_TRIES", 0)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = run(target, "--site", str(demo_site))
    assert done.exit_code == 2
    assert says in done.stderr.splitlines()[0]
    assert done.stderr.splitlines()[1].startswith("hint: ")


def test_without_the_extra_it_is_asked_for(
    s3: S3Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "obstore.exceptions", None)
    monkeypatch.delitem(sys.modules, "site_builder.uploading.bucket")
    done = run("s3://badges/x", "--site", str(tmp_path))
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "error: publishing to S3 needs the package obstore, which is not installed",
        "hint: install badgepress[s3]: requirements/s3.txt has the versions",
    ]


def test_a_lost_badge_ends_with_1_and_its_path(s3: S3Server, demo_site: Path, tmp_path: Path) -> None:
    publish(small_site(tmp_path / "site", [ONE]), s3.bucket("less-by-one"))
    done = run("s3://badges/less-by-one", "--site", str(demo_site), "--json")
    assert done.exit_code == 1
    line = f"issued/{ONE}/credential.json: is published"
    assert f"  {line}" in done.stderr.splitlines()
    assert json.loads(done.stdout)["details"] == [line]
