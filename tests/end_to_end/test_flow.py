"""The whole way of a change, acted out: from a bad pull request to the morning after it was published.

What runs are the `run:` steps of the workflow files themselves, each job on a machine of its own.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.keys import Role
from tests.end_to_end.college import BELOW, College, college, noon
from tests.end_to_end.press import digests
from tests.support.actions_runner import Command, commands_in
from tests.support.forge.workflows import Run
from tests.support.git import committed, git
from tests.support.repos import FIRST_AWARD, award, award_file, credential

pytestmark = [pytest.mark.nginx, pytest.mark.together]

SPEC = "credentials/storytelling.yaml"
SPEC_TEXT = credential("storytelling").replace("A Name", "Data Storytelling")
ALL_GOOD = dict.fromkeys(
    ("plan", "sign", "sign-status", "record", "build", "verify", "deploy", "probe"), "success"
)
NIGHT = {name: "success" for name in ALL_GOOD if name != "sign"}


class Story:
    """What happened to a college from a first pull request to the morning after."""

    def __init__(self, at: College) -> None:
        self.college = at
        forge = at.forge
        self.fork = forge.fork("designer")
        self.put(SPEC, SPEC_TEXT.replace("level: intermediate", "level: expert", 1))
        (self.bad,) = forge.propose(self.fork, 1)
        self.put(SPEC, SPEC_TEXT)
        (self.mended,) = forge.propose(self.fork, 1)
        self.before_merge = git(forge.bare, "for-each-ref", "--format=%(refname)", "refs/heads")
        (self.published,) = forge.merge(1)
        self.site = digests(forge.live)
        forge.clock = noon(at.today)
        (self.night,) = forge.night()

    def put(self, path: str, text: str) -> None:
        (self.fork / path).parent.mkdir(parents=True, exist_ok=True)
        (self.fork / path).write_text(text, encoding="utf-8")
        committed(self.fork, f"Change {path}")

    def recorded(self, path: str) -> str:
        """Return a file of the branch proofs."""
        return git(self.college.forge.bare, "show", f"proofs:{path}")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with college(tmp_path_factory.mktemp("flow")) as at:
        yield Story(at)


def errors_of(run: Run) -> list[Command]:
    return [command for command in commands_in(run.log) if command.name == "error"]


def test_a_mistake_is_annotated_on_its_line(story: Story) -> None:
    assert story.bad.ended == {"check": "failure"}
    (error,) = errors_of(story.bad)
    lines = SPEC_TEXT.splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith("level:"))
    assert (error.properties["file"], error.properties["line"]) == (SPEC, str(line))
    assert "level must be foundational, intermediate or advanced, not 'expert'" in error.message
    assert "'expert'" in story.bad.jobs["check"].machine.summary


def test_a_good_pull_request_says_what_changes_and_offers_a_preview(story: Story) -> None:
    assert story.mended.ended == {"check": "success"}, story.mended.log
    assert errors_of(story.mended) == []
    summary = story.mended.jobs["check"].machine.summary
    assert "Data Storytelling" in summary
    assert "actions/runs/1/artifacts/preview" in summary
    preview = story.mended.artifacts / "preview"
    assert (preview / "credentials/storytelling/index.html").is_file()
    pages = list(preview.rglob("index.html"))
    unmarked = [path for path in pages if "preview" not in path.read_text("utf-8").lower()]
    assert unmarked == []
    assert (preview / ".nojekyll").is_file()


def test_a_pull_request_runs_where_there_is_no_key_and_nothing_to_write_with(story: Story) -> None:
    for run in (story.bad, story.mended):
        (job,) = run.jobs.values()
        assert (dict(job.secrets), dict(job.permissions)) == ({}, {"contents": "read"})
        for environment in job.machine.seen:
            assert not [name for name in environment if "KEY" in name or "TOKEN" in name]
    assert story.before_merge == "refs/heads/main"


def test_what_was_merged_is_signed_built_verified_and_published(story: Story) -> None:
    assert story.published.ended == ALL_GOOD, story.published.log
    live = story.college.forge.live
    badge = json.loads((live / f"issued/{FIRST_AWARD}/credential.json").read_bytes())
    assert badge["id"] == f"{story.college.address}issued/{FIRST_AWARD}/credential.json"
    # A site below a path: its did.json is found below that path.
    assert badge["issuer"]["id"].endswith(BELOW.strip("/"))
    assert badge["issuer"]["id"].startswith("did:web:localhost%3A")
    assert (live / "did.json").is_file()
    assert (live / ".nojekyll").is_file()
    assert digests(story.published.artifacts / "site") == story.site
    assert (live / "credentials/storytelling/index.html").is_file()


def test_proofs_lie_on_a_branch_of_their_own(story: Story) -> None:
    bare = story.college.forge.bare
    assert "proofs" not in git(bare, "ls-tree", "-r", "--name-only", "main").split("/")
    files = git(bare, "ls-tree", "-r", "--name-only", "proofs").splitlines()
    assert files == ["2024/asking.jsonl", "2024/charts.jsonl", "2024/literacy.jsonl", "status.jsonl"]
    assert len(story.recorded("2024/charts.jsonl").splitlines()) == 2
    assert git(bare, "log", "--format=%s", "proofs").count("Proofs of ") == 2


def test_somebody_approves_what_the_issue_key_signs_and_nothing_else(story: Story) -> None:
    assert story.college.forge.settings.asked[:1] == ["publish: signing"]
    assert not [one for one in story.college.forge.settings.asked if one.startswith("status")]


def test_each_key_is_seen_by_one_step_alone(story: Story) -> None:
    seen: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for run in story.college.forge.runs:
        for name, job in run.jobs.items():
            for environment in job.machine.seen:
                for role in Role:
                    if story.college.text_of(role) in environment.values():
                        seen.setdefault((run.workflow, name, role.value), []).append(environment)
    assert set(seen) >= {("publish", "sign", "issue"), ("publish", "sign-status", "status")}
    assert set(seen) <= {
        ("publish", "sign", "issue"),
        ("publish", "sign-status", "status"),
        ("status", "sign-status", "status"),
    }
    assert {environment["ROLE"] for found in seen.values() for environment in found} == {"issue", "status"}


def test_at_night_the_lists_are_signed_anew_and_no_badge_changes(story: Story) -> None:
    assert story.night.ended == NIGHT, story.night.log
    live, after = story.college.forge.live, digests(story.college.forge.live)
    changed = {path for path in after if after[path] != story.site[path]}
    assert "status/1.json" in changed
    assert not [
        path for path in changed if path.endswith(("credential.json", "achievement.json", "did.json"))
    ]
    listed = json.loads((live / "status/1.json").read_bytes())
    assert listed["validFrom"].startswith(story.college.today.isoformat())
    assert set(after) == set(story.site)


def steal(environment: str) -> str:
    """Return a workflow that prints a key, as somebody without one would write it."""
    return f"""\
