"""The guides are there, linked and true: what the navigation, links and commands name exists."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from site_builder.cli import group

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")
FOR_READERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs/guides").glob("*.md"))]


def entries(nav: Any) -> Iterator[str]:
    """Yield every page that a navigation names."""
    if isinstance(nav, str):
        yield nav
    for inner in nav if isinstance(nav, list) else nav.values() if isinstance(nav, dict) else ():
        yield from entries(inner)


def test_every_page_of_the_navigation_is_there() -> None:
    named = set(entries(yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]))
    guides = {f"guides/{path.name}" for path in (ROOT / "docs/guides").glob("*.md")}
    assert guides <= named
    # A page without a file is made by the plugin.
    made = {"index.md", "credentials/index.md", "frameworks/index.md", "awards/index.md"}
    assert [name for name in named if not (ROOT / "docs" / name).is_file() and name not in made] == []


def test_every_relative_link_leads_somewhere() -> None:
    dead = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            if not (page.parent / target).exists():
                dead.append(f"{page.relative_to(ROOT)}: {target}")
    assert dead == []


def test_every_command_that_is_named_exists_with_its_options() -> None:
    commands = {name: group.get_command(None, name) for name in group.list_commands(None)}  # type: ignore[arg-type]
    unknown = []
    for page in PAGES:
        for name, rest in re.findall(r"badgepress ([a-z]+)((?: [^\n`]*)?)", page.read_text("utf-8")):
            command = commands.get(name)
            if command is None:
                unknown.append(f"{page.name}: badgepress {name}")
                continue
            options = _options(command)
            unknown += [
                f"{page.name}: badgepress {name} {flag}"
                for flag in re.findall(r"--[a-z-]+", rest)
                if flag not in options
            ]
    assert unknown == []


def test_every_file_that_is_named_exists() -> None:
    folders = "credentials|frameworks|issued|docs|tests|tools|bench|requirements|site_builder"
    named = re.compile(rf"(?<![\w/.-])(?:{folders})/[\w./-]*\.[a-z]+\b")
    missing = []
    for page in FOR_READERS:
        for path in named.findall(page.read_text("utf-8")):
            # my-credential stands for one that its reader will write.
            if not (ROOT / path).exists() and "/my-" not in path:
                missing.append(f"{page.name}: {path}")
    assert missing == []


def test_every_credential_that_is_named_exists() -> None:
    ids = {path.stem for path in (ROOT / "credentials").glob("*.yaml")}
    unknown = []
    for page in FOR_READERS:
        text = page.read_text("utf-8")
        named = re.findall(r"^ *credential: ([\w-]+)", text, re.MULTILINE)
        for parts in re.findall(r"\b(?:all|any|of): *\[([^\]]*)\]", text):
            named += [part.strip() for part in parts.split(",")]
        unknown += [
            f"{page.name}: {name}" for name in named if name not in ids and not name.startswith("my-")
        ]
    assert unknown == []


def test_the_change_that_the_readme_proposes_does_what_it_says(tmp_path: Path) -> None:
    words = re.search(r"Open `(.+?)`, set `(level: \w+)`(?s:.+)Mend it with `(level: \w+)`", README)
    assert words is not None
    path, wrong, right = words.groups()
    for name in ("credentials", "frameworks", "issued"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)

    def check(line: str) -> tuple[int, str]:
        text = (ROOT / path).read_text("utf-8")
        (tmp_path / path).write_text(re.sub(r"^level: .*", line, text, count=1, flags=re.MULTILINE), "utf-8")
        done = CliRunner().invoke(group, ["check", "--root", str(tmp_path), "--now", "2026-11-22"])
        return done.exit_code, done.output

    assert f"\n{right}\n" not in (ROOT / path).read_text("utf-8")
    code, told = check(wrong)
    assert (code, told.startswith(f"{path}:9: level must be ")) == (1, True), told
    assert check(right)[0] == 0


def _options(command: Any) -> set[str]:
    """Return every flag of a command and of its own commands."""
    inner = getattr(command, "commands", {}).values()
    own = {flag for parameter in command.params for flag in parameter.opts}
    return own.union(*(_options(item) for item in inner)) if inner else own


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z-]+)|^ {4}make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE))
        assert {name for pair in named for name in pair if name} <= targets, page.name
