"""The commands as their users type them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.end_to_end.press import COMMAND, build, copy_of_demo, digests, few_awards, press
from tests.support.demo import DEMO_DAY
from tests.support.shared import REPOSITORY

SPEC = "credentials/plain-writing-at-work.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return few_awards(copy_of_demo(tmp_path / "repository"))


def change(root: Path, path: str, old: str, new: str) -> int:
    """Replace a whole line and return its number."""
    lines = (root / path).read_text("utf-8").splitlines()
    number = lines.index(old)
    lines[number] = new
    (root / path).write_text("\n".join(lines) + "\n", "utf-8")
    return number + 1


def test_the_newcomers_story(root: Path) -> None:
    """Build, break one line, be told in plain words, mend it, see the page change."""
    site = build(root)
    before = digests(site)
    line = change(root, SPEC, "level: foundational", "level: expert")
    told = press("build", "--now", DEMO_DAY, root=root)
    assert told.returncode == 1
    assert told.stdout == ""
    assert f"{SPEC}:{line}: level must be foundational, intermediate or advanced, not 'expert'" in told.stderr
    assert digests(site) == before
    change(root, SPEC, "level: expert", "level: foundational")
    name = next(text for text in (root / SPEC).read_text("utf-8").splitlines() if text.startswith("name:"))
    change(root, SPEC, name, "name: Writing that people read")
    page = build(root) / "credentials/plain-writing-at-work/index.html"
    assert "Writing that people read" in page.read_text("utf-8")


def test_every_mistake_of_a_run_is_told_at_once(root: Path) -> None:
    change(root, SPEC, "level: foundational", "level: expert")
    (root / "credentials/broken.yaml").write_text("id: broken\nname: [\n", "utf-8")
    (root / "frameworks/empty.yaml").write_text("# later\n", "utf-8")
    told = press("check", "--now", DEMO_DAY, "--json", root=root)
    assert told.returncode == 1
    report = json.loads(told.stdout)
    codes = [(problem["path"], problem["code"]) for problem in report["problems"]]
    assert codes == [
        ("credentials/broken.yaml", "yaml-syntax"),
        (SPEC, "bad-choice"),
        ("frameworks/empty.yaml", "empty-file"),
    ]
    again = press("check", "--now", DEMO_DAY, "--json", root=root)
    assert again.stdout == told.stdout


def test_check_writes_nothing(root: Path) -> None:
    before = digests(root)
    done = press("check", "--now", DEMO_DAY, root=root)
    assert done.returncode == 0, done.stderr
    counts, drafts = done.stdout.splitlines()
    assert re.fullmatch(r"All good: \d+ credentials, 2 frameworks, \d+ awards\.", counts)
    assert drafts == "Drafts beside these, which are checked and not published: 1."
    # What it worked out is kept for the next run, where git does not see it.
    after = {path: digest for path, digest in digests(root).items() if not path.startswith(".badgepress/")}
    assert after == before


def test_an_award_of_tomorrow_is_refused_today(root: Path) -> None:
    told = press("check", "--now", "2025-01-01", root=root)
    assert told.returncode == 1
    assert "is in the future: today is 2025-01-01 (UTC)" in told.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["build", "--now", "22/11/2026"], "must be a date, not"),
        (["build", "--output", "credentials/site"], "lies inside credentials/"),
        (["verify", "nowhere"], "nowhere"),
        (["new", "credential", "Bad_Id"], "ids use a-z, 0-9 and dash"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_usage_exits_with_2(root: Path, words: list[str], message: str) -> None:
    told = press(*words, root=root)
    assert told.returncode == 2, told.stderr
    assert message in told.stderr


def test_what_new_writes_passes_check_and_builds(root: Path) -> None:
    for words in (
        ["new", "framework", "green-skills"],
        ["new", "credential", "heat-pump-basics", "--name", 'Heat "pump" basics: 1'],
        ["new", "credential", "heat-pump-fitter", "--kind", "microcredential", "--level", "advanced"],
    ):
        done = (
            press(*words, "--now", DEMO_DAY, root=root)
            if words[1] == "credential"
            else press(*words, root=root)
        )
        assert done.returncode == 0, done.stderr
    checked = press("check", "--now", DEMO_DAY, root=root)
    assert checked.returncode == 0, checked.stderr
    assert checked.stderr == ""
    spec = "credentials/heat-pump-basics.yaml"
    text = (root / spec).read_text("utf-8")
    (root / spec).write_text(text.replace("status: draft ", "status: active"), "utf-8")
    page = build(root) / "credentials/heat-pump-basics/index.html"
    assert "Heat &#34;pump&#34; basics: 1" in page.read_text("utf-8")
    assert not (root / "site/credentials/heat-pump-fitter").exists()


def test_new_never_overwrites(root: Path) -> None:
    before = digests(root)
    told = press("new", "credential", "plain-writing-at-work", root=root)
    assert told.returncode == 1
    assert "exists already" in told.stderr
    assert digests(root) == before


def test_a_new_version_keeps_the_old_one(root: Path) -> None:
    old = (root / SPEC).read_text("utf-8")
    done = press("new", "version", "plain-writing-at-work", "7.0", root=root)
    assert done.returncode == 0, done.stderr
    assert 'version: "7.0"' in (root / SPEC).read_text("utf-8")
    kept = next((root / "credentials/plain-writing-at-work").glob("*.yaml")).read_text("utf-8")
    assert kept == old.replace("=../docs/", "=../../docs/")
    site = build(root)
    versions = sorted(
        path.parent.name for path in site.glob("credentials/plain-writing-at-work/*/achievement.json")
    )
    assert versions[-1] == "7.0"
    assert len(versions) >= 2


@pytest.mark.parametrize(
    ("line", "version", "message"),
    [
        ("version: '1.0'  # the first", "0.9", "VERSION must be later than 1.0, not 0.9"),
        ("version: '1.0'  # the first", "1.0", "VERSION must be later than 1.0, not 1.0"),
        ("version: '1.0'  # the first", "2.0", ""),
    ],
)
def test_a_new_version_must_be_later(root: Path, line: str, version: str, message: str) -> None:
    change(root, SPEC, 'version: "1.0"', line)
    before = digests(root)
    done = press("new", "version", "plain-writing-at-work", version, root=root)
    if message:
        assert done.returncode == 2
        assert message in done.stderr
        assert digests(root) == before
    else:
        assert done.returncode == 0, done.stderr
        assert 'version: "2.0"  # the first' in (root / SPEC).read_text("utf-8").splitlines()


def test_a_build_without_mkdocs_does_not_take_the_catalog_away(root: Path, tmp_path: Path) -> None:
    before = digests(build(root))
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import sys, importlib.util as u\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name in ('mkdocs', 'material') else find(name, *more)\n",
        "utf-8",
    )
    env = {"PYTHONPATH": f"{hidden}{os.pathsep}{REPOSITORY}"}
    told = press("build", "--now", DEMO_DAY, "--json", root=root, env=env)
    assert told.returncode == 2
    assert "has catalog pages, and this build would make none" in json.loads(told.stdout)["error"]
    assert digests(root / "site") == before
    assert press("build", "--now", DEMO_DAY, "--awards-only", root=root, env=env).returncode == 0


def test_a_refusal_is_json_too(root: Path) -> None:
    told = press("build", "--now", DEMO_DAY, "--json", "--output", "docs/site", root=root)
    report = json.loads(told.stdout)
    assert (told.returncode, report["ok"], report["problems"]) == (2, False, [])
    assert "lies inside docs/" in report["error"]


WRONG_BITS = """
import sys
import site_builder.assembling.status as status
encode = status.encode_list
status.encode_list = lambda bits: encode([])
sys.argv = ["badgepress", "build", "--awards-only", "--now", sys.argv[1]]
from site_builder.cli import main
main()
"""


def test_a_site_that_says_something_else_than_we_mean_is_not_published(root: Path) -> None:
    """A fault of ours that loses a revocation: every signature is right, and yet the site is wrong."""
    award_file = next((root / "issued").rglob("*.yaml"))
    text = award_file.read_text("utf-8").rstrip("\n")
    award_file.write_text(text + "\n    revoked:\n      date: 2026-11-20\n      reason: Error.\n", "utf-8")
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [COMMAND[0], "-c", WRONG_BITS, DEMO_DAY],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "credential.json: is valid, meant to be revoked" in done.stderr
    assert not (root / "site").exists()


def test_keygen_writes_a_file_for_its_owner_and_prints_the_public_half(tmp_path: Path) -> None:
    key = tmp_path / "issue.key"
    done = press("keygen", "--role", "issue", "--out", str(key), root=tmp_path)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_text("ascii").strip()
    assert secret not in done.stdout + done.stderr
    assert re.search(r"^    public_key: z6Mk\w{44}$", done.stdout, re.MULTILINE)
    again = press("keygen", "--role", "issue", "--out", str(key), root=tmp_path)
    assert again.returncode == 1
    assert key.read_text("ascii").strip() == secret


def test_keygen_refuses_a_place_that_git_would_track(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    told = press("keygen", "--role", "issue", "--out", "issued/issue.key", root=root)
    assert told.returncode == 2
    assert not (root / "issued/issue.key").exists()


def test_schema_is_fresh_in_the_repository() -> None:
    done = press("schema", "--check", root=REPOSITORY)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "docs/ is fresh\n"


def test_a_mistake_in_docs_is_told_and_nothing_is_published(root: Path) -> None:
    site = build(root)
    before = digests(site)
    with (root / "docs/guides/designer.md").open("a", encoding="utf-8") as page:
        page.write("\n[gone](nowhere.md)\n")
    told = press("build", "--now", DEMO_DAY, root=root)
    assert told.returncode == 1, told.stderr
    assert "nowhere.md" in told.stderr
    assert "Traceback" not in told.stderr
    assert digests(site) == before


def test_a_failure_of_ours_is_told_without_a_traceback(root: Path) -> None:
    code = (
        "import sys, site_builder.publishing.checking as b\n"
        "def survey(*asked): raise RuntimeError('z3u2 secret in the text')\n"
        "b.survey = survey\n"
        "sys.argv = ['badgepress', 'check']\n"
        "from site_builder.cli import main\nmain()\n"
    )
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [COMMAND[0], "-c", code], cwd=root, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 70
    assert "badgepress failed where it should not (RuntimeError at <string>:2)\n" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def fetched(url: str) -> str:
    """Return the page at ``url``; the server may need a moment before it listens."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                text: str = answer.read().decode("utf-8")
                return text
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


def test_serve_rebuilds_and_tells_mistakes_while_the_old_site_stays_up(root: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [*COMMAND, "serve", "--port", str(port), "--now", DEMO_DAY]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    log = (root.parent / "log").open("w+", encoding="utf-8")
    process = subprocess.Popen(words, cwd=root, env=env, stdout=log, stderr=log, start_new_session=True)

    def wait_for(pattern: str) -> re.Match[str]:
        for _ in range(600):
            found = re.search(pattern, (root.parent / "log").read_text("utf-8"))
            if found:
                return found
            assert process.poll() is None, (root.parent / "log").read_text("utf-8")
            time.sleep(0.1)
        raise AssertionError(f"{pattern} never came: " + (root.parent / "log").read_text("utf-8"))

    try:
        url = wait_for(r"Serving .* on (http://\S+)").group(1)
        page = url.rstrip("/") + "/credentials/plain-writing-at-work/"
        assert "livereload" in fetched(page)
        change(root, SPEC, "level: foundational", "level: expert")
        wait_for("level must be foundational")
        assert "Foundational" in fetched(page)
        change(root, SPEC, "level: expert", "level: advanced")
        wait_for("rebuilt")
        assert "Advanced" in fetched(page)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
        log.close()
