"""PyLD as the press imports it: late, and unable to fetch."""

from __future__ import annotations

import subprocess
import sys

from tests.support.shared import REPOSITORY


def told(program: str) -> str:
    """Return what a program of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_pyld_is_imported_when_something_is_canonicalized() -> None:
    program = "import sys, site_builder.proof.compiled; print({'pyld', 'lxml'} & {*sys.modules})"
    assert told(program) == "set()"


def test_pyld_loads_no_context_by_itself() -> None:
    program = """
import sys
from site_builder.proof.processor import pyld
jsonld = pyld().jsonld
try:
    jsonld.expand({"@context": "https://host.example/context", "name": "x"})
except jsonld.JsonLdError as error:
    cause = str(error.__cause__ or error)
    print("No default document loader configured" in cause, "requests" in sys.modules)
"""
    assert told(program) == "True False"


def test_what_pyld_was_not_to_see_is_there_for_others() -> None:
    program = """
import sys, types
sys.modules["aiohttp"] = mine = types.ModuleType("aiohttp")
from site_builder.proof.processor import pyld
pyld()
import requests
print(sys.modules["aiohttp"] is mine, sys.modules["requests"] is not None)
"""
    assert told(program) == "True True"