name: helpful
on: pull_request
permissions: {{contents: write}}
jobs:
  helpful:
    runs-on: ubuntu-24.04
    {environment}
    steps:
      - run: echo "key $KEY"; env
        env:
          KEY: ${{{{ secrets.BADGEPRESS_ISSUE_KEY }}}}
"""


@pytest.mark.parametrize("from_fork", [True, False])
def test_a_pull_request_that_asks_for_the_key_gets_none(story: Story, from_fork: bool) -> None:
    forge = story.college.forge
    thief = forge.fork(f"thief-{from_fork}")
    for name, place in (("open", ""), ("place", "environment: signing")):
        (thief / f".github/workflows/{name}.yml").write_text(steal(place))
    # Nothing that would complain runs, either; the rule that `check` must be green stands in its way.
    (thief / ".github/workflows/check.yml").unlink()
    committed(thief, "A helpful workflow")
    runs = {run.workflow: run for run in forge.propose(thief, 10 + from_fork, from_fork=from_fork)}
    assert runs["place"].ended == {"helpful": "failure"}
    assert "may not use the environment signing" in runs["place"].log
    assert "key \n" in runs["open"].log
    assert "BADGEPRESS" not in runs["open"].log


def test_nothing_is_published_from_another_branch_or_before_it_was_set_up(story: Story) -> None:
    forge = story.college.forge
    elsewhere = replace(forge.on_main("workflow_dispatch"), ref="refs/heads/elsewhere")
    (run,) = forge.happen(elsewhere, only="publish")
    assert set(run.ended.values()) == {"skipped"}
    variables = forge.settings.variables
    forge.settings.variables = {}
    (run,) = forge.dispatch("publish")
    assert set(run.ended.values()) == {"skipped"}
    forge.settings.variables = variables


def test_an_edited_workflow_is_not_the_one_that_sees_the_key(story: Story) -> None:
    forge = story.college.forge
    editor = forge.fork("editor")
    for name in ("publish", "status"):
        path = editor / f".github/workflows/{name}.yml"
        path.write_text(path.read_text().replace("name: ", "name: Evil ", 1).replace("now:", "later:"))
    sign = editor / ".github/actions/sign/action.yml"
    sign.write_text(sign.read_text().replace("run: >-\n", "run: >-\n        env;\n", 1))
    path = editor / "docs" / "about.md"
    path.write_text("# About\n\nA better college.\n")
    (editor / SPEC).write_text(SPEC_TEXT.replace("What it is.", "What it truly is."))
    committed(editor, "Faster")
    before = len(forge.runs)
    (check,) = forge.propose(editor, 20)
    # Nothing ran but the check of a stranger's change, and that says who else must look at it.
    assert [run.workflow for run in forge.runs[before:]] == ["check"]
    assert check.ended == {"check": "failure"}
    assert [one.properties["file"].split("/")[0] for one in errors_of(check)] == [".github"], check.log
    owners = git(forge.bare, "show", "main:.github/CODEOWNERS")
    assert "/.github/ " in owners
    assert "env;" not in git(forge.bare, "show", "main:.github/actions/sign/action.yml")


def test_a_hook_for_the_site_generator_never_runs(story: Story, tmp_path: Path) -> None:
    forge, canary = story.college.forge, tmp_path / "canary"
    fork = forge.fork("hooker")
    with (fork / "mkdocs.yml").open("a") as settings:
        settings.write("hooks:\n  - docs/hook.py\n")
    (fork / "docs" / "hook.py").write_text(f"open({str(canary)!r}, 'w').write('x')\n")
    committed(fork, "A hook")
    (run,) = forge.propose(fork, 30)
    assert run.ended == {"check": "failure"}
    assert any("hooks" in one.message for one in errors_of(run) if one.properties["file"] == "mkdocs.yml")
    assert not canary.exists()
    assert not (run.artifacts / "preview").exists()


def flip(run: Run) -> None:
    """Change one byte of the plan while it lies between two jobs."""
    path = run.artifacts / "plan" / "plan.json"
    raw = path.read_bytes()
    path.write_bytes(raw[:-20] + bytes([raw[-20] ^ 1]) + raw[-19:])


def test_one_changed_byte_in_the_plan_and_nothing_is_signed(story: Story) -> None:
    forge = story.college.forge
    registrar = forge.fork("registrar")
    entry = award("55555555-5555-4555-8555-555555555555", "e")
    (registrar / "issued/2024/charts-2.yaml").write_text(award_file("charts", "2024-03-01", entry))
    committed(registrar, "One more award")
    git(forge.bare, "fetch", "--quiet", str(registrar), "+HEAD:refs/pull/40/merge")
    before = git(forge.bare, "rev-parse", "proofs"), digests(forge.live)
    (run,) = forge.merge(40, sign=flip)
    assert (run.ended["plan"], run.ended["sign"]) == ("success", "failure")
    assert "the plan differs from the one that these files give" in run.jobs["sign"].log
    assert set(run.ended.values()) == {"success", "failure", "skipped"}
    assert [name for name, result in run.ended.items() if result == "success"] == ["plan"]
    assert sorted(path.name for path in run.artifacts.iterdir()) == ["plan"]
    assert (git(forge.bare, "rev-parse", "proofs"), digests(forge.live)) == before


def forge_proof(run: Run) -> None:
    """Put other letters into a proof while it lies between two jobs."""
    (path,) = (run.artifacts / "proofs-issue").rglob("*.jsonl")
    record = json.loads(path.read_text("utf-8"))
    name, value = next((name, value) for name, value in record.items() if len(str(value)) > 80)
    changed = value[:20] + ("2" if value[20] != "2" else "3") + value[21:]
    path.write_text(json.dumps({**record, name: changed}) + "\n", encoding="utf-8")


def test_a_changed_proof_is_neither_recorded_nor_published(story: Story) -> None:
    forge = story.college.forge
    before = git(forge.bare, "rev-parse", "proofs"), digests(forge.live)
    (run,) = forge.dispatch("publish", record=forge_proof)
    assert run.ended["sign"] == "success", run.log
    # A proof stays for ever once it is pushed, so a bad one must not get that far.
    assert (run.ended["record"], run.ended["build"], run.ended["deploy"]) == ("failure", "skipped", "skipped")
    assert (git(forge.bare, "rev-parse", "proofs"), digests(forge.live)) == before


def test_the_forms_of_a_key_are_found_where_they_are(story: Story) -> None:
    seed = story.college.seeds[Role.ISSUE]
    forms = list(story.college.forms_of_the_keys())
    told = (seed.hex(), base64.b64encode(seed).decode(), base64.urlsafe_b64encode(seed).decode())
    for leak in (seed, *(text.encode() for text in (*told, story.college.text_of(Role.ISSUE)))):
        assert any(form in b"before " + leak + b" after" for form in forms)


def test_the_keys_are_nowhere(story: Story) -> None:
    """In no log, artifact, output, cache, checkout, site or repository; this runs after all the others."""
    forms = list(story.college.forms_of_the_keys())
    forge = story.college.forge
    told = "".join(run.log + str([job.outputs for job in run.jobs.values()]) for run in forge.runs).encode()
    assert [form for form in forms if form in told] == []
    looked = 0
    for folder in (forge.folder, forge.live):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                raw = path.read_bytes()
                assert not any(form in raw for form in forms), path
                looked += 1
    assert looked > 500
    for ref in ("main", "proofs"):
        text = git(forge.bare, "log", "-p", "--format=%B", ref).encode()
        assert not any(form in text for form in forms)
