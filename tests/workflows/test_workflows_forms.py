"""Forms, checklists, who must approve what: nobody is asked for a name, and no program reads the answers."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from tests.support.shared import REPOSITORY
from tests.workflows.files import FILES, WORKFLOWS, read
from tests.workflows.linter import schema_faults

GITHUB = REPOSITORY / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
CHECKLISTS = sorted((GITHUB / "PULL_REQUEST_TEMPLATE").glob("*.md"))
DEPENDABOT = GITHUB / "dependabot.yml"
TEAM = "@northfield-polytechnic/"

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}|^[ ]*if:([^\n]*)", re.DOTALL | re.MULTILINE)
_VALUE = re.compile(
    r"\b(?:github|inputs|secrets|vars|env|job|matrix|needs|runner|steps|strategy)\b[\w.*\[\]'\"-]*"
)
_HARMLESS = re.compile(
    r"github\.(?:ref|sha|run_id|token|repository|workspace|event_name|event\.pull_request\.base\.sha)"
    r"|(?:inputs|secrets|vars)\.[A-Za-z_-]+|runner\.temp"
    r"|needs\.[a-z-]+\.result|(?:steps|needs)\.[a-z-]+\.outputs\.[a-z_-]+"
)
"""What no stranger writes: neither the text of a form, nor a title, a branch's name or a label."""
_TRIGGERS = {"pull_request", "push", "schedule", "workflow_dispatch", "workflow_call"}


def strange(text: str) -> list[str]:
    """Return the values in a workflow's expressions by which a stranger's words may come in."""
    parts = [one or two for one, two in _EXPRESSION.findall(text)]
    values = [value for part in parts for value in _VALUE.findall(part)]
    return [value for value in values if not _HARMLESS.fullmatch(value)]


def test_no_workflow_or_action_uses_what_a_stranger_wrote() -> None:
    assert FILES
    assert {path.name: found for path in FILES if (found := strange(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "run: echo ${{ github.event.issue.title }}",
        "run: echo ${{ github.event.pull_request.body }}",
        "run: git switch ${{ github.head_ref }}",
        "BODY: ${{ github.event['issue']['body'] }}",
        "run: echo ${{ toJSON(github.event) }}",
        "if: github.event.issue.title == 'x'",
        "if: contains(github.event.comment.body, 'x')",
    ],
)
def test_a_strangers_words_are_found_where_a_workflow_uses_them(line: str) -> None:
    before = "        if: needs.plan.result == 'success' # a word\n"
    assert len(strange(f"{before}        {line}\n")) == 1


def test_no_workflow_starts_by_an_issue_or_a_comment() -> None:
    for path in WORKFLOWS:
        given = read(path)[True]
        assert {given} if isinstance(given, str) else set(given) <= _TRIGGERS, path.name


def _fields(path: Path) -> list[dict[str, Any]]:
    return [field for field in read(path)["body"] if field["type"] not in ("markdown", "checkboxes")]


def test_a_revocation_is_asked_for_by_an_address_alone() -> None:
    (field,) = _fields(GITHUB / "ISSUE_TEMPLATE/revocation.yml")
    assert (field["type"], field["id"]) == ("input", "address")
    assert "sign #" in field["attributes"]["description"]  # what follows it in a private link is personal


def test_no_form_asks_who_somebody_is_and_each_warns() -> None:
    personal = re.compile(r"\b(?:your|learner'?s?|holder'?s|student'?s?) (?:name|e-?mail|number)", re.I)
    for path in FORMS:
        asked = [field["attributes"] for field in _fields(path)]
        labels = [field["label"] + field.get("placeholder", "") for field in asked]
        assert [label for label in labels if personal.search(label)] == []
        first, *_, last = read(path)["body"]
        assert "Everybody can read this" in first["attributes"]["value"]
        assert "e-mail address" in first["attributes"]["value"]
        confirmed = last["attributes"]["options"]
        assert confirmed
        assert all(option["required"] for option in confirmed)
        assert "e-mail address" in confirmed[-1]["label"]
    assert read(GITHUB / "ISSUE_TEMPLATE/config.yml")["blank_issues_enabled"] is False


def test_the_first_text_of_a_pull_request_leads_to_every_checklist() -> None:
    text = (GITHUB / "pull_request_template.md").read_text("utf-8")
    assert sorted(re.findall(r"&template=([a-z]+\.md)", text)) == [path.name for path in CHECKLISTS]
    for path in CHECKLISTS:
        assert path.read_text("utf-8").startswith("<!-- Everybody can read this.")


def test_forms_and_dependabot_fit_their_published_schemas() -> None:
    assert schema_faults("github-issue-forms", FORMS) == ""
    assert schema_faults("github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]) == ""
    assert schema_faults("dependabot", [DEPENDABOT]) == ""


def _tracked() -> list[str]:
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True)
    return listed.stdout.split("\0")[:-1]


def test_git_keeps_every_workflow_and_action_and_what_init_writes() -> None:
    # .gitignore once had `build/`, and so the action of that name was on one machine alone.
    templates = (REPOSITORY / "site_builder/starters/templates").rglob("*")
    ours = [path for path in (*FILES, *templates) if path.is_file()]
    assert len(ours) > 20
    assert sorted({str(path.relative_to(REPOSITORY)) for path in ours} - set(_tracked())) == []


def test_dependabot_looks_wherever_packages_are_named_and_waits_a_week() -> None:
    updates = read(DEPENDABOT)["updates"]
    places = {one["package-ecosystem"]: set(one["directories"]) for one in updates}
    tracked = [PurePosixPath("/", path) for path in _tracked()]
    assert places["npm"] == {str(path.parent) for path in tracked if path.name == "package.json"}
    assert places["pip"] == {"/", "/requirements"}
    assert places["github-actions"] == {"/", "/.github/actions/*"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in updates)


def _rules() -> list[tuple[str, str]]:
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines()
    found = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return [(pattern, owner.removeprefix(TEAM)) for pattern, owner in found]


def _owner(path: str) -> str:
    """Return whose a path is: of the rules that fit, the last one counts."""
    fits = [owner for pattern, owner in _rules() if pattern == "*" or f"/{path}".startswith(pattern)]
    return fits[-1]


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("credentials/data-literacy.yaml", "curriculum-designers"),
        ("frameworks/data-and-digital.yaml", "curriculum-designers"),
        ("issued/2026/charts-march.yaml", "registrars"),
        ("credentials/issuer.yaml", "operators"),
        ("mkdocs.yml", "operators"),
        (".github/CODEOWNERS", "operators"),
        (".github/workflows/publish.yml", "operators"),
        ("tools/bootstrap.py", "operators"),
        ("site_builder/keys/signing.py", "operators"),
        ("site_builder/pages/home.py", "developers"),
        ("docs/guides/designer.md", "developers"),
    ],
)
def test_who_must_approve_what(path: str, owner: str) -> None:
    assert _owner(path) == owner


def test_every_rule_is_about_something_that_is_there() -> None:
    tracked = [f"/{path}" for path in _tracked()]
    for pattern, _ in _rules():
        assert pattern == "*" or any(path.startswith(pattern) for path in tracked), pattern
