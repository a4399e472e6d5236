"""``badgepress diff`` as a reviewer types it, in git repositories of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator

from site_builder.catalog.history_state import reviewed
from site_builder.changes.as_json import as_json
from site_builder.changes.events import Untouched, events
from site_builder.changes.meaning import meaning
from site_builder.cli import group
from site_builder.executors.inline import Inline
from site_builder.publishing import what_changed as gathering
from site_builder.publishing.request import Request
from site_builder.publishing.since_revision import states_since_revision
from site_builder.reading.repository import Repository, sweep
from site_builder.reading.revision import sweep_revision
from site_builder.storing import Store
from site_builder.survey import survey
from tests.publishing.test_publishing_since_revision import CHANGES
from tests.support.git import committed, git
from tests.support.repos import FIRST_AWARD, SECOND_AWARD, THIRD_AWARD, credential, valid
from tests.support.shared import REPOSITORY
from tests.survey.populations import NOW, Population, sound

DAY = NOW.isoformat()
CHARTS = "issued/2026/charts.yaml"
REVOKED = "    revoked: {date: 2026-08-01, reason: Assessed by mistake.}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository on a branch that main has left behind, and that has left main."""
    folder = tmp_path / "college"
    for path, text in {**valid(), "docs/index.md": "# Welcome\n", "docs/old.md": "# Old\n"}.items():
        write(folder, path, text)
    committed(folder)
    git(folder, "switch", "--quiet", "--create", "work")
    return folder


