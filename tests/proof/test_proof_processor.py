"""PyLD as the press imports it: late, and unable to fetch."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.proof import processor
from site_builder.proof.contexts import library
from site_builder.proof.processor import SCOPED, expand, pyld
from tests.proof.sample import at, credentials, full_credential, places, replaced
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


Outcome = tuple[Any, list[str | None]]


def outcome(make: Callable[[list[str | None]], Any]) -> Outcome:
    """Return what was expanded, or why it could not be, and the properties that were dropped."""
    dropped: list[str | None] = []
    try:
        return make(dropped), dropped
    except pyld().jsonld.JsonLdError as reason:
        return str(reason), dropped


def by_pyld(document: Any) -> Outcome:
    options = {key: value for key, value in library().options().items() if key != SCOPED}
    expand_plainly = pyld().jsonld.expand
    return outcome(lambda dropped: expand_plainly(document, options, on_property_dropped=dropped.append))


def by_us(document: Any) -> Outcome:
    return outcome(lambda dropped: expand(document, library().options(), dropped.append))


TYPES = ["Profile", "Achievement", "Evidence", "Image", "Nobody", "BitstringStatusListEntry"]
FIELDS = ["narrative", "statusPurpose", "proof", "image", "nobody", "criteria"]


@st.composite
def edited(draw: st.DrawFn) -> Any:
    """A credential in which types and keys may stand where no context expects them."""
    document = draw(credentials())
    objects = [path for path, value in places(document) if isinstance(value, dict) and path]
    for path in draw(st.lists(st.sampled_from(objects), max_size=3, unique=True)):
        changed = {"type": [draw(st.sampled_from(TYPES)), "Result"], draw(st.sampled_from(FIELDS)): "x"}
        if isinstance(at(document, path[:-1]), dict | list) and isinstance(at(document, path), dict):
            document = replaced(document, path, {**at(document, path), **changed})
    return document


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edited())
def test_scoped_contexts_that_are_kept_change_nothing(document: Any) -> None:
    assert by_us(document) == by_pyld(document) == by_us(document)


def test_only_so_many_scoped_contexts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "_MOST_SCOPED", 2)
    options: dict[str, Any] = library().options() | {SCOPED: {}}
    document = full_credential()
    meant = by_pyld(document)[0]
    for _ in range(3):
        assert expand(document, options, lambda name: None) == meant
        assert 0 < len(options[SCOPED]) <= 2
