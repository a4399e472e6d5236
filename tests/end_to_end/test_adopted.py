"""A stranger adopts the press: `init`, and a first push, by the steps of the files that it wrote."""

from __future__ import annotations

import json
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from site_builder.cli import group
from site_builder.keys import Role
from site_builder.starters.making import key_file
from tests.end_to_end.college import BELOW, noon
from tests.end_to_end.press import press
from tests.starters.sample import PRESS
from tests.support.forge.expressions import condition
from tests.support.forge.repository import Forge
from tests.support.forge.settings import Environment, Settings
from tests.support.git import committed, git
from tests.support.nginx import nginx

ADDRESS = "https://lakeside.github.io/badges/"
ANSWERS = (
    *("--name", 'Lakeside "College": #1', "--url", ADDRESS, "--host", "github"),
    *("--country", "GB", "--press", str(PRESS), "--yes"),
)


def init(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `badgepress init college` in a folder."""
    return press("init", "college", *words, root=folder)


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a folder with a new repository and its keys, and what was said."""
    folder = tmp_path_factory.mktemp("adopted")
    finished = init(folder, *ANSWERS)
    assert finished.returncode == 0, finished.stderr
    return folder, finished.stdout + finished.stderr


def test_no_key_is_told(adopted: tuple[Path, str]) -> None:
    folder, said = adopted
    for role in Role:
        assert key_file(folder / "college-keys", role).read_text().strip() not in said
        assert f"{role.variable} of the environment " in said
    assert "did:web:lakeside.github.io:badges" in said


def test_it_builds_and_verifies_at_once(adopted: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = adopted
    keys = {f"{role.variable}_FILE": str(key_file(folder / "college-keys", role)) for role in Role}
    started = time.monotonic()
    again = init(tmp_path, *ANSWERS)
    built = press("build", "--output", str(tmp_path / "site"), root=folder / "college", env=keys)
    verified = press("verify", str(tmp_path / "site"), root=tmp_path)
    print(f"init, build and verify: {time.monotonic() - started:.1f} seconds")
    assert [again.returncode, built.returncode, verified.returncode] == [0, 0, 0], built.stderr
    did = json.loads((tmp_path / "site/did.json").read_bytes())
    assert did["id"] == "did:web:lakeside.github.io:badges"
    assert not (tmp_path / "site/.well-known").exists()
    assert not any((tmp_path / "site/issued").glob("*/credential.json"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--name", "${{ x }}"), "--name has '${{'"),
        (("--url", "http://a.example.org/"), "--url must start with https://, not 'http://'"),
        (("--press", "acme/press@v1"), "--press must be OWNER/REPO@COMMIT"),
        (("--country", "gb"), "--country must be two capital letters"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_written(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    finished = CliRunner().invoke(group, ["init", str(tmp_path / "college"), *ANSWERS, *words])
    assert finished.exit_code == 2
    assert said in finished.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.nginx
def test_the_first_push_publishes_a_site_that_claims_nothing(
    adopted: tuple[Path, str], tmp_path: Path
) -> None:
    folder, _ = adopted
    root, keys, live = folder / "college", folder / "college-keys", tmp_path / "live"
    places = {"github-pages": Environment()}
    for name, role in (("signing", Role.ISSUE), ("status", Role.STATUS)):
        places[name] = Environment({role.variable: key_file(keys, role).read_text().strip()})
    for path in (live, tmp_path / "nginx"):
        path.mkdir()
    with nginx(live, tmp_path / "nginx", below=BELOW) as address:
        settings = root / "mkdocs.yml"
        settings.write_text(settings.read_text("utf-8").replace(ADDRESS, address), encoding="utf-8")
        committed(root, "Begin")
        today = noon(datetime.now(UTC).date())
        forge = Forge(tmp_path / "forge", live, address, today, Settings(places, press=PRESS.repository))
        forge.begin(root)
        (run,) = forge.happen(forge.on_main("push"))
        (again,) = forge.happen(forge.on_main("push"))
    others = dict.fromkeys(("plan", "sign-status", "record", "build", "deploy", "probe"), "success")
    assert run.ended == {**others, "sign": "skipped"}, run.log
    # On the same day all is signed: there are no new proofs to record.
    assert again.ended == {**others, "sign": "skipped", "sign-status": "skipped"}, again.log
    assert (live / "did.json").is_file()
    assert (live / ".nojekyll").is_file()
    assert json.loads((live / "catalog.json").read_bytes())["credentials"] == []
    assert git(forge.bare, "ls-tree", "-r", "--name-only", "proofs") == "status.jsonl"


@pytest.mark.parametrize(
    ("event", "awards", "runs"), [("push", "3", 1), ("push", "0", 0), ("schedule", "3", 0)]
)
def test_the_issue_key_signs_what_was_merged_and_sleeps_at_night(
    adopted: tuple[Path, str], event: str, awards: str, runs: int
) -> None:
    text = (adopted[0] / "college/.github/workflows/publish.yml").read_text("utf-8")
    needs = {"plan": {"result": "success", "outputs": {"awards": awards}}}
    good = {"success": True, "failure": False, "cancelled": False, "always": True}
    contexts = {"needs": needs, "github": {"event_name": event}, "vars": {}}
    assert condition(yaml.safe_load(text)["jobs"]["sign"]["if"], contexts, good) == bool(runs)


def test_it_asks_until_an_answer_is_good(tmp_path: Path) -> None:
    said = "\nLake\tside\nLakeside\nx\nhttps://badges.lakeside.ac.uk\nmoon\nserver\ngb\nGB\n\n"
    words = ["init", str(tmp_path / "college"), "--press", str(PRESS), "--now", "2026-11-22"]
    finished = CliRunner().invoke(group, words, input=said)
    assert finished.exit_code == 0, finished.output
    issuer = yaml.safe_load((tmp_path / "college/credentials/issuer.yaml").read_text("utf-8"))
    assert (issuer["name"], issuer["url"]) == ("Lakeside", "https://badges.lakeside.ac.uk/")
    assert str(issuer["keys"][0]["since"]) == "2026-11-22"
    assert "has a tab (U+0009)" in finished.output


def test_nothing_is_asked_with_yes(tmp_path: Path) -> None:
    finished = CliRunner().invoke(group, ["init", str(tmp_path / "college"), "--name", "A", "--yes"])
    assert (finished.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "--url is missing: nothing is asked with --yes" in finished.stderr
