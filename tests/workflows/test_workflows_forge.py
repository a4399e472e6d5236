"""The forge of the tests is as strict as the real one where the flow relies on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.forge.expressions import Unsupported, condition, evaluated, filled
from tests.support.forge.repository import Forge
from tests.support.forge.settings import Environment, Settings
from tests.support.git import committed, git

_NEEDS = {"needs": {"plan": {"result": "success", "outputs": {"awards": "3"}}}, "vars": {}}
_GOOD = {"success": True, "failure": False, "cancelled": False, "always": True}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'it''s'", "it's"),
        ("needs.plan.outputs.awards != '0'", True),
        ("needs.plan.outputs.none == ''", True),
        ("vars.X == 'yes' || 'no'", "no"),
        ("!(needs.plan.result == 'SUCCESS') && 1", False),
        ("'a' && 'b' || 'c'", "b"),
    ],
)
def test_expressions(text: str, value: object) -> None:
    assert evaluated(text, _NEEDS) == value


@pytest.mark.parametrize("text", ["a.b", "needs[0]", "hash('x')", "'a' 'b'", "(1", "", "1 =="])
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    with pytest.raises(Unsupported):
        evaluated(text, _NEEDS)


def test_texts_are_filled() -> None:
    assert filled("n=${{ needs.plan.outputs.awards }}, ${{ vars.none }}.", _NEEDS) == "n=3, ."
    assert filled(False, _NEEDS) == "false"


def test_a_condition_without_a_word_on_earlier_results_needs_them_good() -> None:
    bad = {**_GOOD, "success": False, "failure": True}
    assert condition("needs.plan.result == 'success'", _NEEDS, _GOOD)
    assert not condition("needs.plan.result == 'success'", _NEEDS, bad)
    assert not condition("${{ !cancelled() && !failure() }}", _NEEDS, bad)
    assert condition("${{ !cancelled() }}", _NEEDS, bad)


_PUSH = """\
on: push
permissions: {{}}
jobs:
  push:
    permissions: {{contents: {word}}}
    steps:
      - uses: actions/checkout@x
        with: {{fetch-depth: 0, persist-credentials: false}}
      - run: |
          basic=$(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)
          GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $basic" git push --quiet origin HEAD:refs/heads/new
        env: {{TOKEN: "${{{{ github.token }}}}"}}
  after:
    needs: push
    permissions: {{}}
    environment: place
    steps:
      - run: echo "got $KEY" >> "$GITHUB_STEP_SUMMARY"
        env: {{KEY: "${{{{ secrets.KEY }}}}"}}
"""


def begun(tmp_path: Path, word: str, branch: str = "main") -> Forge:
    """Return a forge with one workflow, whose job may do ``word`` to the contents."""
    place = Environment({"KEY": "sesame"}, (branch,))
    forge = Forge(tmp_path / "forge", tmp_path / "live", "https://a.example/", 0, Settings({"place": place}))
    (tmp_path / "root/.github/workflows").mkdir(parents=True)
    (tmp_path / "root/.github/workflows/push.yml").write_text(_PUSH.format(word=word))
    committed(tmp_path / "root")
    forge.begin(tmp_path / "root")
    return forge


def test_a_job_that_may_only_read_cannot_push(tmp_path: Path) -> None:
    forge = begun(tmp_path, "read")
    (run,) = forge.happen(forge.on_main("push"))
    assert run.ended == {"push": "failure", "after": "skipped"}
    assert "permission to write was denied" in run.log


def test_a_job_that_may_write_pushes_and_an_environment_gives_its_secrets(tmp_path: Path) -> None:
    forge = begun(tmp_path, "write")
    (run,) = forge.happen(forge.on_main("push"))
    assert run.ended == {"push": "success", "after": "success"}, run.log
    assert run.jobs["after"].machine.summary == "got sesame\n"
    assert "sesame" not in str(run.jobs["push"].machine.seen)


def test_an_environment_is_closed_to_other_branches(tmp_path: Path) -> None:
    forge = begun(tmp_path, "write", branch="release")
    (run,) = forge.happen(forge.on_main("push"))
    assert run.ended == {"push": "success", "after": "failure"}
    assert run.jobs["after"].machine.seen == []


_ARTIFACTS = """\
on: push
permissions: {}
jobs:
  hand-on:
    permissions: {}
    steps:
      - run: mkdir -p "$RUNNER_TEMP/proofs/2026" && echo x > "$RUNNER_TEMP/proofs/2026/a.jsonl"
      - uses: actions/upload-artifact@x
        with: {name: proofs-issue, path: "${{ runner.temp }}/proofs"}
      - uses: actions/download-artifact@x
        with: {pattern: "proofs-*", path: "${{ runner.temp }}/one"}
      - uses: actions/download-artifact@x
        with: {pattern: "none-*", path: "${{ runner.temp }}/none"}
      - uses: actions/upload-artifact@x
        with: {name: proofs-status, path: "${{ runner.temp }}/proofs"}
      - uses: actions/download-artifact@x
        with: {pattern: "proofs-*", path: "${{ runner.temp }}/two"}
"""


def test_one_artifact_alone_is_unpacked_flat_and_where_none_is_there_is_no_folder(tmp_path: Path) -> None:
    forge = begun(tmp_path, "read")
    (tmp_path / "root/.github/workflows/push.yml").write_text(_ARTIFACTS)
    committed(tmp_path / "root")
    git(forge.bare, "fetch", "--quiet", str(tmp_path / "root"), "+HEAD:refs/heads/main")
    (run,) = forge.happen(forge.on_main("push"))
    assert run.ended == {"hand-on": "success"}, run.log
    temp = run.jobs["hand-on"].machine.temp
    found = {
        name: sorted(str(p.relative_to(temp)) for p in (temp / name).rglob("*.jsonl"))
        for name in ("one", "two")
    }
    assert found == {
        "one": ["one/2026/a.jsonl"],
        "two": ["two/proofs-issue/2026/a.jsonl", "two/proofs-status/2026/a.jsonl"],
    }
    assert not (temp / "none").exists()
