"""The import rule: data flows one way, and only the rooms at the ends touch the world (CONTRIBUTING)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "site_builder"
SOURCE = Path(__file__).parent.parent / PACKAGE

ROOMS = (
    "problems",
    "artifact",
    "text",
    "images",
    "art",
    "reading",
    "models",
    "catalog",
    "proof",
    "assembling",
    "exports",
    "pages",
    "verifying",
    "keys",
    "publishing",
    "starters",
    "mkdocs_plugin",
    "cli",
)
"""From the first to the last; a module imports from its own room and from earlier ones."""

WORLD = {
    "os", "pathlib", "io", "shutil", "tempfile", "subprocess", "socket", "ssl", "http", "fcntl", "ctypes",
    "time", "random", "secrets", "uuid", "locale", "sys", "urllib.request", "requests", "glob",
}  # fmt: skip
"""Modules that touch files, clock, environment, network or chance."""

MAY = {
    "reading": {"os", "pathlib", "stat", "io"},
    "proof/contexts": {"pathlib"},
    "verifying/sources": {"os", "pathlib"},
    "verifying/web": {"socket", "ssl", "http", "http.client"},
    "keys": {"os", "pathlib", "secrets"},
    "publishing/staging": {"os", "pathlib", "shutil", "fcntl", "ctypes"},
    "publishing/build": {"pathlib"},
    "mkdocs_plugin": WORLD,
    "cli": WORLD,
}
"""The ends: which room or module may touch what."""

CLOCKS = {"now", "today", "utcnow"}


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of everything that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def faults(name: str, source: str) -> list[str]:
    """Return what is wrong with the module ``name`` (such as ``catalog/resolve``), as one line each."""
    tree = ast.parse(source)
    room = name.split("/")[0]
    return sorted(
        {*_order_faults(name, room, tree), *_world_faults(name, room, tree), *_key_faults(room, tree)}
    )


def _order_faults(name: str, room: str, tree: ast.AST) -> Iterator[str]:
    for line, module in imports(tree):
        parts = module.split(".")
        known = parts[0] == PACKAGE and len(parts) > 1 and parts[1] in ROOMS and room in ROOMS
        if known and ROOMS.index(parts[1]) > ROOMS.index(room):
            yield f"{name}:{line}: {room} imports {parts[1]}, which comes after it"
        if parts[0] in {"mkdocs", "material"} and room != "mkdocs_plugin":
            yield f"{name}:{line}: only mkdocs_plugin imports mkdocs"
    if room not in ROOMS:
        yield f"{name}: is in no room"


def _world_faults(name: str, room: str, tree: ast.AST) -> Iterator[str]:
    allowed = MAY.get(name, MAY.get(room, set()))
    for line, module in imports(tree):
        touched = {module, module.split(".")[0], module.rpartition(".")[0]} & WORLD
        if touched - allowed and module != "pathlib.PurePosixPath":
            yield f"{name}:{line}: {room} must not import {module}"
    if room == "cli":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            yield f"{name}:{node.lineno}: only the command line reads the clock"
        if isinstance(node, ast.Name) and node.id == "open":
            yield f"{name}:{node.lineno}: {room} must not open files"


def _key_faults(room: str, tree: ast.AST) -> Iterator[str]:
    """Only one module handles private keys."""
    for line, module in imports(tree):
        if module in {"nacl.signing.SigningKey", "nacl.signing.*"} and room != "keys":
            yield f"{room}:{line}: only keys reads private keys"


def modules() -> Iterator[tuple[str, str]]:
    """Yield the name and the source of every module of the program."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).with_suffix("").as_posix().removesuffix("/__init__")
        if name not in {"__init__", "__main__"}:
            yield name, path.read_text("utf-8")


def test_every_module_keeps_the_rule() -> None:
    found = [fault for name, source in modules() for fault in faults(name, source)]
    assert found == []


def test_every_room_is_in_the_contributing_page() -> None:
    page = (SOURCE.parent / "CONTRIBUTING.md").read_text("utf-8")
    rows = [
        line.split("`")[1].removesuffix(".py").rstrip("/")
        for line in page.splitlines()
        if line.startswith("| `")
    ]
    assert rows == list(ROOMS)


@pytest.mark.parametrize(
    ("name", "source", "fault"),
    [
        ("text/ids", "from site_builder.catalog.catalog import Catalog", "text imports catalog"),
        ("catalog/resolve", "import site_builder.cli", "catalog imports cli"),
        ("proof/eddsa", "def f():\n    from site_builder.keys import Signer", "proof imports keys"),
        ("publishing/build", "import mkdocs.config", "only mkdocs_plugin imports mkdocs"),
        ("assembling/status", "from mkdocs import plugins", "only mkdocs_plugin imports mkdocs"),
        ("assembling/status", "import os", "assembling must not import os"),
        ("catalog/pictures", "from pathlib import Path", "catalog must not import pathlib.Path"),
        ("catalog/awards", "from urllib.request import urlopen", "catalog must not import urllib.request"),
        ("models/build", "from datetime import date\ndate.today()", "only the command line reads the clock"),
        ("publishing/issuing", "import time", "publishing must not import time"),
        ("pages/home", "open('x')", "pages must not open files"),
        ("publishing/issuing", "from nacl.signing import SigningKey", "only keys reads private keys"),
        ("extras/thing", "x = 1", "is in no room"),
    ],
)  # fmt: skip
def test_a_seeded_fault_is_caught(name: str, source: str, fault: str) -> None:
    assert any(fault in found for found in faults(name, source)), faults(name, source)


def test_no_module_is_too_long() -> None:
    long = {name: source.count("\n") for name, source in modules() if source.count("\n") > 400}
    assert long == {}