def write(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def diff(root: Path, *words: str, code: int = 0) -> Result:
    full = ["diff", *words, "--root", str(root), "--now", DAY, "--executor", "inline"]
    done = CliRunner().invoke(group, full, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def as_told(root: Path, base: str = "main", code: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(diff(root, base, "--format", "json", code=code).stdout)
    return told


def test_what_a_branch_and_files_not_yet_committed_change(root: Path) -> None:
    git(root, "switch", "--quiet", "main")
    write(root, "credentials/elsewhere.yaml", credential("elsewhere"))
    committed(root)
    git(root, "switch", "--quiet", "work")
    write(root, "credentials/story.yaml", credential("story").replace("A Name", "Data Storytelling"))
    committed(root)
    fork = git(root, "rev-parse", "main~1")
    write(root, CHARTS, valid()[CHARTS].replace("status_index: 1\n", f"status_index: 1\n{REVOKED}", 1))
    (root / "docs/old.md").unlink()
    write(root, "docs/index.md", "# Welcome\n\nSee [the old](old.md#part).\n")

    told = diff(root, "main")
    assert told.stderr == ""
    assert told.stdout.split("\n") == [
        f"Since main ({fork[:10]}): adds nanocredential Data Storytelling 1.0; revokes 1 award; "
        "changes 2 files of docs/; breaks 1 link; 1 holder of A Name 1.0 is not affected.",
        "",
        "For holders",
        "  - A Name 1.0: 1 is revoked",
        "  - 1 stacked badge is no longer complete: a part was withdrawn",
        "  - 1 holder of A Name 1.0 is not affected",
        "  - 1 person holds badges to which nothing happens; 1 has a badge to which something does",
        "",
        "For designers",
        "  - nanocredential Data Storytelling 1.0 is new",
        "  - changed in docs/: index.md",
        "  - removed in docs/: old.md",
        "  - docs/index.md:3 links to old.md#part, which is gone",
        "",
        "For verifiers",
        "  - status lists with other bits: status/1.json; copies are good for seven days at most",
        "  - 1 address goes from the site: old/",
        "",
    ]
    said = as_told(root)
    schema = json.loads((REPOSITORY / "docs/schemas/diff.json").read_text("utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(said)] == []
    assert (said["ok"], said["commit"], said["is_fork"]) == (True, fork, True)
    markdown = diff(root, "main", "--format", "markdown").stdout
    assert markdown.startswith(
        f"### What this change means\n\nSince main (`{fork[:10]}`): **adds nanocredential"
    )
    for word in (FIRST_AWARD, SECOND_AWARD, THIRD_AWARD, "a" * 32):
        assert word not in told.stdout + json.dumps(said) + markdown
    assert git(root, "status", "--porcelain", "--ignored").count("\n") == 3, "the store is all that is new"


def test_nothing_changes(root: Path) -> None:
    assert "nothing changes for holders" in diff(root, "main").stdout
    assert as_told(root)["empty"] is True


def test_files_with_mistakes(root: Path) -> None:
    write(
        root, "credentials/charts.yaml", valid()["credentials/charts.yaml"].replace("intermediate", "expert")
    )
    write(root, CHARTS, valid()[CHARTS].replace("status_index: 1\n", f"status_index: 1\n{REVOKED}", 1))
    told = diff(root, "main", code=1)
    assert "level must be foundational, intermediate or advanced, not 'expert'" in told.stderr
    lines = told.stdout.split("\n")
    assert lines[0].endswith("revokes 1 award; 1 holder of charts 1.0 is not affected.")
    assert lines[1] == "The files have mistakes, so this may not be all: badgepress check tells them."
    assert "credentials/charts.yaml has mistakes now" in told.stdout
    said = as_told(root, code=1)
    assert (said["ok"], said["unread"]["after"]) == (False, ["credentials/charts.yaml"])
    committed(root)
    write(root, "credentials/charts.yaml", valid()["credentials/charts.yaml"])
    mended = diff(root, "HEAD").stdout
    assert "credentials/charts.yaml could not be read in the earlier revision" in mended


@pytest.mark.parametrize("base", ["nowhere", "--output=x", "HEAD:docs", "x\x1b[2J"])
def test_a_base_that_cannot_be_read(root: Path, base: str) -> None:
    done = CliRunner().invoke(group, ["diff", "--root", str(root), "--format", "json", "--", base])
    assert done.exit_code == 2
    assert "\x1b" not in done.output
    assert "git" in done.stderr
    assert json.loads(done.stdout)["ok"] is False


def test_another_history_is_compared_as_it_is(root: Path) -> None:
    git(root, "switch", "--quiet", "--orphan", "alone")
    write(root, "mkdocs.yml", valid()["mkdocs.yml"])
    write(root, "credentials/issuer.yaml", valid()["credentials/issuer.yaml"])
    write(root, "credentials/badge.svg", valid()["credentials/badge.svg"])
    committed(root)
    told = diff(root, "main").stdout
    assert "This clone has no commit that both sides come from, so the revision itself was compared." in told
    assert "removes A Name 1.0; removes A Name 1.0; removes A Name 1.0; loses 4 awards" in told


def _write(made: Population, root: Path) -> None:
    for name in ("credentials", "frameworks", "issued", "proofs", "docs", "mkdocs.yml"):
        if (root / name).is_dir():
            shutil.rmtree(root / name)
    made.write(root)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_out_is_counted_as_if_it_were_read(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever changes, the comparison of what differs tells what one of all files does."""
    chance = Random(seed)
    made = sound(seed)
    made.write(tmp_path)
    first = committed(tmp_path)
    for name in chance.sample(sorted(CHANGES), 4):
        changed = sound(seed)
        CHANGES[name](changed)
        _write(changed, tmp_path)
        request = Request(tmp_path, tmp_path / "site", changed.now, {}, base=first, executor="inline")
        quick = gathering.what_changed(request).meaning
        old: Repository = sweep_revision(tmp_path, first)
        before, after = reviewed(old), reviewed(sweep(tmp_path))
        whole = meaning(before, after, Untouched(), events(before, after), quick.besides, changed.now)
        assert as_json(quick) == as_json(whole), name


@pytest.mark.parametrize("proofs", [True, False])
def test_proofs_that_only_the_files_have_make_nothing_be_read(tmp_path: Path, *, proofs: bool) -> None:
    """In publishing a branch of their own keeps the proofs, which is laid beside the files of a commit."""
    made = sound(1)
    recorded, made.proofs = made.proofs, {}
    made.write(tmp_path)
    first = committed(tmp_path)
    made.proofs = recorded
    award = made.awards["issued/2026/asking-1.yaml"]["awards"][0]
    award["listing"] = "unlisted" if award.get("listing") == "listed" else "listed"
    made.write(tmp_path)
    found = survey(tmp_path, made.now, None, Store(None), Inline())
    states = states_since_revision(found, tmp_path, first, proofs=proofs)
    for state in (states.old, states.new):
        assert [document.path for document in state.awards] == ["issued/2026/asking-1.yaml"]
    assert len(states.same) == len(made.awards) - 1
    assert bool(states.new.proofs) is proofs
