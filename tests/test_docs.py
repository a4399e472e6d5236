"""The guides are there, linked and true: what the navigation, links and commands name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from site_builder.cli import group

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])


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
