"""Small cases, runs and scenes for the tests of the runner itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.bad_inputs import base
from tests.bad_inputs.corpus import Case, Expectation
from tests.bad_inputs.never import Scene
from tests.bad_inputs.press import Run
from tests.bad_inputs.site import Site

QUIET = Run(1, "", "credentials/a.yaml:1: is wrong\n", 0.1)


def told(*problems: dict[str, Any]) -> str:
    return json.dumps({"problems": problems})


def problem(code: str, path: str = base.CHARTS, line: int | None = 3, field: str = "name") -> dict[str, Any]:
    words = {"severity": "error", "message": "is wrong", "hint": ""}
    return {"path": path, "line": line, "field": field, "code": code, **words}


def a_case(outcome: str = "reject", expected: str = "wrong-type", **given: Any) -> Case:
    entry = {"inject": {"kinds": ["text"], "how": "raw-yaml"}, "payload": "1.10", **given}
    form = "mutation" if "op" in given else "payload"
    never_seen = tuple(given.get("never", ()))
    expect = Expectation(outcome, expected, line=given.get("line"), never=never_seen)
    return Case("a-case", "scalar", form, "a title", expect, Path(), entry)


def scene(case: Case, run: Run, folder: Path, site: Site | None = None) -> Scene:
    return Scene(case, run, folder, folder, Site(folder), site)
