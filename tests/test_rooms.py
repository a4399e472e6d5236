"""Every module keeps the import rule (tests/support/rooms.py), and the rule sees every way to break it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.rooms import PACKAGE, ROOMS, faults

SOURCE = Path(__file__).parent.parent / PACKAGE


def modules() -> Iterator[tuple[str, str]]:
    """Yield the name and the source of every module of the program."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).with_suffix("").as_posix()
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
        # A room that comes later
        ("text/ids", "from site_builder.catalog.catalog import Catalog", "text imports catalog"),
        ("catalog/resolve", "import site_builder.cli", "catalog imports cli"),
        ("proof/eddsa", "def f():\n    from site_builder.keys import Signer", "proof imports keys"),
        ("catalog/resolve", "from site_builder import keys", "catalog imports keys"),
        ("catalog/resolve", "from ..keys import load_signer", "catalog imports keys"),
        ("catalog/resolve", "from .. import keys", "catalog imports keys"),
        ("catalog/__init__", "from ..keys import load_signer", "catalog imports keys"),
        ("problems", "from .keys import load_signer", "problems imports keys"),
        ("catalog/resolve", "from ... import keys", "must not import (outside the program).keys"),
        ("catalog/resolve", "import site_builder", "catalog must not import site_builder"),
        (
            "catalog/resolve",
            "import site_builder.text.ids\nsite_builder.keys.load_signer()",
            "catalog uses keys",
        ),
        ("extras/thing", "x = 1", "is in no room"),
        # MkDocs
        ("publishing/build", "import mkdocs.config", "only mkdocs_plugin imports mkdocs"),
        ("assembling/status", "from mkdocs import plugins", "only mkdocs_plugin imports mkdocs"),
        # Files, environment, network, chance
        ("assembling/status", "import os", "assembling must not import os"),
        ("catalog/pictures", "from pathlib import Path", "catalog must not import pathlib.Path"),
        ("catalog/pictures", "import pathlib", "catalog must not import pathlib"),
        ("catalog/awards", "from urllib.request import urlopen", "catalog must not import urllib.request"),
        ("catalog/awards", "from urllib import request", "catalog must not import urllib.request"),
        ("catalog/awards", "import urllib", "catalog must not import urllib"),
        ("assembling/status", "import io", "assembling must not import io"),
        ("assembling/status", "import asyncio", "assembling must not import asyncio"),
        ("assembling/status", "import httpx", "assembling must not import httpx"),
        ("assembling/status", "import sqlite3", "assembling must not import sqlite3"),
        ("assembling/status", "import uuid", "assembling must not import uuid"),
        ("assembling/status", "import codecs\ncodecs.open('x')", "assembling must not import codecs"),
        ("assembling/status", "import builtins\nbuiltins.open('x')", "assembling must not import builtins"),
        ("verifying/verify", "import os", "verifying must not import os"),
        ("publishing/issuing", "import pathlib", "publishing must not import pathlib"),
        ("images/png", "from xml import etree", "images must not import xml.etree"),
        ("pages/home", "open('x')", "pages must not open files"),
        ("publishing/build", "open('x')", "publishing must not open files"),
        ("pages/home", "read = open", "pages must not open files"),
        ("pages/home", "__builtins__['open']", "pages must not open files"),
        # Imports that are not import statements
        ("pages/home", "__import__('os')", "pages must not open files, nor run text (__import__)"),
        ("pages/home", "import importlib", "pages must not import importlib"),
        ("pages/home", "from importlib import import_module", "pages must not import importlib"),
        ("pages/home", "exec('import os')", "pages must not open files, nor run text (exec)"),
        # The clock
        ("models/build", "from datetime import date\ndate.today()", "only the command line reads the clock"),
        ("models/build", "from datetime import datetime\nf = datetime.now", "only the command line reads"),
        ("models/build", "from datetime import datetime as D\nf = D.now", "only the command line reads"),
        ("models/build", "import datetime as d\nf = d.datetime.utcnow", "only the command line reads"),
        ("models/build", "def f(day):\n    return type(day).today()", "only the command line reads"),
        ("publishing/issuing", "import time", "publishing must not import time"),
        # Private keys
        ("publishing/issuing", "from nacl.signing import SigningKey", "only keys reads private keys"),
        ("proof/eddsa", "from nacl.signing import SigningKey", "only keys reads private keys"),
        ("proof/eddsa", "import nacl.signing\nnacl.signing.SigningKey(b'')", "only keys reads private keys"),
        ("proof/eddsa", "from nacl import signing\nsigning.SigningKey", "only keys reads private keys"),
        ("proof/eddsa", "import nacl.bindings", "only keys reads private keys"),
        ("verifying/verify", "from nacl.signing import VerifyKey", "only keys reads private keys"),
    ],
)  # fmt: skip
def test_a_seeded_fault_is_caught(name: str, source: str, fault: str) -> None:
    assert any(fault in found for found in faults(name, source)), faults(name, source)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("catalog/resolve", "from .awards import check\nfrom ..models import award\nfrom . import links"),
        ("catalog/resolve", "def f(state):\n    return state.now, state.today"),
        ("catalog/pictures", "from pathlib import PurePosixPath"),
        ("models/build", "from datetime import date\ndate.fromisoformat('2026-11-22')"),
        ("text/ids", "import re\nre.compile('x')"),
        ("proof/eddsa", "from nacl.signing import VerifyKey"),
        ("verifying/files", "import os\nopen('x', opener=os.open)"),
        ("cli/options", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ],
)
def test_what_is_allowed_passes(name: str, source: str) -> None:
    assert faults(name, source) == []


def test_no_module_is_too_long() -> None:
    long = {name: source.count("\n") for name, source in modules() if source.count("\n") > 400}
    assert long == {}
