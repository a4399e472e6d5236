from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.problems import Severity
from site_builder.reading.repository import Repository, sweep

SETTINGS = """\
site_name: Northfield
site_url: https://badges.example.org/
theme:
  name: material
  font: false
plugins: [search, badgepress]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "mkdocs.yml": SETTINGS,
        "credentials/issuer.yaml": "name: Northfield",
        "credentials/welding.yaml": "name: Welding",
        "credentials/welding.svg": "<svg/>",
        "credentials/welding/1.0.yaml": "name: Welding, earlier",
        "credentials/images/seal.png": "png",
        "frameworks/skills.yaml": "name: Skills",
        "issued/2026/welding-may.yaml": "credential: welding",
        "proofs/2026/welding-may.jsonl": "{}",
        "docs/index.md": "# Home",
        "docs/assets/own.css": "p {}",
        "credentials/welding.yaml~": "old",
        "credentials/.welding.yaml.swp": "old",
        "docs/.DS_Store": "x",
    }.items():
        put(tmp_path, name, text)
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def told(repository: Repository) -> list[tuple[str, str, str]]:
    return [(problem.path, problem.code, problem.message) for problem in repository.problems]


def test_everything_is_read_into_its_place(root: Path) -> None:
    found = sweep(root)
    assert told(found) == []
    assert found.issuer is not None
    assert found.settings is not None
    assert [document.path for document in found.credentials] == (
        ["credentials/welding/1.0.yaml", "credentials/welding.yaml"]
    )
    assert [document.path for document in found.frameworks] == ["frameworks/skills.yaml"]
    assert [document.path for document in found.awards] == ["issued/2026/welding-may.yaml"]
    assert sorted(found.images) == ["credentials/images/seal.png", "credentials/welding.svg"]
    assert found.proofs == {"proofs/2026/welding-may.jsonl": b"{}"}


def test_an_empty_folder_is_told_what_it_needs(tmp_path: Path) -> None:
    assert told(sweep(tmp_path)) == [
        ("credentials/issuer.yaml", "missing-file", "the file is missing"),
        ("mkdocs.yml", "missing-file", "the file is missing"),
    ]


NAME_RULE = "file names may use a-z, 0-9, dash and dot"
GENERATED = "the path is reserved for generated files"
HOST = "the file changes how the host serves the site, or its domain; it is set in the configuration"
ACTIVE = "only Markdown and images may be added"


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        (
            "credentials/Fork.yaml",
            "bad-file-name",
            f"the file name has a character that is not allowed ('F', U+0046); {NAME_RULE}",
        ),
        (
            "credentials/fork lift.yaml",
            "bad-file-name",
            f"the file name has a character that is not allowed (U+0020); {NAME_RULE}",
        ),
        ("credentials/con.yaml", "bad-file-name", "the file name is reserved on Windows"),
        (
            "issued/spring/a.yaml",
            "unexpected-file",
            "the file is not read: no such file belongs in this folder",
        ),
        ("credentials/fork.yml", "unexpected-file", "the file is not read: its extension must be .yaml"),
        ("docs/hello.html", "active-content", ACTIVE),
        ("docs/assets/x.js", "active-content", ACTIVE),
        ("docs/own.css", "active-content", ACTIVE),
        ("docs/hook.py", "active-content", ACTIVE),
        ("docs/issued/fake.json", "output-collision", GENERATED),
        ("docs/Issued/fake.md", "output-collision", GENERATED),
        ("docs/did.json", "output-collision", GENERATED),
        ("docs/.well-known/did.json", "output-collision", GENERATED),
        ("docs/CNAME", "reserved-file", HOST),
        ("docs/a/_redirects", "reserved-file", HOST),
        ("docs/robots.txt", "reserved-file", HOST),
        (
            "docs/a b.md",
            "bad-file-name",
            "the file name has a character that is not allowed; pages use a-z, 0-9, dash, underscore and dot",
        ),
    ],
)
def test_a_file_in_the_wrong_place_is_told(root: Path, name: str, code: str, message: str) -> None:
    put(root, name, "x: y")
    found = sweep(root)
    assert (name, code, message) in told(found)
    assert any(problem.is_error for problem in found.problems)


def test_an_unknown_extension_is_a_warning(root: Path) -> None:
    put(root, "credentials/welding.txt", "x")
    problem = sweep(root).problems[0]
    assert (problem.message, problem.severity) == (
        "the file is not read; is the extension wrong?",
        Severity.WARNING,
    )


@pytest.mark.parametrize("target", ["/etc/passwd", "loop.yaml", "..", "/proc/self/environ", "gone"])
@pytest.mark.parametrize("name", ["credentials/loop.yaml", "docs/loop.md", "issued/loop"])
def test_no_link_is_followed(root: Path, name: str, target: str) -> None:
    (root / name).symlink_to(target)
    assert told(sweep(root)) == [(name, "symlink", "symbolic links are not followed")]


def test_a_content_folder_may_not_be_a_link(root: Path) -> None:
    (root / "frameworks").rename(root / "elsewhere")
    (root / "frameworks").symlink_to("elsewhere")
    assert told(sweep(root)) == [("frameworks", "symlink", "symbolic links are not followed")]


def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "credentials/pipe.yaml")
    assert told(sweep(root)) == [("credentials/pipe.yaml", "not-a-file", "not a regular file")]


def test_names_that_some_file_systems_take_for_one_are_told_together(root: Path) -> None:
    put(root, "credentials/Welding.yaml", "x: y")
    put(root, "credentials/caf\u00e9.yaml", "x: y")
    put(root, "credentials/cafe\u0301.yaml", "x: y")
    messages = [problem.message for problem in sweep(root).problems if problem.code == "id-collision"]
    assert messages == [
        "the names 'cafe\u0301.yaml' and 'caf\u00e9.yaml' are the same to some file systems; "
        "file names must be plain ASCII",
        "the names 'Welding.yaml' and 'welding.yaml' differ only in letter case",
    ]


def test_a_hostile_name_cannot_speak_to_the_terminal(root: Path) -> None:
    for name in (b"a\n::error::b.yaml", b"caf\xe9.yaml", b"\x1b[2J.yaml"):
        (root / "credentials" / os.fsdecode(name)).write_bytes(b"x: y")
    problems = sweep(root).problems
    assert [problem.code for problem in problems] == ["bad-file-name"] * 3
    assert all(problem.path.isprintable() for problem in problems)


def test_a_large_image_is_not_read(root: Path) -> None:
    (root / "credentials/big.png").write_bytes(b"x" * (2**20 + 1))
    found = sweep(root)
    assert told(found) == [
        (
            "credentials/big.png",
            "file-too-large",
            "the file is too large (1,048,577 bytes, at most 1,048,576)",
        )
    ]
    assert "credentials/big.png" not in found.images


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntemplate: evil.html\n---\n# x", 1, "a page may not choose its template"),
        ('---\n"Template": evil.html\n---\n# x', 1, "a page may not choose its template"),
        ("title: x\ntemplate: evil.html\n\n# x", 1, "a page may not choose its template"),
        ("---\na: !!python/name:os.system\n---\n", 1, "the front matter must be plain fields"),
        (
            "---\ntitle: x\n---\n\n<script>x()</script>\n",
            5,
            "the page holds an active HTML element, which is not allowed",
        ),
    ],
)
def test_a_page_may_not_run_or_replace_templates(root: Path, text: str, line: int, message: str) -> None:
    put(root, "docs/page.md", text)
    problem = sweep(root).problems[0]
    assert (problem.path, problem.code, problem.line, problem.message) == (
        "docs/page.md",
        "active-content",
        line,
        message,
    )


@pytest.mark.parametrize("name", [".welding.yaml.swp", "welding.yaml~", "README.md"])
def test_a_link_is_told_under_the_name_of_a_leftover_too(root: Path, name: str) -> None:
    (root / "issued/2026" / name).symlink_to(root / "mkdocs.yml")
    assert [(path, code) for path, code, _ in told(sweep(root))] == [(f"issued/2026/{name}", "symlink")]


def test_the_lock_of_an_open_editor_is_no_fault(root: Path) -> None:
    (root / "issued/2026/.#welding-may.yaml").symlink_to("ada@laptop.1234:1")
    assert told(sweep(root)) == []
