"""A pull request that mixes what others review, as `check --base` tells it."""

from __future__ import annotations

from pathlib import Path

from site_builder.problems import in_order
from site_builder.publishing.checking import check
from site_builder.publishing.request import Request
from tests.registrar.college import college
from tests.support.git import committed
from tests.support.repos import NOW, told_of

ISSUER, WORKFLOW = "credentials/issuer.yaml", ".github/workflows/check.yml"
NEW_KEY = """\
  - id: issue-2027
    role: issue
    public_key: z6MkjVnfzvJjcHyG75SuLg1WwGXRXxjxZ4YhDscz19HKbDFK
    since: 2026-11-01
"""


def _told(root: Path, base: str) -> list[str]:
    return told_of(in_order(check(Request(root, root / "site", NOW, {}, base=base)).problems))


def _change(root: Path, path: str, old: str, new: str) -> None:
    target = root / path
    target.write_text(target.read_text("utf-8").replace(old, new), "utf-8")


def test_a_key_and_a_workflow_behind_a_credential(tmp_path: Path) -> None:
    root = college(tmp_path)
    (root / WORKFLOW).parent.mkdir(parents=True)
    (root / WORKFLOW).write_text("on: pull_request\n", "utf-8")
    base = committed(root)
    (root / ISSUER).write_text((root / ISSUER).read_text("utf-8") + NEW_KEY, "utf-8")
    (root / WORKFLOW).write_text("on: pull_request_target\n", "utf-8")
    assert _told(root, base) == []  # that keys and workflows change together is for their reviewers alone
    _change(
        root, "credentials/asking.yaml", "language: en\n", "language: en\ntranslations: {fr: {name: Un}}\n"
    )
    assert [line.split(" | ")[0] for line in _told(root, base)] == [
        f"{WORKFLOW}:None: what runs may not change together with content, which here is"
        " credentials/asking.yaml",
        f"{ISSUER}:8: the keys may not change together with content, which here is credentials/asking.yaml",
    ]
    committed(root)
    assert _told(root, "HEAD") == []
