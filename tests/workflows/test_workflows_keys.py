"""What keeps the keys: who sees one, who may write, what is pinned, and how a stranger's text is carried."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.shared import REPOSITORY
from tests.workflows.files import ACTIONS, FILES, WORKFLOWS, every_job, jobs, read, steps

KEYS = {
    "sign": ("signing", "secrets.BADGEPRESS_ISSUE_KEY"),
    "sign-status": ("status", "secrets.BADGEPRESS_STATUS_KEY"),
}
PROTOCOL = ["plan", "sign", "sign-status", "record", "build", "verify", "deploy", "probe"]
_PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
_OURS = re.compile(r"uses: \$/\.github/actions/[a-z]+$")


def test_the_jobs_are_those_of_the_protocol_in_order() -> None:
    assert list(jobs(REPOSITORY / ".github/workflows/publish.yml")) == PROTOCOL
    nightly = [name for name in PROTOCOL if name != "sign"]
    assert list(jobs(REPOSITORY / ".github/workflows/status.yml")) == nightly


def test_a_key_is_seen_by_one_job_each_and_only_in_its_environment() -> None:
    for workflow, name, job in every_job():
        secrets = set(re.findall(r"secrets\b[.\w]*", json.dumps(job)))
        if workflow in ("publish", "status") and name in KEYS:
            assert (job["environment"], secrets) == (KEYS[name][0], {KEYS[name][1]})
        else:
            assert not secrets, f"{workflow}: {name}"
            assert job.get("environment", {}).get("name") == ("github-pages" if name == "deploy" else None)


def test_a_job_with_a_key_may_write_nothing_and_one_that_writes_has_no_key() -> None:
    writers = {}
    for workflow, name, job in every_job():
        may = {what for what, word in job["permissions"].items() if word == "write"}
        assert set(job["permissions"].values()) <= {"read", "write"}
        if may:
            writers[workflow, name] = may
    wanted = {"record": {"contents"}, "deploy": {"pages", "id-token"}}
    assert writers == {(flow, name): may for flow in ("publish", "status") for name, may in wanted.items()}
    assert not set(wanted) & set(KEYS)


def test_nothing_is_allowed_that_a_job_does_not_ask_for() -> None:
    assert [path.name for path in WORKFLOWS if read(path)["permissions"] != {}] == []
    assert [(flow, name) for flow, name, job in every_job() if "timeout-minutes" not in job] == []
    assert [path.name for path in WORKFLOWS if "group" not in read(path)["concurrency"]] == []


def test_only_the_step_that_signs_has_the_key_in_its_environment() -> None:
    for path in ACTIONS:
        with_key = [step["name"] for step in steps(path) if "-key" in json.dumps(step)]
        assert with_key == (["Sign"] if path.parent.name == "sign" else [])
        with_token = [step["name"] for step in steps(path) if "inputs.token" in json.dumps(step)]
        assert with_token == (["Push the branch proofs"] if path.parent.name == "record" else [])


def test_every_action_is_pinned_by_its_digest_and_says_which_version_that_is() -> None:
    loose = []
    for path in FILES:
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line and not (_PINNED.search(line) or _OURS.search(line)):
                loose.append(f"{path.relative_to(REPOSITORY)}: {line.strip()}")
    assert loose == []


@pytest.mark.shared
def test_every_digest_is_one_that_was_read_from_the_action(shared: Path) -> None:
    listed = (shared / "design" / "ACTIONS.md").read_text("utf-8")
    for path in FILES:
        for name, digest, tag in re.findall(
            r"uses: ([\w./-]+)@([0-9a-f]{40}) # (v[\d.]+)", path.read_text("utf-8")
        ):
            assert f"| {name} | {tag} | {digest}" in listed, f"{path.name}: {name}"


def test_no_expression_stands_in_a_script() -> None:
    # What an event brings would be read as words of the shell; a variable of the environment is not.
    scripts = [(path.parent.name, step["run"]) for path in FILES for step in steps(path) if "run" in step]
    assert scripts
    assert [script for script in scripts if "${{" in script[1]] == []


def test_a_step_runs_one_command() -> None:
    for path in FILES:
        for step in steps(path):
            assert len(step.get("run", "").strip().splitlines()) <= 1, f"{path}: {step}"


def test_a_strangers_pull_request_gets_no_token_to_write_with() -> None:
    check = read(REPOSITORY / ".github/workflows/check.yml")
    assert check[True] == "pull_request"
    assert [job["permissions"] for job in check["jobs"].values()] == [{"contents": "read"}]
    for path in WORKFLOWS:
        assert "pull_request_target" not in path.read_text("utf-8")
        assert "workflow_run" not in path.read_text("utf-8")
        checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
        assert [step for step in checkouts if step["with"]["persist-credentials"] is not False] == []


def test_hidden_files_reach_the_pages() -> None:
    # Without the word the action leaves out .well-known, and with it the keys of a site at a host's root.
    for flow in ("publish", "status"):
        deploy = jobs(REPOSITORY / f".github/workflows/{flow}.yml")["deploy"]
        (pages,) = [one for one in deploy["steps"] if "upload-pages-artifact" in one["uses"]]
        assert pages["with"]["include-hidden-files"] is True
    for path in ACTIONS:
        for step in steps(path):
            if "upload-artifact" in step.get("uses", "") and step["with"]["name"] in ("site", "preview"):
                assert step["with"]["include-hidden-files"] is True


def test_publishing_and_the_night_wait_for_one_another() -> None:
    for flow in ("publish", "status"):
        given = read(REPOSITORY / f".github/workflows/{flow}.yml")["concurrency"]
        assert given == {"group": "publish", "cancel-in-progress": False}
